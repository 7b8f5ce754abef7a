// SPDX-License-Identifier: Apache-2.0
//
// What the files of the C interface share: the handle, and no exception across the border.
#pragma once

#include "network.h"

struct nhc_network {
    std::unique_ptr<nanohooke::CudaNetwork> network;
};

namespace nanohooke {

// Of this thread, see nhc_last_error.
std::string& last_error();

template <class F>
int guarded(F&& call) {
    try {
        call();
        return NHC_OK;
    } catch (const CudaError& e) {
        last_error() = e.what();
        return e.status();
    } catch (const std::exception& e) {
        last_error() = e.what();
        return NHC_BAD_ARGUMENT;
    }
}

inline void require_pointer(const void* pointer, const char* name) {
    require(pointer != nullptr, std::string(name) + " must not be null");
}

}  // namespace nanohooke
