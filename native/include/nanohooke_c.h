/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * nanohooke for codes in C, Fortran, Python and what else calls C: elastic tensors of porous metals by a trained
 * network and by molecular statics. No JVM, no other library, no files but those that are named to it.
 *
 *   cc -c code.c $(pkg-config --cflags nanohooke_c) && cc code.o $(pkg-config --libs nanohooke_c)
 *
 * **Errors.** Functions return a nanohooke_status. After anything but NANOHOOKE_OK, nanohooke_last_error() has the
 * message of the calling thread; it says what is wrong and where. Nothing is thrown, printed, or ends the process. What
 * outputs hold after an error is not defined, but a handle that was to be made is null.
 *
 * **Threads.** Every function may be called by any number of threads at a time, with the same handles too, but for the
 * two that close one: no call with that handle may be under way or follow. Results do not depend on the number of
 * threads nor on how images are split into calls. They do on the instruction set, in the last digits of single
 * precision.
 *
 * **Units.** GPa, Angstrom, eV. Voigt order 11 22 33 23 13 12 with engineering shear; matrices are row-major. The
 * thirteen constants are C11 C22 C33 C12 C13 C23 C44 C55 C66 C16 C26 C36 C45.
 *
 * **Compatibility.** Functions, structures and constants of this header keep their meaning as long as
 * NANOHOOKE_ABI, which is the number in the library's name (libnanohooke_c.so.0), stays.
 */
#ifndef NANOHOOKE_C_H
#define NANOHOOKE_C_H

#include <stdint.h>

#define NANOHOOKE_ABI 0
#define NANOHOOKE_CONSTANTS 13

#if defined(__GNUC__)
#define NANOHOOKE_API __attribute__((visibility("default")))
#else
#define NANOHOOKE_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

enum nanohooke_status {
    NANOHOOKE_OK = 0,
    /** An argument that no call can answer: null, not positive, an image without solid, atoms that are no metal. */
    NANOHOOKE_BAD_ARGUMENT = 1,
    /** A file that is missing, damaged, or of another kind. */
    NANOHOOKE_BAD_FILE = 2,
    NANOHOOKE_OUT_OF_MEMORY = 3,
    /** Well formed, but this library or this machine cannot serve it: a potential of another style. */
    NANOHOOKE_UNSUPPORTED = 5,
    /** A defect of the library: please report it with the message. */
    NANOHOOKE_INTERNAL = 6,
    /** A result is infinite or not a number. */
    NANOHOOKE_NOT_FINITE = 7
};

/** Message of the last failed call of this thread, "" when there was none; valid until the thread's next failure. */
NANOHOOKE_API const char *nanohooke_last_error(void);

/** Version of the library, for instance "0.1.0". */
NANOHOOKE_API const char *nanohooke_version(void);

/* ------------------------------------------------------------------------------------------------------- network */

/** A trained network. */
typedef struct nanohooke_model nanohooke_model;

/**
 * Loads a model: a safetensors file as nanohooke's `train` writes it. The network for aluminium in cells of 20 x 20
 * lattice constants is installed beside this library (pkg-config --variable=models nanohooke_c).
 *
 * @param average  not 0: every prediction is the mean over the eight symmetries of the square, each turned back. It
 *                 takes eight times as long, turns exactly as the image does, errs less and has a spread.
 * @param threads  that compute one call together, 1 to 256
 * @param sessions calls that compute at once, 1 to 256; others wait in turn. Each takes some 100 MB (256 x 256 pixels)
 *                 from its first use on. Many small calls from many threads: as many sessions as callers, one thread.
 * @param model    the new model; null after an error
 */
NANOHOOKE_API int nanohooke_model_open(const char *path, int32_t average, int32_t threads, int32_t sessions,
                                       nanohooke_model **model);

/** Frees the model; null is allowed. */
NANOHOOKE_API void nanohooke_model_close(nanohooke_model *model);

/** Pixels along an edge of its images, and bytes of a packed one: pixels * ((pixels + 7) / 8). Either may be null. */
NANOHOOKE_API int nanohooke_model_image(const nanohooke_model *model, int32_t *pixels, int64_t *bytes);

/**
 * What the file says of the model, a text that lives as long as it: the metadata "definition", "head", "provenance",
 * "metrics" (JSON, in GPa), "constants", "image", "units", "version", and out of them "name", "frame" (the axes of its
 * tensors: "lammps-cell" or "input-axes", see nanohooke_tensor_in_axes) and "licence".
 * NANOHOOKE_BAD_ARGUMENT where the file does not say it.
 */
