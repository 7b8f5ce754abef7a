// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>

#include "bit_images.h"
#include "cudnn_dense.h"
#include "network.h"

namespace nanohooke {

namespace {

// Of inference: half of the next ones' way is hidden already by so many, and memory is saved.
constexpr int kPiece = 256;

}  // namespace

CudaNetwork::CudaNetwork(const int32_t* layers, int layer_count, int channels, int height, int width,
                         const NetworkOptions& options)
    : channels_(channels), height_(height), width_(width), options_(options) {
    require(channels > 0 && height > 0 && width > 0 && layer_count > 0, "a network needs layers and a positive input");
    enter();  // what the device's blocks can hold decides how layers are computed
    plan_layers(layers, layer_count);
}

void CudaNetwork::plan_layers(const int32_t* layers, int layer_count) {
    int in = channels_, rows = height_, columns = width_;
    sizes_ = {size_t(in) * rows * columns};
    const auto kind = [&](int layer) { return layer < layer_count ? layers[NHC_LAYER_NUMBERS * layer] : 0; };
    for (int layer = 0; layer < layer_count; layer++) {
        const int32_t* l = layers + NHC_LAYER_NUMBERS * layer;
        const bool relu = kind(layer + 1) == NHC_RELU;
        if (l[0] == NHC_CONVOLUTION) {
            require(dense_.empty() && l[1] > 0 && l[2] > 0,
                    "a convolution needs outputs and a kernel, and comes before dense layers");
            const bool pool = kind(layer + (relu ? 2 : 1)) == NHC_MAX_POOL;
            ConvolutionShape shape = {in,
                                      l[1],
                                      l[2],
                                      (l[2] - 1) / 2,
                                      rows,
                                      columns,
                                      l[3] != 0,
                                      pool ? 2 : 1,
                                      relu,
                                      parameter_count_,
                                      0,
                                      piece(),
                                      options_.training,
                                      static_cast<int>(convolutions_.size())};
            shape.biases = parameter_count_ + int64_t(shape.weight_count());
            if (convolutions_.empty() && in == 1) bit_convolution_ = make_bit_convolution(shape, options_.engine);
            convolutions_.push_back(make_convolution(shape, options_.engine));
            sizes_.push_back(shape.out_size());
            parameter_count_ = shape.biases + l[1];
            in = l[1];
            rows /= shape.pooled;
            columns /= shape.pooled;
        } else if (l[0] == NHC_DENSE) {
            require(l[1] > 0, "a dense layer needs outputs");
            const int64_t inputs = dense_.empty() ? int64_t(sizes_.back()) : dense_.back().out;
            const int64_t weights = inputs * l[1];
            dense_.push_back(
                {static_cast<int>(inputs), l[1], relu, parameter_count_, parameter_count_ + weights, nullptr});
            parameter_count_ += weights + l[1];
        } else {
            require(l[0] == NHC_RELU || l[0] == NHC_MAX_POOL, "unknown kind of layer " + std::to_string(l[0]));
        }
    }
    require(!dense_.empty(), "a network ends with a dense layer");
    updated_.assign(convolutions_.size() + 1, false);
}

size_t CudaNetwork::memory(const int32_t* layers, int layer_count, int channels, int height, int width,
                           const NetworkOptions& options) {
    CudaNetwork network(layers, layer_count, channels, height, width, options);
    Pool counting;
    network.carve(counting);
    return counting.used();
}

// The largest batch below the one that did not fit; 0 where there is none.
int CudaNetwork::fitting_batch(const int32_t* layers, int layer_count, int channels, int height, int width,
                               const NetworkOptions& options) {
    size_t free = 0, total = 0;
    NHC_CHECK(cudaMemGetInfo(&free, &total));
    int fits = 0, too_many = options.max_batch;
    while (too_many - fits > 1) {
        NetworkOptions fewer = options;
        fewer.max_batch = fits + (too_many - fits) / 2;
        const bool good = memory(layers, layer_count, channels, height, width, fewer) <= free;
        (good ? fits : too_many) = fewer.max_batch;
    }
    return fits;
}

std::unique_ptr<CudaNetwork> CudaNetwork::create(const int32_t* layers, int layer_count, int channels, int height,
                                                 int width, const NetworkOptions& options) {
    auto network = std::unique_ptr<CudaNetwork>(new CudaNetwork(layers, layer_count, channels, height, width, options));
    NHC_CHECK(cudaStreamCreateWithFlags(&network->stream_, cudaStreamNonBlocking));
    network->pool_ = std::make_unique<Pool>();
    network->carve(*network->pool_);
    try {
        network->pool_->allocate();
    } catch (const CudaError& e) {
        // Plans of cuDNN are for one batch: what another one would take is not known.
        if (e.status() != NHC_OUT_OF_MEMORY || options.engine.cudnn != nullptr) throw;
        const int batch = fitting_batch(layers, layer_count, channels, height, width, options);
        throw CudaError(e.status(),
                        std::string(e.what()) + (batch == 0 ? "; not even one image fits"
                                                            : "; a batch of " + std::to_string(batch) + " would fit"));
    }
    network->carve(*network->pool_);
    if (options.engine.cudnn != nullptr) {
        options.engine.cudnn->calls->set_stream(network->stream_, network->cublas_workspace_, CudnnEngine::kWorkspace);
    }
    for (const auto& layer : network->convolutions_) layer->prepare(network->stream_);
    if (network->bit_convolution_ != nullptr) network->bit_convolution_->prepare(network->stream_);
    NHC_CHECK(cudaMemsetAsync(network->parameters_, 0, network->parameter_count_ * sizeof(float), network->stream_));
    if (options.training) {
        const size_t bytes = network->parameter_count_ * sizeof(float);
        NHC_CHECK(cudaMemsetAsync(network->first_, 0, bytes, network->stream_));
        NHC_CHECK(cudaMemsetAsync(network->second_, 0, bytes, network->stream_));
    }
    const size_t most = options.max_batch;
    if (channels == 1) network->staged_images_ = std::make_unique<Pinned>(most * network->image_words() * 4);
    network->staged_outputs_ = std::make_unique<Pinned>(most * network->outputs() * sizeof(float));
    return network;
}

CudaNetwork::~CudaNetwork() {
    steps_.clear();
    forward_passes_.clear();
    if (stream_ != nullptr) cudaStreamDestroy(stream_);
}

// Room for a number for each parameter, or none. It begins where that of the first dense layer's weights, the most of
// all, can be read in quads.
float* CudaNetwork::take_parameters(Pool& pool, bool wanted) const {
    const int shift = dense_alignment(dense_.front().weights);
    float* memory = pool.take<float>(wanted ? parameter_count_ + shift : 0);
    return memory == nullptr ? nullptr : memory + shift;
}

// Images that are computed at once: in inference the next ones travel meanwhile. cuDNN's plans are for whole batches.
int CudaNetwork::piece() const {
    const bool whole = options_.training || options_.engine.cudnn != nullptr;
    return whole ? options_.max_batch : std::min(options_.max_batch, kPiece);
}

void CudaNetwork::carve(Pool& pool) {
    const size_t batch = piece();
    const auto if_training = [&](size_t count) { return options_.training ? count : 0; };
    parameters_ = take_parameters(pool, true);
    gradient_ = take_parameters(pool, options_.training);
    first_ = take_parameters(pool, options_.training);
    second_ = take_parameters(pool, options_.training);
    bits_ = pool.take<uint32_t>(channels_ == 1 ? batch * image_words() : 0);
    activations_.clear();
    size_t scratch = dense_scratch_bytes(dense_, options_.max_batch), widest = 0;
    const auto carve_layer = [&](Convolution& layer) {
        layer.carve(pool);
        scratch = std::max(scratch, layer.scratch_bytes());
    };
    for (const auto& layer : convolutions_) carve_layer(*layer);
    if (bit_convolution_ != nullptr) carve_layer(*bit_convolution_);
    for (const size_t size : sizes_) {
        activations_.push_back(pool.take<float>(batch * size));
        widest = std::max(widest, size);
    }
    for (DenseLayer& layer : dense_) {
        layer.results = pool.take<float>(batch * layer.out);
        widest = std::max<size_t>(widest, layer.out);
    }
    scratch_ = pool.take<char>(scratch);
    cublas_workspace_ = pool.take<char>(options_.engine.cudnn != nullptr ? CudnnEngine::kWorkspace : 0);
    derivatives_ = pool.take<float>(if_training(batch * widest));
    other_derivatives_ = pool.take<float>(if_training(batch * widest));
    targets_ = pool.take<float>(if_training(batch * outputs()));
    loss_sums_ = pool.take<double>(if_training(batch));
    loss_ = pool.take<double>(if_training(1));
    rate_ = pool.take<float>(if_training(1));
    state_ = pool.take<StepState>(if_training(1));
    codes_ = pool.take<int64_t>(if_training(batch));
    symmetries_ = pool.take<Symmetry>(if_training(NHC_SYMMETRIES));
}

void CudaNetwork::set_parameters(const float* parameters) {
    upload(parameters_, parameters, parameter_count_, stream_);
    changed();
}

void CudaNetwork::set_adam(const float* first, const float* second, int64_t steps) {
    upload(first_, first, parameter_count_, stream_);
    upload(second_, second, parameter_count_, stream_);
    adam_steps_ = steps;
}

void CudaNetwork::get_adam(float* first, float* second, int64_t* steps) const {
    download(first, first_, parameter_count_, stream_);
    download(second, second_, parameter_count_, stream_);
    *steps = adam_steps_;
}

void CudaNetwork::set_head(double scale, const double* offset, const int32_t* positive, const int32_t* products,
                           int count) {
    auto memory = std::make_unique<Pool>();
    double* offsets = nullptr;
    int32_t *signs = nullptr, *all = nullptr;
    const auto carve_head = [&] {
        offsets = memory->take<double>(outputs());
        signs = memory->take<int32_t>(outputs());
        all = memory->take<int32_t>(3 * size_t(count));
    };
    carve_head();
    memory->allocate();
    carve_head();
    upload(offsets, offset, outputs(), stream_);
    upload(signs, positive, outputs(), stream_);
    upload(all, products, 3 * size_t(count), stream_);
    NHC_CHECK(cudaStreamSynchronize(stream_));
    head_memory_ = std::move(memory);
    head_ = {scale, count, offsets, signs, all};
    minimised_ = {};
    steps_.clear();  // they have the old one
}

void CudaNetwork::set_relative_loss(const double* origin, double floor, double knee) {
    auto memory = std::make_unique<Pool>();
    double* origins = nullptr;
    const auto carve = [&] { origins = memory->take<double>(outputs()); };
    carve();
    memory->allocate();
    carve();
    upload(origins, origin, outputs(), stream_);
    NHC_CHECK(cudaStreamSynchronize(stream_));
    minimised_memory_ = std::move(memory);
    minimised_ = {origins, floor, knee};
    steps_.clear();  // as above
}

void CudaNetwork::load(bool bits, const void* images, int first, int count) {
    input_is_bits_ = bits;
    if (!bits) {
        upload(activations_[0], static_cast<const float*>(images) + first * sizes_[0], count * sizes_[0], stream_);
        return;
    }
    require(channels_ == 1, "images of bits have one channel; this network takes " + std::to_string(channels_));
    auto* words = static_cast<uint32_t*>(staged_images_->get()) + first * image_words();
    const uint8_t* bytes = static_cast<const uint8_t*>(images) + size_t(first) * height_ * ((width_ + 7) / 8);
    to_words(bytes, size_t(count) * height_, width_, words);
    upload(bits_, words, count * image_words(), stream_);
}

ConvolutionInput CudaNetwork::input(size_t layer) const {
    if (layer == 0 && input_is_bits_) return {nullptr, bits_};
    return {activations_[layer], nullptr};
}

// What follows from the parameters, where they changed.
void CudaNetwork::update() {
    for (size_t i = 0; i < convolutions_.size(); i++) {
        const size_t which = i == 0 && use_bits() ? convolutions_.size() : i;
        if (!updated_[which]) convolution(i).update(parameters_, scratch_, stream_);
        updated_[which] = true;
    }
}

void CudaNetwork::run(int batch, bool keep) {
    for (size_t i = 0; i < convolutions_.size(); i++) {
        convolution(i).forward(input(i), activations_[i + 1], parameters_, batch, keep, scratch_, stream_);
    }
    if (convolutions_.empty() && input_is_bits_) {
        NHC_LAUNCH(unpack_bits, stream_, int64_t(batch) * sizes_[0], bits_, activations_[0], width_);
    }
    const float* x = activations_.back();
    if (options_.engine.cudnn != nullptr) {
        for (const DenseLayer& layer : dense_) {
            cudnn_dense_forward(*options_.engine.cudnn, layer, x, parameters_, batch, stream_);
            x = layer.results;
        }
    } else {
        dense_forward(dense_, x, parameters_, batch, scratch_, stream_);
    }
}

void CudaNetwork::dense_back(int batch, float* gradient) {
    if (options_.engine.cudnn == nullptr) {
        const float* dx = dense_backward(dense_, activations_.back(), derivatives_, other_derivatives_, parameters_,
                                         gradient, batch, scratch_, stream_);
        if (dx != derivatives_) std::swap(derivatives_, other_derivatives_);
        return;
    }
    dense_gate(dense_.back(), derivatives_, batch, stream_);
    for (size_t i = dense_.size(); i-- > 0;) {
        const float* x = i > 0 ? dense_[i - 1].results : activations_.back();
        const float* gate = i > 0 && dense_[i - 1].relu ? x : nullptr;
        cudnn_dense_backward(*options_.engine.cudnn, dense_[i], x, derivatives_, parameters_, gradient,
                             other_derivatives_, gate, batch, stream_);
        std::swap(derivatives_, other_derivatives_);
    }
}

// From the derivatives by the outputs in derivatives_; those by the images end there, too.
void CudaNetwork::run_back(int batch, bool weights, bool images) {
    dense_back(batch, weights ? gradient_ : nullptr);
    for (size_t i = convolutions_.size(); i-- > 0;) {
        const bool further = i > 0 || images;
        convolution(i).backward(input(i), derivatives_, further ? other_derivatives_ : nullptr,
                                weights ? gradient_ : nullptr, batch, scratch_, stream_);
        if (further) std::swap(derivatives_, other_derivatives_);
    }
}

void CudaNetwork::forward(bool bits, const void* images, int batch, bool keep, float* outputs) {
    require(!bits || channels_ == 1,
            "images of bits have one channel; this network takes " + std::to_string(channels_));
    kept_batch_ = 0;
    input_is_bits_ = bits;
    update();
    auto* staged = static_cast<float*>(staged_outputs_->get());
    for (int first = 0; first < batch; first += piece()) {
        const int count = std::min(piece(), batch - first);
        load(bits, images, first, count);
        if (keep) {
            run(count, true);
        } else {
            forward_passes_[{bits, count}].run(stream_, [&] { run(count, false); });
        }
        NHC_CHECK(cudaMemcpyAsync(staged + size_t(first) * this->outputs(), dense_.back().results,
                                  size_t(count) * this->outputs() * sizeof(float), cudaMemcpyDeviceToHost, stream_));
    }
    NHC_CHECK(cudaStreamSynchronize(stream_));
    std::memcpy(outputs, staged, size_t(batch) * this->outputs() * sizeof(float));
    kept_batch_ = keep ? batch : 0;
}

void CudaNetwork::backward(const float* d_outputs) {
    require(kept_batch_ > 0, "there is nothing to go back through: forward with keep comes first");
    upload(derivatives_, d_outputs, size_t(kept_batch_) * outputs(), stream_);
    run_back(kept_batch_, true, false);
}

void CudaNetwork::input_gradient(const float* d_outputs, float* d_images) {
    require(kept_batch_ > 0, "there is nothing to go back through: forward with keep comes first");
    upload(derivatives_, d_outputs, size_t(kept_batch_) * outputs(), stream_);
    run_back(kept_batch_, false, true);
    download(d_images, derivatives_, kept_batch_ * sizes_[0], stream_);
}

}  // namespace nanohooke
