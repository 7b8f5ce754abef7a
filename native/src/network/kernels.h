// SPDX-License-Identifier: Apache-2.0
//
// Everything that is compiled once per instruction set, behind plain functions and plain data. The code that drives
// these kernels is compiled once, for the baseline of the platform.
#pragma once

#include <cstddef>
#include <cstdint>

#include "fft/plane_kernels.h"

namespace nanohooke {

// ---- Where planes come from (contexts of a ColumnSource) ----

struct FloatPlane {  // [height][width]
    const float* data;
    int height, width;
};

struct BitPlane {  // format NH_IMAGES_BITS
    const uint8_t* data;
    int height, width;
};

// The gradient of a feature map, given that of its activation after ReLU and, if pooled, 2 x 2 max pooling.
// sum collects the gradient of the bias: one number per column block.
struct GradientPlane {
    const float* gradient;  // [height][width] of what came out: half as large if pooled
    const uint32_t* mask;   // as written by the sink, null: every element passes
    int height, width;      // of the feature map
    float* sum;             // [column blocks]
};

// ---- Where planes go (contexts of a ColumnSink) ----

struct PlainOutput {  // data = scale * tile
    float* data;      // [height][width]
    int height, width;
    float scale;
};

// Activation: max(scale * tile + bias, floor), floor = 0 for ReLU and -infinity without.
// Masks, one word for each row (pair of rows, if pooled) and column block. Not pooled: bit s says that column s
// passes the gradient. Pooled: bit s of byte q says that the maximum of the s-th square is its q-th element (row by
// row) and passes the gradient. The first of equal elements is the maximum.
struct ActivationOutput {
    float* data;        // [height][width], [height / 2][width / 2] if pooled
    uint32_t* mask;     // null: not wanted
    int height, width;  // of the feature map
    float scale, bias, floor;
};

// ---- Products ----

// A matrix of points for every point p of a spectrum: element (r, s) at data + p * point + r * row + s * column.
struct PointMatrix {
    float* data;
    ptrdiff_t point, row, column;  // strides in floats
};

// For each point: c[i][j] = sum_k a[i][k] b[j][k] over complex numbers, a or conj(a); added to c if accumulate.
struct ComplexGemm {
    int points, rows, columns, inner;
    PointMatrix a, b, c;
    bool conjugate_a, accumulate;
};

// ---- Binary images by their edges (edges.h) ----

// Edges of one image, row by row: row r has at[row_begin[r]] .. at[row_begin[r + 1] - 1], ascending; the first, third
// ... begin a run of ones, the second, fourth ... end it. Places count from `before` columns left of the image.
struct EdgeList {
    const int32_t* row_begin;
    const uint16_t* at;
};

// A pooled convolution of one channel. Channels come in groups of eight lanes.
struct EdgeLayer {
    int height, width, kernel, out;
    bool periodic;
    const float* weight;  // [group][kernel row][kernel column, last first][8]
    const float* bias;    // [group][8]
    float floor;          // as in ActivationOutput
    int groups() const { return (out + kLanesPerPoint - 1) / kLanesPerPoint; }
    int slots() const { return width + 2 * kernel; }  // of a row of differences
};

struct EdgeForward {
    EdgeLayer layer;
    EdgeList edges;
    float* out;      // [out][height / 2][width / 2]
    uint32_t* mask;  // as ActivationOutput, [out] planes; or null
    float* scratch;  // 2 * slots() * 8
};

struct EdgeBackward {
    EdgeLayer layer;  // weight, bias and floor are not looked at
    EdgeList edges;
    const float* gradient;  // as EdgeForward::out
    const uint32_t* mask;
    float* weight_gradient;  // as EdgeLayer::weight
    float* bias_gradient;    // as EdgeLayer::bias
    float* scratch;          // 2 * slots() * 8
};

// z[b][o] = sum_i a[b][i] w[o][i] + bias[o], then max(z, floor), for o in [first, last).
struct DenseForward {
    int batch, inputs, outputs, first, last;
    const float *a, *w, *bias;
    float* z;
    float floor;
};

// c[m][i] = sum_k s[m][k] panel[k][i] for i < width <= kPanel; s has stride s_stride, c has stride c_stride.
struct PanelGemm {
    int rows, inner, width;
    const float* s;
    ptrdiff_t s_stride;
    const float* panel;  // [inner][kPanel], zeros beyond width
    float* c;
    ptrdiff_t c_stride;
};
constexpr int kPanel = 32;

// Adam on a slice: m, v, p from g. first = 1 / (1 - beta1^t), second = 1 / (1 - beta2^t).
struct AdamSlice {
    size_t count;
    const float* g;
    float *p, *m, *v;
    float rate, first, second;
};
// In double precision, because 1 - 0.999f differs from 0.001 by 1e-5 of it.
constexpr double kAdamBeta1 = 0.9, kAdamBeta2 = 0.999, kAdamEpsilon = 1e-7;

struct KernelTable {
    int isa;           // NH_ISA_*
    const char* name;  // "plain", "avx2", "avx512"

    const LineKernels* lines;
    int line_count;
    const LineKernels* general_line;

    ColumnBlock (*float_columns)(void* float_plane, int block, float* tile);
    ColumnBlock (*bit_columns)(void* bit_plane, int block, float* tile);
    ColumnBlock (*gated_columns)(void* gradient_plane, int block, float* tile);
    ColumnBlock (*unpooled_columns)(void* gradient_plane, int block, float* tile);

    void (*plain_output)(void* plain_output, int block, const float* tile);
    void (*activation_output)(void* activation_output, int block, const float* tile);
    void (*pooled_output)(void* activation_output, int block, const float* tile);

    void (*edge_forward)(const EdgeForward& work);
    void (*edge_backward)(const EdgeBackward& work);

    void (*complex_gemm)(const ComplexGemm& product);
    void (*dense_forward)(const DenseForward& layer);
    void (*panel_gemm)(const PanelGemm& product);
    void (*adam)(const AdamSlice& slice);
};

// NH_ISA_AUTO answers with the best table that this machine can run, any other value with that one, or null if the
// machine or the library lacks it.
const KernelTable* find_kernels(int isa);

}  // namespace nanohooke
