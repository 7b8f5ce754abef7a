// SPDX-License-Identifier: Apache-2.0
//
// Status codes and the error text that every function of the native library shares.
#ifndef NANOHOOKE_STATUS_H
#define NANOHOOKE_STATUS_H

#if defined(__GNUC__)
#define NH_API __attribute__((visibility("default")))
#else
#define NH_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** What a function returns. Everything but NH_OK leaves the outputs untouched and sets nh_last_error(). */
enum nh_status {
    NH_OK = 0,
    /** An argument that no call can answer: a null pointer, a size that is not positive, a box without volume. */
    NH_BAD_ARGUMENT = 1,
    /** A file that cannot be read or does not say what its format asks for. */
    NH_BAD_FILE = 2,
    NH_OUT_OF_MEMORY = 3,
    /** The progress callback asked to stop. */
    NH_CANCELLED = 4,
    /** The request is well formed, but this build or this machine cannot serve it. */
    NH_UNSUPPORTED = 5,
    /** A defect of the library: please report it with the message. */
    NH_INTERNAL = 6,
    /** A result is infinite or not a number; the object is as it was before the call. */
    NH_NOT_FINITE = 7,
    /** A linear system without a unique solution, to working precision. */
    NH_SINGULAR = 8
};

/** Message of the last failed call of this thread ("" when there was none). Valid until the thread's next failure. */
NH_API const char *nh_last_error(void);

/** Version of the library, for instance "0.1.0". */
NH_API const char *nh_version(void);

/** Hash of what the library was built from: sources, compiler, flags. Two builds with one id are the same. */
NH_API const char *nh_build_id(void);

/** The instruction set that the dense kernels chose on this machine and why, one line for a log. */
NH_API const char *nh_cpu_description(void);

#ifdef __cplusplus
}
#endif
#endif
