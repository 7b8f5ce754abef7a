// SPDX-License-Identifier: Apache-2.0
#include "convolution.h"

#include <algorithm>

#include "convolution_kernels.h"

namespace nanohooke {

namespace {

// Bytes of spectra that a chunk of images may take, unless one image takes more.
constexpr size_t kChunkBytes = size_t{256} << 20;

int spectrum_length(int size, int kernel, int before, bool periodic) {
    return periodic ? size : fast_length(size + std::max(before, kernel - 1 - before));
}

}  // namespace

ConvolutionLayer::ConvolutionLayer(const ConvolutionSizes& sizes, bool periodic, int64_t weights, int64_t biases,
                                   int max_batch)
    : sizes_(sizes), weights_(weights), biases_(biases) {
    sizes_.rows = spectrum_length(sizes.height, sizes.kernel, sizes.before, periodic);
    sizes_.columns = spectrum_length(sizes.width, sizes.kernel, sizes.before, periodic);
    const size_t image = 2 * sizeof(Complex) * size_t(sizes_.in + sizes_.out) * sizes_.points();
    chunk_ = static_cast<int>(std::max<size_t>(1, std::min<size_t>(max_batch, kChunkBytes / image)));
}

void ConvolutionLayer::carve(Pool& pool, int max_batch, bool training) {
    rows_ = std::make_unique<Line>(sizes_.rows, pool);
    columns_ = std::make_unique<Line>(sizes_.columns, pool);
    spectra_ = pool.take<Complex>(weight_spectra());
    chosen_ = pool.take<uint8_t>(training ? max_batch * out_size() : 0);
}

void ConvolutionLayer::upload_roots(cudaStream_t stream) const {
    rows_->upload_roots(stream);
    columns_->upload_roots(stream);
}

void ConvolutionLayer::update_spectra(const float* parameters, const ConvolutionScratch& scratch,
                                      cudaStream_t stream) {
    NHC_LAUNCH(load_weights, stream, weight_spectra(), parameters + weights_, scratch.weights, sizes_);
    const Complex* spectra = transform(*rows_, *columns_, sizes_.out * sizes_.in, false, scratch.weights,
                                       scratch.weights_other, stream);
    NHC_CHECK(cudaMemcpyAsync(spectra_, spectra, weight_spectra() * sizeof(Complex), cudaMemcpyDeviceToDevice, stream));
}

Complex* ConvolutionLayer::input_spectra(const float* x, int images, const ConvolutionScratch& scratch,
                                         cudaStream_t stream) const {
    const int planes = images * sizes_.in;
    NHC_LAUNCH(load_planes, stream, int64_t(planes) * sizes_.points(), x, scratch.in, sizes_);
    return transform(*rows_, *columns_, planes, false, scratch.in, scratch.in_other, stream);
}

void ConvolutionLayer::forward(const float* x, float* y, const float* parameters, int batch, bool keep,
                               const ConvolutionScratch& scratch, cudaStream_t stream) const {
    for (int first = 0; first < batch; first += chunk_) {
        const int images = std::min(chunk_, batch - first), planes = images * sizes_.out;
        const Complex* spectra = input_spectra(x + first * in_size(), images, scratch, stream);
        NHC_LAUNCH(multiply, stream, int64_t(planes) * sizes_.points(), spectra, spectra_, scratch.out, sizes_);
        const Complex* results =
            transform(*rows_, *columns_, planes, true, scratch.out, scratch.out_other, stream);
        NHC_LAUNCH(store_results, stream, int64_t(images * out_size()), results, parameters + biases_,
                   y + first * out_size(), keep ? chosen_ + first * out_size() : nullptr, sizes_);
    }
}

void ConvolutionLayer::backward(const float* x, const float* dy, float* dx, float* gradient, int batch,
                                const ConvolutionScratch& scratch, cudaStream_t stream) const {
    for (int first = 0; first < batch; first += chunk_) {
        const int images = std::min(chunk_, batch - first), planes = images * sizes_.out;
        NHC_LAUNCH(load_derivatives, stream, int64_t(planes) * sizes_.points(), dy + first * out_size(),
                   chosen_ + first * out_size(), scratch.out, sizes_);
        const Complex* d = transform(*rows_, *columns_, planes, false, scratch.out, scratch.out_other, stream);
        if (gradient != nullptr) {
            const Complex* spectra = input_spectra(x + first * in_size(), images, scratch, stream);
            NHC_LAUNCH(multiply_gradient, stream, int64_t(weight_spectra()), spectra, d, scratch.weights, images,
                       first == 0, sizes_);
            NHC_LAUNCH(bias_gradient, stream, sizes_.out, d, gradient + biases_, images, first == 0, sizes_);
        }
        if (dx != nullptr) {
            const int in_planes = images * sizes_.in;
            NHC_LAUNCH(multiply_back, stream, int64_t(in_planes) * sizes_.points(), d, spectra_, scratch.in, sizes_);
            const Complex* back = transform(*rows_, *columns_, in_planes, true, scratch.in, scratch.in_other, stream);
            NHC_LAUNCH(store_planes, stream, int64_t(images * in_size()), back, dx + first * in_size(), sizes_);
        }
    }
    if (gradient != nullptr) {
        const Complex* sum = transform(*rows_, *columns_, sizes_.out * sizes_.in, true, scratch.weights,
                                       scratch.weights_other, stream);
        NHC_LAUNCH(store_gradient, stream, int64_t(weight_count()), sum, gradient + weights_, sizes_);
    }
}

}  // namespace nanohooke