NANOHOOKE_API int nanohooke_model_text(const nanohooke_model *model, const char *key, const char **text);

/**
 * Packs an image: pixel (row, column) becomes bit column % 8, least significant first, of byte
 * row * ((pixels + 7) / 8) + column / 8.
 *
 * @param pixels along an edge
 * @param solid  pixels * pixels bytes, row by row from the top, 0 = pore, anything else = solid
 */
NANOHOOKE_API int nanohooke_pack_image(int32_t pixels, const uint8_t *solid, uint8_t *packed);

/**
 * The constants of relaxed structures from their images: one periodic cell, rows from the top (the largest y),
 * 1 = solid. All images are checked before the first is computed: no bits beyond the width, at least one solid pixel.
 *
 * A network gives numbers for every image. What the command `predict` checks beside it is not done here: whether the
 * solid hangs together (the network has seen none that does not), whether the image shows atoms, and of which size.
 *
 * @param count     images, each of nanohooke_model_image bytes, one after the other; 0 is allowed
 * @param constants [count][13], GPa
 * @param spread    null, or [count][13]: root of the mean squared deviation of the eight symmetries' predictions from
 *                  their mean, GPa. It tells how far the network misses a symmetry that statics has exactly, not its
 *                  error: a network may be wrong in the same way in all eight. Only of models opened with average.
 * @param expected  null, or [count]: RMSE over the thirteen constants, GPa, of predictions of this kind for structures
 *                  of the image's porosity that the model never saw, as its file states them; NaN where it does not.
 */
NANOHOOKE_API int nanohooke_predict(const nanohooke_model *model, int64_t count, const uint8_t *images,
                                    double *constants, double *spread, double *expected);

/** What images show; a model may have been calibrated for either. */
enum nanohooke_shows { NANOHOOKE_RELAXED = 0, NANOHOOKE_DESIGNED = 1 };

/**
 * As nanohooke_predict, with how far the answers may be off: bounds that hold for 95 of 100 structures like those that
 * the model's file was calibrated by (split conformal prediction from the spread over the eight symmetries; the
 * numbers of `uncertainty` in the JSON of the command `predict`). It takes the work of eight images each, of models
 * opened with average no more than the prediction alone.
 *
 * Bounds know nothing of structures of other kinds: another metal, another cell, no atoms at all, a solid that is cut
 * apart; `predict` looks for these, this function does not.
 *
 * @param shows       a nanohooke_shows value: of what `images` show
 * @param constants   [count][13], GPa
 * @param uncertainty null, or [count][13], GPa: of each constant by itself
 * @param largest     null, or [count], GPa: of the largest error of the thirteen
 * @return NANOHOOKE_UNSUPPORTED where the model's file has no calibration for these images, averaged or not
 */
NANOHOOKE_API int nanohooke_predict_uncertain(const nanohooke_model *model, int32_t shows, int64_t count,
                                              const uint8_t *images, double *constants, double *uncertainty,
                                              double *largest);

/** The 6x6 tensor with these constants; the other eight are zero. */
NANOHOOKE_API int nanohooke_tensor(const double constants[13], double tensor[36]);

/**
 * The tensor in the axes in which the cell is told, where the image showed that cell: a to the right and b up, whatever
 * way they lie. For the square cell a = (l, 0, 0), b = (0, l, 0) it is nanohooke_tensor.
 *
 * @param cell a, b, c as rows, Angstrom
 */
NANOHOOKE_API int nanohooke_tensor_in_axes(const nanohooke_model *model, const double constants[13],
                                           const double cell[9], double tensor[36]);

/* ------------------------------------------------------------------------------------------------------- statics */

/** The tables of one element of an embedded-atom potential. */
typedef struct nanohooke_potential nanohooke_potential;

/**
 * Reads an embedded-atom file in metal units (eV, Angstrom) of LAMMPS' pair styles eam (funcfl), eam/alloy or eam/fs
 * (setfl); its content tells which. Aluminium of Mishin et al. 1999 is installed beside this library.
 *
 * @param element   which of the file's elements, null for the only one
 * @param potential the new potential; null after an error
 */
NANOHOOKE_API int nanohooke_potential_open(const char *path, const char *element, nanohooke_potential **potential);

/** Frees the potential; null is allowed. */
NANOHOOKE_API void nanohooke_potential_close(nanohooke_potential *potential);

