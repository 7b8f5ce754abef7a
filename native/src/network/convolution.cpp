// SPDX-License-Identifier: Apache-2.0
#include "network/convolution.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace nanohooke {
namespace {

// Spectra of a chunk: small enough to be found in the last level of cache by the next step, large enough to spread the
// weights' way through memory over many images.
constexpr size_t kChunkBytes = size_t{8} << 20;
constexpr size_t kStagingBytes = size_t{128} << 10;
constexpr int kMaxGroup = 16;

int power_of_two_up_to(size_t n) {
    int power = 1;
    while (2 * static_cast<size_t>(power) <= n) power *= 2;
    return power;
}

int power_of_two_from(int n) {
    int power = 1;
    while (power < n) power *= 2;
    return power;
}

int length_for(const KernelTable& kernels, const ConvolutionShape& shape, int size) {
    return shape.periodic ? size : preferred_length(kernels, size + shape.kernel / 2);
}

}  // namespace

ConvolutionStage::ConvolutionStage(const KernelTable& kernels, const ConvolutionShape& shape,
                                   const LayerParameters& parameters, int max_batch, bool training, int smallest_chunk,
                                   Arena& arena)
    : kernels_(kernels),
      shape_(shape),
      parameters_(parameters),
      transform_(kernels, length_for(kernels, shape, shape.height), length_for(kernels, shape, shape.width)),
      input_at_(transform_.place(shape.height, shape.width, shape.before(), shape.before())),
      output_at_(transform_.place(shape.height, shape.width, 0, 0)),
      kernel_at_(transform_.place(shape.kernel, shape.kernel, 0, 0)),
      column_blocks_(output_at_.column_blocks()),
      training_(training) {
    const size_t image_bytes = sizeof(float) * kFloatsPerPoint * transform_.points() * (shape.in + shape.out);
    const int wanted = std::max(smallest_chunk, power_of_two_up_to(kChunkBytes / image_bytes));
    chunk_ = std::min(wanted, power_of_two_from(max_batch));

    const size_t weights = floats(shape.out * shape.in);
    weight_spectra_ = arena.take<float>(weights);
    weight_gradient_spectra_ = arena.take<float>(training ? weights : 0);
    const size_t chunks = (max_batch + chunk_ - 1) / chunk_;
    saved_inputs_ = arena.take<float>(training ? chunks * input_spectra_floats() : 0);
    masks_ = arena.take<uint32_t>(training ? mask_words() * max_batch * shape.out : 0);
    bias_sums_ = arena.take<float>(training ? size_t(max_batch) * shape.out * column_blocks_ : 0);
}

ConvolutionStage::Layout ConvolutionStage::layout(int planes) const {
    // Odd numbers of points from plane to plane or point to point: neighbours fall into different cache sets.
    const size_t points = transform_.points();
    if (shape_.in == 1) {
        const size_t plane = (points | 1) * kFloatsPerPoint;
        return {static_cast<ptrdiff_t>(plane), kFloatsPerPoint, plane * planes};
    }
    const size_t point = static_cast<size_t>(planes | 1) * kFloatsPerPoint;
    return {kFloatsPerPoint, static_cast<ptrdiff_t>(point), point * points};
}

size_t ConvolutionStage::mask_words() const {
    if (!shape_.pool && !shape_.relu) return 0;
    return static_cast<size_t>(shape_.out_height()) * column_blocks_;
}

int ConvolutionStage::group() const {
    const size_t plane = static_cast<size_t>(transform_.points()) * kFloatsPerPoint * sizeof(float);
    return static_cast<int>(std::min<size_t>(kMaxGroup, std::max<size_t>(1, kStagingBytes / plane)));
}

size_t ConvolutionStage::staging_floats() const {
    return static_cast<size_t>(group()) * transform_.points() * kFloatsPerPoint;
}

int ConvolutionStage::longest_line() const { return std::max(transform_.ny(), transform_.nx()); }

