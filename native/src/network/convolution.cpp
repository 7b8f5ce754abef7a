// SPDX-License-Identifier: Apache-2.0
#include "network/convolution.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace nanohooke {
namespace {

// Spectra of a chunk. Weights pass through memory once per chunk, which speaks for large chunks; the spectra should be
// found in the last level of cache again, which speaks for small ones. Of 2 to 64 MB 32 was best on a Zen 3 machine and
// 8 on a Zen 4 one; between them little is lost on either.
constexpr size_t kChunkBytes = size_t{16} << 20;
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
    if (shape.periodic) return size;
    return preferred_length(kernels, std::max(size + shape.kernel / 2, shape.kernel));
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
      kernel_at_(
          transform_.place(std::min(shape.kernel, transform_.ny()), std::min(shape.kernel, transform_.nx()), 0, 0)),
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
    if (EdgeConvolution::suits(shape)) {
        edges_ = std::make_unique<EdgeConvolution>(kernels, shape, training ? max_batch : chunk_, training, arena);
    }
    by_edges_.resize(max_batch);
    transformed_.reserve(chunk_);
    edged_.reserve(chunk_);
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

int ConvolutionStage::largest_extent() const {
    return std::max({shape_.height, shape_.width, kernel_at_.height(), kernel_at_.width()});
}

const float* ConvolutionStage::folded(const float* kernel, float* to) const {
    const int k = shape_.kernel, height = kernel_at_.height(), width = kernel_at_.width();
    std::fill(to, to + static_cast<size_t>(height) * width, 0.0f);
    for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++) to[i % height * width + j % width] += kernel[i * k + j];
    }
    return to;
}

void ConvolutionStage::unfold(const float* from, float* kernel) const {
    const int k = shape_.kernel, height = kernel_at_.height(), width = kernel_at_.width();
    for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++) kernel[i * k + j] = from[i % height * width + j % width];
    }
}

