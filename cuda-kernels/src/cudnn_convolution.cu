// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cudnn_convolution.h"
#include "cudnn_engine.h"
#include "cudnn_kernels.h"

namespace nanohooke {

namespace {

constexpr size_t aligned(size_t bytes) { return (bytes + 255) / 256 * 256; }

template <class T>
class CudnnConvolution : public Convolution {
public:
    CudnnConvolution(const ConvolutionShape& shape, std::shared_ptr<CudnnEngine> engine)
        : shape_(shape),
          sizes_({shape.in, shape.out, shape.kernel, shape.before, shape.height, shape.width, shape.pooled,
                  shape.periodic, shape.relu}),
          engine_(std::move(engine)),
          plans_(engine_->plans[shape.index]) {
        const size_t images = shape.max_batch, padded = size_t(sizes_.padded_height()) * sizes_.padded_width();
        const size_t points = size_t(shape.height) * shape.width;
        padded_x_ = aligned(images * shape.in * padded * sizeof(T));
        y_ = aligned(images * shape.out * points * sizeof(T));
        padded_y_ = shape.training ? aligned(images * shape.out * padded * sizeof(T)) : 0;
        dx_ = shape.training ? aligned(images * shape.in * points * sizeof(T)) : 0;
        rows_ = shape.training ? aligned(images * shape.out * sizes_.out_height() * sizeof(double)) : 0;
        planes_ = shape.training ? aligned(images * shape.out * sizeof(double)) : 0;
        filter_ = shape.training ? aligned(shape.weight_count() * sizeof(T)) : 0;
        workspace_ = aligned(std::max({plans_.forward.workspace, plans_.back.workspace, plans_.filter.workspace}));
    }

    const char* method() const override { return "cudnn"; }

    // The workspace of a plan, then forward: padded inputs, results. Back to the weights: padded inputs, derivatives,
    // sums. Back to the inputs: padded derivatives, derivatives by the inputs.
    size_t scratch_bytes() const override {
        return workspace_ + std::max(padded_x_ + y_ + filter_ + rows_ + planes_, padded_y_ + dx_);
    }

    void carve(Pool& pool) override {
        weights_ = pool.take<T>(shape_.weight_count());
        turned_ = pool.take<T>(shape_.training ? shape_.weight_count() : 0);
        chosen_ = pool.take<uint8_t>(shape_.training ? shape_.max_batch * shape_.out_size() : 0);
    }

    void prepare(cudaStream_t) override {}

    void update(const float* parameters, void*, cudaStream_t stream) override {
        const float* weights = parameters + shape_.weights;
        const auto count = static_cast<int64_t>(shape_.weight_count());
        NHC_LAUNCH(copy_weights<T>, stream, count, weights, weights_);
        if (shape_.training) NHC_LAUNCH(turn_weights<T>, stream, count, weights, turned_, sizes_);
    }

    void forward(const ConvolutionInput& x, float* y, const float* parameters, int batch, bool keep, void* scratch,
                 cudaStream_t stream) override {
        char* const at = static_cast<char*>(scratch) + workspace_;
        T* const results = reinterpret_cast<T*>(at + padded_x_);
        T* const padded = pad_inputs(x, batch, at, stream);
        engine_->calls->execute(plans_.forward, padded, weights_, results, workspace(plans_.forward, scratch));
        NHC_LAUNCH(finish_results<T>, stream, int64_t(batch * shape_.out_size()), results, parameters + shape_.biases,
                   y, keep ? chosen_ : nullptr, sizes_);
    }

    void backward(const ConvolutionInput& x, const float* dy, float* dx, float* gradient, int batch, void* scratch,
                  cudaStream_t stream) override {
        if (gradient != nullptr) backward_filter(x, dy, gradient, batch, scratch, stream);
        if (dx != nullptr) backward_data(dy, dx, batch, scratch, stream);
    }

private:
    static void* workspace(const CudnnPlan& plan, void* scratch) { return plan.workspace > 0 ? scratch : nullptr; }