// Spectra of a group of neighbouring planes are made side by side in cache and then moved in runs of whole lines: the
// weights' layout puts the points of one plane far apart, one page each.
void ConvolutionStage::update_weight_spectra(Workers& workers, const std::vector<WorkerScratch>& scratch) {
    const int planes = shape_.out * shape_.in, k = shape_.kernel;
    const Layout to = layout(planes);
    workers.run_slices(planes, group(), [&](int begin, int end, int worker) {
        const int count = end - begin;
        float* staging = scratch[worker].staging;
        for (int plane = begin; plane < end; plane++) {
            FloatPlane kernel = {parameters_.weight + static_cast<size_t>(plane) * k * k, k, k};
            transform_.forward(kernel_at_, {kernels_.float_columns, &kernel}, scratch[worker].plane,
                               {staging + (plane - begin) * kFloatsPerPoint, count * kFloatsPerPoint});
        }
        for (int p = 0; p < transform_.points(); p++) {
            const float* from = staging + static_cast<size_t>(p) * count * kFloatsPerPoint;
            for (int i = 0; i < count; i++) {
                std::memcpy(weight_spectra_ + (begin + i) * to.plane + p * to.point, from + i * kFloatsPerPoint,
                            kFloatsPerPoint * sizeof(float));
            }
        }
    });
}

void ConvolutionStage::transform_inputs(const ImageBatch& in, float* spectra, int count, Workers& workers,
                                        const std::vector<WorkerScratch>& scratch) const {
    const Layout to = layout(chunk_ * shape_.in);
    const size_t plane_size = static_cast<size_t>(shape_.height) * shape_.width;
    const size_t bit_plane_size = static_cast<size_t>(shape_.height) * ((shape_.width + 7) / 8);
    workers.run(count * shape_.in, [&](int plane, int worker) {
        const SpectrumView view = {spectra + plane * to.plane, to.point};
        if (in.format == NH_IMAGES_BITS) {
            BitPlane bits = {static_cast<const uint8_t*>(in.data) + plane * bit_plane_size, shape_.height,
                             shape_.width};
            transform_.forward(input_at_, {kernels_.bit_columns, &bits}, scratch[worker].plane, view);
        } else {
            FloatPlane image = {static_cast<const float*>(in.data) + plane * plane_size, shape_.height, shape_.width};
            transform_.forward(input_at_, {kernels_.float_columns, &image}, scratch[worker].plane, view);
        }
    });
}

void ConvolutionStage::multiply(const ComplexGemm& product, Workers& workers) const {
    constexpr int kPointsPerTask = 8;
    workers.run_slices(transform_.points(), kPointsPerTask, [&](int begin, int end, int) {
        ComplexGemm part = product;
        part.points = end - begin;
        for (PointMatrix* matrix : {&part.a, &part.b, &part.c}) matrix->data += begin * matrix->point;
        kernels_.complex_gemm(part);
    });
}

void ConvolutionStage::forward(const ImageBatch& in, float* out, int first, int count, const SharedSpectra& spectra,
                               Workers& workers, const std::vector<WorkerScratch>& scratch) {
    float* inputs = training_ ? saved_inputs_ + first / chunk_ * input_spectra_floats() : spectra.input;
    transform_inputs(in, inputs, count, workers, scratch);

    const Layout x = layout(chunk_ * shape_.in), y = layout(chunk_ * shape_.out), w = layout(shape_.out * shape_.in);
    const bool fused = shape_.in == 1;
    if (!fused) {
        // Y[n][o] = sum_c conj(W[o][c]) X[n][c]
        ComplexGemm product = {0, shape_.out, count, shape_.in, {}, {}, {}, true, false};
        product.a = {weight_spectra_, w.point, shape_.in * w.plane, w.plane};
        product.b = {inputs, x.point, shape_.in * x.plane, x.plane};
        product.c = {spectra.output, y.point, y.plane, shape_.out * y.plane};
        multiply(product, workers);
    }

    const size_t plane_size = static_cast<size_t>(shape_.out_height()) * shape_.out_width();
    workers.run(count * shape_.out, [&](int plane, int worker) {
        const int image = plane / shape_.out, o = plane % shape_.out;
        uint32_t* mask =
            mask_words() > 0 && training_ ? masks_ + (size_t(first) * shape_.out + plane) * mask_words() : nullptr;
        ActivationOutput activation = {out + plane * plane_size,
                                       mask,
                                       shape_.height,
                                       shape_.width,
                                       transform_.scale_of_product(),
                                       parameters_.bias[o],
                                       shape_.relu ? 0.0f : -std::numeric_limits<float>::infinity()};
        const ColumnSink sink = {shape_.pool ? kernels_.pooled_output : kernels_.activation_output, &activation};
        if (fused) {
            transform_.inverse_product(output_at_, {inputs + image * x.plane, x.point},
                                       {weight_spectra_ + o * w.plane, w.point}, sink, scratch[worker].plane);
        } else {
            transform_.inverse(output_at_, {spectra.output + plane * y.plane, y.point}, sink, scratch[worker].plane);
        }
    });
}

