// SPDX-License-Identifier: Apache-2.0
//
// cuDNN and cuBLAS of the process, which Java has loaded: addresses of the functions that a step needs, and handles.
// This library neither links them nor knows where they are.
#pragma once

#include <map>
#include <tuple>
#include <vector>

#include "device.h"
#include "nanohooke/cuda_cudnn.h"

namespace nanohooke {

// A plan that Java owns, finalised, and the workspace that it wants.
struct CudnnPlan {
    void* plan = nullptr;
    size_t workspace = 0;
};

// Tensors of every plan, by the ids that Java gives them.
enum CudnnTensor : int64_t { kTensorX = NHC_CUDNN_X, kTensorW = NHC_CUDNN_W, kTensorY = NHC_CUDNN_Y };

class CudnnCalls {
public:
    // addresses: NHC_CUDNN_ADDRESSES of them in the order of nanohooke/cuda.h.
    CudnnCalls(const int64_t* addresses, int64_t cudnn, int64_t cublas);
    ~CudnnCalls();
    CudnnCalls(const CudnnCalls&) = delete;
    CudnnCalls& operator=(const CudnnCalls&) = delete;

    // The handles work on this stream from now on, cuBLAS, where there is its handle, in this workspace: with the
    // library's own a captured product would take memory and its bits would not be fixed.
    void set_stream(cudaStream_t stream, void* workspace, size_t workspace_bytes);

    // Executes a plan on the stream. Pointers are remembered with it, so that a step makes nothing anew.
    void execute(const CudnnPlan& plan, const void* x, const void* w, const void* y, void* workspace);

    // C = op(A) op(B), all column by column: C has rows x columns, `inner` terms a sum.
    void multiply(bool transpose_a, bool transpose_b, int rows, int columns, int inner, const float* a, int lda,
                  const float* b, int ldb, float* c, int ldc, int precision);

private:
    using Pack = std::tuple<const void*, const void*, const void*, void*>;

    void* make_pack(const Pack& pointers);
    void check_cudnn(int status, const char* call, int line) const;
    void check_cublas(int status, const char* call, int line) const;

    int (*create_)(int, void**);
    int (*set_)(void*, int, int, int64_t, const void*);
    int (*finalize_)(void*);
    int (*destroy_)(void*);
    int (*execute_)(void*, void*, void*);
    int (*set_stream_)(void*, cudaStream_t);
    const char* (*error_)(int);
    void (*last_error_)(char*, size_t);
    int (*gemm_)(void*, int, int, int, int, int, const void*, const void*, int, int, const void*, int, int, const void*,
                 void*, int, int, int, int);
    int (*cublas_stream_)(void*, cudaStream_t);
    int (*cublas_workspace_)(void*, void*, size_t);
    const char* (*cublas_error_)(int);
    void *cudnn_, *cublas_;
    cudaStream_t stream_ = nullptr;
    std::map<Pack, void*> packs_;
};

}  // namespace nanohooke
