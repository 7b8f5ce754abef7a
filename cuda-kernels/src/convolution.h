// SPDX-License-Identifier: Apache-2.0
//
// One convolution of a network with the ReLU and the 2 x 2 maximum that may follow. How it is computed is the
// implementation's own; masks, spectra of inputs that are kept for the gradient, and those of weights are its own, too.
#pragma once

#include <memory>

#include "device.h"

namespace nanohooke {

struct ConvolutionShape {
    int in, out, kernel, before;  // `before` = (kernel - 1) / 2 rows and columns of padding before the first
    int height, width;
    bool periodic;
    int pooled;  // 2 where a 2 x 2 maximum follows, else 1
    bool relu;
    int64_t weights, biases;  // offsets in parameters and gradient, floats
    int max_batch;
    bool training;
    int index;  // among the convolutions of a network

    size_t in_size() const { return size_t(in) * height * width; }
    size_t out_size() const { return size_t(out) * (height / pooled) * (width / pooled); }
    size_t weight_count() const { return size_t(out) * in * kernel * kernel; }
};

// Words of a row of bits, the first pixel least significant.
__host__ __device__ inline int row_words(int width) { return (width + 31) / 32; }

struct ConvolutionInput {
    const float* planes;   // [image][channel][row][column]; null where there are bits
    const uint32_t* bits;  // [image][row][row_words(width)], of inputs of one channel that are 0 or 1; else null
};

// No call but prepare may wait, allocate or read what the device computed, and what it launches follows from its
// arguments alone: a step is captured as one graph and replayed.
class Convolution {
public:
    virtual ~Convolution() = default;
    // "edges", "planes", "general", "cudnn".
    virtual const char* method() const = 0;
    // Memory that all layers of a network use in turn.
    virtual size_t scratch_bytes() const = 0;
    // Takes its own memory: called once to count, with a pool that gives null, and once to take.
    virtual void carve(Pool& pool) = 0;
    // Tables, once, after carve.
    virtual void prepare(cudaStream_t stream) = 0;
    // After the parameters changed, before the next forward.
    virtual void update(const float* parameters, void* scratch, cudaStream_t stream) = 0;
    // y: [image][out][height / pooled][width / pooled]. With `keep`, backward may follow.
    virtual void forward(const ConvolutionInput& x, float* y, const float* parameters, int batch, bool keep,
                         void* scratch, cudaStream_t stream) = 0;
    // dx is null where nobody asks for it, gradient where only dx is asked for; what is there is overwritten.
    virtual void backward(const ConvolutionInput& x, const float* dy, float* dx, float* gradient, int batch,
                          void* scratch, cudaStream_t stream) = 0;
};

struct CudnnEngine;

// What computes a network's convolutions, in the order of NHC_ENGINE_... and NHC_FP32 ...
struct Engine {
    int engine, precision;
    std::shared_ptr<CudnnEngine> cudnn;  // of NHC_ENGINE_CUDNN only
};

// The fastest implementation that takes planes of this shape.
std::unique_ptr<Convolution> make_convolution(const ConvolutionShape& shape, const Engine& engine);

// One that takes only bits, for a network's first layer; null where the one for planes is to be used for bits, too.
std::unique_ptr<Convolution> make_bit_convolution(const ConvolutionShape& shape, const Engine& engine);

}  // namespace nanohooke