void ConvolutionStage::backward(const float* d_out, float* d_in, bool weights, int first, int count,
                                const SharedSpectra& spectra, Workers& workers,
                                const std::vector<WorkerScratch>& scratch) {
    const Layout x = layout(chunk_ * shape_.in), y = layout(chunk_ * shape_.out), w = layout(shape_.out * shape_.in);
    const size_t d_out_size = static_cast<size_t>(shape_.out_height()) * shape_.out_width();
    workers.run(count * shape_.out, [&](int plane, int worker) {
        const size_t global = static_cast<size_t>(first) * shape_.out + plane;
        GradientPlane gradient = {d_out + plane * d_out_size, mask_words() > 0 ? masks_ + global * mask_words() : nullptr,
                                  shape_.height, shape_.width, bias_sums_ + global * column_blocks_};
        const ColumnSource source = {shape_.pool ? kernels_.unpooled_columns : kernels_.gated_columns, &gradient};
        transform_.forward(output_at_, source, scratch[worker].plane, {spectra.output + plane * y.plane, y.point});
    });

    if (weights) {
        // dW[o][c] (+)= sum_n conj(dY[n][o]) X[n][c]
        ComplexGemm product = {0, shape_.out, shape_.in, count, {}, {}, {}, true, first > 0};
        product.a = {spectra.output, y.point, y.plane, shape_.out * y.plane};
        product.b = {saved_inputs_ + first / chunk_ * input_spectra_floats(), x.point, x.plane, shape_.in * x.plane};
        product.c = {weight_gradient_spectra_, w.point, shape_.in * w.plane, w.plane};
        multiply(product, workers);
    }
    if (d_in == nullptr) return;
    // dX[n][c] = sum_o W[o][c] dY[n][o]
    ComplexGemm product = {0, shape_.in, count, shape_.out, {}, {}, {}, false, false};
    product.a = {weight_spectra_, w.point, w.plane, shape_.in * w.plane};
    product.b = {spectra.output, y.point, shape_.out * y.plane, y.plane};
    product.c = {spectra.input, x.point, x.plane, shape_.in * x.plane};
    multiply(product, workers);
    const size_t d_in_size = static_cast<size_t>(shape_.height) * shape_.width;
    workers.run(count * shape_.in, [&](int plane, int worker) {
        PlainOutput gradient = {d_in + plane * d_in_size, shape_.height, shape_.width, transform_.scale_of_product()};
        transform_.inverse(input_at_, {spectra.input + plane * x.plane, x.point}, {kernels_.plain_output, &gradient},
                           scratch[worker].plane);
    });
}

void ConvolutionStage::finish_gradient(int batch, Workers& workers, const std::vector<WorkerScratch>& scratch) {
    const int planes = shape_.out * shape_.in, k = shape_.kernel;
    const Layout from = layout(planes);
    workers.run_slices(planes, group(), [&](int begin, int end, int worker) {
        const int count = end - begin;
        float* staging = scratch[worker].staging;
        for (int p = 0; p < transform_.points(); p++) {
            float* to = staging + static_cast<size_t>(p) * count * kFloatsPerPoint;
            for (int i = 0; i < count; i++) {
                std::memcpy(to + i * kFloatsPerPoint,
                            weight_gradient_spectra_ + (begin + i) * from.plane + p * from.point,
                            kFloatsPerPoint * sizeof(float));
            }
        }
        for (int plane = begin; plane < end; plane++) {
            PlainOutput gradient = {parameters_.weight_gradient + static_cast<size_t>(plane) * k * k, k, k,
                                    transform_.scale_of_product()};
            transform_.inverse(kernel_at_,
                               {staging + (plane - begin) * kFloatsPerPoint, count * kFloatsPerPoint},
                               {kernels_.plain_output, &gradient}, scratch[worker].plane);
        }
    });
    for (int o = 0; o < shape_.out; o++) {
        float sum = 0.0f;
        for (int image = 0; image < batch; image++) {
            const float* part = bias_sums_ + (static_cast<size_t>(image) * shape_.out + o) * column_blocks_;
            for (int block = 0; block < column_blocks_; block++) sum += part[block];
        }
        parameters_.bias_gradient[o] = sum;
    }
}

}  // namespace nanohooke
