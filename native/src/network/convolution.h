// SPDX-License-Identifier: Apache-2.0
//
// A convolution with bias, ReLU and max pooling in the frequency domain.
//
// With X, W, Y the spectra of the input (placed at offset `before`), the kernel and the output (both at the origin) of
// a circular cross-correlation of length N,
//   forward           Y[n][o]   = sum_c conj(W[o][c]) X[n][c]
//   backward, data    dX[n][c]  = sum_o W[o][c] dY[n][o]
//   backward, filter  dW[o][c]  = sum_n conj(dY[n][o]) X[n][c]
// Periodic padding is N = size. With zero padding what wraps around must fall on zeros, in all three: N >= size + k/2
// suffices, because the k - 1 zeros that a full convolution needs are shared by the two sides of the image. Each
// spectrum is made once and used twice.
//
// Layout: points of all planes of a chunk of images side by side, [point][image][channel]: the products then read and
// write straight through memory. Single-channel inputs keep [plane][point], as their product is one factor per plane
// and fused into the inverse transform.
#pragma once

#include <memory>
#include <vector>

#include "common/workers.h"
#include "fft/plane.h"
#include "network/arena.h"
#include "network/definition.h"
#include "network/edges.h"
#include "network/kernels.h"
#include "network/profile.h"

namespace nanohooke {

// Views of the flat arrays of a network.
struct LayerParameters {
    float *weight, *bias;
    float *weight_gradient, *bias_gradient;  // null in inference
};

// A batch of images or activations.
struct ImageBatch {
    int format;  // NH_IMAGES_*
    const void* data;
};

// Scratch memory of one worker.
struct WorkerScratch {
    PlaneScratch plane;
    float* staging;  // spectra of a few planes, on their way into or out of the layout of the weights
    float* folded;   // a kernel that is larger than the periodic image
    float* edges;    // EdgeConvolution::scratch_floats()
};

// Spectra of a chunk that live only within one stage; shared by all stages.
struct SharedSpectra {
    float *input, *output;
};

class ConvolutionStage {
public:
    ConvolutionStage(const KernelTable& kernels, const ConvolutionShape& shape, const LayerParameters& parameters,
                     int max_batch, bool training, int smallest_chunk, Arena& arena);

    const ConvolutionShape& shape() const { return shape_; }
    // Images that are worked on together; a power of two.
    int chunk() const { return chunk_; }
    size_t input_spectra_floats() const { return floats(chunk_ * shape_.in); }
    size_t output_spectra_floats() const { return floats(chunk_ * shape_.out); }
    size_t staging_floats() const;
    int longest_line() const;    // of its transforms
    int largest_extent() const;  // of the arrays that they take
    size_t edge_floats() const { return edges_ ? edges_->scratch_floats() : 0; }
    size_t folded_floats() const { return folds() ? size_t(kernel_at_.height()) * kernel_at_.width() : 0; }

    // Times go to this layer of the profile; null ends it.
    void set_profile(Profile* profile, size_t layer) {
        profile_ = profile;
        profile_layer_ = layer;
    }

    void update_weight_spectra(Workers& workers, const std::vector<WorkerScratch>& scratch);

    // Images first .. first + count - 1 of the batch, count <= chunk(), first a multiple of chunk(). in and out point
    // to the first of them; out is [image][out][out_height][out_width].
    void forward(const ImageBatch& in, float* out, int first, int count, const SharedSpectra& spectra, Workers& workers,
                 const std::vector<WorkerScratch>& scratch);

    // d_out as out; d_in [image][in][height][width] or null. Weight gradients are gathered over calls; the call with
    // first = 0 starts anew. A stage that works by edges cannot be asked for both.
    void backward(const float* d_out, float* d_in, bool weights, int first, int count, const SharedSpectra& spectra,
                  Workers& workers, const std::vector<WorkerScratch>& scratch);

    // After the last backward of a batch: gradients of weights and bias into the flat array.
    void finish_gradient(int batch, Workers& workers, const std::vector<WorkerScratch>& scratch);

private:
    struct Layout {  // strides in floats
        ptrdiff_t plane, point;
        size_t total;
    };

    Timed timed(Phase phase) const { return Timed(profile_, profile_layer_, phase); }
    Layout layout(int planes) const;
    size_t floats(int planes) const { return layout(planes).total; }
    size_t mask_words() const;  // of one plane; 0 if every element passes the gradient
    uint32_t* mask_of(size_t plane) const { return mask_words() > 0 ? masks_ + plane * mask_words() : nullptr; }
    float* input_spectra(int first) const { return saved_inputs_ + first / chunk_ * input_spectra_floats(); }
    void transform_gradients(const float* d_out, float* to, int first, Workers& workers,
                             const std::vector<WorkerScratch>& scratch) const;
    void find_edges(const ImageBatch& in, int first, int count, Workers& workers);
    void choose(int first, int count, bool all);
    int edge_slot(int image) const { return training_ ? image : image % chunk_; }
    void transform_inputs(const ImageBatch& in, float* spectra, Workers& workers,
                          const std::vector<WorkerScratch>& scratch) const;
    void transform_outputs(float* inputs, float* out, int first, const SharedSpectra& spectra, Workers& workers,
                           const std::vector<WorkerScratch>& scratch) const;
    void invert_weight_gradient(Workers& workers, const std::vector<WorkerScratch>& scratch);
    void multiply(const ComplexGemm& product, Workers& workers) const;
    // A kernel larger than the periodic image meets some pixels more than once: those weights count together.
    bool folds() const { return kernel_at_.height() < shape_.kernel || kernel_at_.width() < shape_.kernel; }
    const float* folded(const float* kernel, float* to) const;
    void unfold(const float* from, float* kernel) const;
    int group() const;  // planes of weights that pass through the staging memory together

    const KernelTable& kernels_;
    ConvolutionShape shape_;
    LayerParameters parameters_;
    PlaneTransform transform_;
    Placement input_at_, output_at_, kernel_at_;
    int chunk_, column_blocks_;
    bool training_;

    float* weight_spectra_;           // planes [out][in]
    float* weight_gradient_spectra_;  // the same; training
    float* saved_inputs_;             // training: input spectra, chunk after chunk
    uint32_t* masks_;                 // training: [image][out][rows][column blocks]
    float* bias_sums_;                // training: [image][out][column blocks]

    std::unique_ptr<EdgeConvolution> edges_;  // null: the layer does not suit
    std::vector<char> by_edges_;              // [image]
    std::vector<int> transformed_, edged_;    // images of the present chunk, counted from its first
    bool gradient_has_begun_ = false;         // weight_gradient_spectra_ holds images of this batch

    Profile* profile_ = nullptr;
    size_t profile_layer_ = 0;
};

}  // namespace nanohooke
