// SPDX-License-Identifier: Apache-2.0
//
// Compiles the kernels for the host, for tests only: a launch runs its threads one after the other, in one order or the
// other, which changes nothing where every thread computes one result. What the runtime refuses is refused here, too:
// memory that was not taken, was freed, or lies on the other side.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

#define __global__
#define __host__
#define __device__

// Of the thread that runs.
extern __thread int64_t host_index __attribute__((tls_model("initial-exec")));

enum cudaError_t {
    cudaSuccess = 0,
    cudaErrorInvalidValue = 1,
    cudaErrorMemoryAllocation = 2,
    cudaErrorNoDevice = 100,
    cudaErrorInvalidDevice = 101,
    cudaErrorInvalidResourceHandle = 400,
    cudaErrorUnknown = 999
};
enum cudaMemcpyKind { cudaMemcpyHostToDevice = 1, cudaMemcpyDeviceToHost = 2, cudaMemcpyDeviceToDevice = 3 };
typedef struct HostStream* cudaStream_t;
struct cudaDeviceProp {
    char name[256];
    int major, minor;
};

const char* cudaGetErrorName(cudaError_t status);
const char* cudaGetErrorString(cudaError_t status);
cudaError_t cudaGetDeviceCount(int* count);
cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int device);
cudaError_t cudaSetDevice(int device);
cudaError_t cudaMalloc(void** memory, size_t bytes);
cudaError_t cudaFree(void* memory);
cudaError_t cudaMemGetInfo(size_t* free, size_t* total);
cudaError_t cudaMemcpyAsync(void* to, const void* from, size_t bytes, cudaMemcpyKind kind, cudaStream_t stream);
cudaError_t cudaMemsetAsync(void* to, int value, size_t bytes, cudaStream_t stream);
cudaError_t cudaStreamCreate(cudaStream_t* stream);
cudaError_t cudaStreamDestroy(cudaStream_t stream);
cudaError_t cudaStreamSynchronize(cudaStream_t stream);

// Throws where the stream is not there; otherwise whether the threads run backwards.
bool host_begin_launch(cudaStream_t stream);

// Whole blocks, as on a device: some threads have nothing to do.
template <class Thread>
void host_launch(int64_t count, int threads, cudaStream_t stream, Thread thread) {
    const bool backwards = host_begin_launch(stream);
    const int64_t all = (count + threads - 1) / threads * threads;
    for (int64_t i = 0; i < all; i++) {
        host_index = backwards ? all - 1 - i : i;
        thread(count);
    }
}

// For tests: the n-th call from now on that can fail does; 0 for none.
void host_fail_at(int64_t call);
int64_t host_calls();
// Pieces of memory and streams that are still there.
size_t host_live();
void host_reverse(bool reverse);
