// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * The engine cudnn: convolutions by NVIDIA's cuDNN 9 and dense layers by cuBLAS 13, which the process has loaded. This
 * library links neither: the caller looks plans up, owns plans and handles, and gives the addresses of the functions
 * that a step needs. Plans and handles must outlive the network. Statuses are those of nanohooke/cuda.h.
 */
#ifndef NANOHOOKE_CUDA_CUDNN_H
#define NANOHOOKE_CUDA_CUDNN_H

#include "nanohooke/cuda.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Places of functions in an array of addresses. */
enum {
    NHC_CUDNN_CREATE_DESCRIPTOR = 0, /**< cudnnBackendCreateDescriptor */
    NHC_CUDNN_SET_ATTRIBUTE = 1,     /**< cudnnBackendSetAttribute */
    NHC_CUDNN_FINALIZE = 2,          /**< cudnnBackendFinalize */
    NHC_CUDNN_DESTROY_DESCRIPTOR = 3,
    NHC_CUDNN_EXECUTE = 4,
    NHC_CUDNN_SET_STREAM = 5,
    NHC_CUDNN_ERROR_STRING = 6, /**< cudnnGetErrorString */
    NHC_CUDNN_LAST_ERROR = 7,   /**< cudnnGetLastErrorString */
    NHC_CUBLAS_GEMM = 8,        /**< cublasGemmEx */
    NHC_CUBLAS_SET_STREAM = 9,
    NHC_CUBLAS_SET_WORKSPACE = 10,
    NHC_CUBLAS_STATUS_NAME = 11,
    NHC_CUDNN_ADDRESSES = 12
};

/** Numbers of one convolution in an array of plans: address and workspace of forward, back to x, back to w. */
enum { NHC_CUDNN_PLAN_NUMBERS = 6 };

/** Ids of the tensors of every plan. */
enum { NHC_CUDNN_X = 1, NHC_CUDNN_W = 2, NHC_CUDNN_Y = 3 };

/** Where plans are timed: device memory and a stream. */
typedef struct nhc_workbench nhc_workbench;

/** The address of a function in a library that the process has loaded, by the library's soname. */
NHC_API int nhc_symbol(const char* library, const char* name, int64_t* address);

NHC_API int nhc_workbench_create(int32_t device, nhc_workbench** bench);

/** Frees it; null is allowed. */
NHC_API void nhc_workbench_destroy(nhc_workbench* bench);

/** Bytes that the device has free. */
NHC_API int nhc_workbench_free_memory(nhc_workbench* bench, int64_t* bytes);

/**
 * Executes a plan once, then `repeats` times between two events.
 *
 * @param addresses    NHC_CUDNN_ADDRESSES of them
 * @param cudnn        handle; the bench's stream is set in it
 * @param plan         finalised
 * @param microseconds of one execution on the device
 */
NHC_API int nhc_workbench_time(nhc_workbench* bench, const int64_t* addresses, int64_t cudnn, int64_t plan,
                               int64_t workspace_bytes, int64_t x_bytes, int64_t w_bytes, int64_t y_bytes,
                               int32_t repeats, float* microseconds);

/** nhc_memory for the engine cudnn; `plans` as in nhc_create_cudnn, addresses of plans may be 0. */
NHC_API int nhc_memory_cudnn(const int32_t* layers, int32_t layer_count, int32_t channels, int32_t height,
                             int32_t width, int32_t max_batch, int32_t training, int32_t precision,
                             const int64_t* plans, int32_t convolutions, int64_t* bytes);

/**
 * nhc_create for the engine cudnn.
 *
 * @param precision    NHC_FP32, NHC_TF32, or NHC_BF16
 * @param addresses    NHC_CUDNN_ADDRESSES of them
 * @param cudnn        handle, used by this network alone
 * @param cublas       handle, used by this network alone
 * @param plans        NHC_CUDNN_PLAN_NUMBERS a convolution, for max_batch images
 * @param convolutions of the network
 */
NHC_API int nhc_create_cudnn(const int32_t* layers, int32_t layer_count, int32_t channels, int32_t height,
                             int32_t width, int32_t max_batch, int32_t training, int32_t device, int32_t precision,
                             const int64_t* addresses, int64_t cudnn, int64_t cublas, const int64_t* plans,
                             int32_t convolutions, nhc_network** network);

#ifdef __cplusplus
}
#endif

#endif
