// SPDX-License-Identifier: Apache-2.0
//
// The C interface of the engine cudnn.
#include <dlfcn.h>

#include "api.h"
#include "cudnn_engine.h"
#include "cudnn_workbench.h"
#include "nanohooke/cuda_cudnn.h"

using nanohooke::CudaError;
using nanohooke::CudaNetwork;
using nanohooke::CudnnCalls;
using nanohooke::CudnnEngine;
using nanohooke::CudnnWorkbench;
using nanohooke::guarded;
using nanohooke::require;
using nanohooke::require_pointer;

struct nhc_workbench {
    CudnnWorkbench bench;
};

namespace {

nanohooke::NetworkOptions options(int32_t max_batch, int32_t training, int32_t device, int32_t precision,
                                  const int64_t* plans, int32_t convolutions) {
    require(max_batch >= 1, "max_batch must be at least 1, not " + std::to_string(max_batch));
    require(precision >= NHC_FP32 && precision <= NHC_BF16, "there is no precision " + std::to_string(precision));
    require(convolutions == 0 || plans != nullptr, "plans must not be null");
    auto engine = std::make_shared<CudnnEngine>();
    engine->precision = precision;
    engine->batch = max_batch;
    for (int32_t i = 0; i < convolutions; i++) {
        const int64_t* n = plans + NHC_CUDNN_PLAN_NUMBERS * i;
        const auto plan = [&](int at) {
            return nanohooke::CudnnPlan{reinterpret_cast<void*>(n[at]), static_cast<size_t>(n[at + 1])};
        };
        engine->plans.push_back({plan(0), plan(2), plan(4)});
    }
    return {max_batch, training != 0, device, {NHC_ENGINE_CUDNN, precision, std::move(engine)}};
}

}  // namespace

extern "C" {

int nhc_symbol(const char* library, const char* name, int64_t* address) {
    return guarded([&] {
        require_pointer(library, "library");
        require_pointer(name, "name");
        require_pointer(address, "address");
        void* const handle = dlopen(library, RTLD_LAZY | RTLD_NOLOAD);
        require(handle != nullptr, std::string(library) + " is not loaded");
        void* const function = dlsym(handle, name);
        dlclose(handle);  // only this look-up's own hold on it
        require(function != nullptr, std::string(library) + " has no " + name);
        *address = reinterpret_cast<int64_t>(function);
    });
}

int nhc_workbench_create(int32_t device, nhc_workbench** bench) {
    return guarded([&] {
        require_pointer(bench, "bench");
        *bench = nullptr;
        *bench = new nhc_workbench{CudnnWorkbench(device)};
    });
}

void nhc_workbench_destroy(nhc_workbench* bench) { delete bench; }

int nhc_workbench_free_memory(nhc_workbench* bench, int64_t* bytes) {
    return guarded([&] {
        require_pointer(bench, "bench");
        require_pointer(bytes, "bytes");
        *bytes = static_cast<int64_t>(bench->bench.free_memory());
    });
}

int nhc_workbench_time(nhc_workbench* bench, const int64_t* addresses, int64_t cudnn, int64_t plan,
                       int64_t workspace_bytes, int64_t x_bytes, int64_t w_bytes, int64_t y_bytes, int32_t repeats,
                       float* microseconds) {
    return guarded([&] {
        require_pointer(bench, "bench");
        require_pointer(addresses, "addresses");
        require_pointer(microseconds, "microseconds");
        require(workspace_bytes >= 0 && x_bytes > 0 && w_bytes > 0 && y_bytes > 0 && repeats > 0,
                "sizes and repeats must be positive");
        CudnnCalls calls(addresses, cudnn, 0);
        const size_t bytes[] = {static_cast<size_t>(x_bytes), static_cast<size_t>(w_bytes),
                                static_cast<size_t>(y_bytes)};
        *microseconds = bench->bench.microseconds(
            calls, {reinterpret_cast<void*>(plan), static_cast<size_t>(workspace_bytes)}, bytes, repeats);
    });
}

int nhc_memory_cudnn(const int32_t* layers, int32_t layer_count, int32_t channels, int32_t height, int32_t width,
                     int32_t max_batch, int32_t training, int32_t precision, const int64_t* plans, int32_t convolutions,
                     int64_t* bytes) {
    return guarded([&] {
        require_pointer(layers, "layers");
        require_pointer(bytes, "bytes");
        *bytes =
            static_cast<int64_t>(CudaNetwork::memory(layers, layer_count, channels, height, width,
                                                     options(max_batch, training, 0, precision, plans, convolutions)));
    });
}

int nhc_create_cudnn(const int32_t* layers, int32_t layer_count, int32_t channels, int32_t height, int32_t width,
                     int32_t max_batch, int32_t training, int32_t device, int32_t precision, const int64_t* addresses,
                     int64_t cudnn, int64_t cublas, const int64_t* plans, int32_t convolutions, nhc_network** network) {
    return guarded([&] {
        require_pointer(network, "network");
        *network = nullptr;
        require_pointer(layers, "layers");
        require_pointer(addresses, "addresses");
        require(cublas != 0, "the engine cudnn needs a handle of cuBLAS");
        const auto all = options(max_batch, training, device, precision, plans, convolutions);
        all.engine.cudnn->calls = std::make_unique<CudnnCalls>(addresses, cudnn, cublas);
        auto handle = std::make_unique<nhc_network>();
        handle->network = CudaNetwork::create(layers, layer_count, channels, height, width, all);
        *network = handle.release();
    });
}

}  // extern "C"