enum nanohooke_cells {
    /** Relax three cells along z where one is not stable against a period of three. */
    NANOHOOKE_CELLS_AUTO = 0,
    /** Stay with the given period. */
    NANOHOOKE_CELLS_ONE = 1,
    NANOHOOKE_CELLS_THREE = 3
};

/** Settings of nanohooke_statics; nanohooke_statics_defaults fills in the value in brackets. */
typedef struct nanohooke_statics_options {
    /** Largest component of a force at the minimum [1e-5 eV/A] and of the stress [1e-5 GPa]. */
    double force_tolerance;
    double stress_tolerance;
    /** Most steps of each phase of the relaxation, each an evaluation of all forces at least [100000]. */
    int32_t max_evaluations;
    /** A nanohooke_cells value [NANOHOOKE_CELLS_AUTO]. */
    int32_t cells;
    /** Not 0: pieces that touch nothing are removed first [0]. */
    int32_t drop_islands;
    /** 0; for later use. */
    int32_t reserved;
} nanohooke_statics_options;

NANOHOOKE_API void nanohooke_statics_defaults(nanohooke_statics_options *options);

enum nanohooke_outcome {
    /** A converged minimum with a positive definite tensor. */
    NANOHOOKE_STABLE = 0,
    /** Forces or stress are left; the tensor is that of where the relaxation ended, if there is one. */
    NANOHOOKE_NOT_CONVERGED = 1,
    /** Converged on a saddle: no tensor. */
    NANOHOOKE_UNSTABLE = 2,
    /** A minimum whose tensor is not positive definite. Of a solid that pores cut apart it is the right answer, with
     *  what rounding leaves in place of zeros: see percolation. */
    NANOHOOKE_SOFT = 3
};

typedef struct nanohooke_statics_result {
    /** A nanohooke_outcome. */
    int32_t outcome;
    /** 1 where `tensor` holds one, else 0 and it is full of NaN. */
    int32_t has_tensor;
    /** Atoms of the minimum, and the given cells that it stacks along c: 1 or 3. */
    int32_t atoms;
    int32_t cells;
    /** Directions along which the largest piece is continuous: 1 (a) + 2 (b) + 4 (c) of the cell that is calculated
     *  with, which is the given one unless it lies very askew; pieces that touch nothing, and their atoms. */
    int32_t percolation;
    int32_t islands;
    int32_t island_atoms;
    /** 1: three cells along z give the same tensor; 0: they do not; -1: not looked at (cells that are not extruded). */
    int32_t certificate;
    /** Evaluations of all forces. */
    int32_t evaluations;
    int32_t reserved;
    /** The symmetric part of the elastic tensor at the minimum, in the axes of the given atoms, GPa. */
    double tensor[36];
    /** The relaxed cell in the same axes: a pure stretch of the given one. a, b, c as rows. */
    double cell[9];
    /** Energy of the minimum, eV, and what is left of forces (eV/A) and stress (GPa). */
    double energy;
    double max_force;
    double max_stress;
    /** Seconds of processor time. */
    double seconds;
} nanohooke_statics_result;

/**
 * The elastic tensor of atoms: gentle descent from where they are to a minimum of atoms and cell, exact second
 * derivatives there. It is the method `hessian` of nanohooke with the same kernel, tolerances and axes. On one core;
 * threads calculate different structures side by side.
 *
 * Refused as by that method: what cannot be a metal in Angstrom (density, thin cells, atoms nearer than 0.5 A).
 * What it does around the kernel and this function does not: it does not find that a cell is a stack of three equal
 * ones (give one of them: the paper's boxes are such stacks, and one cell takes a third of the time); does not
 * replace what rounding leaves in the tensor of a solid that is cut apart by zeros, nor give it the volume of the cell
 * as it was before it drifted; does not tell that a crystal became another one on relaxing, that a shell of
 * neighbours lies at the cutoff, or that a table is too rough for its second derivatives; does not
 * look for memory before it starts.
 *
 * @param count     atoms
 * @param positions [count][3], Angstrom, in any axes; they need not lie inside the cell
 * @param cell      a, b, c as rows, periodic in all three
 * @param options   null for the defaults
 * @param relaxed   null, or room for [3 * count][3]: atoms of the minimum in the axes of the given ones, result->atoms
 *                  of them
 */
NANOHOOKE_API int nanohooke_statics(const nanohooke_potential *potential, int32_t count, const double *positions,
                                    const double cell[9], const nanohooke_statics_options *options,
                                    nanohooke_statics_result *result, double *relaxed);

#ifdef __cplusplus
}
#endif
#endif
