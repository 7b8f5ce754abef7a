// SPDX-License-Identifier: Apache-2.0
#include "network/dense.h"

#include <algorithm>
#include <limits>

namespace nanohooke {

DenseStage::DenseStage(const KernelTable& kernels, const DenseShape& shape, const LayerParameters& parameters,
                       int max_batch, bool training, Arena& arena)
    : kernels_(kernels), shape_(shape), parameters_(parameters), max_batch_(max_batch) {
    output_ = arena.take<float>(static_cast<size_t>(max_batch) * shape.out);
    transposed_ = arena.take<float>(training ? static_cast<size_t>(max_batch) * shape.out : 0);
}

size_t DenseStage::panel_floats() const { return static_cast<size_t>(kPanel) * std::max(max_batch_, shape_.out); }

void DenseStage::forward(const float* in, int batch, Workers& workers) {
    constexpr int kOutputsPerTask = 16;
    workers.run_slices(shape_.out, kOutputsPerTask, [&](int begin, int end, int) {
        const float floor = shape_.relu ? 0.0f : -std::numeric_limits<float>::infinity();
        kernels_.dense_forward(
            {batch, shape_.in, shape_.out, begin, end, in, parameters_.weight, parameters_.bias, output_, floor});
    });
}

namespace {

// Columns begin .. begin + width - 1 of a matrix [rows][stride] as a panel, padded with zeros.
void pack_panel(const float* matrix, int rows, int stride, int begin, int width, float* panel) {
    for (int r = 0; r < rows; r++, panel += kPanel) {
        const float* from = matrix + static_cast<size_t>(r) * stride + begin;
        std::fill(std::copy(from, from + width, panel), panel + kPanel, 0.0f);
    }
}

}  // namespace

void DenseStage::backward(const float* in, float* d_out, float* d_in, bool weights, int batch, Workers& workers,
                          const std::vector<float*>& panels) {
    const int inputs = shape_.in, outputs = shape_.out;
    for (int b = 0; b < batch; b++) {
        for (int o = 0; o < outputs; o++) {
            float& gradient = d_out[static_cast<size_t>(b) * outputs + o];
            if (shape_.relu && !(output_[static_cast<size_t>(b) * outputs + o] > 0.0f)) gradient = 0.0f;
            transposed_[static_cast<size_t>(o) * batch + b] = gradient;
        }
    }
    if (weights) {
        for (int o = 0; o < outputs; o++) {
            float sum = 0.0f;
            for (int b = 0; b < batch; b++) sum += transposed_[static_cast<size_t>(o) * batch + b];
            parameters_.bias_gradient[o] = sum;
        }
    }
    workers.run_slices(inputs, kPanel, [&](int begin, int end, int worker) {
        float* panel = panels[worker];
        if (weights) {  // dW[o][i] = sum_b dz[b][o] a[b][i]
            pack_panel(in, batch, inputs, begin, end - begin, panel);
            kernels_.panel_gemm(
                {outputs, batch, end - begin, transposed_, batch, panel, parameters_.weight_gradient + begin, inputs});
        }
        // da[b][i] = sum_o dz[b][o] w[o][i]
        pack_panel(parameters_.weight, outputs, inputs, begin, end - begin, panel);
        kernels_.panel_gemm({batch, outputs, end - begin, d_out, outputs, panel, d_in + begin, inputs});
    });
}

}  // namespace nanohooke
