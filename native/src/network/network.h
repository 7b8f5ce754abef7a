// SPDX-License-Identifier: Apache-2.0
//
// The network behind the handle of nanohooke/network.h.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "common/workers.h"
#include "network/arena.h"
#include "network/convolution.h"
#include "network/definition.h"
#include "network/dense.h"
#include "network/head.h"
#include "network/kernels.h"

namespace nanohooke {

struct NetworkOptions {
    int max_batch;
    bool training;
    int threads;
};

class Network {
public:
    static std::unique_ptr<Network> create(const NetworkShape& shape, const NetworkOptions& options,
                                           const KernelTable& kernels);
    static size_t memory(const NetworkShape& shape, const NetworkOptions& options, const KernelTable& kernels);

    const NetworkShape& shape() const { return shape_; }
    const NetworkOptions& options() const { return options_; }
    const KernelTable& kernels() const { return kernels_; }
    size_t parameter_count() const { return parameter_count_; }

    void set_parameters(const float* parameters);
    const float* parameters() const { return parameters_; }
    const float* gradient() const;

    void set_adam(const float* first, const float* second, int64_t step);
    const float* first_moment() const { return first_moment_; }
    const float* second_moment() const { return second_moment_; }
    int64_t adam_steps() const { return adam_steps_; }

    Head& head() { return head_; }
    // Forward, loss, backward and Adam; a loss that is not finite changes nothing.
    double train_step(const ImageBatch& images, const float* targets, int batch, float rate);

    // The outputs [batch][outputs] stay valid until the next call.
    const float* forward(const ImageBatch& images, int batch);

    const float* forward_train(const ImageBatch& images, int batch);
    void backward(const float* d_outputs);
    void input_gradient(const float* d_outputs, float* d_images);
    void adam_step(float rate);

    // Processor time of the convolutions by layer, then of the dense layers together (Products) and of Adam (Outputs).
    size_t profile_layers() const { return convolutions_.size() + 2; }
    void set_profile(Profile* profile);

private:
    Network(const NetworkShape& shape, const NetworkOptions& options, const KernelTable& kernels,
            std::unique_ptr<Arena> arena);

    void run_convolutions(size_t stage, const ImageBatch& images, float* out, int first, int count);
    void run_convolutions_back(size_t stage, const float* d_out, float* d_images, bool weights, int first, int count);
    void run_back(const float* d_outputs, float* d_images, bool weights);
    void take_features(const ImageBatch& images, int batch);
    ImageBatch images_from(const ImageBatch& images, int first) const;
    void update_spectra();

    NetworkShape shape_;
    NetworkOptions options_;
    const KernelTable& kernels_;
    std::unique_ptr<Arena> arena_;

    size_t parameter_count_;
    float *parameters_, *gradient_, *first_moment_, *second_moment_;
    int64_t adam_steps_ = 0;

    std::vector<ConvolutionStage> convolutions_;
    std::vector<DenseStage> dense_;
    // Inputs of convolution i > 0 for one of its chunks; going back, the gradients of the same.
    std::vector<float*> activations_;
    float* features_ = nullptr;                         // inputs of the first dense layer, [max_batch][...]
    float *d_features_ = nullptr, *d_other_ = nullptr;  // gradients between dense layers take turns
    SharedSpectra spectra_ = {};
    std::vector<WorkerScratch> scratch_;
    std::vector<float*> panels_;

    Head head_;
    std::vector<float> d_outputs_;
    bool spectra_are_current_ = false;
    int pending_batch_ = 0;  // of the last forward_train whose spectra and masks are still there
    bool has_gradient_ = false;
    std::unique_ptr<Workers> workers_;
    Profile* profile_ = nullptr;
};

}  // namespace nanohooke
