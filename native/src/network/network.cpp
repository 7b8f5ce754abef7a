// SPDX-License-Identifier: Apache-2.0
#include "network/network.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "common/error.h"

namespace nanohooke {

std::unique_ptr<Network> Network::create(const NetworkShape& shape, const NetworkOptions& options,
                                         const KernelTable& kernels) {
    auto arena = std::make_unique<Arena>(memory(shape, options, kernels));
    auto network = std::unique_ptr<Network>(new Network(shape, options, kernels, std::move(arena)));
    network->workers_ = std::make_unique<Workers>(options.threads);
    return network;
}

size_t Network::memory(const NetworkShape& shape, const NetworkOptions& options, const KernelTable& kernels) {
    return Network(shape, options, kernels, std::make_unique<Arena>()).arena_->used();
}

Network::Network(const NetworkShape& shape, const NetworkOptions& options, const KernelTable& kernels,
                 std::unique_ptr<Arena> arena)
    : shape_(shape),
      options_(options),
      kernels_(kernels),
      arena_(std::move(arena)),
      parameter_count_(shape.parameter_count()) {
    const size_t batch = static_cast<size_t>(options.max_batch);
    const auto if_training = [&](size_t count) { return options.training ? count : 0; };
    parameters_ = arena_->take<float>(parameter_count_);
    gradient_ = arena_->take<float>(if_training(parameter_count_));
    first_moment_ = arena_->take<float>(if_training(parameter_count_));
    second_moment_ = arena_->take<float>(if_training(parameter_count_));

    const std::vector<nh_parameter_block> blocks = shape_.parameter_blocks();
    const auto layer_parameters = [&](size_t block) {
        const nh_parameter_block& b = blocks[block];
        // Additions to null while the arena only counts; never followed.
        const auto at = [](float* base, int64_t offset) { return base == nullptr ? nullptr : base + offset; };
        return LayerParameters{at(parameters_, b.weight_offset), at(parameters_, b.bias_offset),
                               at(gradient_, b.weight_offset), at(gradient_, b.bias_offset)};
    };

    size_t input_spectra = 0, output_spectra = 0, staging = 0, folded = 0, edges = 0, panel = 0;
    int longest = 1, largest = 1, chunk = 1;
    convolutions_.reserve(shape_.convolutions.size());
    for (const ConvolutionShape& c : shape_.convolutions) {
        // Chunks grow from layer to layer, so that a chunk of one is a whole number of chunks of the one before.
        convolutions_.emplace_back(kernels_, c, layer_parameters(convolutions_.size()), options.max_batch,
                                   options.training, chunk, *arena_);
        const ConvolutionStage& stage = convolutions_.back();
        chunk = stage.chunk();
        activations_.push_back(arena_->take<float>(activations_.empty() ? 0 : chunk * c.in_size()));
        input_spectra = std::max(input_spectra, stage.input_spectra_floats());
        output_spectra = std::max(output_spectra, stage.output_spectra_floats());
        staging = std::max(staging, stage.staging_floats());
        folded = std::max(folded, stage.folded_floats());
        edges = std::max(edges, stage.edge_floats());
        longest = std::max(longest, stage.longest_line());
        largest = std::max(largest, stage.largest_extent());
    }
    spectra_ = {arena_->take<float>(input_spectra), arena_->take<float>(output_spectra)};

    size_t widest = 0;
    for (const DenseShape& d : shape_.dense) {
        dense_.emplace_back(kernels_, d, layer_parameters(convolutions_.size() + dense_.size()), options.max_batch,
                            options.training, *arena_);
        widest = std::max<size_t>({widest, static_cast<size_t>(d.in), static_cast<size_t>(d.out)});
        panel = std::max(panel, dense_.back().panel_floats());
    }
    features_ = arena_->take<float>(batch * shape_.dense.front().in);
    d_features_ = arena_->take<float>(if_training(batch * widest));
    d_other_ = arena_->take<float>(if_training(batch * widest));

    const PlaneScratchSize plane(longest, largest);
    for (int worker = 0; worker < options.threads; worker++) {
        float* memory = arena_->take<float>(plane.floats());
        scratch_.push_back({memory == nullptr ? PlaneScratch{} : plane.carve(memory), arena_->take<float>(staging),
                            arena_->take<float>(folded), arena_->take<float>(edges)});
        panels_.push_back(arena_->take<float>(if_training(panel)));
    }
}

void Network::set_parameters(const float* parameters) {
    for (size_t i = 0; i < parameter_count_; i++) {
        if (std::isfinite(parameters[i])) continue;
        const std::vector<nh_parameter_block> blocks = shape_.parameter_blocks();
        auto block = blocks.begin();
        while (block->bias_offset + block->bias_count <= static_cast<int64_t>(i)) ++block;
        throw Error(NH_BAD_ARGUMENT, "parameter " + std::to_string(i) + " (layer " + std::to_string(block->layer) +
                                         ") is " + std::to_string(parameters[i]) + ": parameters must be finite");
    }
    std::memcpy(parameters_, parameters, parameter_count_ * sizeof(float));
    spectra_are_current_ = false;
    pending_batch_ = 0;
    has_gradient_ = false;
}

const float* Network::gradient() const {
    require(has_gradient_, "there is no gradient: call backward or train_step first, and after the parameters change");
    return gradient_;
}

void Network::set_adam(const float* first, const float* second, int64_t step) {
    require(options_.training, "Adam's state exists in training mode only");
    require(step >= 0, "the number of Adam's steps must not be negative");
    for (size_t i = 0; i < parameter_count_; i++) {
        require(std::isfinite(first[i]) && std::isfinite(second[i]) && second[i] >= 0.0f,
                "Adam's moments must be finite and the second ones not negative; those of parameter " +
                    std::to_string(i) + " are not");
    }
    std::memcpy(first_moment_, first, parameter_count_ * sizeof(float));
    std::memcpy(second_moment_, second, parameter_count_ * sizeof(float));
    adam_steps_ = step;
}

void Network::update_spectra() {
    if (spectra_are_current_) return;
    for (ConvolutionStage& stage : convolutions_) stage.update_weight_spectra(*workers_, scratch_);
    spectra_are_current_ = true;
}

ImageBatch Network::images_from(const ImageBatch& images, int first) const {
    if (images.format == NH_IMAGES_BITS) {
        const size_t bytes = static_cast<size_t>(shape_.height) * ((shape_.width + 7) / 8);
        return {images.format, static_cast<const uint8_t*>(images.data) + first * bytes};
    }
    return {images.format, static_cast<const float*>(images.data) + first * shape_.image_size()};
}

// What dense layers without a convolution before them see.
void Network::take_features(const ImageBatch& images, int batch) {
    if (images.format == NH_IMAGES_FLOAT) {
        std::memcpy(features_, images.data, batch * shape_.image_size() * sizeof(float));
        return;
    }
    const size_t rows = static_cast<size_t>(batch) * shape_.height, row_bytes = (shape_.width + 7) / 8;
    const auto* bits = static_cast<const uint8_t*>(images.data);
    float* out = features_;
    for (size_t row = 0; row < rows; row++, bits += row_bytes) {
        for (int x = 0; x < shape_.width; x++) *out++ = static_cast<float>(bits[x / 8] >> x % 8 & 1);
    }
}

// Each chunk of a stage asks for as many chunks of the stage before as it needs, just before it needs them.
void Network::run_convolutions(size_t stage_index, const ImageBatch& images, float* out, int first, int count) {
    ConvolutionStage& stage = convolutions_[stage_index];
    for (int done = 0; done < count; done += stage.chunk()) {
        const int now = std::min(stage.chunk(), count - done), start = first + done;
        ImageBatch in;
        if (stage_index == 0) {
            in = images_from(images, start);
        } else {
            run_convolutions(stage_index - 1, images, activations_[stage_index], start, now);
            in = {NH_IMAGES_FLOAT, activations_[stage_index]};
        }
        stage.forward(in, out + done * stage.shape().out_size(), start, now, spectra_, *workers_, scratch_);
    }
}

const float* Network::forward(const ImageBatch& images, int batch) {
    pending_batch_ = 0;
    update_spectra();
    if (convolutions_.empty()) {
        take_features(images, batch);
    } else {
        run_convolutions(convolutions_.size() - 1, images, features_, 0, batch);
    }
    const Timed timer(profile_, convolutions_.size(), Phase::Products);
    const float* in = features_;
    for (DenseStage& stage : dense_) {
        stage.forward(in, batch, *workers_);
        in = stage.output();
    }
    return in;
}

const float* Network::forward_train(const ImageBatch& images, int batch) {
    require(options_.training, "forward_train needs a network that was made for training");
    const float* outputs = forward(images, batch);
    pending_batch_ = batch;
    return outputs;
}

void Network::run_convolutions_back(size_t stage_index, const float* d_out, float* d_images, bool weights, int first,
                                    int count) {
    ConvolutionStage& stage = convolutions_[stage_index];
    for (int done = 0; done < count; done += stage.chunk()) {
        const int now = std::min(stage.chunk(), count - done), start = first + done;
        float* d_in = stage_index > 0 ? activations_[stage_index]
                      : d_images      ? d_images + start * shape_.image_size()
                                      : nullptr;
        stage.backward(d_out + done * stage.shape().out_size(), d_in, weights, start, now, spectra_, *workers_,
                       scratch_);
        if (stage_index > 0) run_convolutions_back(stage_index - 1, d_in, d_images, weights, start, now);
    }
}

void Network::run_back(const float* d_outputs, float* d_images, bool weights) {
    require(pending_batch_ > 0,
            "there is nothing to go back through: call forward_train first, and after every change "
            "of the parameters");
    const int batch = pending_batch_;
    float *d_out = d_features_, *d_in = d_other_;
    std::memcpy(d_out, d_outputs, static_cast<size_t>(batch) * shape_.outputs() * sizeof(float));
    for (size_t i = dense_.size(); i-- > 0;) {
        const Timed timer(profile_, convolutions_.size(), Phase::Products);
        const float* in = i > 0 ? dense_[i - 1].output() : features_;
        dense_[i].backward(in, d_out, d_in, weights, batch, *workers_, panels_);
        std::swap(d_out, d_in);
    }
    if (convolutions_.empty()) {
        if (d_images) std::memcpy(d_images, d_out, batch * shape_.image_size() * sizeof(float));
        return;
    }
    run_convolutions_back(convolutions_.size() - 1, d_out, d_images, weights, 0, batch);
    if (!weights) return;
    for (ConvolutionStage& stage : convolutions_) stage.finish_gradient(batch, *workers_, scratch_);
}

void Network::backward(const float* d_outputs) {
    has_gradient_ = false;
    run_back(d_outputs, nullptr, true);
    has_gradient_ = true;
}

double Network::train_step(const ImageBatch& images, const float* targets, int batch, float rate) {
    const float* outputs = forward_train(images, batch);
    d_outputs_.resize(static_cast<size_t>(batch) * shape_.outputs());
    const double loss = head_.loss(outputs, targets, batch, shape_.outputs(), d_outputs_.data());
    if (std::isfinite(loss)) {
        backward(d_outputs_.data());
        adam_step(rate);
    }
    return loss;
}

void Network::input_gradient(const float* d_outputs, float* d_images) { run_back(d_outputs, d_images, false); }

void Network::adam_step(float rate) {
    gradient();  // refuses if there is none
    const Timed timer(profile_, convolutions_.size() + 1, Phase::Outputs);
    adam_steps_++;
    const double steps = static_cast<double>(adam_steps_);
    const float first = static_cast<float>(1.0 / (1.0 - std::pow(kAdamBeta1, steps)));
    const float second = static_cast<float>(1.0 / (1.0 - std::pow(kAdamBeta2, steps)));
    constexpr size_t kSlice = size_t{1} << 16;
    const int slices = static_cast<int>((parameter_count_ + kSlice - 1) / kSlice);
    workers_->run(slices, [&](int slice, int) {
        const size_t begin = slice * kSlice, count = std::min(kSlice, parameter_count_ - begin);
        kernels_.adam({count, gradient_ + begin, parameters_ + begin, first_moment_ + begin, second_moment_ + begin,
                       rate, first, second});
    });
    spectra_are_current_ = false;
    pending_batch_ = 0;
}

void Network::set_profile(Profile* profile) {
    profile_ = profile;
    for (size_t layer = 0; layer < convolutions_.size(); layer++) convolutions_[layer].set_profile(profile, layer);
}

}  // namespace nanohooke
