// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "plane_convolution.h"
#include "plane_product.h"

namespace nanohooke {

namespace {

constexpr int kMostKernel = 31;  // reaches at most 15 places to both sides
// Images whose spectra are in scratch memory at a time, and sums that their weight gradients are taken in side by side:
// deep layers have too few frequencies to keep a device busy with one sum each.
constexpr int kChunk = 128, kPartsOfChunk = 4, kFewestOfPart = 8;

int parts_of(int images) { return std::min(kPartsOfChunk, (images + kFewestOfPart - 1) / kFewestOfPart); }

// A block of one warp for each output: lanes sum images in strides, then one another.
__global__ void sum_biases(const float2* __restrict__ dy, float* __restrict__ gradient, int images, int points,
                           bool first) {
    double sum = 0.0;
    for (int n = threadIdx.x; n < images; n += 32) {
        sum += dy[(static_cast<int64_t>(n) * gridDim.x + blockIdx.x) * points].x;
    }
    for (int by = 16; by > 0; by /= 2) sum += __shfl_xor_sync(0xffffffffu, sum, by);
    if (threadIdx.x > 0) return;
    sum *= 0.5;  // spectra are twice the transform
    gradient[blockIdx.x] = static_cast<float>(first ? sum : gradient[blockIdx.x] + sum);
}

}  // namespace

bool PlaneConvolution::takes(const ConvolutionShape& s) {
    return s.height == s.width && s.kernel <= kMostKernel && PlaneTransform::takes(s.height, !s.periodic);
}

PlaneConvolution::PlaneConvolution(const ConvolutionShape& shape)
    : shape_(shape), transform_(shape.height, !shape.periodic), chunk_(std::min(shape.max_batch, kChunk)) {}

size_t PlaneConvolution::scratch_bytes() const {
    Pool counting;
    counting.take<float2>(chunk_ * image_in());
    counting.take<float2>(chunk_ * image_out());
    const size_t chunks = (shape_.max_batch + chunk_ - 1) / chunk_;
    counting.take<float2>(shape_.training ? chunks * kPartsOfChunk * weight_spectra() : 0);
    return counting.used();
}

PlaneConvolution::Scratch PlaneConvolution::divide(void* scratch) const {
    auto* in = static_cast<float2*>(scratch);
    // Spectra have multiples of 128 numbers: all begin at multiples of 256 bytes.
    float2* out = in + chunk_ * image_in();
    return {in, out, out + chunk_ * image_out()};
}

void PlaneConvolution::carve(Pool& pool) {
    transform_.carve(pool);
    weights_ = pool.take<float2>(weight_spectra());
    inputs_ = pool.take<float2>(shape_.training ? shape_.max_batch * image_in() : 0);
    chosen_ = pool.take<unsigned char>(shape_.training && chooses() ? shape_.max_batch * shape_.out_size() : 0);
}

void PlaneConvolution::update(const float* parameters, void*, cudaStream_t stream) {
    const TapSource taps = {parameters + shape_.weights, shape_.kernel, shape_.before, transform_.scale()};
    transform_.forward(taps, shape_.out * shape_.in, weights_, stream);
}

void PlaneConvolution::forward(const ConvolutionInput& x, float* y, const float* parameters, int batch, bool keep,
                               void* scratch, cudaStream_t stream) {
    const Scratch space = divide(scratch);
    for (int first = 0; first < batch; first += chunk_) {
        const int images = std::min(chunk_, batch - first);
        float2* spectra = keep ? inputs_ + first * image_in() : space.in;
        const PlaneSource source = {
            x.bits == nullptr ? x.planes + first * shape_.in_size() : nullptr,
            x.bits == nullptr ? nullptr : x.bits + first * shape_.height * size_t(row_words(shape_.width))};
        transform_.forward(source, images * shape_.in, spectra, stream);
        const ProductSizes sizes = {images, shape_.out, shape_.in, transform_.points(), 1, true, false};
        multiply_spectra({spectra, shape_.in, 1}, {weights_, shape_.in, 1}, space.out, sizes, stream);
        const ResultSink results = {y + first * shape_.out_size(),
                                    keep && chooses() ? chosen_ + first * shape_.out_size() : nullptr,
                                    parameters + shape_.biases,
                                    shape_.out,
                                    shape_.pooled,
                                    shape_.relu};
        transform_.back(space.out, images * shape_.out, results, stream);
    }
}

void PlaneConvolution::derivative_spectra(const float* dy, int first, int images, float2* spectra,
                                          cudaStream_t stream) const {
    const float* from = dy + first * shape_.out_size();
    if (chooses()) {
        const DerivativeSource source = {from, chosen_ + first * shape_.out_size(), shape_.pooled};
        transform_.forward(source, images * shape_.out, spectra, stream);
    } else {
        transform_.forward(PlaneSource{from, nullptr}, images * shape_.out, spectra, stream);
    }
}

void PlaneConvolution::backward(const ConvolutionInput&, const float* dy, float* dx, float* gradient, int batch,
                                void* scratch, cudaStream_t stream) {
    const Scratch space = divide(scratch);
    int parts = 0;
    for (int first = 0; first < batch; first += chunk_) {
        const int images = std::min(chunk_, batch - first);
        derivative_spectra(dy, first, images, space.out, stream);
        if (gradient != nullptr) {
            const ProductSizes sizes = {shape_.out,       shape_.in, images, transform_.points(),
                                        parts_of(images), true,      true};
            multiply_spectra({space.out, 1, shape_.out}, {inputs_ + first * image_in(), 1, shape_.in},
                             space.parts + parts * weight_spectra(), sizes, stream);
            parts += sizes.parts;
            NHC_LAUNCH_BLOCKS(sum_biases, dim3(shape_.out), 32, 0, stream, space.out, gradient + shape_.biases, images,
                              transform_.points(), first == 0);
        }
        if (dx != nullptr) {
            const ProductSizes sizes = {images, shape_.in, shape_.out, transform_.points(), 1, false, false};
            multiply_spectra({space.out, shape_.out, 1}, {weights_, 1, shape_.in}, space.in, sizes, stream);
            transform_.back(space.in, images * shape_.in, PlaneSink{dx + first * shape_.in_size()}, stream);
        }
    }
    if (gradient != nullptr) {
        const TapSink taps = {gradient + shape_.weights, shape_.kernel, shape_.before, transform_.scale()};
        transform_.back(space.parts, shape_.out * shape_.in, parts, taps, stream);
    }
}

}  // namespace nanohooke
