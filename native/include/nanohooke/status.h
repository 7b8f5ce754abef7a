// SPDX-License-Identifier: Apache-2.0
/** @file Status of every function of the library, and the message behind it. */
#ifndef NANOHOOKE_STATUS_H
#define NANOHOOKE_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NH_OK = 0,
    NH_INVALID_ARGUMENT = 1, /**< an argument is outside its documented range */
    NH_OUT_OF_MEMORY = 2,    /**< an allocation failed; the objects of the call are unchanged or not made */
    NH_UNSUPPORTED = 3,      /**< this machine or this build cannot do it */
    NH_NOT_FINITE = 4,       /**< a result is infinite or not a number */
    NH_WRONG_STATE = 5,      /**< the call does not fit what was called before */
    NH_INTERNAL = 6          /**< a defect of the library */
};

/** What went wrong in this thread's last call that did not return NH_OK: what, where, and what to do. Never null. */
const char* nh_last_error(void);

#ifdef __cplusplus
}
#endif

#endif
