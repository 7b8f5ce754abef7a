/* SPDX-License-Identifier: Apache-2.0 */
/*
 * umat_test FOLDER: calls the UMAT as a solver does, from several threads, on the small model of test-data/c-interface;
 * compares with the interface called directly. Between two increments the images change places. umat_test --refused:
 * with constants in another order the process ends.
 */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nanohooke_c.h"

void umat_(double *, double *, double *, double *, double *, double *, double *, double *, double *, double *,
           const double *, const double *, const double *, const double *, const double *, const double *,
           const double *, const double *, const char *, const int *, const int *, const int *, const int *,
           const double *, const int *, const double *, const double *, double *, const double *, const double *,
           const double *, const int *, const int *, const int *, const int *, const int *, const int *, int);

enum { IMAGES = 40, POINTS = 4, THREADS = 4 };
static int failures = 0;
static const int ORDER[6] = {0, 1, 2, 5, 4, 3};
static double constants[IMAGES][13];

static void near(double got, double wanted, const char *what) {
    if (fabs(got - wanted) <= 1e-9 * (1 + fabs(wanted))) return;
    ++failures;
    fprintf(stderr, "%s: %.12g, expected %.12g\n", what, got, wanted);
}

static void call(const double *props, int nprops, int ndi, int nshr, int element, int point, double begin,
                 double stress[6], double ddsdde[36], double *energy) {
    const double old[6] = {1e-3, -2e-3, 5e-4, 3e-3, 1e-3, -4e-4}, more[6] = {1e-3, 1e-3, -1e-3, 2e-3, 5e-4, 1e-4};
    const double time[2] = {0, begin}, zero[9] = {0};
    const int n = ndi + nshr, none = 0, step = 1, increment = 12345;
    double unused[36] = {0}, pnewdt = 1;
    umat_(stress, unused, ddsdde, energy, unused, unused, unused, unused, unused, unused, old, more, time, zero, zero,
          zero, zero, zero, "PORES", &ndi, &nshr, &n, &none, props, &nprops, zero, zero, &pnewdt, zero, zero, zero,
          &element, &point, &none, &none, &step, &increment, 5);
}

static const double STRAIN[6] = {2e-3, -1e-3, -5e-4, 5e-3, 1.5e-3, -3e-4};

static void compare(const double *own, double unit, int element, int point, double begin, const double *props,
                    int nprops) {
    double tensor[36], stress[6], ddsdde[36], energy = 0, sum = 0;
    nanohooke_tensor(own, tensor);
    call(props, nprops, 3, 3, element, point, begin, stress, ddsdde, &energy);
    for (int i = 0; i < 6; ++i) {
        double wanted = 0;
        for (int j = 0; j < 6; ++j) {
            const double c = tensor[6 * ORDER[i] + ORDER[j]] / unit;
            near(ddsdde[i + 6 * j], c, "tangent");
            wanted += c * STRAIN[j];
        }
        near(stress[i], wanted, "stress");
        sum += 0.5 * wanted * STRAIN[i];
    }
    near(energy, sum, "energy");
}

static int image_of(int element, int point) { return (7 * element + 3 * point) % IMAGES; }

static double now = 0;
static int turned = 0;

static void *solver_thread(void *first) {
    const double props[2] = {0, 0.001};
    for (int element = 1 + *(int *)first; element <= 20; element += THREADS)
        for (int point = 1; point <= POINTS; ++point) {
            const int image = image_of(element, point);
            compare(constants[turned ? IMAGES - 1 - image : image], 0.001, element, point, now, props, 2);
        }
    return NULL;
}

static void increment(double begin) {
    pthread_t threads[THREADS];
    int first[THREADS];
    now = begin;
    for (int t = 0; t < THREADS; ++t) {
        first[t] = t;
        pthread_create(&threads[t], NULL, solver_thread, &first[t]);
    }
    for (int t = 0; t < THREADS; ++t) pthread_join(threads[t], NULL);
}

