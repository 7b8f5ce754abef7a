// SPDX-License-Identifier: Apache-2.0
//
// Stands in for libcublas.so.13 in tests: products of matrices by plain loops in double precision, and refusals of what
// NVIDIA's refuses.
#include <cmath>
#include <cstring>
#include <mutex>
#include <set>

#include "standin.h"

namespace {

enum Status { kSuccess = 0, kNotInitialized = 1, kInvalidValue = 7, kExecutionFailed = 13, kNotSupported = 15 };
enum Type { kFloat = 0 };                             // CUDA_R_32F
enum Compute { kFp32 = 68, kTf32 = 77, kBf16 = 75 };  // CUBLAS_COMPUTE_32F and its fast forms

struct Context {
    void* stream = nullptr;
    void* workspace = nullptr;
    size_t bytes = 0;
    int math = 0;
};

std::mutex lock;
std::set<Context*> contexts;

bool live(const void* handle) {
    const std::lock_guard<std::mutex> guard(lock);
    return contexts.count(static_cast<Context*>(const_cast<void*>(handle))) > 0;
}

// Rounded to that many bits of mantissa, the hidden one included.
float rounded(float value, int bits) {
    uint32_t word;
    std::memcpy(&word, &value, sizeof word);
    const int lost = 24 - bits;
    if (lost == 0 || (word & 0x7f800000u) == 0x7f800000u) return value;
    word = (word + (1u << (lost - 1)) - 1 + (word >> lost & 1)) & ~((1u << lost) - 1);
    std::memcpy(&value, &word, sizeof value);
    return value;
}

}  // namespace

extern "C" {

int cublasCreate_v2(void** handle) {
    if (standin_fails()) return kNotInitialized;
    const std::lock_guard<std::mutex> guard(lock);
    auto* context = new Context;
    contexts.insert(context);
    standin_made(1);
    *handle = context;
    return kSuccess;
}

int cublasDestroy_v2(void* handle) {
    const std::lock_guard<std::mutex> guard(lock);
    auto* context = static_cast<Context*>(handle);
    if (contexts.erase(context) == 0) return kNotInitialized;
    delete context;
    standin_made(-1);
    return kSuccess;
}

int cublasGetVersion_v2(void* handle, int* version) {
    if (!live(handle)) return kNotInitialized;
    *version = 130100;
    return kSuccess;
}

int cublasSetStream_v2(void* handle, void* stream) {
    if (!live(handle)) return kNotInitialized;
    if (standin_fails()) return kExecutionFailed;
    auto* context = static_cast<Context*>(handle);
    *context = {stream, nullptr, 0, context->math};  // a new stream has the library's own workspace again
    return kSuccess;
}

int cublasSetWorkspace_v2(void* handle, void* workspace, size_t bytes) {
    if (!live(handle)) return kNotInitialized;
    if (standin_fails()) return kExecutionFailed;
    if (bytes > 0 && (reinterpret_cast<uintptr_t>(workspace) % 256 != 0 || !standin_on_device(workspace, bytes))) {
        return kInvalidValue;
    }
    auto* context = static_cast<Context*>(handle);
    context->workspace = workspace;
    context->bytes = bytes;
    return kSuccess;
}

int cublasSetMathMode(void* handle, int mode) {
    if (!live(handle)) return kNotInitialized;
    static_cast<Context*>(handle)->math = mode;
    return kSuccess;
}

const char* cublasGetStatusName(int status) {
    switch (status) {
        case kSuccess:
            return "CUBLAS_STATUS_SUCCESS";
        case kNotInitialized:
            return "CUBLAS_STATUS_NOT_INITIALIZED";
        case kInvalidValue:
            return "CUBLAS_STATUS_INVALID_VALUE";
        case kExecutionFailed:
            return "CUBLAS_STATUS_EXECUTION_FAILED";
        default:
            return "CUBLAS_STATUS_NOT_SUPPORTED";
    }
}

const char* cublasGetStatusString(int status) { return cublasGetStatusName(status); }

int cublasGemmEx(void* handle, int transposed_a, int transposed_b, int m, int n, int k, const void* alpha,
                 const void* a, int a_type, int lda, const void* b, int b_type, int ldb, const void* beta, void* c,
                 int c_type, int ldc, int compute, int) {
    if (!live(handle)) return kNotInitialized;
    if (standin_fails()) return kExecutionFailed;
    const auto* context = static_cast<Context*>(handle);
    if (a_type != kFloat || b_type != kFloat || c_type != kFloat) return kNotSupported;
    if (compute != kFp32 && compute != kTf32 && compute != kBf16) return kNotSupported;
    // Without a workspace of its owner a captured product would take memory, and its bits would not be fixed.
    if (context->workspace == nullptr) return kNotSupported;
    if (m < 0 || n < 0 || k < 0 || lda < (transposed_a ? k : m) || ldb < (transposed_b ? n : k) || ldc < m) {
        return kInvalidValue;
    }
    const size_t a_count = static_cast<size_t>(lda) * (transposed_a ? m : k);
    const size_t b_count = static_cast<size_t>(ldb) * (transposed_b ? k : n);
    if (!standin_on_device(a, a_count * sizeof(float)) || !standin_on_device(b, b_count * sizeof(float)) ||
        !standin_on_device(c, static_cast<size_t>(ldc) * n * sizeof(float))) {
        return kExecutionFailed;
    }
    const float scale = *static_cast<const float*>(alpha), old = *static_cast<const float*>(beta);
    const int bits = compute == kFp32 ? 24 : compute == kTf32 ? 11 : 8;
    const bool done = standin_run(context->stream, [=] {
        const auto* left = static_cast<const float*>(a);
        const auto* right = static_cast<const float*>(b);
        auto* to = static_cast<float*>(c);
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < m; i++) {
                double sum = 0.0;
                for (int l = 0; l < k; l++) {
                    const float x =
                        left[transposed_a ? l + static_cast<size_t>(i) * lda : i + static_cast<size_t>(l) * lda];
                    const float y =
                        right[transposed_b ? j + static_cast<size_t>(l) * ldb : l + static_cast<size_t>(j) * ldb];
                    sum += static_cast<double>(rounded(x, bits)) * rounded(y, bits);
                }
                float* entry = to + i + static_cast<size_t>(j) * ldc;
                *entry = static_cast<float>(scale * sum + (old == 0.0f ? 0.0 : old * *entry));
            }
        }
    });
    return done ? kSuccess : kExecutionFailed;
}
}
