/* SPDX-License-Identifier: Apache-2.0 */
/* The header as plain C, and what a caller gets wrong: always a status and a message, never a crash. */
#include <stdio.h>
#include <string.h>

#include "nanohooke_c.h"

static int failures = 0;

static void expect(int status, int wanted, const char *what, const char *message) {
    if (status == wanted && strstr(nanohooke_last_error(), message) != NULL) return;
    ++failures;
    fprintf(stderr, "%s: status %d, expected %d; message '%s' lacks '%s'\n", what, status, wanted,
            nanohooke_last_error(), message);
}

int main(void) {
    nanohooke_model *model = (nanohooke_model *)&failures;
    nanohooke_potential *potential = (nanohooke_potential *)&failures;
    nanohooke_statics_result result;
    double numbers[36] = {0};
    uint8_t bytes[8] = {0};
    if (nanohooke_last_error()[0] != '\0') ++failures;
    expect(nanohooke_model_open(NULL, 0, 1, 1, &model), NANOHOOKE_BAD_ARGUMENT, "no path", "path must not be null");
    if (model != NULL) ++failures;
    expect(nanohooke_model_open("x", 0, 1, 1, NULL), NANOHOOKE_BAD_ARGUMENT, "no handle", "model must not be null");
    expect(nanohooke_model_open("x", 0, 0, 1, &model), NANOHOOKE_BAD_ARGUMENT, "threads", "threads must be 1 to 256");
    expect(nanohooke_model_open("x", 0, 1, 257, &model), NANOHOOKE_BAD_ARGUMENT, "sessions", "sessions must be");
    expect(nanohooke_model_open("no such file", 0, 1, 1, &model), NANOHOOKE_BAD_FILE, "missing", "no such file");
    expect(nanohooke_model_open("/", 0, 1, 1, &model), NANOHOOKE_BAD_FILE, "folder", "cannot be read");
    expect(nanohooke_predict(NULL, 1, bytes, numbers, NULL, NULL), NANOHOOKE_BAD_ARGUMENT, "null", "model");
    expect(nanohooke_predict_uncertain(NULL, NANOHOOKE_RELAXED, 1, bytes, numbers, NULL, NULL), NANOHOOKE_BAD_ARGUMENT,
           "null", "model");
    expect(nanohooke_model_image(NULL, NULL, NULL), NANOHOOKE_BAD_ARGUMENT, "null", "model");
    expect(nanohooke_model_text(NULL, "name", NULL), NANOHOOKE_BAD_ARGUMENT, "null", "model");
    expect(nanohooke_pack_image(0, bytes, bytes), NANOHOOKE_BAD_ARGUMENT, "no pixels", "pixels must be");
    expect(nanohooke_tensor(NULL, numbers), NANOHOOKE_BAD_ARGUMENT, "null", "constants");
    expect(nanohooke_potential_open("no such file", NULL, &potential), NANOHOOKE_BAD_FILE, "missing", "no such file");
    if (potential != NULL) ++failures;
    expect(nanohooke_statics(NULL, 1, numbers, numbers, NULL, &result, NULL), NANOHOOKE_BAD_ARGUMENT, "null",
           "potential");
    nanohooke_model_close(NULL);
    nanohooke_potential_close(NULL);
    nanohooke_statics_defaults(NULL);
    printf("nanohooke %s: %d failed checks\n", nanohooke_version(), failures);
    return failures != 0;
}
