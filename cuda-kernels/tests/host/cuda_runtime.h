// SPDX-License-Identifier: Apache-2.0
//
// Compiles the kernels for the host, for tests only. A launch runs its blocks one after the other; threads that meet no
// barrier run straight, the others as fibers between barriers (blocks.h), in one order or another, which changes
// nothing where there is no race. Shared memory is fresh and full of NaN in every block. What the runtime refuses is
// refused here, too: memory that was not taken, was freed, or lies on the other side; blocks and shared memory that are
// too large; calls that a capture does not allow. There is no __shared__ (see NHC_SHARED) and no atomic.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <tuple>

#define __global__
#define __host__
#define __device__
#define __constant__
#define __launch_bounds__(...)
#define __forceinline__ inline __attribute__((always_inline))
#define __align__(bytes) alignas(bytes)
#define HOST_THREAD __thread __attribute__((tls_model("initial-exec")))

using std::max;
using std::min;

struct uint3 {
    unsigned x, y, z;
};
struct dim3 {
    unsigned x, y, z;
    constexpr dim3(unsigned x = 1, unsigned y = 1, unsigned z = 1) : x(x), y(y), z(z) {}
};
struct alignas(2) uchar2 {
    unsigned char x, y;
};
struct alignas(8) float2 {
    float x, y;
};
struct alignas(16) float4 {
    float x, y, z, w;
};
struct alignas(16) double2 {
    double x, y;
};
struct alignas(8) int2 {
    int x, y;
};
struct alignas(16) int4 {
    int x, y, z, w;
};
struct alignas(8) uint2 {
    unsigned x, y;
};
struct alignas(16) uint4 {
    unsigned x, y, z, w;
};
inline float2 make_float2(float x, float y) { return {x, y}; }
inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
inline double2 make_double2(double x, double y) { return {x, y}; }
inline int2 make_int2(int x, int y) { return {x, y}; }
inline int4 make_int4(int x, int y, int z, int w) { return {x, y, z, w}; }
inline uint2 make_uint2(unsigned x, unsigned y) { return {x, y}; }
inline uint4 make_uint4(unsigned x, unsigned y, unsigned z, unsigned w) { return {x, y, z, w}; }

// Of the thread that runs.
extern HOST_THREAD int64_t host_index;
extern HOST_THREAD uint3 threadIdx, blockIdx, blockDim, gridDim;
constexpr int warpSize = 32;

// --- what a kernel may call ----------------------------------------------------------------------------------------

void* host_shared();
void host_block_barrier();
// Waits for the live threads of `mask` in this warp; `value` is what they may read of this one until they meet again.
void host_warp_barrier(unsigned mask, int kind, uint64_t value);
// What that lane brought to the last warp barrier; false where it did not take part.
bool host_lane(int lane, uint64_t* value);

inline void __syncthreads() { host_block_barrier(); }
inline void __syncwarp(unsigned mask = 0xffffffffu) { host_warp_barrier(mask, 0, 0); }

template <class T>
T host_shuffle(unsigned mask, T value, int lane) {
    static_assert(sizeof(T) == 4 || sizeof(T) == 8, "a shuffle takes 4 or 8 bytes");
    uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof value);
    host_warp_barrier(mask, 1, bits);
    if (!host_lane(lane, &bits)) bits = ~uint64_t{0};  // undefined on a device; a NaN or -1 here
    std::memcpy(&value, &bits, sizeof value);
    return value;
}
inline int host_lane_of_thread() { return static_cast<int>(threadIdx.x & 31); }

template <class T>
T __shfl_sync(unsigned mask, T value, int lane, int width = 32) {
    return host_shuffle(mask, value, (host_lane_of_thread() & ~(width - 1)) | (lane & (width - 1)));
}
template <class T>
T __shfl_xor_sync(unsigned mask, T value, int bits, int width = 32) {
    const int self = host_lane_of_thread(), lane = self ^ bits;
    return host_shuffle(mask, value, (lane & ~(width - 1)) > (self & ~(width - 1)) ? self : lane);
}
template <class T>
T __shfl_up_sync(unsigned mask, T value, unsigned by, int width = 32) {
    const int self = host_lane_of_thread(), first = self & ~(width - 1), lane = self - static_cast<int>(by);
    return host_shuffle(mask, value, lane < first ? self : lane);
}
template <class T>
T __shfl_down_sync(unsigned mask, T value, unsigned by, int width = 32) {
    const int self = host_lane_of_thread(), last = self | (width - 1), lane = self + static_cast<int>(by);
    return host_shuffle(mask, value, lane > last ? self : lane);
}
inline unsigned __ballot_sync(unsigned mask, int predicate) {
    host_warp_barrier(mask, 2, predicate != 0);
    unsigned votes = 0;
    uint64_t vote = 0;
    for (int lane = 0; lane < 32; lane++) votes |= host_lane(lane, &vote) && vote != 0 ? 1u << lane : 0u;
    return votes;
}
inline int __any_sync(unsigned mask, int predicate) { return __ballot_sync(mask, predicate) != 0; }
inline int __all_sync(unsigned mask, int predicate) { return __ballot_sync(mask, !predicate) == 0; }

