/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A UMAT on libnanohooke_c: every integration point may have the tensor of a structure of its own, by the network.
 *
 * Law: stress = C : strain, with the strain that the solver hands over (STRAN + DSTRAN) and the tensor of the point.
 * - Abaqus, NLGEOM: Cauchy stress of the logarithmic strain, in axes that turn with the material. Give the section an
 *   *ORIENTATION: without one Abaqus keeps the components in fixed axes, and an anisotropic C would not turn.
 * - CalculiX, material @ABAQUSNL_NANOHOOKE: the same, corotated Cauchy stress of ln U.
 * - CalculiX, material @ABAQUS_NANOHOOKE: second Piola-Kirchhoff stress of Green's strain (St. Venant-Kirchhoff).
 * Axes of a tensor: x of the image is the first local axis, y (up) the second. 3D, plane strain, axisymmetric (NDI = 3)
 * and plane stress (NDI = 2).
 *
 * Tensors:
 * - 13 CONSTANTS: C11 C22 C33 C12 C13 C23 C44 C55 C66 C16 C26 C36 C45 themselves, in the units of the analysis.
 * - 1 or 2 CONSTANTS: the number of an image, from 1, or 0: the image that the table names for (element, point). The
 *   second, where given, is the unit of stress in GPa (default 1: stresses come in GPa; 0.001 for MPa).
 *   All images of the file are evaluated in one batch before the first point of the analysis, and again at the start of
 *   every increment before which a coupled program has replaced the file; points look their tensor up.
 *
 *   NANOHOOKE_UMAT_MODEL    the model's file
 *   NANOHOOKE_UMAT_IMAGES   packed images one after the other, as nanohooke_c.h describes them; replace it by rename
 *   NANOHOOKE_UMAT_POINTS   for number 0: text, a line "element point image" each
 *   NANOHOOKE_UMAT_THREADS  of the batch (default 1)
 *
 * Without state variables; SSE is set. Any number of solver threads. What is wrong ends the analysis with a message.
 *
 *   CalculiX (built with external behaviours: build-calculix.sh):
 *     cc -O2 -shared -fPIC nanohooke_umat.c $(pkg-config --cflags --libs nanohooke_c) -o libNANOHOOKE.so
 *     *MATERIAL, NAME=@ABAQUSNL_NANOHOOKE
 *     *USER MATERIAL, CONSTANTS=1
 *     0.
 *   Abaqus:
 *     abaqus make library=nanohooke_umat.c, or user=nanohooke_umat.c, with the flags of pkg-config in abaqus_v6.env
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "nanohooke_c.h"

/* Abaqus' way to end an analysis, where there is Abaqus. */
extern void xit_(void) __attribute__((weak));

static void fail(const char *what, const char *which) {
    fprintf(stderr, " *ERROR in nanohooke_umat: %s %s\n", what, which);
    fflush(stderr);
    if (xit_) xit_();
    exit(201);
}

/* Abaqus' order 11 22 33 12 13 23 in that of nanohooke. */
static const int VOIGT[6] = {0, 1, 2, 5, 4, 3};

/* The tensors of all images, and which image each point has. Never changed once it is in use. */
typedef struct table {
    int64_t images;
    double (*tensors)[36]; /* in Abaqus' order, GPa */
    int elements, points;
    int32_t *image; /* [element * points + point], numbers from 1; 0 = none */
    struct timespec changed;
    off_t size;
    struct table *older;
} table;

static pthread_mutex_t one_evaluates = PTHREAD_MUTEX_INITIALIZER;
static nanohooke_model *model = NULL;
static _Atomic(table *) current = NULL;
/* The increment whose start was seen: its step and total time at its beginning, which differ from those before. */
static atomic_int seen_step = -1;
static _Atomic double seen_time = -1;

static const char *setting(const char *name) {
    const char *value = getenv(name);
    if (value == NULL || *value == '\0') fail("the environment does not say", name);
    return value;
}

static void *memory(size_t count, size_t size) {
    void *block = calloc(count > 0 ? count : 1, size);
    if (block == NULL) fail("not enough memory for", "the tables");
    return block;
}

/* A part of a material that gains energy by deforming has no solution to find. By the pivots of Gauss' elimination. */
static void require_positive_definite(const double tensor[36], const char *which) {
    double c[36];
    memcpy(c, tensor, sizeof c);
    for (int k = 0; k < 6; ++k) {
        if (!(c[7 * k] > 0)) fail("this elastic tensor is not positive definite:", which);
        for (int i = k + 1; i < 6; ++i)
            for (int j = k + 1; j < 6; ++j) c[6 * i + j] -= c[6 * i + k] * c[6 * k + j] / c[7 * k];
    }
}

