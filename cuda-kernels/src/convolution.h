// SPDX-License-Identifier: Apache-2.0
//
// One convolution with the ReLU and the maximum that may follow, in chunks of images that fit the scratch memory.
#pragma once

#include <memory>

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

// Spectra that all layers use in turn, and a second array of each for the passes of transforms.
struct ConvolutionScratch {
    Complex *in, *in_other, *out, *out_other, *weights, *weights_other;
};

class ConvolutionLayer {
public:
    ConvolutionLayer(const ConvolutionSizes& sizes, bool periodic, int64_t weights, int64_t biases, int max_batch);

    const ConvolutionSizes& sizes() const { return sizes_; }
    size_t in_size() const { return size_t(sizes_.in) * sizes_.height * sizes_.width; }
    size_t out_size() const { return size_t(sizes_.out) * sizes_.out_height() * sizes_.out_width(); }
    size_t weight_count() const { return size_t(sizes_.out) * sizes_.in * sizes_.kernel * sizes_.kernel; }
    size_t in_spectra() const { return size_t(chunk_) * sizes_.in * sizes_.points(); }
    size_t out_spectra() const { return size_t(chunk_) * sizes_.out * sizes_.points(); }
    size_t weight_spectra() const { return size_t(sizes_.out) * sizes_.in * sizes_.points(); }

    // Takes its memory; with a pool that only counts, its arrays are null.
    void carve(Pool& pool, int max_batch, bool training);
    void upload_roots(cudaStream_t stream) const;

    void update_spectra(const float* parameters, const ConvolutionScratch& scratch, cudaStream_t stream);
    void forward(const float* x, float* y, const float* parameters, int batch, bool keep,
                 const ConvolutionScratch& scratch, cudaStream_t stream) const;
    // dx and gradient may be null.
    void backward(const float* x, const float* dy, float* dx, float* gradient, int batch,
                  const ConvolutionScratch& scratch, cudaStream_t stream) const;

private:
    Complex* input_spectra(const float* x, int images, const ConvolutionScratch& scratch, cudaStream_t stream) const;

    ConvolutionSizes sizes_;
    int64_t weights_, biases_;
    int chunk_;
    std::unique_ptr<Line> rows_, columns_;
    Complex* spectra_ = nullptr;
    uint8_t* chosen_ = nullptr;
};

}  // namespace nanohooke
