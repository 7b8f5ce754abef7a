// SPDX-License-Identifier: Apache-2.0
#include "network/definition.h"

#include <string>

#include "common/error.h"

namespace nanohooke {
namespace {

constexpr int kMaxSide = 4096, kMaxWidth = 1 << 20;
constexpr size_t kMaxParameters = size_t{1} << 31;

std::string name_of(int index, const char* kind) { return "layer " + std::to_string(index) + " (" + kind + "): "; }

void require_unused(int value, const std::string& layer, const char* field) {
    require(value == 0, layer + field + " must be 0, not " + std::to_string(value));
}

class ShapeBuilder {
public:
    explicit ShapeBuilder(const nh_network_definition& d)
        : shape_{d.channels, d.height, d.width, {}, {}}, channels_(d.channels), height_(d.height), width_(d.width) {}

    void add(int index, const nh_layer& layer) {
        switch (layer.kind) {
            case NH_LAYER_CONVOLUTION:
                convolution(index, layer);
                break;
            case NH_LAYER_RELU:
                relu(index, layer);
                break;
            case NH_LAYER_MAX_POOL:
                max_pool(index, layer);
                break;
            case NH_LAYER_DENSE:
                dense(index, layer);
                break;
            default:
                require(false, name_of(index, "?") + "unknown kind " + std::to_string(layer.kind));
        }
        previous_ = layer.kind;
    }

    NetworkShape finish() {
        require(!shape_.dense.empty(), "a network needs a dense layer at its end: its units are the outputs");
        require(shape_.parameter_count() <= kMaxParameters, "the network has more than 2^31 parameters");
        return std::move(shape_);
    }

private:
    void convolution(int index, const nh_layer& layer) {
        const std::string name = name_of(index, "convolution");
        require(shape_.dense.empty(), name + "cannot follow a dense layer");
        require(layer.outputs >= 1 && layer.outputs <= kMaxWidth,
                name + "outputs must be 1 to 2^20 channels, not " + std::to_string(layer.outputs));
        require(layer.kernel >= 1 && layer.kernel <= kMaxSide,
                name + "kernel must be 1 to 4096 pixels, not " + std::to_string(layer.kernel));
        require(layer.padding == NH_PADDING_ZERO || layer.padding == NH_PADDING_PERIODIC,
                name + "unknown padding " + std::to_string(layer.padding));
        shape_.convolutions.push_back({index, channels_, layer.outputs, layer.kernel, height_, width_,
                                       layer.padding == NH_PADDING_PERIODIC, false, false});
        channels_ = layer.outputs;
    }

    void relu(int index, const nh_layer& layer) {
        const std::string name = name_of(index, "ReLU");
        require_unused(layer.outputs, name, "outputs");
        require_unused(layer.kernel, name, "kernel");
        require_unused(layer.padding, name, "padding");
        require(previous_ == NH_LAYER_CONVOLUTION || previous_ == NH_LAYER_DENSE,
                name + "must directly follow a convolution or a dense layer");
        (previous_ == NH_LAYER_DENSE ? shape_.dense.back().relu : shape_.convolutions.back().relu) = true;
    }

    void max_pool(int index, const nh_layer& layer) {
        const std::string name = name_of(index, "max pool");
        require_unused(layer.outputs, name, "outputs");
        require_unused(layer.kernel, name, "kernel");
        require_unused(layer.padding, name, "padding");
        const bool follows = previous_ == NH_LAYER_CONVOLUTION ||
                             (previous_ == NH_LAYER_RELU && shape_.dense.empty() && !shape_.convolutions.empty());
        require(follows, name + "must follow a convolution or its ReLU");
        require(height_ % 2 == 0 && width_ % 2 == 0,
                name + "needs an even image size, not " + std::to_string(height_) + " x " + std::to_string(width_));
        shape_.convolutions.back().pool = true;
        height_ /= 2;
        width_ /= 2;
    }

    void dense(int index, const nh_layer& layer) {
        const std::string name = name_of(index, "dense");
        require_unused(layer.kernel, name, "kernel");
        require_unused(layer.padding, name, "padding");
        require(layer.outputs >= 1 && layer.outputs <= kMaxWidth,
                name + "outputs must be 1 to 2^20 units, not " + std::to_string(layer.outputs));
        const size_t inputs =
            shape_.dense.empty() ? size_t(channels_) * height_ * width_ : size_t(shape_.dense.back().out);
        require(inputs <= size_t{1} << 28, name + "has more than 2^28 inputs");
        shape_.dense.push_back({index, static_cast<int>(inputs), layer.outputs, false});
    }

    NetworkShape shape_;
    int channels_, height_, width_;
    int previous_ = 0;
};

}  // namespace

NetworkShape checked_shape(const nh_network_definition& d) {
    require(d.channels >= 1 && d.channels <= kMaxWidth,
            "channels must be 1 to 2^20, not " + std::to_string(d.channels));
    require(
        d.height >= 1 && d.height <= kMaxSide && d.width >= 1 && d.width <= kMaxSide,
        "the image must be 1 x 1 to 4096 x 4096, not " + std::to_string(d.height) + " x " + std::to_string(d.width));
    require(d.layer_count >= 1 && d.layers != nullptr, "a network needs layers");
    ShapeBuilder builder(d);
    for (int i = 0; i < d.layer_count; i++) builder.add(i, d.layers[i]);
    return builder.finish();
}

size_t NetworkShape::parameter_count() const {
    size_t count = 0;
    for (const ConvolutionShape& c : convolutions) count += c.weight_count() + c.out;
    for (const DenseShape& d : dense) count += d.weight_count() + d.out;
    return count;
}

std::vector<nh_parameter_block> NetworkShape::parameter_blocks() const {
    std::vector<nh_parameter_block> blocks;
    int64_t offset = 0;
    const auto add = [&](int layer, int out, int in, int kernel, size_t weights) {
        const int64_t count = static_cast<int64_t>(weights);
        blocks.push_back({layer, out, in, kernel, offset, count, offset + count, out});
        offset += count + out;
    };
    for (const ConvolutionShape& c : convolutions) add(c.layer, c.out, c.in, c.kernel, c.weight_count());
    for (const DenseShape& d : dense) add(d.layer, d.out, d.in, 0, d.weight_count());
    return blocks;
}

}  // namespace nanohooke