template <class T>
T __ldg(const T* from) {
    return *from;
}
inline int __popc(unsigned x) { return __builtin_popcount(x); }
inline int __popcll(unsigned long long x) { return __builtin_popcountll(x); }
inline int __ffs(int x) { return __builtin_ffs(x); }
inline int __clz(int x) { return x == 0 ? 32 : __builtin_clz(static_cast<unsigned>(x)); }
inline unsigned __brev(unsigned x) {
    unsigned reversed = 0;
    for (int bit = 0; bit < 32; bit++) reversed |= (x >> bit & 1u) << (31 - bit);
    return reversed;
}
inline unsigned __funnelshift_r(unsigned low, unsigned high, unsigned by) {
    return static_cast<unsigned>(((uint64_t{high} << 32) | low) >> (by & 31));
}
inline unsigned __funnelshift_l(unsigned low, unsigned high, unsigned by) {
    return static_cast<unsigned>((((uint64_t{high} << 32) | low) << (by & 31)) >> 32);
}
inline int __float_as_int(float x) {
    int bits;
    std::memcpy(&bits, &x, sizeof bits);
    return bits;
}
inline float __int_as_float(int bits) {
    float x;
    std::memcpy(&x, &bits, sizeof x);
    return x;
}
inline unsigned __float_as_uint(float x) { return static_cast<unsigned>(__float_as_int(x)); }
inline float __uint_as_float(unsigned bits) { return __int_as_float(static_cast<int>(bits)); }

// --- the runtime ---------------------------------------------------------------------------------------------------

enum cudaError_t {
    cudaSuccess = 0,
    cudaErrorInvalidValue = 1,
    cudaErrorMemoryAllocation = 2,
    cudaErrorInvalidConfiguration = 9,
    cudaErrorNoDevice = 100,
    cudaErrorInvalidDevice = 101,
    cudaErrorInvalidResourceHandle = 400,
    cudaErrorLaunchFailure = 719,
    cudaErrorStreamCaptureUnsupported = 900,
    cudaErrorStreamCaptureInvalidated = 901,
    cudaErrorUnknown = 999
};
enum cudaMemcpyKind { cudaMemcpyHostToDevice = 1, cudaMemcpyDeviceToHost = 2, cudaMemcpyDeviceToDevice = 3 };
enum cudaFuncAttribute { cudaFuncAttributeMaxDynamicSharedMemorySize = 8 };
enum cudaDeviceAttr { cudaDevAttrMaxSharedMemoryPerBlockOptin = 97 };
enum cudaStreamCaptureMode { cudaStreamCaptureModeGlobal = 0, cudaStreamCaptureModeThreadLocal = 1 };
constexpr unsigned cudaStreamNonBlocking = 1;
typedef struct HostStream* cudaStream_t;
typedef struct HostGraph* cudaGraph_t;
typedef struct HostGraphExec* cudaGraphExec_t;
typedef struct HostEvent* cudaEvent_t;
struct cudaDeviceProp {
    char name[256];
    int major, minor, multiProcessorCount, l2CacheSize;
    size_t totalGlobalMem;
};

