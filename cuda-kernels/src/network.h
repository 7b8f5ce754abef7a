// SPDX-License-Identifier: Apache-2.0
//
// The network behind the handle of nanohooke/cuda.h: its layers, its device memory, its stream.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "adam.h"
#include "convolution.h"
#include "dense_stack.h"
#include "head.h"
#include "replay.h"

namespace nanohooke {

// What a symmetry does to (x, y), counted from the image's middle.
struct Symmetry {
    int xx, xy, yx, yy;
};

// Where a stretch of steps has come to. On the device, so that a step depends on nothing that the host says.
struct StepState {
    int64_t step, image;  // in this stretch
    int64_t adam_steps;   // in all
    AdamStep adam;
    int32_t alive;  // 0 from the first loss on that was not finite
};

struct NetworkOptions {
    int max_batch;
    bool training;
    int device;
    Engine engine;
};

class CudaNetwork {
public:
    static std::unique_ptr<CudaNetwork> create(const int32_t* layers, int layer_count, int channels, int height,
                                               int width, const NetworkOptions& options);
    static size_t memory(const int32_t* layers, int layer_count, int channels, int height, int width,
                         const NetworkOptions& options);
    ~CudaNetwork();

    int64_t parameter_count() const { return parameter_count_; }
    int outputs() const { return dense_.back().out; }
    const NetworkOptions& options() const { return options_; }
    void enter() const { NHC_CHECK(cudaSetDevice(options_.device)); }

    void set_parameters(const float* parameters);
    void get_parameters(float* parameters) const { download(parameters, parameters_, parameter_count_, stream_); }
    void set_adam(const float* first, const float* second, int64_t steps);
    void get_adam(float* first, float* second, int64_t* steps) const;
    void set_head(double scale, const double* offset, const int32_t* positive, const int32_t* products, int count);
    void set_relative_loss(const double* origin, double floor, double knee);

    void forward(bool bits, const void* images, int batch, bool keep, float* outputs);
    void backward(const float* d_outputs);
    void input_gradient(const float* d_outputs, float* d_images);
    void get_gradient(float* gradient) const { download(gradient, gradient_, parameter_count_, stream_); }
    void adam_step(float rate);
    double train_step(bool bits, const void* images, const float* targets, int batch, float rate);
    void set_training_set(int samples, const uint8_t* images, const float* targets);
    int train(const int64_t* codes, int images, int batch, const float* rates, const int32_t* symmetries,
              double* losses);

    // For measurements.
    cudaStream_t stream() const { return stream_; }

private:
    CudaNetwork(const int32_t* layers, int layer_count, int channels, int height, int width,
                const NetworkOptions& options);

    static int fitting_batch(const int32_t* layers, int layer_count, int channels, int height, int width,
                             const NetworkOptions& options);
    void carve(Pool& pool);
    float* take_parameters(Pool& pool, bool wanted) const;
    void plan_layers(const int32_t* layers, int layer_count);
    size_t image_words() const { return size_t(height_) * row_words(width_); }
    // The convolution of a layer for the kind of input that is loaded.
    Convolution& convolution(size_t layer) {
        return *(layer == 0 && use_bits() ? bit_convolution_ : convolutions_[layer]);
    }
    bool use_bits() const { return input_is_bits_ && bit_convolution_ != nullptr; }
    ConvolutionInput input(size_t layer) const;
    int piece() const;
    void begin(StepState state);
    void set_stretch(int images, int steps);
    void load(bool bits, const void* images, int first, int count);
    void update();
    void run(int batch, bool keep);
    void run_back(int batch, bool weights, bool images);
    void dense_back(int batch, float* gradient);
    void learn(int batch, const float* rates, double* losses);
    void step(int batch);
    void adam_step();
    void changed();

    int channels_, height_, width_;
    NetworkOptions options_;
    std::vector<std::unique_ptr<Convolution>> convolutions_;
    std::unique_ptr<Convolution> bit_convolution_;  // of the first layer, null where that of planes takes bits
    std::vector<size_t> sizes_;                     // of an image before every convolution and after the last
    std::vector<DenseLayer> dense_;
    int64_t parameter_count_ = 0;

    cudaStream_t stream_ = nullptr;
    std::unique_ptr<Pool> pool_;
    float *parameters_ = nullptr, *gradient_ = nullptr, *first_ = nullptr, *second_ = nullptr;
    std::vector<float*> activations_;  // inputs of every convolution, then of the first dense layer
    uint32_t* bits_ = nullptr;
    bool input_is_bits_ = false;
    float *targets_ = nullptr, *derivatives_ = nullptr, *other_derivatives_ = nullptr;
    double *loss_sums_ = nullptr, *loss_ = nullptr;
    float* rate_ = nullptr;
    StepState* state_ = nullptr;
    int64_t* codes_ = nullptr;  // of a step
    Symmetry* symmetries_ = nullptr;
    void* scratch_ = nullptr;
    void* cublas_workspace_ = nullptr;
    DeviceHead head_ = {};
    DeviceLoss minimised_ = {};
    std::unique_ptr<Pool> head_memory_, minimised_memory_, set_memory_, stretch_memory_;
    std::unique_ptr<Pinned> staged_images_, staged_outputs_;
    std::map<int, Replay> steps_;                            // by images
    std::map<std::pair<bool, int>, Replay> forward_passes_;  // by bits or not and images
    int stretch_images_ = 0, stretch_steps_ = 0;             // that there is room for
    int64_t* stretch_codes_ = nullptr;
    float* stretch_rates_ = nullptr;
    double* stretch_losses_ = nullptr;
    int samples_ = 0;
    const uint32_t* sample_images_ = nullptr;
    const float* sample_targets_ = nullptr;
    int64_t adam_steps_ = 0;
    int kept_batch_ = 0;
    std::vector<bool> updated_;  // of the convolutions since the parameters changed; the last is that for bits
};

}  // namespace nanohooke
