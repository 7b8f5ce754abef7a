// SPDX-License-Identifier: Apache-2.0
//
// A convolution in the frequency domain whose planes fit a block's shared memory: transforms with what comes before and
// after them in one kernel each, products of spectra in between, spectra of the inputs kept for the gradient.
// With x, y and w spectra of inputs, results and kernels (tap i at place i - before): y = x conj(w), dx = dy w,
// dw = x conj(dy), and a bias' gradient is frequency zero of dy.
#pragma once

#include "convolution.h"
#include "plane_transform.h"

namespace nanohooke {

class PlaneConvolution : public Convolution {
public:
    // Square planes of 16, 32, 64 or 128 with kernels of at most 31, if the current device's blocks have the memory.
    static bool takes(const ConvolutionShape& shape);

    explicit PlaneConvolution(const ConvolutionShape& shape);

    const char* method() const override { return "planes"; }
    size_t scratch_bytes() const override;
    void carve(Pool& pool) override;
    void prepare(cudaStream_t stream) override { transform_.prepare(stream); }
    void update(const float* parameters, void* scratch, cudaStream_t stream) override;
    void forward(const ConvolutionInput& x, float* y, const float* parameters, int batch, bool keep, void* scratch,
                 cudaStream_t stream) override;
    void backward(const ConvolutionInput& x, const float* dy, float* dx, float* gradient, int batch, void* scratch,
                  cudaStream_t stream) override;

private:
    // Spectra of a chunk of images, and parts of the sum over all images that is the weights' gradient.
    struct Scratch {
        float2 *in, *out, *parts;
    };
    Scratch divide(void* scratch) const;

    size_t image_in() const { return size_t(shape_.in) * transform_.points(); }
    size_t image_out() const { return size_t(shape_.out) * transform_.points(); }
    size_t weight_spectra() const { return size_t(shape_.out) * shape_.in * transform_.points(); }
    bool chooses() const { return shape_.pooled == 2 || shape_.relu; }

    void derivative_spectra(const float* dy, int first, int images, float2* spectra, cudaStream_t stream) const;

    ConvolutionShape shape_;
    PlaneTransform transform_;
    int chunk_;
    float2 *weights_ = nullptr, *inputs_ = nullptr;
    unsigned char* chosen_ = nullptr;
};

}  // namespace nanohooke
