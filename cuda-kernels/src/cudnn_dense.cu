// SPDX-License-Identifier: Apache-2.0
//
// cuBLAS counts column by column, so that [image][in] is its matrix of `in` rows and an image a column, and the weights
// [out][in] are one of `in` rows and `out` columns.
#include "cudnn_dense.h"

namespace nanohooke {

namespace {

// count = images * out.
static __global__ void add_biases(int64_t count, const float* biases, float* y, int out, bool relu) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const float sum = y[index] + biases[index % out];
    y[index] = relu && sum <= 0.0f ? 0.0f : sum;
}

// count = out: images in their order.
static __global__ void sum_biases(int64_t count, const float* d, float* d_biases, int images) {
    const int64_t o = NHC_INDEX();
    if (o >= count) return;
    float sum = 0.0f;
    for (int64_t n = 0; n < images; n++) sum += d[n * count + o];
    d_biases[o] = sum;
}

// count = images * in.
static __global__ void gate_derivatives(int64_t count, const float* gate, float* d) {
    const int64_t index = NHC_INDEX();
    if (index < count && gate[index] <= 0.0f) d[index] = 0.0f;
}

}  // namespace

void cudnn_dense_forward(const CudnnEngine& engine, const DenseLayer& layer, const float* x, const float* parameters,
                         int batch, cudaStream_t stream) {
    engine.calls->multiply(true, false, layer.out, batch, layer.in, parameters + layer.weights, layer.in, x, layer.in,
                           layer.results, layer.out, engine.precision);
    NHC_LAUNCH(add_biases, stream, int64_t(batch) * layer.out, parameters + layer.biases, layer.results, layer.out,
               layer.relu);
}

void cudnn_dense_backward(const CudnnEngine& engine, const DenseLayer& layer, const float* x, const float* d,
                          const float* parameters, float* gradient, float* dx, const float* gate, int batch,
                          cudaStream_t stream) {
    if (gradient != nullptr) {
        engine.calls->multiply(false, true, layer.in, layer.out, batch, x, layer.in, d, layer.out,
                               gradient + layer.weights, layer.in, engine.precision);
        NHC_LAUNCH(sum_biases, stream, int64_t(layer.out), d, gradient + layer.biases, batch);
    }
    if (dx == nullptr) return;
    engine.calls->multiply(false, false, layer.in, batch, layer.out, parameters + layer.weights, layer.in, d, layer.out,
                           dx, layer.in, engine.precision);
    if (gate != nullptr) NHC_LAUNCH(gate_derivatives, stream, int64_t(batch) * layer.in, gate, dx);
}

}  // namespace nanohooke