static uint8_t *read_images(const char *path, int64_t bytes, table *t) {
    struct stat status;
    FILE *file = fopen(path, "rb");
    if (file == NULL || fstat(fileno(file), &status) != 0) fail("cannot read", path);
    t->changed = status.st_mtim;
    t->size = status.st_size;
    t->images = status.st_size / bytes;
    if (t->images < 1 || status.st_size % bytes != 0) fail("this is no whole number of packed images:", path);
    uint8_t *images = memory((size_t)status.st_size, 1);
    if (fread(images, 1, (size_t)status.st_size, file) != (size_t)status.st_size) fail("cannot read", path);
    fclose(file);
    return images;
}

/* Two passes over the file: how large the table is, then its entries. */
static void read_points(const char *path, table *t) {
    FILE *file = fopen(path, "r");
    if (file == NULL) fail("cannot read", path);
    for (int pass = 0; pass < 2; ++pass) {
        long element, point, image;
        int fields;
        rewind(file);
        while ((fields = fscanf(file, "%ld %ld %ld", &element, &point, &image)) == 3) {
            if (element < 1 || element > 100000000 || point < 1 || point > 1000 || image < 1 || image > t->images)
                fail("an element, point or image out of range in", path);
            if (pass == 0) {
                if (element >= t->elements) t->elements = (int)element + 1;
                if (point >= t->points) t->points = (int)point + 1;
            } else {
                t->image[(size_t)element * t->points + point] = (int32_t)image;
            }
        }
        if (fields != EOF) fail("there should be lines \"element point image\" in", path);
        if (pass == 0) t->image = memory((size_t)t->elements * t->points, sizeof *t->image);
    }
    fclose(file);
}

static table *evaluate(void) {
    const char *images_file = setting("NANOHOOKE_UMAT_IMAGES"), *threads = getenv("NANOHOOKE_UMAT_THREADS"),
               *points_file = getenv("NANOHOOKE_UMAT_POINTS");
    int64_t bytes = 0;
    table *t = memory(1, sizeof *t);
    if (model == NULL &&
        nanohooke_model_open(setting("NANOHOOKE_UMAT_MODEL"), 0, threads ? atoi(threads) : 1, 1, &model))
        fail("", nanohooke_last_error());
    if (nanohooke_model_image(model, NULL, &bytes)) fail("", nanohooke_last_error());
    uint8_t *images = read_images(images_file, bytes, t);
    double *constants = memory((size_t)t->images * 13, sizeof *constants);
    if (nanohooke_predict(model, t->images, images, constants, NULL, NULL)) fail("", nanohooke_last_error());
    t->tensors = memory((size_t)t->images, sizeof *t->tensors);
    for (int64_t k = 0; k < t->images; ++k) {
        double c[36];
        char which[64];
        nanohooke_tensor(constants + 13 * k, c);
        snprintf(which, sizeof which, "that of image %lld", (long long)k + 1);
        require_positive_definite(c, which);
        for (int i = 0; i < 6; ++i)
            for (int j = 0; j < 6; ++j) t->tensors[k][6 * i + j] = c[6 * VOIGT[i] + VOIGT[j]];
    }
    free(constants);
    free(images);
    if (points_file != NULL && *points_file != '\0') read_points(points_file, t);
    return t;
}

static int file_has_changed(const table *t) {
    struct stat status;
    const char *path = setting("NANOHOOKE_UMAT_IMAGES");
    if (stat(path, &status) != 0) fail("cannot read", path);
    return status.st_size != t->size || status.st_mtim.tv_sec != t->changed.tv_sec ||
           status.st_mtim.tv_nsec != t->changed.tv_nsec;
}

