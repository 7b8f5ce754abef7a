// SPDX-License-Identifier: Apache-2.0
//
// One convolution on the device with all that it needs, as a network would have it.
#pragma once

#include <memory>
#include <vector>

#include "convolution.h"

namespace driver {

class Rig {
public:
    using Floats = std::vector<float>;

    Rig(std::unique_ptr<nanohooke::Convolution> convolution, const nanohooke::ConvolutionShape& shape);
    ~Rig();
    Rig(const Rig&) = delete;
    Rig& operator=(const Rig&) = delete;

    const char* method() const { return convolution_->method(); }
    cudaStream_t stream() const { return stream_; }

    // The numbers that the calls below work on; x as pixels of bits where it says so.
    void set_input(const Floats& x, bool bits);
    void set_parameters(const Floats& parameters);
    void set_derivatives(const Floats& dy);

    void update() { convolution_->update(parameters_, scratch_, stream_); }
    void forward(int batch, bool keep) {
        convolution_->forward(input_, y_, parameters_, batch, keep, scratch_, stream_);
    }
    void backward(bool dx, bool gradient, int batch) {
        convolution_->backward(input_, dy_, dx ? dx_ : nullptr, gradient ? gradient_ : nullptr, batch, scratch_,
                               stream_);
    }
    // Results full of NaN, so that what is not written shows.
    void poison(int batch);
    Floats results(int batch) const { return read(y_, batch * shape_.out_size()); }
    Floats input_derivatives(int batch) const { return read(dx_, batch * shape_.in_size()); }
    Floats gradient() const { return read(gradient_, shape_.biases + shape_.out); }

private:
    Floats read(const float* from, size_t count) const;

    std::unique_ptr<nanohooke::Convolution> convolution_;
    nanohooke::ConvolutionShape shape_;
    nanohooke::Pool pool_;
    cudaStream_t stream_ = nullptr;
    void* scratch_ = nullptr;
    float *parameters_ = nullptr, *gradient_ = nullptr, *x_ = nullptr, *y_ = nullptr, *dy_ = nullptr, *dx_ = nullptr;
    uint32_t* bits_ = nullptr;
    nanohooke::ConvolutionInput input_ = {};
};

// Of the engine fft: the way for bits, or for planes where there is none or it is not wanted.
std::unique_ptr<Rig> make_rig(nanohooke::ConvolutionShape shape, int batch, bool bits);

}  // namespace driver
