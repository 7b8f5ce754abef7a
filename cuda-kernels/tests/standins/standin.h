// SPDX-License-Identifier: Apache-2.0
//
// What the libraries that stand in for NVIDIA's share, for tests only: device memory and streams are those of the
// kernels compiled for the host (tests/host), work on a stream that is captured is recorded there, and any call can be
// made to fail.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

extern "C" {
// Counts a call that may fail; true for the one that must.
bool standin_fails();
// Whether the bytes lie in one piece of device memory that is there.
bool standin_on_device(const void* memory, size_t bytes);
// Runs the work now or with the graph that the stream records; false where the stream is not there.
bool standin_run(void* stream, const std::function<void()>& work);
// Things that a library made and has not destroyed yet.
void standin_made(int count);
}