/* The tensors of this increment. CalculiX does not set KINC, so increments are told apart by where they begin. */
static const table *table_of(int step, double time) {
    /* What was seen is stored after the table that goes with it, and read before it. */
    if (atomic_load_explicit(&seen_step, memory_order_acquire) == step &&
        atomic_load_explicit(&seen_time, memory_order_acquire) == time)
        return atomic_load_explicit(&current, memory_order_acquire);
    pthread_mutex_lock(&one_evaluates);
    table *t = atomic_load(&current);
    if (t == NULL || ((atomic_load(&seen_step) != step || atomic_load(&seen_time) != time) && file_has_changed(t))) {
        table *fresh = evaluate();
        fresh->older = t; /* a thread may still be reading it */
        t = fresh;
        atomic_store_explicit(&current, t, memory_order_release);
    }
    atomic_store(&seen_time, time);
    atomic_store(&seen_step, step);
    pthread_mutex_unlock(&one_evaluates);
    return t;
}

static void tensor_of_point(const double *props, int nprops, int step, double time, int element, int point,
                            double c[36]) {
    if (nprops == 13) {
        double own[36];
        nanohooke_tensor(props, own);
        require_positive_definite(own, "the 13 CONSTANTS");
        for (int i = 0; i < 6; ++i)
            for (int j = 0; j < 6; ++j) c[6 * i + j] = own[6 * VOIGT[i] + VOIGT[j]];
        return;
    }
    if (nprops < 1 || nprops > 2) fail("a *USER MATERIAL has 1, 2 or 13 CONSTANTS;", "see nanohooke_umat.c");
    const table *t = table_of(step, time);
    long image = (long)props[0];
    if (image == 0) {
        char place[64];
        if (element > 0 && element < t->elements && point > 0 && point < t->points)
            image = t->image[(size_t)element * t->points + point];
        snprintf(place, sizeof place, "element %d, point %d", element, point);
        if (image == 0) fail("NANOHOOKE_UMAT_POINTS names no image for", place);
    }
    if (image < 1 || image > t->images) fail("there is no such image:", "CONSTANTS count images from 1");
    const double unit = nprops == 2 ? props[1] : 1;
    if (!(unit > 0)) fail("the unit of stress must be positive:", "second of the CONSTANTS");
    for (int i = 0; i < 36; ++i) c[i] = t->tensors[image - 1][i] / unit;
}

/* Plane stress: the strain along 3 is the one without stress. */
static void release_33(double c[36]) {
    for (int i = 0; i < 6; ++i)
        for (int j = 0; j < 6; ++j)
            if (i != 2 && j != 2) c[6 * i + j] -= c[6 * i + 2] * c[12 + j] / c[14];
}

/* Abaqus' and CalculiX' argument list; both pass everything by reference and the name's length last. */
void umat_(double *stress, double *statev, double *ddsdde, double *sse, double *spd, double *scd, double *rpl,
           double *ddsddt, double *drplde, double *drpldt, const double *stran, const double *dstran,
           const double *time, const double *dtime, const double *temp, const double *dtemp, const double *predef,
           const double *dpred, const char *cmname, const int *ndi, const int *nshr, const int *ntens,
           const int *nstatv, const double *props, const int *nprops, const double *coords, const double *drot,
           double *pnewdt, const double *celent, const double *dfgrd0, const double *dfgrd1, const int *noel,
           const int *npt, const int *layer, const int *kspt, const int *kstep, const int *kinc, int cmname_length) {
    double c[36];
    int row[6];
    const int n = *ntens;
    tensor_of_point(props, *nprops, *kstep, time[1], *noel, *npt, c);
    if (*ndi == 2)
        release_33(c);
    else if (*ndi != 3)
        fail("this UMAT is for solids, plane strain, plane stress and axisymmetry,", "not for NDI = 1");
    if (n != *ndi + *nshr || n > 6) fail("NTENS is not", "NDI + NSHR");
    for (int i = 0; i < n; ++i) row[i] = i < *ndi ? i : 3 + i - *ndi;
    *sse = 0;
    for (int i = 0; i < n; ++i) {
        stress[i] = 0;
        for (int j = 0; j < n; ++j) {
            ddsdde[i + n * j] = c[6 * row[i] + row[j]];
            stress[i] += ddsdde[i + n * j] * (stran[j] + dstran[j]);
        }
        *sse += 0.5 * stress[i] * (stran[i] + dstran[i]);
    }
    (void)statev, (void)spd, (void)scd, (void)rpl, (void)ddsddt, (void)drplde, (void)drpldt, (void)dtime, (void)temp;
    (void)dtemp, (void)predef, (void)dpred, (void)cmname, (void)nstatv, (void)coords, (void)drot, (void)pnewdt;
    (void)celent, (void)dfgrd0, (void)dfgrd1, (void)layer, (void)kspt, (void)kinc, (void)cmname_length;
}
