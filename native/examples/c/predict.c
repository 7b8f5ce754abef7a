/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The elastic constants of a solid with one round pore, by the network:
 *
 *   cc predict.c $(pkg-config --cflags --libs nanohooke_c) -o predict
 *   ./predict $(pkg-config --variable=models nanohooke_c)/nanohooke-al.safetensors
 */
#include <stdio.h>
#include <stdlib.h>

#include "nanohooke_c.h"

static void check(int status) {
    if (status == NANOHOOKE_OK) return;
    fprintf(stderr, "nanohooke: %s\n", nanohooke_last_error());
    exit(1);
}

int main(int count, char **arguments) {
    static const char *const names[] = {"C11", "C22", "C33", "C12", "C13", "C23", "C44",
                                        "C55", "C66", "C16", "C26", "C36", "C45"};
    nanohooke_model *model;
    int32_t pixels;
    int64_t bytes;
    double constants[13], uncertainty[13], largest;
    if (count != 2) {
        fprintf(stderr, "usage: %s MODEL.safetensors\n", arguments[0]);
        return 2;
    }
    /* Averaged over the eight symmetries of the square, on two threads, one call at a time. */
    check(nanohooke_model_open(arguments[1], 1, 2, 1, &model));
    check(nanohooke_model_image(model, &pixels, &bytes));

    uint8_t *solid = malloc((size_t)pixels * pixels), *packed = malloc((size_t)bytes);
    if (solid == NULL || packed == NULL) return 1;
    for (int row = 0; row < pixels; ++row)
        for (int column = 0; column < pixels; ++column) {
            /* From the middle, in edges of the cell; the pore's radius is a fifth of one. */
            const double y = (row + 0.5) / pixels - 0.5, x = (column + 0.5) / pixels - 0.5;
            solid[row * pixels + column] = x * x + y * y > 0.04;
        }
    check(nanohooke_pack_image(pixels, solid, packed));
    check(nanohooke_predict_uncertain(model, NANOHOOKE_RELAXED, 1, packed, constants, uncertainty, &largest));

    printf("GPa, with bounds that hold for 95 of 100 structures; no constant is off by more than %.2f\n", largest);
    for (int k = 0; k < 13; ++k) printf("%s %9.4f +- %.4f\n", names[k], constants[k], uncertainty[k]);
    nanohooke_model_close(model);
    free(solid);
    free(packed);
    return 0;
}
