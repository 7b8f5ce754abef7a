// SPDX-License-Identifier: Apache-2.0
//
// Stands in for libcudart.so.13 in tests. The kernels have a runtime of their own, so only what loading the presets and
// the tests themselves ask for is here; the rest are stubs that say so.
#include <dlfcn.h>

#include <atomic>

#include "standin.h"

namespace {

std::atomic<int64_t> calls{0}, fail_at{0}, things{0};

// A limit that NVIDIA does not have: how tests talk to the libraries that stand in.
enum Hook { kFailAt = 0x5701, kCalls = 0x5702, kLive = 0x5703 };

void* host(const char* name) {
    static void* library = dlopen("libnanohookecuda.so", RTLD_LAZY | RTLD_NOLOAD);
    return library == nullptr ? nullptr : dlsym(library, name);
}

}  // namespace

extern "C" {

bool standin_fails() { return ++calls == fail_at; }

void standin_made(int count) { things += count; }

bool standin_on_device(const void* memory, size_t bytes) {
    static const auto query = reinterpret_cast<bool (*)(const void*, size_t)>(host("host_on_device"));
    return query != nullptr && query(memory, bytes);
}

bool standin_run(void* stream, const std::function<void()>& work) {
    static const auto run = reinterpret_cast<bool (*)(void*, const std::function<void()>*)>(host("host_run"));
    return run != nullptr && run(stream, &work);
}

int cudaGetDeviceCount(int* count) {
    *count = 1;
    return 0;
}

int cudaRuntimeGetVersion(int* version) {
    *version = 13010;
    return 0;
}

int cudaDeviceSetLimit(int limit, size_t value) {
    if (limit != kFailAt) return 1;
    fail_at = value == 0 ? 0 : calls + static_cast<int64_t>(value);
    return 0;
}

int cudaDeviceGetLimit(size_t* value, int limit) {
    if (limit != kCalls && limit != kLive) return 1;
    *value = static_cast<size_t>(limit == kCalls ? calls : things);
    return 0;
}
}
