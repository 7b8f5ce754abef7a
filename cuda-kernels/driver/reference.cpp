// SPDX-License-Identifier: Apache-2.0
#include "reference.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

namespace driver {

namespace {

// Runs work(i) for 0 ... count - 1 on all processors.
template <class F>
void spread(int count, F&& work) {
    std::atomic<int> next{0};
    std::vector<std::thread> threads;
    const int most = static_cast<int>(std::max(1u, std::min(32u, std::thread::hardware_concurrency())));
    for (int t = 0; t < std::min(most, count); t++) {
        threads.emplace_back([&] {
            for (int i = next++; i < count; i = next++) work(i);
        });
    }
    for (std::thread& thread : threads) thread.join();
}

// Where a tap reads: a row or column of the image, or -1 outside.
int source(int at, int size, bool periodic) {
    if (periodic) return (at % size + size) % size;
    return at >= 0 && at < size ? at : -1;
}

// Lines of `width + kernel - 1` numbers, so that a tap is a shift: the image with its padding.
Doubles padded(const double* plane, const nanohooke::ConvolutionShape& s) {
    const int columns = s.width + s.kernel - 1, rows = s.height + s.kernel - 1;
    Doubles result(size_t(rows) * columns);
    for (int i = 0; i < rows; i++) {
        const int row = source(i - s.before, s.height, s.periodic);
        for (int j = 0; row >= 0 && j < columns; j++) {
            const int column = source(j - s.before, s.width, s.periodic);
            if (column >= 0) result[size_t(i) * columns + j] = plane[size_t(row) * s.width + column];
        }
    }
    return result;
}

// Rounding of single precision decides between two values that are so close.
constexpr double kTie = 2e-5;

}  // namespace

void ReferenceConvolution::forward(const Doubles& x, const Doubles& weights, const Doubles& biases, int images,
                                   Doubles& y, std::vector<int8_t>& from) const {
    const nanohooke::ConvolutionShape& s = shape;
    const int columns = s.width + s.kernel - 1, out_width = s.width / s.pooled, out_height = s.height / s.pooled;
    y.assign(images * s.out_size(), 0.0);
    from.assign(images * s.out_size(), 0);
    spread(images * s.out, [&](int task) {
        const int image = task / s.out, o = task % s.out;
        Doubles sums(size_t(s.height) * s.width, biases[o]);
        for (int c = 0; c < s.in; c++) {
            const Doubles lines = padded(&x[image * s.in_size() + size_t(c) * s.height * s.width], s);
            const double* w = &weights[(size_t(o) * s.in + c) * s.kernel * s.kernel];
            for (int row = 0; row < s.height; row++) {
                double* const to = &sums[size_t(row) * s.width];
                for (int i = 0; i < s.kernel; i++) {
                    for (int j = 0; j < s.kernel; j++) {
                        const double tap = w[i * s.kernel + j];
                        const double* const line = &lines[size_t(row + i) * columns + j];
                        for (int column = 0; column < s.width; column++) to[column] += tap * line[column];
                    }
                }
            }
        }
        double size = 0.0;
        for (const double sum : sums) size += sum * sum;
        const double tie = kTie * std::sqrt(size / sums.size());
        for (int row = 0; row < out_height; row++) {
            for (int column = 0; column < out_width; column++) {
                double most = -INFINITY, second = -INFINITY;
                int which = 0;
                for (int k = 0; k < s.pooled * s.pooled; k++) {
                    const double value =
                        sums[size_t(row * s.pooled + k / s.pooled) * s.width + column * s.pooled + k % s.pooled];
                    if (value > most) {
                        second = most;
                        most = value;
                        which = k;
                    } else {
                        second = std::max(second, value);
                    }
                }
                const size_t at = image * s.out_size() + (size_t(o) * out_height + row) * out_width + column;
                const bool off = s.relu && most <= 0.0;
                const bool tied = (s.relu && std::fabs(most) < tie) || (!off && most - second < tie);
                y[at] = off ? 0.0 : most;
                from[at] = static_cast<int8_t>(tied ? -2 : off ? -1 : which);
            }
        }
    });
}

Doubles ReferenceConvolution::spread_back(const Doubles& dy, const std::vector<int8_t>& from, int images) const {
    const nanohooke::ConvolutionShape& s = shape;
    const int out_width = s.width / s.pooled;
    const size_t out_plane = size_t(s.height / s.pooled) * out_width, plane = size_t(s.height) * s.width;
    Doubles result(size_t(images) * s.out * plane);
    for (size_t at = 0; at < dy.size(); at++) {
        if (from[at] < 0) continue;
        const size_t row = at % out_plane / out_width * s.pooled + from[at] / s.pooled;
        const size_t column = at % out_width * s.pooled + from[at] % s.pooled;
        result[at / out_plane * plane + row * s.width + column] = dy[at];
    }
    return result;
}

void ReferenceConvolution::backward(const Doubles& x, const Doubles& dy, const Doubles& weights, int images,
                                    Doubles* dx, Doubles* d_weights, Doubles* d_biases) const {
    const nanohooke::ConvolutionShape& s = shape;
    const size_t plane = size_t(s.height) * s.width;
    const int columns = s.width + s.kernel - 1;
    if (dx != nullptr) {
        dx->assign(images * s.in_size(), 0.0);
        spread(images * s.in, [&](int task) {
            const int image = task / s.in, c = task % s.in;
            double* const to = &(*dx)[task * plane];
            for (int o = 0; o < s.out; o++) {
                const double* d = &dy[(size_t(image) * s.out + o) * plane];
                const double* w = &weights[(size_t(o) * s.in + c) * s.kernel * s.kernel];
                // Onto the image with its padding, which is then folded back.
                Doubles lines(size_t(s.height + s.kernel - 1) * columns);
                for (int row = 0; row < s.height; row++) {
                    for (int i = 0; i < s.kernel; i++) {
                        for (int j = 0; j < s.kernel; j++) {
                            const double tap = w[i * s.kernel + j];
                            double* const line = &lines[size_t(row + i) * columns + j];
                            for (int k = 0; k < s.width; k++) line[k] += tap * d[size_t(row) * s.width + k];
                        }
                    }
                }
                for (int i = 0; i < s.height + s.kernel - 1; i++) {
                    const int row = source(i - s.before, s.height, s.periodic);
                    for (int j = 0; row >= 0 && j < columns; j++) {
                        const int column = source(j - s.before, s.width, s.periodic);
                        if (column >= 0) to[size_t(row) * s.width + column] += lines[size_t(i) * columns + j];
                    }
                }
            }
        });
    }
    if (d_weights == nullptr) return;
    d_weights->assign(s.weight_count(), 0.0);
    d_biases->assign(s.out, 0.0);
    spread(s.out * s.in, [&](int task) {
        const int o = task / s.in, c = task % s.in;
        double* const to = &(*d_weights)[size_t(task) * s.kernel * s.kernel];
        for (int image = 0; image < images; image++) {
            const Doubles lines = padded(&x[image * s.in_size() + c * plane], s);
            const double* d = &dy[(size_t(image) * s.out + o) * plane];
            for (int i = 0; i < s.kernel; i++) {
                for (int j = 0; j < s.kernel; j++) {
                    double parts[8] = {};  // independent sums, which the compiler puts side by side
                    for (int row = 0; row < s.height; row++) {
                        const double* const line = &lines[size_t(row + i) * columns + j];
                        const double* const numbers = d + size_t(row) * s.width;
                        int k = 0;
                        for (; k + 8 <= s.width; k += 8) {
                            for (int l = 0; l < 8; l++) parts[l] += line[k + l] * numbers[k + l];
                        }
                        for (; k < s.width; k++) parts[0] += line[k] * numbers[k];
                    }
                    for (const double part : parts) to[i * s.kernel + j] += part;
                }
            }
        }
    });
    for (int image = 0; image < images; image++) {
        for (int o = 0; o < s.out; o++) {
            for (size_t k = 0; k < plane; k++) (*d_biases)[o] += dy[(size_t(image) * s.out + o) * plane + k];
        }
    }
}

ReferenceNetwork::ReferenceNetwork(const Definition& definition) {
    int in = definition.channels, rows = definition.height, columns = definition.width;
    size_t size = size_t(in) * rows * columns;
    const auto kind = [&](int layer) {
        return layer < definition.count() ? definition.layers[NHC_LAYER_NUMBERS * layer] : 0;
    };
    for (int i = 0; i < definition.count(); i++) {
        const int32_t* l = &definition.layers[NHC_LAYER_NUMBERS * i];
        if (l[0] != NHC_CONVOLUTION && l[0] != NHC_DENSE) continue;
        Layer layer = {};
        layer.convolution = l[0] == NHC_CONVOLUTION;
        layer.relu = kind(i + 1) == NHC_RELU;
        layer.weights = parameters_;
        if (layer.convolution) {
            const int pooled = kind(i + (layer.relu ? 2 : 1)) == NHC_MAX_POOL ? 2 : 1;
            layer.c.shape = {};
            nanohooke::ConvolutionShape& s = layer.c.shape;
            s.in = in, s.out = l[1], s.kernel = l[2], s.before = (l[2] - 1) / 2, s.height = rows, s.width = columns;
            s.periodic = l[3] != 0, s.pooled = pooled, s.relu = layer.relu;
            parameters_ += s.weight_count();
            in = l[1], rows /= pooled, columns /= pooled;
            size = s.out_size();
        } else {
            layer.in = static_cast<int>(size), layer.out = l[1];
            parameters_ += size * l[1];
            size = l[1];
        }
        layer.biases = parameters_;
        parameters_ += l[1];
        layers_.push_back(layer);
    }
}

std::vector<nanohooke::ConvolutionShape> ReferenceNetwork::convolutions() const {
    std::vector<nanohooke::ConvolutionShape> shapes;
    for (const Layer& layer : layers_) {
        if (layer.convolution) shapes.push_back(layer.c.shape);
    }
    return shapes;
}

Doubles ReferenceNetwork::forward(const Doubles& images, int count, const Doubles& parameters) {
    count_ = count;
    const Doubles* x = &images;
    for (Layer& layer : layers_) {
        layer.x = *x;
        const double* w = &parameters[layer.weights];
        if (layer.convolution) {
            const Doubles weights(w, w + layer.c.shape.weight_count());
            const Doubles biases(&parameters[layer.biases], &parameters[layer.biases] + layer.c.shape.out);
            layer.c.forward(layer.x, weights, biases, count, layer.y, layer.from);
            for (int8_t& from : layer.from) from = std::max<int8_t>(from, -1);  // a tie is rare; here it is off
        } else {
            layer.y.assign(size_t(count) * layer.out, 0.0);
            spread(layer.out, [&](int o) {
                for (int n = 0; n < count; n++) {
                    double sum = parameters[layer.biases + o];
                    for (int i = 0; i < layer.in; i++) {
                        sum += w[size_t(o) * layer.in + i] * layer.x[size_t(n) * layer.in + i];
                    }
                    layer.y[size_t(n) * layer.out + o] = layer.relu ? std::max(sum, 0.0) : sum;
                }
            });
        }
        x = &layer.y;
    }
    return *x;
}

Doubles ReferenceNetwork::backward(const Doubles& d_outputs, const Doubles& parameters, Doubles* d_images) {
    Doubles gradient(parameters_), d = d_outputs;
    for (size_t l = layers_.size(); l-- > 0;) {
        const Layer& layer = layers_[l];
        const bool further = l > 0 || d_images != nullptr;
        Doubles dx;
        if (layer.convolution) {
            const double* w = &parameters[layer.weights];
            const Doubles weights(w, w + layer.c.shape.weight_count());
            Doubles d_weights, d_biases;
            layer.c.backward(layer.x, layer.c.spread_back(d, layer.from, count_), weights, count_,
                             further ? &dx : nullptr, &d_weights, &d_biases);
            std::copy(d_weights.begin(), d_weights.end(), &gradient[layer.weights]);
            std::copy(d_biases.begin(), d_biases.end(), &gradient[layer.biases]);
        } else {
            for (size_t i = 0; layer.relu && i < d.size(); i++) d[i] = layer.y[i] > 0.0 ? d[i] : 0.0;
            dx.assign(layer.x.size(), 0.0);
            spread(layer.out, [&](int o) {
                double* const row = &gradient[layer.weights + size_t(o) * layer.in];
                for (int n = 0; n < count_; n++) {
                    const double weight = d[size_t(n) * layer.out + o];
                    gradient[layer.biases + o] += weight;
                    for (int i = 0; i < layer.in; i++) row[i] += weight * layer.x[size_t(n) * layer.in + i];
                }
            });
            spread(count_, [&](int n) {
                for (int o = 0; o < layer.out; o++) {
                    const double weight = d[size_t(n) * layer.out + o];
                    const double* const row = &parameters[layer.weights + size_t(o) * layer.in];
                    for (int i = 0; i < layer.in; i++) dx[size_t(n) * layer.in + i] += weight * row[i];
                }
            });
        }
        d = std::move(dx);
    }
    if (d_images != nullptr) *d_images = d;
    return gradient;
}

void ReferenceAdam::step(const Doubles& gradient, double rate, Doubles& parameters) {
    first.resize(gradient.size());
    second.resize(gradient.size());
    steps++;
    const double correct1 = 1.0 - std::pow(0.9, steps), correct2 = 1.0 - std::pow(0.999, steps);
    for (size_t i = 0; i < gradient.size(); i++) {
        first[i] = 0.9 * first[i] + 0.1 * gradient[i];
        second[i] = 0.999 * second[i] + 0.001 * gradient[i] * gradient[i];
        parameters[i] -= rate * (first[i] / correct1) / (std::sqrt(second[i] / correct2) + 1e-7);
    }
}

}  // namespace driver
