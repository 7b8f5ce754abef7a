// SPDX-License-Identifier: Apache-2.0
#include "reference.h"

#include <cstddef>

namespace reference {
namespace {

// Calls body(output index, input index, weight index) for every product of a convolution.
template <class Body>
void each_tap(const nh_layer& layer, int channels, int height, int width, const Body& body) {
    const int k = layer.kernel, before = (k - 1) / 2;
    for (int o = 0; o < layer.outputs; o++) {
        for (int r = 0; r < height; r++) {
            for (int s = 0; s < width; s++) {
                for (int c = 0; c < channels; c++) {
                    for (int i = 0; i < k; i++) {
                        for (int j = 0; j < k; j++) {
                            int y = r + i - before, x = s + j - before;
                            if (layer.padding == NH_PADDING_PERIODIC) {
                                y = (y + height) % height;
                                x = (x + width) % width;
                            }
                            if (y < 0 || y >= height || x < 0 || x >= width) continue;
                            body((size_t(o) * height + r) * width + s, (size_t(c) * height + y) * width + x,
                                 ((size_t(o) * channels + c) * k + i) * k + j);
                        }
                    }
                }
            }
        }
    }
}

// Index of the first largest element of the 2 x 2 square behind pooled element (r, s) of channel c.
size_t largest_in_square(const Values& in, int height, int width, int c, int r, int s) {
    const size_t corner = (size_t(c) * height + 2 * r) * width + 2 * s;
    size_t best = corner;
    for (const size_t at : {corner + 1, corner + width, corner + width + 1}) {
        if (in[at] > in[best]) best = at;
    }
    return best;
}

}  // namespace

std::vector<Network::Place> Network::places() const {
    std::vector<Place> all;
    int c = channels_, h = height_, w = width_;
    size_t parameters = 0;
    for (const nh_layer& layer : layers_) {
        all.push_back({layer, c, h, w, parameters});
        if (layer.kind == NH_LAYER_CONVOLUTION) {
            parameters += size_t(layer.outputs) * c * layer.kernel * layer.kernel + layer.outputs;
            c = layer.outputs;
        } else if (layer.kind == NH_LAYER_MAX_POOL) {
            h /= 2;
            w /= 2;
        } else if (layer.kind == NH_LAYER_DENSE) {
            parameters += size_t(layer.outputs) * c * h * w + layer.outputs;
            c = layer.outputs;
            h = w = 1;
        }
    }
    return all;
}

Trace Network::forward(const std::vector<float>& image) const {
    Trace trace;
    trace.before.emplace_back(image.begin(), image.end());
    for (const Place& at : places()) {
        const Values& in = trace.before.back();
        const int size = at.height * at.width, outputs = at.layer.outputs;
        const double* w = p_.data() + at.parameters;
        Values out;
        if (at.layer.kind == NH_LAYER_CONVOLUTION) {
            const double* bias = w + size_t(outputs) * at.channels * at.layer.kernel * at.layer.kernel;
            for (int o = 0; o < outputs; o++) out.insert(out.end(), size, bias[o]);
            each_tap(at.layer, at.channels, at.height, at.width,
                     [&](size_t y, size_t x, size_t k) { out[y] += w[k] * in[x]; });
        } else if (at.layer.kind == NH_LAYER_RELU) {
            for (const double x : in) out.push_back(x > 0 ? x : 0);
        } else if (at.layer.kind == NH_LAYER_MAX_POOL) {
            for (int c = 0; c < at.channels; c++) {
                for (int r = 0; r < at.height / 2; r++) {
                    for (int s = 0; s < at.width / 2; s++) {
                        out.push_back(in[largest_in_square(in, at.height, at.width, c, r, s)]);
                    }
                }
            }
        } else {
            for (int o = 0; o < outputs; o++) {
                double sum = w[outputs * in.size() + o];
                for (size_t i = 0; i < in.size(); i++) sum += w[o * in.size() + i] * in[i];
                out.push_back(sum);
            }
        }
        trace.before.push_back(out);
    }
    return trace;
}

Values Network::backward(const Trace& trace, const Values& d_output, Values& gradient) const {
    Values d_out = d_output;
    const std::vector<Place> all = places();
    for (size_t l = all.size(); l-- > 0;) {
        const Place& at = all[l];
        const Values& in = trace.before[l];
        const int size = at.height * at.width, outputs = at.layer.outputs;
        const double* w = p_.data() + at.parameters;
        double* dw = gradient.data() + at.parameters;
        Values d_in(in.size(), 0.0);
        if (at.layer.kind == NH_LAYER_CONVOLUTION) {
            double* d_bias = dw + size_t(outputs) * at.channels * at.layer.kernel * at.layer.kernel;
            for (size_t i = 0; i < d_out.size(); i++) d_bias[i / size] += d_out[i];
            each_tap(at.layer, at.channels, at.height, at.width, [&](size_t y, size_t x, size_t k) {
                dw[k] += d_out[y] * in[x];
                d_in[x] += d_out[y] * w[k];
            });
        } else if (at.layer.kind == NH_LAYER_RELU) {
            for (size_t i = 0; i < in.size(); i++) d_in[i] = in[i] > 0 ? d_out[i] : 0;
        } else if (at.layer.kind == NH_LAYER_MAX_POOL) {
            size_t i = 0;
            for (int c = 0; c < at.channels; c++) {
                for (int r = 0; r < at.height / 2; r++) {
                    for (int s = 0; s < at.width / 2; s++) {
                        d_in[largest_in_square(in, at.height, at.width, c, r, s)] = d_out[i++];
                    }
                }
            }
        } else {
            for (int o = 0; o < outputs; o++) {
                dw[outputs * in.size() + o] += d_out[o];
                for (size_t i = 0; i < in.size(); i++) {
                    dw[o * in.size() + i] += d_out[o] * in[i];
                    d_in[i] += d_out[o] * w[o * in.size() + i];
                }
            }
        }
        d_out = d_in;
    }
    return d_out;
}

}  // namespace reference
