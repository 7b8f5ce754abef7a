// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "edge_convolution.h"
#include "edge_kernels.h"

namespace nanohooke {

namespace {

// Blocks of a launch: enough for 132 multiprocessors with three blocks each to end at about the same time, few enough
// that what a block does once, and its sums of the gradient, do not count.
constexpr int kBlocks = 1056;

// Pairs of rows of a block, at most, and bytes of its slots: a block stays within the 64 KB of sm_75.
constexpr int kMostPairs = 32;
constexpr size_t kSlotBytes = 60000;

EdgeShape edge_shape(const ConvolutionShape& shape) {
    EdgeShape s = {
        shape.out, shape.kernel, shape.before, shape.height, shape.width, shape.periodic, shape.relu, 0, 0, 0, 0,
        0,         kEdgeWarps};
    s.first = (shape.kernel - 1) % 2;
    // Taps of all outputs side by side meet all banks where this is the kernel more than a multiple of 16.
    s.stride = s.first + shape.width + 2 * shape.kernel - 2;
    while (s.stride % 16 != (shape.kernel + shape.kernel % 2) % 16) s.stride++;
    const int room = static_cast<int>(kSlotBytes / (kEdgeWarps * s.stride * sizeof(float2)));
    const int most = std::min({shape.out, kEdgeTaps / shape.kernel, kEdgeGroup, room});
    s.groups = (shape.out + most - 1) / most;
    s.group = (shape.out + s.groups - 1) / s.groups;
    s.words = (shape.width + shape.kernel - 1 + 31) / 32;
    return s;
}

}  // namespace

bool EdgeConvolution::takes(const ConvolutionShape& shape) {
    return shape.in == 1 && shape.pooled == 2 && shape.kernel <= kEdgeRows && shape.before < 32 &&
           shape.width % 32 == 0 && shape.width <= kEdgeWidth && shape.height % 2 == 0;
}

EdgeConvolution::EdgeConvolution(const ConvolutionShape& shape) : shape_(shape), sizes_(edge_shape(shape)) {}

EdgeShape EdgeConvolution::sizes(int batch) const {
    EdgeShape s = sizes_;
    while (s.pairs < std::min(kMostPairs, s.all_pairs()) && int64_t(batch) * s.groups * blocks(s) > kBlocks) {
        s.pairs *= 2;
    }
    return s;
}

size_t EdgeConvolution::scratch_bytes() const {
    const size_t of_image = (sizes_.all_pairs() + kMostPairs - 1) / kMostPairs;
    const size_t most = std::max<size_t>(kBlocks, of_image * shape_.max_batch);
    return shape_.training ? most * sizes_.results() * sizeof(float) : 0;
}

void EdgeConvolution::carve(Pool& pool) {
    mask_ = pool.take<uint16_t>(shape_.training ? shape_.max_batch * shape_.out_size() / 4 : 0);
}

void EdgeConvolution::forward(const ConvolutionInput& x, float* y, const float* parameters, int batch, bool keep, void*,
                              cudaStream_t stream) {
    parameters_ = parameters;
    const EdgeShape s = sizes(batch);
    NHC_LAUNCH_BLOCKS(edge_forward, dim3(blocks(s), s.groups, batch), 32 * kEdgeWarps, EdgeShared::bytes(s), stream, s,
                      x.bits, parameters + shape_.weights, parameters + shape_.biases, y, keep ? mask_ : nullptr);
}

void EdgeConvolution::backward(const ConvolutionInput& x, const float* dy, float* dx, float* gradient, int batch,
                               void* scratch, cudaStream_t stream) {
    const EdgeShape s = sizes(batch);
    if (gradient != nullptr) {
        float* partial = static_cast<float*>(scratch);
        NHC_LAUNCH_BLOCKS(edge_gradient, dim3(blocks(s), s.groups, batch), 32 * kEdgeWarps, EdgeShared::bytes(s),
                          stream, s, x.bits, dy, mask_, partial);
        NHC_LAUNCH_BLOCKS(edge_gradient_sum, dim3((s.results() + 31) / 32), kEdgeSumThreads,
                          kEdgeSumThreads * sizeof(float), stream, s, partial, blocks(s) * batch,
                          gradient + shape_.weights, gradient + shape_.biases);
    }
    if (dx != nullptr) {
        NHC_LAUNCH(edge_input_gradient, stream, int64_t(batch) * s.height * s.width, s, parameters_ + shape_.weights,
                   dy, mask_, dx);
    }
}

}  // namespace nanohooke
