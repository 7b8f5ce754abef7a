// SPDX-License-Identifier: Apache-2.0
//
// Training steps of a network: one at a time, and in stretches that the host only starts.
#include <algorithm>
#include <cmath>

#include "bit_images.h"
#include "network.h"
#include "training_kernels.h"

namespace nanohooke {

void CudaNetwork::begin(StepState state) {
    // By value, so that nothing of the host is read later.
    NHC_LAUNCH(set_state, stream_, 1, state, state_);
}

// From results to new parameters.
void CudaNetwork::learn(int batch, const float* rates, double* losses) {
    head_and_loss(batch, dense_.back().results, targets_, head_, minimised_, loss_sums_, derivatives_, outputs(),
                  stream_);
    NHC_LAUNCH_BLOCKS(finish_loss, dim3(1), 32, 0, stream_, loss_sums_, batch, outputs(), rates, losses, state_);
    run_back(batch, true, false);
    adam_step();
}

void CudaNetwork::adam_step() {
    adam(&state_->adam, &state_->alive, gradient_, {parameters_, first_, second_}, parameter_count_, stream_);
    changed();
}

// After this no spectra of weights and no kept batch are of use.
void CudaNetwork::changed() {
    updated_.assign(updated_.size(), false);
    kept_batch_ = 0;
}

void CudaNetwork::adam_step(float rate) {
    begin({0, 0, adam_steps_, {}, 1});
    NHC_LAUNCH(begin_adam, stream_, 1, state_, rate);
    adam_step();
    NHC_CHECK(cudaStreamSynchronize(stream_));
    adam_steps_++;
}

double CudaNetwork::train_step(bool bits, const void* images, const float* targets, int batch, float rate) {
    double result = 0;
    begin({0, 0, adam_steps_, {}, 1});
    upload(rate_, &rate, 1, stream_);
    upload(targets_, targets, size_t(batch) * outputs(), stream_);
    load(bits, images, 0, batch);
    update();
    run(batch, true);
    learn(batch, rate_, loss_);
    download(&result, loss_, 1, stream_);
    if (std::isfinite(result)) adam_steps_++;
    return result;
}

void CudaNetwork::set_training_set(int samples, const uint8_t* images, const float* targets) {
    auto memory = std::make_unique<Pool>();
    require(channels_ == 1 && height_ == width_, "a training set has square images of one channel");
    std::vector<uint32_t> words(samples * image_words());
    to_words(images, size_t(samples) * height_, width_, words.data());
    const size_t numbers = size_t(samples) * NHC_SYMMETRIES * outputs();
    memory->take<uint32_t>(words.size());
    memory->take<float>(numbers);
    memory->allocate();
    auto* to_images = memory->take<uint32_t>(words.size());
    auto* to_targets = memory->take<float>(numbers);
    upload(to_images, words.data(), words.size(), stream_);
    upload(to_targets, targets, numbers, stream_);
    NHC_CHECK(cudaStreamSynchronize(stream_));
    set_memory_ = std::move(memory);
    sample_images_ = to_images;
    sample_targets_ = to_targets;
    samples_ = samples;
    steps_.clear();  // they have the old one
}

// Room for a stretch; graphs have its addresses.
void CudaNetwork::set_stretch(int images, int steps) {
    if (images <= stretch_images_ && steps <= stretch_steps_) return;
    steps_.clear();
    stretch_memory_.reset();
    stretch_images_ = stretch_steps_ = 0;
    auto memory = std::make_unique<Pool>();
    const auto carve_stretch = [&] {
        stretch_codes_ = memory->take<int64_t>(images);
        stretch_rates_ = memory->take<float>(steps);
        stretch_losses_ = memory->take<double>(steps);
    };
    carve_stretch();
    memory->allocate();
    carve_stretch();
    stretch_memory_ = std::move(memory);
    stretch_images_ = images;
    stretch_steps_ = steps;
}

// One whole step of a stretch.
void CudaNetwork::step(int batch) {
    NHC_LAUNCH(begin_step, stream_, int64_t(batch) * outputs(), state_, stretch_codes_, sample_targets_, codes_,
               targets_, outputs());
    NHC_LAUNCH(unpack_codes, stream_, int64_t(batch) * image_words(), sample_images_, codes_, symmetries_, bits_,
               width_);
    changed();
    update();
    run(batch, true);
    learn(batch, stretch_rates_, stretch_losses_);
}

int CudaNetwork::train(const int64_t* codes, int images, int batch, const float* rates, const int32_t* symmetries,
                       double* losses) {
    require(samples_ > 0, "there is no training set");
    const int steps = (images + batch - 1) / batch;
    set_stretch(images, steps);
    input_is_bits_ = true;
    begin({0, 0, adam_steps_, {}, 1});
    upload(stretch_codes_, codes, images, stream_);
    upload(stretch_rates_, rates, steps, stream_);
    upload(symmetries_, reinterpret_cast<const Symmetry*>(symmetries), NHC_SYMMETRIES, stream_);
    for (int i = 0; i < steps; i++) {
        const int count = std::min(batch, images - i * batch);
        try {
            steps_[count].run(stream_, [&] { step(count); });
        } catch (const CudaError& e) {
            throw CudaError(e.status(),
                            "step " + std::to_string(i + 1) + " of " + std::to_string(steps) + ": " + e.what());
        }
    }
    changed();
    download(losses, stretch_losses_, steps, stream_);
    int written = 0;
    while (written < steps && std::isfinite(losses[written])) written++;
    adam_steps_ += written;
    return std::min(steps, written + 1);
}

}  // namespace nanohooke
