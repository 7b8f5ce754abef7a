// SPDX-License-Identifier: Apache-2.0
#include "cudnn_calls.h"

namespace nanohooke {

namespace {

// Of cuDNN's graph API and of cuBLAS, by their documented values.
constexpr int kVariantPack = 16, kTypeInt64 = 3, kTypePointer = 6;
constexpr int kPackIds = 1000, kPackPointers = 1001, kPackWorkspace = 1003;
constexpr int kReal32 = 0, kDefaultAlgorithm = -1;
constexpr int kCompute[] = {68, 77, 75};  // CUBLAS_COMPUTE_32F, _FAST_TF32, _FAST_16BF by NHC_FP32, _TF32, _BF16

template <class F>
void place(F& function, int64_t address) {
    function = reinterpret_cast<F>(address);
}

}  // namespace

CudnnCalls::CudnnCalls(const int64_t* addresses, int64_t cudnn, int64_t cublas)
    : cudnn_(reinterpret_cast<void*>(cudnn)), cublas_(reinterpret_cast<void*>(cublas)) {
    for (int i = 0; i < NHC_CUDNN_ADDRESSES; i++) {
        require(addresses[i] != 0, "a function of cuDNN or cuBLAS, number " + std::to_string(i) + ", has no address");
    }
    require(cudnn_ != nullptr, "the engine cudnn needs a handle of cuDNN");
    place(create_, addresses[NHC_CUDNN_CREATE_DESCRIPTOR]);
    place(set_, addresses[NHC_CUDNN_SET_ATTRIBUTE]);
    place(finalize_, addresses[NHC_CUDNN_FINALIZE]);
    place(destroy_, addresses[NHC_CUDNN_DESTROY_DESCRIPTOR]);
    place(execute_, addresses[NHC_CUDNN_EXECUTE]);
    place(set_stream_, addresses[NHC_CUDNN_SET_STREAM]);
    place(error_, addresses[NHC_CUDNN_ERROR_STRING]);
    place(last_error_, addresses[NHC_CUDNN_LAST_ERROR]);
    place(gemm_, addresses[NHC_CUBLAS_GEMM]);
    place(cublas_stream_, addresses[NHC_CUBLAS_SET_STREAM]);
    place(cublas_workspace_, addresses[NHC_CUBLAS_SET_WORKSPACE]);
    place(cublas_error_, addresses[NHC_CUBLAS_STATUS_NAME]);
}

CudnnCalls::~CudnnCalls() {
    for (const auto& pack : packs_) destroy_(pack.second);
}

void CudnnCalls::check_cudnn(int status, const char* call, int line) const {
    if (status == 0) return;
    char more[512] = "";
    last_error_(more, sizeof more);
    throw CudaError(NHC_CUDA, std::string(call) + ": " + error_(status) + (more[0] == 0 ? "" : ", ") + more +
                                  " (cudnn_calls.cu:" + std::to_string(line) + ")");
}

void CudnnCalls::check_cublas(int status, const char* call, int line) const {
    if (status == 0) return;
    throw CudaError(
        NHC_CUDA, std::string(call) + ": " + cublas_error_(status) + " (cudnn_calls.cu:" + std::to_string(line) + ")");
}

void CudnnCalls::set_stream(cudaStream_t stream, void* workspace, size_t workspace_bytes) {
    stream_ = stream;
    check_cudnn(set_stream_(cudnn_, stream), "cudnnSetStream", __LINE__);
    if (cublas_ == nullptr) return;
    check_cublas(cublas_stream_(cublas_, stream), "cublasSetStream", __LINE__);
    check_cublas(cublas_workspace_(cublas_, workspace, workspace_bytes), "cublasSetWorkspace", __LINE__);
}

void* CudnnCalls::make_pack(const Pack& pointers) {
    void* pack = nullptr;
    check_cudnn(create_(kVariantPack, &pack), "cudnnBackendCreateDescriptor", __LINE__);
    try {
        const int64_t ids[] = {kTensorX, kTensorW, kTensorY};
        const void* data[] = {std::get<0>(pointers), std::get<1>(pointers), std::get<2>(pointers)};
        void* const workspace = std::get<3>(pointers);
        check_cudnn(set_(pack, kPackIds, kTypeInt64, 3, ids), "cudnnBackendSetAttribute of ids", __LINE__);
        check_cudnn(set_(pack, kPackPointers, kTypePointer, 3, data), "cudnnBackendSetAttribute of pointers", __LINE__);
        check_cudnn(set_(pack, kPackWorkspace, kTypePointer, 1, &workspace),
                    "cudnnBackendSetAttribute of the workspace", __LINE__);
        check_cudnn(finalize_(pack), "cudnnBackendFinalize of a variant pack", __LINE__);
    } catch (...) {
        destroy_(pack);
        throw;
    }
    return pack;
}

void CudnnCalls::execute(const CudnnPlan& plan, const void* x, const void* w, const void* y, void* workspace) {
    require(plan.plan != nullptr, "there is no plan for this operation");
    const Pack pointers{x, w, y, workspace};
    auto found = packs_.find(pointers);
    if (found == packs_.end()) found = packs_.emplace(pointers, make_pack(pointers)).first;
    const auto call = [this, which = plan.plan, pack = found->second] { return execute_(cudnn_, which, pack); };
    check_cudnn(call_library(stream_, call), "cudnnBackendExecute", __LINE__);
}

void CudnnCalls::multiply(bool transpose_a, bool transpose_b, int rows, int columns, int inner, const float* a, int lda,
                          const float* b, int ldb, float* c, int ldc, int precision) {
    static const float one = 1.0f, zero = 0.0f;
    const auto call = [=, gemm = gemm_, handle = cublas_] {
        return gemm(handle, transpose_a, transpose_b, rows, columns, inner, &one, a, kReal32, lda, b, kReal32, ldb,
                    &zero, c, kReal32, ldc, kCompute[precision], kDefaultAlgorithm);
    };
    check_cublas(call_library(stream_, call), "cublasGemmEx", __LINE__);
}

}  // namespace nanohooke