// Spectra of a group of neighbouring planes are made side by side in cache and then moved in runs of whole lines: the
// weights' layout puts the points of one plane far apart, one page each.
void ConvolutionStage::update_weight_spectra(Workers& workers, const std::vector<WorkerScratch>& scratch) {
    const Timed timer = timed(Phase::WeightTransforms);
    if (edges_) edges_->set_weights(parameters_.weight, parameters_.bias);
    const int planes = shape_.out * shape_.in, k = shape_.kernel;
    const Layout to = layout(planes);
    workers.run_slices(planes, group(), [&](int begin, int end, int worker) {
        const int count = end - begin;
        float* staging = scratch[worker].staging;
        for (int plane = begin; plane < end; plane++) {
            const float* weight = parameters_.weight + static_cast<size_t>(plane) * k * k;
            if (folds()) weight = folded(weight, scratch[worker].folded);
            FloatPlane kernel = {weight, kernel_at_.height(), kernel_at_.width()};
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

void ConvolutionStage::find_edges(const ImageBatch& in, int first, int count, Workers& workers) {
    const Timed timer = timed(Phase::InputTransforms);
    const size_t image_size = static_cast<size_t>(shape_.height) * ((shape_.width + 7) / 8);
    if (edges_ == nullptr || in.format != NH_IMAGES_BITS) {
        std::fill_n(by_edges_.begin() + first, count, 0);
        return;
    }
    workers.run(count, [&](int image, int) {
        const uint8_t* bits = static_cast<const uint8_t*>(in.data) + image * image_size;
        by_edges_[first + image] = edges_->take(bits, edge_slot(first + image));
    });
}

void ConvolutionStage::choose(int first, int count, bool all) {
    transformed_.clear();
    edged_.clear();
    for (int image = 0; image < count; image++) {
        (by_edges_[first + image] && !all ? edged_ : transformed_).push_back(image);
    }
}

void ConvolutionStage::transform_inputs(const ImageBatch& in, float* spectra, Workers& workers,
                                        const std::vector<WorkerScratch>& scratch) const {
    const Timed timer = timed(Phase::InputTransforms);
    const Layout to = layout(chunk_ * shape_.in);
    const size_t plane_size = static_cast<size_t>(shape_.height) * shape_.width;
    const size_t bit_plane_size = static_cast<size_t>(shape_.height) * ((shape_.width + 7) / 8);
    workers.run(static_cast<int>(transformed_.size()) * shape_.in, [&](int plane, int worker) {
        const SpectrumView view = {spectra + plane * to.plane, to.point};
        const int from = transformed_[plane / shape_.in] * shape_.in + plane % shape_.in;
        if (in.format == NH_IMAGES_BITS) {
            BitPlane bits = {static_cast<const uint8_t*>(in.data) + from * bit_plane_size, shape_.height, shape_.width};
            transform_.forward(input_at_, {kernels_.bit_columns, &bits}, scratch[worker].plane, view);
        } else {
            FloatPlane image = {static_cast<const float*>(in.data) + from * plane_size, shape_.height, shape_.width};
            transform_.forward(input_at_, {kernels_.float_columns, &image}, scratch[worker].plane, view);
        }
    });
}

void ConvolutionStage::multiply(const ComplexGemm& product, Workers& workers) const {
    // Enough work a task for the cost of handing it out, enough tasks for all threads to end together.
    constexpr ptrdiff_t kProductsPerTask = 1 << 17;
    constexpr ptrdiff_t kMostPointsPerTask = 8;
    const ptrdiff_t products = static_cast<ptrdiff_t>(product.rows) * product.columns * product.inner;
    const int grain = static_cast<int>(std::clamp<ptrdiff_t>(kProductsPerTask / products, 1, kMostPointsPerTask));
    const Timed timer = timed(Phase::Products);
    workers.run_slices(transform_.points(), grain, [&](int begin, int end, int) {
        ComplexGemm part = product;
        part.points = end - begin;
        for (PointMatrix* matrix : {&part.a, &part.b, &part.c}) matrix->data += begin * matrix->point;
        kernels_.complex_gemm(part);
    });
}

void ConvolutionStage::transform_outputs(float* inputs, float* out, int first, const SharedSpectra& spectra,
                                         Workers& workers, const std::vector<WorkerScratch>& scratch) const {
    const Timed timer = timed(Phase::Outputs);
    const Layout x = layout(chunk_ * shape_.in), y = layout(chunk_ * shape_.out), w = layout(shape_.out * shape_.in);
    const size_t plane_size = static_cast<size_t>(shape_.out_height()) * shape_.out_width();
    workers.run(static_cast<int>(transformed_.size()) * shape_.out, [&](int plane, int worker) {
        const int index = plane / shape_.out, o = plane % shape_.out;
        const size_t to = static_cast<size_t>(transformed_[index]) * shape_.out + o;
        ActivationOutput activation = {out + to * plane_size,
                                       training_ ? mask_of(size_t(first) * shape_.out + to) : nullptr,
                                       shape_.height,
                                       shape_.width,
                                       transform_.scale_of_product(),
                                       parameters_.bias[o],
                                       shape_.relu ? 0.0f : -std::numeric_limits<float>::infinity()};
        const ColumnSink sink = {shape_.pool ? kernels_.pooled_output : kernels_.activation_output, &activation};
        if (shape_.in == 1) {  // the product is one factor
            transform_.inverse_product(output_at_, {inputs + index * x.plane, x.point},
                                       {weight_spectra_ + o * w.plane, w.point}, sink, scratch[worker].plane);
        } else {
            transform_.inverse(output_at_, {spectra.output + plane * y.plane, y.point}, sink, scratch[worker].plane);
        }
    });
}

void ConvolutionStage::forward(const ImageBatch& in, float* out, int first, int count, const SharedSpectra& spectra,
                               Workers& workers, const std::vector<WorkerScratch>& scratch) {
    find_edges(in, first, count, workers);
    choose(first, count, false);
    float* inputs = training_ ? input_spectra(first) : spectra.input;
    transform_inputs(in, inputs, workers, scratch);

    if (shape_.in > 1) {  // Y[n][o] = sum_c conj(W[o][c]) X[n][c]
        const Layout x = layout(chunk_ * shape_.in), y = layout(chunk_ * shape_.out);
        const Layout w = layout(shape_.out * shape_.in);
        ComplexGemm product = {0, shape_.out, count, shape_.in, {}, {}, {}, true, false};
        product.a = {weight_spectra_, w.point, shape_.in * w.plane, w.plane};
        product.b = {inputs, x.point, shape_.in * x.plane, x.plane};
        product.c = {spectra.output, y.point, y.plane, shape_.out * y.plane};
        multiply(product, workers);
    }
    transform_outputs(inputs, out, first, spectra, workers, scratch);

    const Timed timer = timed(Phase::Outputs);
    workers.run(static_cast<int>(edged_.size()), [&](int index, int worker) {
        const int image = edged_[index];
        edges_->forward(edge_slot(first + image), out + image * shape_.out_size(),
                        training_ ? mask_of(size_t(first + image) * shape_.out) : nullptr, scratch[worker].edges);
    });
}

void ConvolutionStage::transform_gradients(const float* d_out, float* to, int first, Workers& workers,
                                           const std::vector<WorkerScratch>& scratch) const {
    const Timed timer = timed(Phase::GradientTransforms);
    const Layout y = layout(chunk_ * shape_.out);
    const size_t plane_size = static_cast<size_t>(shape_.out_height()) * shape_.out_width();
    workers.run(static_cast<int>(transformed_.size()) * shape_.out, [&](int plane, int worker) {
        const size_t from = static_cast<size_t>(transformed_[plane / shape_.out]) * shape_.out + plane % shape_.out;
        const size_t global = static_cast<size_t>(first) * shape_.out + from;
        GradientPlane gradient = {d_out + from * plane_size, mask_of(global), shape_.height, shape_.width,
                                  bias_sums_ + global * column_blocks_};
        const ColumnSource source = {shape_.pool ? kernels_.unpooled_columns : kernels_.gated_columns, &gradient};
        transform_.forward(output_at_, source, scratch[worker].plane, {to + plane * y.plane, y.point});
    });
}

void ConvolutionStage::backward(const float* d_out, float* d_in, bool weights, int first, int count,
                                const SharedSpectra& spectra, Workers& workers,
                                const std::vector<WorkerScratch>& scratch) {
    if (first == 0) gradient_has_begun_ = false;
    choose(first, count, d_in != nullptr);
    transform_gradients(d_out, spectra.output, first, workers, scratch);

    const Layout x = layout(chunk_ * shape_.in), y = layout(chunk_ * shape_.out), w = layout(shape_.out * shape_.in);
    const int images = static_cast<int>(transformed_.size());
    if (weights && images > 0) {  // dW[o][c] (+)= sum_n conj(dY[n][o]) X[n][c]
        ComplexGemm product = {0, shape_.out, shape_.in, images, {}, {}, {}, true, gradient_has_begun_};
        gradient_has_begun_ = true;
        product.a = {spectra.output, y.point, y.plane, shape_.out * y.plane};
        product.b = {input_spectra(first), x.point, x.plane, shape_.in * x.plane};
        product.c = {weight_gradient_spectra_, w.point, shape_.in * w.plane, w.plane};
        multiply(product, workers);
    }
    if (weights) {
        const Timed timer = timed(Phase::GradientTransforms);
        workers.run(static_cast<int>(edged_.size()), [&](int index, int worker) {
            const int image = edged_[index];
            edges_->backward(edge_slot(first + image), d_out + image * shape_.out_size(),
                             mask_of(size_t(first + image) * shape_.out), scratch[worker].edges);
        });
    }
    if (d_in == nullptr) return;

    // dX[n][c] = sum_o W[o][c] dY[n][o]
    ComplexGemm product = {0, shape_.in, count, shape_.out, {}, {}, {}, false, false};
    product.a = {weight_spectra_, w.point, w.plane, shape_.in * w.plane};
    product.b = {spectra.output, y.point, shape_.out * y.plane, y.plane};
    product.c = {spectra.input, x.point, x.plane, shape_.in * x.plane};
    multiply(product, workers);

    const Timed timer = timed(Phase::InputGradients);
    const size_t plane_size = static_cast<size_t>(shape_.height) * shape_.width;
    workers.run(count * shape_.in, [&](int plane, int worker) {
        PlainOutput gradient = {d_in + plane * plane_size, shape_.height, shape_.width, transform_.scale_of_product()};
        transform_.inverse(input_at_, {spectra.input + plane * x.plane, x.point}, {kernels_.plain_output, &gradient},
                           scratch[worker].plane);
    });
}

void ConvolutionStage::invert_weight_gradient(Workers& workers, const std::vector<WorkerScratch>& scratch) {
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
            float* to = parameters_.weight_gradient + static_cast<size_t>(plane) * k * k;
            PlainOutput gradient = {folds() ? scratch[worker].folded : to, kernel_at_.height(), kernel_at_.width(),
                                    transform_.scale_of_product()};
            transform_.inverse(kernel_at_, {staging + (plane - begin) * kFloatsPerPoint, count * kFloatsPerPoint},
                               {kernels_.plain_output, &gradient}, scratch[worker].plane);
            if (folds()) unfold(scratch[worker].folded, to);
        }
    });
}

void ConvolutionStage::finish_gradient(int batch, Workers& workers, const std::vector<WorkerScratch>& scratch) {
    const Timed timer = timed(Phase::WeightTransforms);
    if (gradient_has_begun_) {
        invert_weight_gradient(workers, scratch);
    } else {
        std::fill_n(parameters_.weight_gradient, shape_.weight_count(), 0.0f);
    }
    std::fill_n(parameters_.bias_gradient, shape_.out, 0.0f);
    for (int image = 0; image < batch; image++) {
        if (by_edges_[image]) {
            edges_->add_gradient(image, parameters_.weight_gradient, parameters_.bias_gradient);
            continue;
        }
        const float* part = bias_sums_ + static_cast<size_t>(image) * shape_.out * column_blocks_;
        for (int o = 0; o < shape_.out; o++, part += column_blocks_) {
            float sum = 0.0f;
            for (int block = 0; block < column_blocks_; block++) sum += part[block];
            parameters_.bias_gradient[o] += sum;
        }
    }
}

}  // namespace nanohooke
