// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "general_convolution.h"
#include "general_convolution_kernels.h"

namespace nanohooke {

namespace {

// Bytes of spectra that a chunk of images may take, unless one image takes more.
constexpr size_t kChunkBytes = size_t{256} << 20;

int spectrum_length(int size, int kernel, int before, bool periodic) {
    return periodic ? size : fast_length(size + std::max(before, kernel - 1 - before));
}

}  // namespace

GeneralConvolution::GeneralConvolution(const ConvolutionShape& shape)
    : shape_(shape), sizes_{shape.in, shape.out, shape.kernel, shape.before, shape.height, shape.width,
                            0,        0,         shape.pooled, shape.relu} {
    sizes_.rows = spectrum_length(shape.height, shape.kernel, shape.before, shape.periodic);
    sizes_.columns = spectrum_length(shape.width, shape.kernel, shape.before, shape.periodic);
    const size_t image = 2 * sizeof(Complex) * size_t(sizes_.in + sizes_.out) * sizes_.points();
    chunk_ = static_cast<int>(std::max<size_t>(1, std::min<size_t>(shape.max_batch, kChunkBytes / image)));
}

size_t GeneralConvolution::scratch_bytes() const {
    return 2 * sizeof(Complex) * (in_spectra() + out_spectra() + weight_spectra());
}

GeneralConvolution::Scratch GeneralConvolution::divide(void* scratch) const {
    Complex* next = static_cast<Complex*>(scratch);
    const auto take = [&next](size_t count) {
        next += count;
        return next - count;
    };
    return {take(in_spectra()),  take(in_spectra()),     take(out_spectra()),
            take(out_spectra()), take(weight_spectra()), take(weight_spectra())};
}

void GeneralConvolution::carve(Pool& pool) {
    rows_ = std::make_unique<Line>(sizes_.rows, pool);
    columns_ = std::make_unique<Line>(sizes_.columns, pool);
    spectra_ = pool.take<Complex>(weight_spectra());
    chosen_ = pool.take<uint8_t>(shape_.training ? shape_.max_batch * shape_.out_size() : 0);
}

void GeneralConvolution::prepare(cudaStream_t stream) {
    rows_->upload_roots(stream);
    columns_->upload_roots(stream);
}

void GeneralConvolution::update(const float* parameters, void* scratch, cudaStream_t stream) {
    const Scratch s = divide(scratch);
    NHC_LAUNCH(load_weights, stream, weight_spectra(), parameters + shape_.weights, s.weights, sizes_);
    const Complex* spectra =
        transform(*rows_, *columns_, sizes_.out * sizes_.in, false, s.weights, s.weights_other, stream);
    NHC_CHECK(cudaMemcpyAsync(spectra_, spectra, weight_spectra() * sizeof(Complex), cudaMemcpyDeviceToDevice, stream));
}

Complex* GeneralConvolution::input_spectra(const ConvolutionInput& x, int first, int images, const Scratch& scratch,
                                           cudaStream_t stream) const {
    const int planes = images * sizes_.in;
    const ConvolutionInput chunk = {
        x.planes == nullptr ? nullptr : x.planes + first * shape_.in_size(),
        x.bits == nullptr ? nullptr : x.bits + int64_t(first) * sizes_.height * row_words(sizes_.width)};
    NHC_LAUNCH(load_planes, stream, int64_t(planes) * sizes_.points(), chunk, scratch.in, sizes_);
    return transform(*rows_, *columns_, planes, false, scratch.in, scratch.in_other, stream);
}

void GeneralConvolution::forward(const ConvolutionInput& x, float* y, const float* parameters, int batch, bool keep,
                                 void* scratch, cudaStream_t stream) {
    const Scratch s = divide(scratch);
    const size_t out_size = shape_.out_size();
    for (int first = 0; first < batch; first += chunk_) {
        const int images = std::min(chunk_, batch - first), planes = images * sizes_.out;
        const Complex* spectra = input_spectra(x, first, images, s, stream);
        NHC_LAUNCH(multiply, stream, int64_t(planes) * sizes_.points(), spectra, spectra_, s.out, sizes_);
        const Complex* results = transform(*rows_, *columns_, planes, true, s.out, s.out_other, stream);
        NHC_LAUNCH(store_results, stream, int64_t(images * out_size), results, parameters + shape_.biases,
                   y + first * out_size, keep ? chosen_ + first * out_size : nullptr, sizes_);
    }
}

void GeneralConvolution::backward(const ConvolutionInput& x, const float* dy, float* dx, float* gradient, int batch,
                                  void* scratch, cudaStream_t stream) {
    const Scratch s = divide(scratch);
    const size_t in_size = shape_.in_size(), out_size = shape_.out_size();
    for (int first = 0; first < batch; first += chunk_) {
        const int images = std::min(chunk_, batch - first), planes = images * sizes_.out;
        NHC_LAUNCH(load_derivatives, stream, int64_t(planes) * sizes_.points(), dy + first * out_size,
                   chosen_ + first * out_size, s.out, sizes_);
        const Complex* d = transform(*rows_, *columns_, planes, false, s.out, s.out_other, stream);
        if (gradient != nullptr) {
            const Complex* spectra = input_spectra(x, first, images, s, stream);
            NHC_LAUNCH(multiply_gradient, stream, int64_t(weight_spectra()), spectra, d, s.weights, images, first == 0,
                       sizes_);
            NHC_LAUNCH(bias_gradient, stream, sizes_.out, d, gradient + shape_.biases, images, first == 0, sizes_);
        }
        if (dx != nullptr) {
            const int in_planes = images * sizes_.in;
            NHC_LAUNCH(multiply_back, stream, int64_t(in_planes) * sizes_.points(), d, spectra_, s.in, sizes_);
            const Complex* back = transform(*rows_, *columns_, in_planes, true, s.in, s.in_other, stream);
            NHC_LAUNCH(store_planes, stream, int64_t(images * in_size), back, dx + first * in_size, sizes_);
        }
    }
    if (gradient != nullptr) {
        const Complex* sum =
            transform(*rows_, *columns_, sizes_.out * sizes_.in, true, s.weights, s.weights_other, stream);
        NHC_LAUNCH(store_gradient, stream, int64_t(shape_.weight_count()), sum, gradient + shape_.weights, sizes_);
    }
}

}  // namespace nanohooke