    T* pad_inputs(const ConvolutionInput& x, int batch, char* at, cudaStream_t stream) const {
        T* const padded = reinterpret_cast<T*>(at);
        const int64_t planes = int64_t(shape_.max_batch) * shape_.in;
        NHC_LAUNCH(pad_planes<T>, stream, planes * sizes_.padded_height() * sizes_.padded_width(), x.planes, x.bits,
                   padded, int64_t(batch) * shape_.in, sizes_);
        return padded;
    }

    void backward_filter(const ConvolutionInput& x, const float* dy, float* gradient, int batch, void* scratch,
                         cudaStream_t stream) {
        char* const at = static_cast<char*>(scratch) + workspace_;
        T* const padded = pad_inputs(x, batch, at, stream);
        T* const results = reinterpret_cast<T*>(at + padded_x_);
        T* const filter = reinterpret_cast<T*>(at + padded_x_ + y_);
        auto* const rows = reinterpret_cast<double*>(at + padded_x_ + y_ + filter_);
        auto* const planes = reinterpret_cast<double*>(at + padded_x_ + y_ + filter_ + rows_);
        const int64_t present = int64_t(batch) * shape_.out, all = int64_t(shape_.max_batch) * shape_.out;
        NHC_LAUNCH(spread_derivatives<T>, stream, all * shape_.height * shape_.width, dy, chosen_, results, present,
                   sizes_);
        engine_->calls->execute(plans_.filter, padded, filter, results, workspace(plans_.filter, scratch));
        NHC_LAUNCH(store_numbers<T>, stream, int64_t(shape_.weight_count()), filter, gradient + shape_.weights);
        NHC_LAUNCH(sum_rows, stream, present * sizes_.out_height(), dy, chosen_, rows, sizes_.out_width());
        NHC_LAUNCH(sum_planes, stream, present, rows, planes, sizes_.out_height());
        NHC_LAUNCH(sum_images, stream, int64_t(shape_.out), planes, gradient + shape_.biases, batch);
    }

    void backward_data(const float* dy, float* dx, int batch, void* scratch, cudaStream_t stream) {
        char* const at = static_cast<char*>(scratch) + workspace_;
        T* const padded = reinterpret_cast<T*>(at);
        T* const inputs = reinterpret_cast<T*>(at + padded_y_);
        const int64_t planes = int64_t(shape_.max_batch) * shape_.out;
        NHC_LAUNCH(pad_derivatives<T>, stream, planes * sizes_.padded_height() * sizes_.padded_width(), dy, chosen_,
                   padded, int64_t(batch) * shape_.out, sizes_);
        engine_->calls->execute(plans_.back, padded, turned_, inputs, workspace(plans_.back, scratch));
        NHC_LAUNCH(store_numbers<T>, stream, int64_t(batch * shape_.in_size()), inputs, dx);
    }

    ConvolutionShape shape_;
    CudnnSizes sizes_;
    std::shared_ptr<CudnnEngine> engine_;
    CudnnPlans plans_;
    size_t padded_x_, y_, padded_y_, dx_, rows_, planes_, filter_, workspace_;
    T *weights_ = nullptr, *turned_ = nullptr;
    uint8_t* chosen_ = nullptr;
};

}  // namespace

std::unique_ptr<Convolution> make_cudnn_convolution(const ConvolutionShape& shape, const Engine& engine) {
    require(engine.cudnn != nullptr && size_t(shape.index) < engine.cudnn->plans.size(),
            "the engine cudnn has no plans for convolution " + std::to_string(shape.index + 1));
    require(shape.max_batch == engine.cudnn->batch, "plans are for batches of " + std::to_string(engine.cudnn->batch) +
                                                        " images, not " + std::to_string(shape.max_batch));
    if (engine.precision == NHC_BF16) return std::make_unique<CudnnConvolution<Bfloat16>>(shape, engine.cudnn);
    return std::make_unique<CudnnConvolution<float>>(shape, engine.cudnn);
}

}  // namespace nanohooke
