// SPDX-License-Identifier: Apache-2.0
#include "rig.h"

namespace driver {

namespace {

std::vector<uint32_t> words(const Rig::Floats& pixels, int width) {
    const size_t stride = nanohooke::row_words(width);
    std::vector<uint32_t> bits(pixels.size() / width * stride);
    for (size_t i = 0; i < pixels.size(); i++) {
        if (pixels[i] != 0.0f) bits[i / width * stride + i % width / 32] |= 1u << (i % width % 32);
    }
    return bits;
}

}  // namespace

Rig::Rig(std::unique_ptr<nanohooke::Convolution> convolution, const nanohooke::ConvolutionShape& shape)
    : convolution_(std::move(convolution)), shape_(shape) {
    NHC_CHECK(cudaStreamCreate(&stream_));
    const auto carve = [this] {
        const size_t batch = shape_.max_batch;
        convolution_->carve(pool_);
        scratch_ = pool_.take<char>(convolution_->scratch_bytes());
        parameters_ = pool_.take<float>(shape_.biases + shape_.out);
        gradient_ = pool_.take<float>(shape_.biases + shape_.out);
        x_ = pool_.take<float>(batch * shape_.in_size());
        bits_ = pool_.take<uint32_t>(batch * shape_.height * nanohooke::row_words(shape_.width));
        y_ = pool_.take<float>(batch * shape_.out_size());
        dy_ = pool_.take<float>(batch * shape_.out_size());
        dx_ = pool_.take<float>(batch * shape_.in_size());
    };
    carve();
    pool_.allocate();
    carve();
    convolution_->prepare(stream_);
}

Rig::~Rig() { cudaStreamDestroy(stream_); }

void Rig::set_input(const Floats& x, bool bits) {
    if (bits) {
        const std::vector<uint32_t> packed = words(x, shape_.width);
        nanohooke::upload(bits_, packed.data(), packed.size(), stream_);
    } else {
        nanohooke::upload(x_, x.data(), x.size(), stream_);
    }
    input_ = bits ? nanohooke::ConvolutionInput{nullptr, bits_} : nanohooke::ConvolutionInput{x_, nullptr};
    NHC_CHECK(cudaStreamSynchronize(stream_));
}

void Rig::set_parameters(const Floats& parameters) {
    nanohooke::upload(parameters_, parameters.data(), parameters.size(), stream_);
    NHC_CHECK(cudaStreamSynchronize(stream_));
}

void Rig::set_derivatives(const Floats& dy) {
    nanohooke::upload(dy_, dy.data(), dy.size(), stream_);
    NHC_CHECK(cudaStreamSynchronize(stream_));
}

void Rig::poison(int batch) {
    NHC_CHECK(cudaMemsetAsync(y_, 0xff, batch * shape_.out_size() * sizeof(float), stream_));
    NHC_CHECK(cudaMemsetAsync(dx_, 0xff, batch * shape_.in_size() * sizeof(float), stream_));
    NHC_CHECK(cudaMemsetAsync(gradient_, 0xff, (shape_.biases + shape_.out) * sizeof(float), stream_));
}

Rig::Floats Rig::read(const float* from, size_t count) const {
    Floats values(count);
    nanohooke::download(values.data(), from, count, stream_);
    return values;
}

std::unique_ptr<Rig> make_rig(nanohooke::ConvolutionShape shape, int batch, bool bits) {
    const nanohooke::Engine engine = {NHC_ENGINE_FFT, NHC_FP32, nullptr};
    shape.max_batch = batch;
    shape.training = true;
    shape.weights = 0;
    shape.biases = static_cast<int64_t>(shape.weight_count());
    auto convolution = bits ? nanohooke::make_bit_convolution(shape, engine) : nullptr;
    if (convolution == nullptr) convolution = nanohooke::make_convolution(shape, engine);
    return std::make_unique<Rig>(std::move(convolution), shape);
}

}  // namespace driver
