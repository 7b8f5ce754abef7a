// SPDX-License-Identifier: Apache-2.0
#include "network/edges.h"

#include <algorithm>
#include <limits>

namespace nanohooke {
namespace {

// Times in nanoseconds on one AVX2 core (Zen 3): only their ratios matter, and the choice between the two ways changes
// a result by rounding only.
constexpr double kPerEdgeTap = 0.45;    // one of the k x k taps of an edge, eight channels
constexpr double kPerSlot = 1.5;        // one pixel, eight channels: sum, pooling
constexpr double kPerPlanePoint = 1.1;  // one point of a plane there or back by transforms, pooling included

int most_edges_worth_it(const EdgeLayer& layer) {
    const double taps = static_cast<double>(layer.kernel) * layer.kernel * layer.groups();
    const double pixels = static_cast<double>(layer.height) * layer.width;
    const double by_transforms = kPerPlanePoint * pixels * (layer.out + 1);
    const double left = by_transforms - kPerSlot * pixels * layer.groups();
    return static_cast<int>(std::max(0.0, std::min(left / (kPerEdgeTap * taps), 65536.0)));
}

}  // namespace

bool EdgeConvolution::suits(const ConvolutionShape& shape) { return shape.in == 1 && shape.pool; }

EdgeConvolution::EdgeConvolution(const KernelTable& kernels, const ConvolutionShape& shape, int images, bool training,
                                 Arena& arena)
    : kernels_(kernels),
      layer_{shape.height,   shape.width, shape.kernel, shape.out,
             shape.periodic, nullptr,     nullptr,      shape.relu ? 0.0f : -std::numeric_limits<float>::infinity()},
      most_edges_(most_edges_worth_it(layer_)) {
    weight_ = arena.take<float>(weight_floats());
    bias_ = arena.take<float>(group_floats());
    row_begin_ = arena.take<int32_t>(size_t(images) * (layer_.height + 1));
    at_ = arena.take<uint16_t>(size_t(images) * most_edges_);
    weight_gradient_ = arena.take<float>(training ? images * weight_floats() : 0);
    bias_gradient_ = arena.take<float>(training ? images * group_floats() : 0);
    layer_.weight = weight_;
    layer_.bias = bias_;
}

template <class Body>
void EdgeConvolution::each_weight(const Body& body) const {
    const int k = layer_.kernel;
    for (int o = 0; o < layer_.out; o++) {
        const size_t group = o / kLanesPerPoint, lane = o % kLanesPerPoint;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                body(((group * k + i) * k + (k - 1 - j)) * kLanesPerPoint + lane, (size_t(o) * k + i) * k + j);
            }
        }
    }
}

void EdgeConvolution::set_weights(const float* weight, const float* bias) {
    each_weight([&](size_t here, size_t there) { weight_[here] = weight[there]; });
    std::copy(bias, bias + layer_.out, bias_);
}

bool EdgeConvolution::take(const uint8_t* image, int slot) {
    const int before = (layer_.kernel - 1) / 2, after = layer_.kernel / 2, width = layer_.width;
    const size_t row_bytes = (static_cast<size_t>(width) + 7) / 8;
    int32_t* row_begin = row_begin_ + static_cast<size_t>(slot) * (layer_.height + 1);
    uint16_t* at = at_ + static_cast<size_t>(slot) * most_edges_;
    int count = 0;
    for (int r = 0; r < layer_.height; r++) {
        const uint8_t* row = image + r * row_bytes;
        const auto pixel = [&](int s) { return row[s / 8] >> s % 8 & 1; };
        row_begin[r] = count;
        int last = 0;
        const auto look = [&](int place, int value) {
            if (value == last) return;
            last = value;
            if (count < most_edges_) at[count] = static_cast<uint16_t>(place);
            count++;
        };
        // The row continued on both sides as far as the kernel reaches; beyond it ends.
        if (layer_.periodic) {
            for (int s = -before; s < 0; s++) look(s + before, pixel((s % width + width) % width));
        }
        for (int byte = 0; byte * 8 < width; byte++) {
            const int valid = std::min(8, width - byte * 8);
            const unsigned same = last ? (1u << valid) - 1 : 0u;
            if ((row[byte] & ((1u << valid) - 1)) == same) continue;  // eight pixels without an edge
            for (int s = byte * 8; s < byte * 8 + valid; s++) look(s + before, pixel(s));
        }
        if (layer_.periodic) {
            for (int s = width; s < width + after; s++) look(s + before, pixel(s % width));
            look(width + before + after, 0);
        } else {
            look(width + before, 0);
        }
        if (count > most_edges_) return false;
    }
    row_begin[layer_.height] = count;
    return true;
}

EdgeList EdgeConvolution::edges_of(int slot) const {
    return {row_begin_ + static_cast<size_t>(slot) * (layer_.height + 1),
            at_ + static_cast<size_t>(slot) * most_edges_};
}

void EdgeConvolution::forward(int slot, float* out, uint32_t* mask, float* scratch) const {
    kernels_.edge_forward({layer_, edges_of(slot), out, mask, scratch});
}

void EdgeConvolution::backward(int slot, const float* gradient, const uint32_t* mask, float* scratch) const {
    kernels_.edge_backward({layer_, edges_of(slot), gradient, mask, weight_gradient_ + slot * weight_floats(),
                            bias_gradient_ + slot * group_floats(), scratch});
}

void EdgeConvolution::add_gradient(int slot, float* weight_gradient, float* bias_gradient) const {
    const float* weights = weight_gradient_ + slot * weight_floats();
    each_weight([&](size_t here, size_t there) { weight_gradient[there] += weights[here]; });
    for (int o = 0; o < layer_.out; o++) bias_gradient[o] += bias_gradient_[slot * group_floats() + o];
}

}  // namespace nanohooke
