// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "dense_stack.h"
#include "dense_tail_kernels.h"

namespace nanohooke {

namespace {

using Layers = std::vector<DenseLayer>;

// The first of the layers that go together; as many as there are layers where fewer than two would.
size_t tail_begin(const Layers& layers) {
    size_t begin = layers.size();
    while (begin > 0 && layers.size() - begin < kTailLayers && layers[begin - 1].in <= kTailWidth &&
           layers[begin - 1].out <= kTailWidth) {
        begin--;
    }
    return layers.size() - begin < 2 ? layers.size() : begin;
}

DenseTail tail_of(const Layers& layers, size_t begin, const float* parameters) {
    DenseTail tail = {};
    tail.count = static_cast<int>(layers.size() - begin);
    for (int l = 0; l < tail.count; l++) {
        tail.layers[l] = layers[begin + l];
        const uintptr_t weights = reinterpret_cast<uintptr_t>(parameters + tail.layers[l].weights);
        tail.aligned[l] = weights % 16 == 0 && tail.layers[l].in % 4 == 0;
    }
    return tail;
}

template <int Images>
void launch_forward(const DenseTail& tail, const float* x, const float* parameters, int batch, cudaStream_t stream) {
    NHC_LAUNCH_BLOCKS(tail_forward<Images>, dim3((batch + Images - 1) / Images), kTailThreads,
                      tail_forward_bytes<Images>(), stream, tail, x, parameters, batch);
}
template <int Images>
void launch_backward(const DenseTail& tail, const float* d, const float* parameters, int batch, cudaStream_t stream) {
    NHC_LAUNCH_BLOCKS(tail_backward<Images>, dim3((batch + Images - 1) / Images), kTailThreads,
                      tail_backward_bytes<Images>(), stream, tail, d, parameters, batch);
}

// Images of a block: more of them read the weights less often, fewer keep more of the device busy.
constexpr int kBatchOfTwo = 16, kBatchOfFour = 64;

void tail_gradients(const DenseTail& tail, const float* x, const float* d, float* gradient, int batch,
                    cudaStream_t stream) {
    DenseProducts products = {};
    int across = 0, down = 0;
    for (int l = 0; l < tail.count; l++) {
        const DenseLayer& layer = tail.layers[l];
        products.of[l] = dense_gradient_product(layer, l == 0 ? x : tail.layers[l - 1].results,
                                                l + 1 == tail.count ? d : tail.d[l + 1], gradient, batch);
        across = std::max(across, (layer.in + 1 + kDenseColumns - 1) / kDenseColumns);
        down = std::max(down, (layer.out + 63) / 64);
    }
    NHC_LAUNCH_BLOCKS(dense_gradients, dim3(across, down, tail.count), kDenseThreads,
                      (DenseShared<false, false, 8>::kBytes), stream, products);
}

}  // namespace

size_t dense_scratch_bytes(const Layers& layers, int max_batch) {
    size_t between = 0;
    for (size_t l = tail_begin(layers) + 1; l < layers.size(); l++) between += layers[l].in;
    return dense_scratch_bytes() + between * max_batch * sizeof(float);
}

void dense_forward(const Layers& layers, const float* x, const float* parameters, int batch, void* scratch,
                   cudaStream_t stream) {
    const size_t begin = tail_begin(layers);
    for (size_t l = 0; l < begin; l++) {
        dense_forward(layers[l], x, parameters, batch, scratch, stream);
        x = layers[l].results;
    }
    if (begin == layers.size()) return;
    const DenseTail tail = tail_of(layers, begin, parameters);
    if (batch >= kBatchOfFour) {
        launch_forward<4>(tail, x, parameters, batch, stream);
    } else if (batch >= kBatchOfTwo) {
        launch_forward<2>(tail, x, parameters, batch, stream);
    } else {
        launch_forward<1>(tail, x, parameters, batch, stream);
    }
}

float* dense_backward(const Layers& layers, const float* x, float* d, float* other, const float* parameters,
                      float* gradient, int batch, void* scratch, cudaStream_t stream) {
    dense_gate(layers.back(), d, batch, stream);
    const size_t begin = tail_begin(layers);
    const auto input = [&](size_t l) { return l > 0 ? layers[l - 1].results : x; };
    const auto gate = [&](size_t l) { return l > 0 && layers[l - 1].relu ? layers[l - 1].results : nullptr; };
    if (begin < layers.size()) {
        DenseTail tail = tail_of(layers, begin, parameters);
        float* between = reinterpret_cast<float*>(static_cast<char*>(scratch) + dense_scratch_bytes());
        for (int l = 0; l < tail.count; l++) {
            tail.gate[l] = gate(begin + l);
            tail.d[l] = l == 0 ? other : between;
            if (l > 0) between += int64_t(batch) * tail.layers[l].in;
        }
        if (batch >= kBatchOfFour) {
            launch_backward<4>(tail, d, parameters, batch, stream);
        } else if (batch >= kBatchOfTwo) {
            launch_backward<2>(tail, d, parameters, batch, stream);
        } else {
            launch_backward<1>(tail, d, parameters, batch, stream);
        }
        if (gradient != nullptr) tail_gradients(tail, input(begin), d, gradient, batch, stream);
        std::swap(d, other);
    }
    for (size_t l = begin; l-- > 0;) {
        dense_backward(layers[l], input(l), d, parameters, gradient, other, gate(l), batch, scratch, stream);
        std::swap(d, other);
    }
    return d;
}

}  // namespace nanohooke