const char* cudaGetErrorName(cudaError_t status);
const char* cudaGetErrorString(cudaError_t status);
cudaError_t cudaGetLastError();
cudaError_t cudaRuntimeGetVersion(int* version);
cudaError_t cudaDriverGetVersion(int* version);
cudaError_t cudaGetDeviceCount(int* count);
cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int device);
cudaError_t cudaSetDevice(int device);
cudaError_t cudaGetDevice(int* device);
cudaError_t cudaDeviceGetAttribute(int* value, cudaDeviceAttr attribute, int device);
cudaError_t cudaMalloc(void** memory, size_t bytes);
cudaError_t cudaFree(void* memory);
cudaError_t cudaMallocHost(void** memory, size_t bytes);
cudaError_t cudaFreeHost(void* memory);
cudaError_t cudaMemGetInfo(size_t* free, size_t* total);
cudaError_t cudaMemcpyAsync(void* to, const void* from, size_t bytes, cudaMemcpyKind kind, cudaStream_t stream);
cudaError_t cudaMemsetAsync(void* to, int value, size_t bytes, cudaStream_t stream);
cudaError_t cudaStreamCreate(cudaStream_t* stream);
cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned flags);
cudaError_t cudaStreamDestroy(cudaStream_t stream);
cudaError_t cudaStreamSynchronize(cudaStream_t stream);
cudaError_t cudaStreamBeginCapture(cudaStream_t stream, cudaStreamCaptureMode mode);
cudaError_t cudaStreamEndCapture(cudaStream_t stream, cudaGraph_t* graph);
cudaError_t cudaGraphInstantiate(cudaGraphExec_t* executable, cudaGraph_t graph, unsigned long long flags = 0);
cudaError_t cudaGraphLaunch(cudaGraphExec_t executable, cudaStream_t stream);
cudaError_t cudaGraphExecDestroy(cudaGraphExec_t executable);
cudaError_t cudaGraphDestroy(cudaGraph_t graph);
cudaError_t cudaEventCreate(cudaEvent_t* event);
cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream);
cudaError_t cudaEventSynchronize(cudaEvent_t event);
cudaError_t cudaEventElapsedTime(float* milliseconds, cudaEvent_t from, cudaEvent_t to);
cudaError_t cudaEventDestroy(cudaEvent_t event);
cudaError_t host_set_shared_limit(const void* kernel, cudaFuncAttribute attribute, int value);
template <class Kernel>
cudaError_t cudaFuncSetAttribute(Kernel* kernel, cudaFuncAttribute attribute, int value) {
    return host_set_shared_limit(reinterpret_cast<const void*>(kernel), attribute, value);
}
template <class T>
cudaError_t cudaMalloc(T** memory, size_t bytes) {
    return cudaMalloc(reinterpret_cast<void**>(memory), bytes);
}

// --- launches ------------------------------------------------------------------------------------------------------

// Runs the work at once, or keeps it where the stream is being captured; errors are those of cudaGetLastError.
void host_submit(cudaStream_t stream, std::function<void()> work);
// The same for a call of another library; its status, or that of a later replay as the stream's error.
int host_call(cudaStream_t stream, const std::function<int()>& call);
bool host_backwards();
// Runs a thread for every index of every block; refuses what a device refuses.
void host_blocks(cudaStream_t stream, const void* kernel, dim3 grid, unsigned threads, size_t shared,
                 std::function<void()> thread);

// Whole blocks, as on a device: some threads have nothing to do. Threads must not meet barriers.
template <auto Kernel, class... P, class... A>
void host_each(void (*)(int64_t, P...), int64_t count, int threads, cudaStream_t stream, const A&... arguments) {
    host_submit(stream, [count, threads, kept = std::tuple<P...>(static_cast<P>(arguments)...)] {
        std::apply(
            [&](const P&... values) {
                const int64_t all = (count + threads - 1) / threads * threads;
                const bool backwards = host_backwards();
                for (int64_t i = 0; i < all; i++) {
                    host_index = backwards ? all - 1 - i : i;
                    Kernel(count, values...);
                }
            },
            kept);
    });
}
template <auto Kernel, class... A>
void host_launch(int64_t count, int threads, cudaStream_t stream, const A&... arguments) {
    host_each<Kernel>(Kernel, count, threads, stream, arguments...);
}

template <class... P, class... A>
void host_launch_blocks(void (*kernel)(P...), dim3 grid, unsigned threads, size_t shared, cudaStream_t stream,
                        const A&... arguments) {
    host_blocks(stream, reinterpret_cast<const void*>(kernel), grid, threads, shared,
                [kernel, kept = std::tuple<P...>(static_cast<P>(arguments)...)] { std::apply(kernel, kept); });
}

// --- for tests -----------------------------------------------------------------------------------------------------

// The n-th call from now on that can fail does; 0 for none.
void host_fail_at(int64_t call);
int64_t host_calls();
// Pieces of memory, streams, graphs and events that are still there.
size_t host_live();
// Order of threads between barriers, and of blocks.
enum HostOrder { kUpwards, kBackwards, kMixed };
void host_order(HostOrder order);
HostOrder host_order();
