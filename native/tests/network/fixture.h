// SPDX-License-Identifier: Apache-2.0
//
// A network behind its C interface, with the calls that the tests share. Every call that fails is a failed check.
#pragma once

#include "check.h"

struct Definition {
    int channels, height, width;
    std::vector<nh_layer> layers;

    nh_network_definition view() const {
        return {channels, height, width, static_cast<int32_t>(layers.size()), layers.data()};
    }
    size_t image_size() const { return size_t(channels) * height * width; }
};

inline nh_layer convolution(int outputs, int kernel, int padding) {
    return {NH_LAYER_CONVOLUTION, outputs, kernel, padding};
}
inline nh_layer relu() { return {NH_LAYER_RELU, 0, 0, 0}; }
inline nh_layer max_pool() { return {NH_LAYER_MAX_POOL, 0, 0, 0}; }
inline nh_layer dense(int outputs) { return {NH_LAYER_DENSE, outputs, 0, 0}; }

// The published network: 256 x 256 pixels, 20 x 20 kernels, 13 outputs.
inline Definition published(int padding) {
    Definition d = {1, 256, 256, {}};
    for (const int channels : {6, 12, 24, 48, 96}) {
        d.layers.insert(d.layers.end(), {convolution(channels, 20, padding), relu(), max_pool()});
    }
    for (const int units : {512, 256, 128, 64, 32}) d.layers.insert(d.layers.end(), {dense(units), relu()});
    d.layers.push_back(dense(13));
    return d;
}

class Net {
public:
    Net(const Definition& definition, int max_batch, int mode = NH_MODE_TRAINING, int threads = 1,
        int isa = NH_ISA_AUTO)
        : definition_(definition) {
        const nh_network_definition view = definition.view();
        expect(nh_network_create(&view, max_batch, mode, threads, isa, &handle_), "create");
        int64_t parameters = 0;
        int32_t outputs = 0;
        if (handle_ != nullptr) expect(nh_network_sizes(handle_, &parameters, &outputs), "sizes");
        parameter_count = static_cast<size_t>(parameters);
        this->outputs = outputs;
    }
    ~Net() { nh_network_destroy(handle_); }
    Net(const Net&) = delete;
    Net& operator=(const Net&) = delete;

    // He's initialisation; biases off zero, so that they matter.
    std::vector<float> random_parameters(unsigned seed) const {
        std::vector<nh_parameter_block> blocks(definition_.layers.size());
        int32_t count = 0;
        expect(nh_network_parameter_blocks(handle_, blocks.data(), static_cast<int32_t>(blocks.size()), &count),
               "blocks");
        std::vector<float> p(parameter_count, 0.0f);
        for (int32_t i = 0; i < count; i++) {
            const nh_parameter_block& b = blocks[i];
            const float fan_in = static_cast<float>(b.weight_count / b.outputs);
            const std::vector<float> w = check::random(b.weight_count, seed + 2 * i, std::sqrt(2.0f / fan_in));
            const std::vector<float> v = check::random(b.bias_count, seed + 2 * i + 1, 0.1f);
            std::copy(w.begin(), w.end(), p.begin() + b.weight_offset);
            std::copy(v.begin(), v.end(), p.begin() + b.bias_offset);
        }
        return p;
    }

    void set(const std::vector<float>& p) { expect(nh_network_set_parameters(handle_, p.data()), "set_parameters"); }
    std::vector<float> get() const {
        std::vector<float> p(parameter_count);
        expect(nh_network_get_parameters(handle_, p.data()), "get_parameters");
        return p;
    }
    std::vector<float> forward(const void* images, int batch, int format = NH_IMAGES_FLOAT) {
        std::vector<float> out(size_t(batch) * outputs, NAN);
        expect(nh_network_forward(handle_, format, images, batch, out.data()), "forward");
        return out;
    }
    std::vector<float> forward_train(const void* images, int batch, int format = NH_IMAGES_FLOAT) {
        std::vector<float> out(size_t(batch) * outputs, NAN);
        expect(nh_network_forward_train(handle_, format, images, batch, out.data()), "forward_train");
        return out;
    }
    std::vector<float> backward(const std::vector<float>& d_outputs) {
        std::vector<float> gradient(parameter_count, NAN);
        expect(nh_network_backward(handle_, d_outputs.data()), "backward");
        expect(nh_network_get_gradient(handle_, gradient.data()), "get_gradient");
        return gradient;
    }
    std::vector<float> input_gradient(const std::vector<float>& d_outputs, int batch) {
        std::vector<float> gradient(batch * definition_.image_size(), NAN);
        expect(nh_network_input_gradient(handle_, d_outputs.data(), gradient.data()), "input_gradient");
        return gradient;
    }
    double train_step(const void* images, const std::vector<float>& targets, int batch, float rate,
                      int format = NH_IMAGES_FLOAT) {
        double loss = NAN;
        expect(nh_network_train_step(handle_, format, images, targets.data(), batch, rate, &loss), "train_step");
        return loss;
    }
    nh_network* handle() const { return handle_; }

    size_t parameter_count = 0;
    int outputs = 0;

private:
    static void expect(int status, const char* call) {
        if (status != NH_OK) check::that(false, check::text("%s: status %d, %s", call, status, nh_last_error()));
    }

    Definition definition_;
    nh_network* handle_ = nullptr;
};
