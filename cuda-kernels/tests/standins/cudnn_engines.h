// SPDX-License-Identifier: Apache-2.0
//
// The engines of the library that stands in for cuDNN: each has a fault or a note for which it must be passed over, or
// is what is left.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace standin {

enum DataType { kFloat = 0, kBfloat16 = 9 };

struct Tensor {
    int64_t id, alignment;
    int type;
    std::vector<int64_t> dimensions, strides;

    size_t element() const { return type == kFloat ? 4 : 2; }
    // From the first to the last element.
    size_t bytes() const;
};

enum Operation { kForward, kBackwardData, kBackwardFilter };

// x, w and y as the operation names them; padding before and after, for rows and columns.
struct Convolution {
    Operation operation;
    Tensor x, w, y;
    int64_t before[2], after[2];
};

enum Engine {
    kDirect,            // plain loops, no workspace
    kWithWorkspace,     // the same through its workspace
    kTensorCore,        // factors rounded to 11 bits
    kNondeterministic,  // other bits every run
    kNotSupported,      // no plan can be made
    kLargeWorkspace,    // wants more than there is
    kFailing,           // fails when it is executed
    kEngines
};

std::vector<int> numerical_notes(int engine);
size_t workspace_bytes(int engine, const Convolution& convolution);
void compute(int engine, const Convolution& convolution, const void* x, const void* w, const void* y, void* workspace);

}  // namespace standin
