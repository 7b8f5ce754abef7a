// SPDX-License-Identifier: Apache-2.0
//
// A convolution of any size in the frequency domain, by transforms in device memory, in chunks of images that fit the
// scratch memory.
#pragma once

#include "convolution.h"
#include "fft.h"

namespace nanohooke {

// Sizes of one convolution, by value on the device.
struct ConvolutionSizes {
    int in, out, kernel, before, height, width;
    int rows, columns;  // of a spectrum
    int pooled;         // 2 where a 2 x 2 maximum follows, else 1
    bool relu;

    __host__ __device__ int points() const { return rows * columns; }
    __host__ __device__ int out_height() const { return height / pooled; }
    __host__ __device__ int out_width() const { return width / pooled; }
};

class GeneralConvolution : public Convolution {
public:
    explicit GeneralConvolution(const ConvolutionShape& shape);

    const char* method() const override { return "general"; }
    size_t scratch_bytes() const override;
    void carve(Pool& pool) override;
    void prepare(cudaStream_t stream) override;
    void update(const float* parameters, void* scratch, cudaStream_t stream) override;
    void forward(const ConvolutionInput& x, float* y, const float* parameters, int batch, bool keep, void* scratch,
                 cudaStream_t stream) override;
    void backward(const ConvolutionInput& x, const float* dy, float* dx, float* gradient, int batch, void* scratch,
                  cudaStream_t stream) override;

private:
    // Spectra, and a second array of each for the passes of transforms.
    struct Scratch {
        Complex *in, *in_other, *out, *out_other, *weights, *weights_other;
    };
    Scratch divide(void* scratch) const;
    Complex* input_spectra(const ConvolutionInput& x, int first, int images, const Scratch& scratch,
                           cudaStream_t stream) const;

    size_t in_spectra() const { return size_t(chunk_) * sizes_.in * sizes_.points(); }
    size_t out_spectra() const { return size_t(chunk_) * sizes_.out * sizes_.points(); }
    size_t weight_spectra() const { return size_t(sizes_.out) * sizes_.in * sizes_.points(); }

    ConvolutionShape shape_;
    ConvolutionSizes sizes_;
    int chunk_;
    std::unique_ptr<Line> rows_, columns_;
    Complex* spectra_ = nullptr;
    uint8_t* chosen_ = nullptr;
};

}  // namespace nanohooke