static void write_file(const char *path, const unsigned char *images, size_t bytes, int backwards) {
    char part[256];
    snprintf(part, sizeof part, "%s.part", path);
    FILE *file = fopen(part, "wb");
    for (int k = 0; k < IMAGES; ++k) fwrite(images + bytes * (backwards ? IMAGES - 1 - k : k), 1, bytes, file);
    fclose(file);
    rename(part, path);
}

int main(int count, char **arguments) {
    char path[4096], images_file[64], points_file[64];
    static unsigned char images[IMAGES * 72];
    nanohooke_model *model;
    if (count != 2) return 2;
    if (strcmp(arguments[1], "--refused") == 0) {
        const double mixed_up[13] = {102.05, 54.14, 56.12, 102.05, 56.12, 107.48, 31.21, 31.21, 28.24};
        double unused[36], energy;
        call(mixed_up, 13, 3, 3, 1, 1, 0, unused, unused, &energy);
        return 0; /* it should not come back */
    }
    snprintf(path, sizeof path, "%s/cholesky.images", arguments[1]);
    FILE *file = fopen(path, "rb");
    if (file == NULL || fread(images, 1, sizeof images, file) != sizeof images) return 2;
    fclose(file);
    snprintf(path, sizeof path, "%s/cholesky.safetensors", arguments[1]);
    if (nanohooke_model_open(path, 0, 1, 1, &model) ||
        nanohooke_predict(model, IMAGES, images, &constants[0][0], NULL, NULL))
        return fprintf(stderr, "%s\n", nanohooke_last_error()), 1;
    snprintf(images_file, sizeof images_file, "umat-%d.images", (int)getpid());
    snprintf(points_file, sizeof points_file, "umat-%d.points", (int)getpid());
    write_file(images_file, images, sizeof images / IMAGES, 0);
    file = fopen(points_file, "w");
    for (int element = 1; element <= 20; ++element)
        for (int point = 1; point <= POINTS; ++point)
            fprintf(file, "%d %d %d\n", element, point, 1 + image_of(element, point));
    fclose(file);
    setenv("NANOHOOKE_UMAT_MODEL", path, 1);
    setenv("NANOHOOKE_UMAT_IMAGES", images_file, 1);
    setenv("NANOHOOKE_UMAT_POINTS", points_file, 1);

    increment(0);
    increment(0.25);
    turned = 1;
    write_file(images_file, images, sizeof images / IMAGES, 1);
    increment(0.5);

    /* One image for a section, by its number; thirteen constants for one without the network. */
    const double third[1] = {3};
    const double own[13] = {102.05, 102.05, 107.48, 54.14, 56.12, 56.12, 31.21, 31.21, 28.24, 1, -1, 0.5, 0};
    compare(constants[IMAGES - 3], 1, 1, 1, 0.5, third, 1);
    compare(own, 1, 1, 1, 0.5, own, 13);

    /* Plane strain is the 3D tensor's rows; plane stress leaves no stress along 3. */
    double stress[6], c4[36], c3[36], energy;
    call(own, 13, 3, 1, 1, 1, 0.5, stress, c4, &energy);
    near(c4[0], 102.05, "plane strain 11");
    near(c4[3 + 4 * 3], 28.24, "plane strain 12 12");
    near(c4[0 + 4 * 3], 1, "plane strain 11 12");
    call(own, 13, 2, 1, 1, 1, 0.5, stress, c3, &energy);
    near(c3[0], 102.05 - 56.12 * 56.12 / 107.48, "plane stress 11");
    near(c3[0 + 3 * 2], 1 - 56.12 * 0.5 / 107.48, "plane stress 11 12");
    nanohooke_model_close(model);
    remove(images_file);
    remove(points_file);
    printf("umat_test: %d failed checks\n", failures);
    return failures != 0;
}
