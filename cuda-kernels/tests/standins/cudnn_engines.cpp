// SPDX-License-Identifier: Apache-2.0
#include "cudnn_engines.h"

#include <cstring>

namespace standin {

namespace {

enum Note { kNoteTensorCore = 0, kNoteDownConvert = 1, kNoteFft = 3, kNoteNondeterministic = 4 };

float rounded(float value, int bits) {
    uint32_t word;
    std::memcpy(&word, &value, sizeof word);
    const int lost = 24 - bits;
    if ((word & 0x7f800000u) == 0x7f800000u) return value;
    word = (word + (1u << (lost - 1)) - 1 + (word >> lost & 1)) & ~((1u << lost) - 1);
    std::memcpy(&value, &word, sizeof value);
    return value;
}

// All elements in row-major order of the dimensions, whatever the strides.
std::vector<float> load(const Tensor& tensor, const void* memory, bool tensor_core) {
    const auto& d = tensor.dimensions;
    const auto& s = tensor.strides;
    std::vector<float> values;
    values.reserve(static_cast<size_t>(d[0] * d[1] * d[2] * d[3]));
    for (int64_t a = 0; a < d[0]; a++) {
        for (int64_t b = 0; b < d[1]; b++) {
            for (int64_t r = 0; r < d[2]; r++) {
                for (int64_t c = 0; c < d[3]; c++) {
                    const int64_t at = a * s[0] + b * s[1] + r * s[2] + c * s[3];
                    float value;
                    if (tensor.type == kFloat) {
                        value = static_cast<const float*>(memory)[at];
                    } else {
                        const uint32_t word = static_cast<uint32_t>(static_cast<const uint16_t*>(memory)[at]) << 16;
                        std::memcpy(&value, &word, sizeof value);
                    }
                    values.push_back(tensor_core && tensor.type == kFloat ? rounded(value, 11) : value);
                }
            }
        }
    }
    return values;
}

void store(const Tensor& tensor, const std::vector<double>& values, void* memory) {
    const auto& d = tensor.dimensions;
    const auto& s = tensor.strides;
    size_t next = 0;
    for (int64_t a = 0; a < d[0]; a++) {
        for (int64_t b = 0; b < d[1]; b++) {
            for (int64_t r = 0; r < d[2]; r++) {
                for (int64_t c = 0; c < d[3]; c++) {
                    const int64_t at = a * s[0] + b * s[1] + r * s[2] + c * s[3];
                    float value = static_cast<float>(values[next++]);
                    if (tensor.type == kFloat) {
                        static_cast<float*>(memory)[at] = value;
                    } else {
                        value = rounded(value, 8);
                        uint32_t word;
                        std::memcpy(&word, &value, sizeof word);
                        static_cast<uint16_t*>(memory)[at] = static_cast<uint16_t>(word >> 16);
                    }
                }
            }
        }
    }
}

// Calls `row` with the places of whole rows of factors that meet: x from, w at, y from, count.
template <class Row>
void each_row(const Convolution& c, Row row) {
    const auto &x = c.x.dimensions, &w = c.w.dimensions, &y = c.y.dimensions;
    for (int64_t n = 0; n < y[0]; n++) {
        for (int64_t o = 0; o < y[1]; o++) {
            for (int64_t i = 0; i < x[1]; i++) {
                for (int64_t r = 0; r < y[2]; r++) {
                    for (int64_t p = 0; p < w[2]; p++) {
                        const int64_t from = r + p - c.before[0];
                        if (from < 0 || from >= x[2]) continue;
                        for (int64_t q = 0; q < w[3]; q++) {
                            const int64_t shift = q - c.before[1];
                            const int64_t first = shift < 0 ? -shift : 0;
                            const int64_t last = y[3] + shift > x[3] ? x[3] - shift : y[3];
                            if (last <= first) continue;
                            row(((n * x[1] + i) * x[2] + from) * x[3] + first + shift,
                                ((o * w[1] + i) * w[2] + p) * w[3] + q, ((n * y[1] + o) * y[2] + r) * y[3] + first,
                                last - first);
                        }
                    }
                }
            }
        }
    }
}

size_t count(const Tensor& tensor) {
    const auto& d = tensor.dimensions;
    return static_cast<size_t>(d[0] * d[1] * d[2] * d[3]);
}

}  // namespace

size_t Tensor::bytes() const {
    int64_t last = 0;
    for (size_t i = 0; i < dimensions.size(); i++) last += (dimensions[i] - 1) * strides[i];
    return static_cast<size_t>(last + 1) * element();
}

std::vector<int> numerical_notes(int engine) {
    switch (engine) {
        case kWithWorkspace:
            return {kNoteFft};
        case kTensorCore:
            return {kNoteTensorCore};
        case kNondeterministic:
            return {kNoteNondeterministic};
        default:
            return {};
    }
}

size_t workspace_bytes(int engine, const Convolution& convolution) {
    switch (engine) {
        case kWithWorkspace:
            return count(convolution.y) * sizeof(float);
        case kLargeWorkspace:
            return size_t{1} << 46;
        default:
            return 0;
    }
}

void compute(int engine, const Convolution& convolution, const void* x, const void* w, const void* y, void* workspace) {
    const Convolution& c = convolution;
    const bool tensor_core = engine == kTensorCore;
    const auto in = [&](const Tensor& tensor, const void* memory) { return load(tensor, memory, tensor_core); };
    std::vector<double> result;
    const Tensor* to = nullptr;
    const void* memory = nullptr;
    if (c.operation == kForward) {
        to = &c.y;
        memory = y;
        result.resize(count(c.y));
        const std::vector<float> planes = in(c.x, x), weights = in(c.w, w);
        each_row(c, [&](int64_t from, int64_t weight, int64_t at, int64_t length) {
            for (int64_t k = 0; k < length; k++) {
                result[at + k] += static_cast<double>(planes[from + k]) * weights[weight];
            }
        });
    } else if (c.operation == kBackwardData) {
        to = &c.x;
        memory = x;
        result.resize(count(c.x));
        const std::vector<float> results = in(c.y, y), weights = in(c.w, w);
        each_row(c, [&](int64_t at, int64_t weight, int64_t from, int64_t length) {
            for (int64_t k = 0; k < length; k++) {
                result[at + k] += static_cast<double>(results[from + k]) * weights[weight];
            }
        });
    } else {
        to = &c.w;
        memory = w;
        result.resize(count(c.w));
        const std::vector<float> planes = in(c.x, x), results = in(c.y, y);
        each_row(c, [&](int64_t from, int64_t at, int64_t other, int64_t length) {
            double sum = 0.0;
            for (int64_t k = 0; k < length; k++) sum += static_cast<double>(planes[from + k]) * results[other + k];
            result[at] += sum;
        });
    }
    if (engine == kWithWorkspace) std::memset(workspace, 0x5a, workspace_bytes(engine, c));
    if (engine == kNondeterministic) {
        static int runs = 0;
        for (double& value : result) value *= 1.0 + 1e-6 * (runs % 7);
        runs++;
    }
    store(*to, result, const_cast<void*>(memory));
}

}  // namespace standin
