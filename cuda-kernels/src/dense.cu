// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "dense.h"
#include "dense_few_kernels.h"

namespace nanohooke {

namespace {

// Blocks of a product that fill a large device once, four on a multiprocessor; more parts of k only cost sums.
constexpr int kBlocks = 528;
// Steps along k that a part should have at least, to be worth its sum.
constexpr int kLeastSteps = 2;

int over(int64_t count, int size) { return static_cast<int>((count + size - 1) / size); }

DenseFactor factor(const float* at, int stride) {
    return {at, stride, reinterpret_cast<uintptr_t>(at) % 16 == 0 && stride % 4 == 0};
}

template <bool AAlongK, bool BAlongK, int Rows>
void launch(DenseProduct p, const DenseFinish& finish, float* scratch, cudaStream_t stream) {
    constexpr int kBytes = DenseShared<AAlongK, BAlongK, Rows>::kBytes;
    const int across = over(p.n, kDenseColumns), down = over(p.m, 8 * Rows), steps = over(p.k, kDenseStep);
    const int wanted = scratch == nullptr ? 1 : std::max(1, std::min(kBlocks / (across * down), steps / kLeastSteps));
    p.part = over(steps, wanted) * kDenseStep;
    const int parts = over(p.k, p.part);
    const dim3 grid(across, down, parts);
    float* c = p.c;
    if (parts > 1) p.c = scratch;
    NHC_LAUNCH_BLOCKS((dense_product<AAlongK, BAlongK, Rows>), grid, kDenseThreads, kBytes, stream, p, finish);
    if (parts > 1) NHC_LAUNCH(dense_sum, stream, int64_t(p.m) * p.n, scratch, parts, p.n, c, finish);
}

template <bool AAlongK, bool BAlongK>
void multiply(const DenseProduct& p, const DenseFinish& finish, float* scratch, cudaStream_t stream) {
    if (p.m <= 32) {
        launch<AAlongK, BAlongK, 4>(p, finish, scratch, stream);
    } else {
        launch<AAlongK, BAlongK, 8>(p, finish, scratch, stream);
    }
}

}  // namespace

DenseProduct dense_gradient_product(const DenseLayer& layer, const float* x, const float* d, float* gradient,
                                    int batch) {
    const int part = over(batch, kDenseStep) * kDenseStep;
    return {factor(d, layer.out),
            factor(x, layer.in),
            layer.out,
            layer.in + 1,
            batch,
            part,
            true,
            gradient + layer.weights,
            layer.in,
            gradient + layer.biases};
}

size_t dense_scratch_bytes() { return size_t(kBlocks) * 64 * kDenseColumns * sizeof(float); }

void dense_forward(const DenseLayer& layer, const float* x, const float* parameters, int batch, void* scratch,
                   cudaStream_t stream) {
    const DenseFactor weights = factor(parameters + layer.weights, layer.in);
    const DenseFinish finish = {parameters + layer.biases, layer.relu, nullptr};
    if (batch <= kFewImages) {
        const size_t bytes = kFewThreads / 32 * kFewImages * sizeof(float);
        static constexpr decltype(&dense_few<1>) kKernels[kFewImages] = {dense_few<1>, dense_few<2>, dense_few<3>,
                                                                         dense_few<4>};
        const auto kernel = kKernels[batch - 1];
        DenseFactor w = weights;
        w.aligned = w.aligned && factor(x, layer.in).aligned;
        NHC_LAUNCH_BLOCKS(kernel, dim3(layer.out), kFewThreads, bytes, stream, x, w, layer.results, layer.in, layer.out,
                          finish);
        return;
    }
    const DenseProduct p = {factor(x, layer.in), weights,   batch,  layer.out, layer.in, 0, false,
                            layer.results,       layer.out, nullptr};
    multiply<true, true>(p, finish, static_cast<float*>(scratch), stream);
}

void dense_backward(const DenseLayer& layer, const float* x, const float* d, const float* parameters, float* gradient,
                    float* dx, const float* gate, int batch, void* scratch, cudaStream_t stream) {
    const DenseFinish plain = {nullptr, false, nullptr};
    if (gradient != nullptr) {
        multiply<false, false>(dense_gradient_product(layer, x, d, gradient, batch), plain, nullptr, stream);
    }
    if (dx != nullptr) {
        const DenseProduct p = {factor(d, layer.out),
                                factor(parameters + layer.weights, layer.in),
                                batch,
                                layer.in,
                                layer.out,
                                0,
                                false,
                                dx,
                                layer.in,
                                nullptr};
        multiply<true, false>(p, {nullptr, false, gate}, static_cast<float*>(scratch), stream);
    }
}

void dense_gate(const DenseLayer& layer, float* d, int batch, cudaStream_t stream) {
    if (layer.relu) NHC_LAUNCH(relu_back, stream, int64_t(batch) * layer.out, layer.results, d);
}

}  // namespace nanohooke
