// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * Convolutional network on the CPU: inference and training with convolutions done in the frequency domain.
 *
 * The network owns its tensors, parameters, optimiser state, scratch memory and threads; the caller holds an
 * opaque handle and speaks to it in whole batches. Every function returns a status (status.h); after anything but
 * NH_OK the thread's message is in nh_last_error(). A handle must not be used by two threads at once; different
 * handles may.
 *
 * **Convolution.** Cross-correlation, as in PyTorch's Conv2d:
 *   y[o][r][s] = b[o] + sum over c, i, j of w[o][c][i][j] * x[c][r + i - before][s + j - before],
 *   before = (k - 1) / 2 (integer division), so that a kernel of even size k reaches k/2 pixels to the right and
 *   below: 9 and 10 for k = 20. Outside the image x is zero (NH_PADDING_ZERO) or repeats (NH_PADDING_PERIODIC).
 *   The image size never changes in a convolution.
 *
 * **Speed and sizes.** Every size works. Fast transforms exist for the lengths 16, 20, 24, 27, 32, 36, 40, 42, 45, 48,
 *   64, 75, 80, 96, 128, 140, 144, 160, 192, 256, 270 and 320. Zero padding uses any length >= size + k/2 and picks a
 *   fast one nearby; periodic padding needs exactly the image's size, so sizes in that list are fast and all others
 *   run through a general transform (two to four times slower; quadratic in prime factors above 7). Binary images
 *   whose first layer is a pooled convolution are done by their edges where they have few of them.
 *
 * **Determinism.** Outputs are bitwise the same for every number of threads and for every split of the images into
 *   batches; gradients and training steps for every number of threads. Instruction sets differ in rounding.
 */
#ifndef NANOHOOKE_NETWORK_H
#define NANOHOOKE_NETWORK_H

#include <stdint.h>

#include "nanohooke/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A network; made by nh_network_create, ended by nh_network_destroy. */
typedef struct nh_network nh_network;

/** Kinds of layer, with the meaning of the other fields of nh_layer. */
enum {
    NH_LAYER_CONVOLUTION = 1, /**< outputs = channels, kernel = side of the square kernel, padding; has a bias */
    NH_LAYER_RELU = 2,        /**< max(x, 0), directly after a convolution or a dense layer */
    NH_LAYER_MAX_POOL = 3,    /**< 2 x 2, stride 2, after a convolution (and its ReLU); needs an even image size */
    NH_LAYER_DENSE = 4        /**< outputs = units; has a bias; flattens [channel][row][column] when it is the first */
};

enum {
    NH_PADDING_ZERO = 0,    /**< 'same' size, zeros outside */
    NH_PADDING_PERIODIC = 1 /**< circular: right for a periodic cell, and cheaper */
};

/** What the network is for: inference keeps no gradients, no optimiser state and little scratch memory. */
enum { NH_MODE_INFERENCE = 0, NH_MODE_TRAINING = 1 };

/** Instruction sets. AUTO takes the best that this machine and this library have. */
enum { NH_ISA_AUTO = 0, NH_ISA_PLAIN = 1, NH_ISA_AVX2 = 2, NH_ISA_AVX512 = 3 };

/** Formats of a batch of images. */
enum {
    /** float32 [image][channel][row][column] */
    NH_IMAGES_FLOAT = 0,
    /**
     * One bit per pixel, one channel: pixel (row, column) of an image is bit column % 8 (least significant first) of
     * byte row * ((columns + 7) / 8) + column / 8; 1 counts as 1.0f, 0 as 0.0f. 256 x 256 pixels take 8192 bytes.
     * This is the order of java.util.BitSet.toByteArray for widths that are multiples of 8.
     */
    NH_IMAGES_BITS = 1
};

/** One layer of a network. Fields that a kind does not use must be 0. */
typedef struct nh_layer {
    int32_t kind;
    int32_t outputs;
    int32_t kernel;
    int32_t padding;
} nh_layer;

/**
 * A network as data: an input [channels][height][width] and layers in order: any number of convolutions (each may be
 * followed by a ReLU, then a max pool), then at least one dense layer (each may be followed by a ReLU).
 */
typedef struct nh_network_definition {
    int32_t channels;
    int32_t height;
    int32_t width;
    int32_t layer_count;
    const nh_layer* layers; /**< read by nh_network_create only */
} nh_network_definition;

/** What follows the last layer in training. */
enum {
    NH_HEAD_DIRECT = 0,        /**< value_k = raw_k; the other fields of nh_head are not read */
    NH_HEAD_SQUARED_FACTOR = 1 /**< entries of a matrix that is a factor times its transpose, see nh_head */
};

/** One product of two entries of a factor that is a term of a value's sum. */
typedef struct nh_head_product {
    int32_t output;
    int32_t left;
    int32_t right;
} nh_head_product;

/**
 * From the raw outputs of an image to the values that the loss compares with targets:
 *   value_k = scale * sum over the products of k of l_left * l_right, with z = raw + offset and
 *   l_i = ln(1 + exp z_i) where positive[i] is not 0, else z_i.
 * Computed in double precision.
 */
typedef struct nh_head {
    int32_t kind;
    int32_t product_count;
    double scale;
    const double* offset;            /**< [outputs] */
    const int32_t* positive;         /**< [outputs] */
    const nh_head_product* products; /**< in the order of summation */
} nh_head;

/** Where one layer's weights lie in the flat array of parameters (counts and offsets in floats). */
typedef struct nh_parameter_block {
    int32_t layer;         /**< index into the definition's layers */
    int32_t outputs;       /**< channels or units out */
    int32_t inputs;        /**< channels or units in */
    int32_t kernel;        /**< side of the kernel; 0 for a dense layer */
    int64_t weight_offset; /**< convolution: w[outputs][inputs][kernel][kernel]; dense: w[outputs][inputs] */
    int64_t weight_count;
    int64_t bias_offset; /**< b[outputs], directly after the weights */
    int64_t bias_count;
} nh_parameter_block;

/**
 * Makes a network with all parameters zero.
 *
 * @param definition the layers
 * @param max_batch  the largest batch of any later call, at least 1
 * @param mode       NH_MODE_INFERENCE or NH_MODE_TRAINING
 * @param threads    threads that work on one call, the caller's included, 1 to 256
 * @param isa        NH_ISA_AUTO, or one that must be used: NH_UNSUPPORTED if this machine or library lacks it
 * @param network    the new network; null after an error
 */
NH_API int nh_network_create(const nh_network_definition* definition, int32_t max_batch, int32_t mode, int32_t threads,
                             int32_t isa, nh_network** network);

/** Frees the network; null is allowed. */
NH_API void nh_network_destroy(nh_network* network);

/** The bytes that nh_network_create would allocate for these arguments, within a few per cent. */
NH_API int nh_network_memory(const nh_network_definition* definition, int32_t max_batch, int32_t mode, int32_t threads,
                             int64_t* bytes);

/** The instruction set in use ("plain", "avx2", "avx512"): NH_ISA_* and a name that lives as long as the library. */
NH_API int nh_network_isa(const nh_network* network, int32_t* isa, const char** name);

/** Number of floats in the flat array of parameters, and of outputs per image. */
NH_API int nh_network_sizes(const nh_network* network, int64_t* parameters, int32_t* outputs);

/** Fills at most capacity blocks, one for each convolution and dense layer in order; count is how many there are. */
NH_API int nh_network_parameter_blocks(const nh_network* network, nh_parameter_block* blocks, int32_t capacity,
                                       int32_t* count);

/** Copies all parameters (nh_network_sizes floats) in or out. Non-finite values are refused by the setter. */
NH_API int nh_network_set_parameters(nh_network* network, const float* parameters);
NH_API int nh_network_get_parameters(const nh_network* network, float* parameters);

/**
 * Adam's state: first and second moments (each as long as the parameters) and the number of steps taken.
 * Setting parameters, moments and step restores a training run to the bit. NH_MODE_TRAINING only.
 */
NH_API int nh_network_set_adam(nh_network* network, const float* first, const float* second, int64_t step);
NH_API int nh_network_get_adam(const nh_network* network, float* first, float* second, int64_t* step);

/**
 * Inference: outputs[batch][outputs of the last layer].
 *
 * @param format NH_IMAGES_FLOAT or NH_IMAGES_BITS
 */
NH_API int nh_network_forward(nh_network* network, int32_t format, const void* images, int32_t batch, float* outputs);

/** Sets what follows the last layer in nh_network_train_step; NH_HEAD_DIRECT until then. NH_MODE_TRAINING only. */
NH_API int nh_network_set_head(nh_network* network, const nh_head* head);

/**
 * From here on nh_network_train_step minimises the mean over images of sqrt(r^2 + knee^2), with the relative error
 *   r^2 = sum (value - target)^2 / (sum (target - origin)^2 + outputs floor^2)
 * of an image: not its square, so that a few images with large errors do not outweigh all others. Until then, and after
 * nh_network_set_head, the mean squared error. NH_MODE_TRAINING only.
 *
 * @param origin [outputs] the targets of nothing
 * @param floor  what counts as little in a target, positive
 * @param knee   the relative error below which it is squared all the same, positive
 */
NH_API int nh_network_set_relative_loss(nh_network* network, const double* origin, double floor, double knee);

/**
 * One training step: forward, the head (nh_network_set_head), mean squared error over all outputs of the batch
 * loss = sum (value - target)^2 / (batch * outputs), backward, Adam. What is minimised is the loss, unless
 * nh_network_set_relative_loss has set something else; it is what is given back all the same. A loss that is not
 * finite leaves the parameters and Adam's state as they were and returns NH_NOT_FINITE (loss is written all the same).
 *
 * @param targets [batch][outputs]
 * @param rate    the learning rate, >= 0
 */
NH_API int nh_network_train_step(nh_network* network, int32_t format, const void* images, const float* targets,
                                 int32_t batch, float rate, double* loss);

/** As nh_network_forward, and keeps what nh_network_backward needs. NH_MODE_TRAINING only. */
NH_API int nh_network_forward_train(nh_network* network, int32_t format, const void* images, int32_t batch,
                                    float* outputs);

/**
 * Gradients of sum over images and outputs of d_outputs * output, for the batch of the last nh_network_forward_train.
 * The gradient of the parameters stays in the network (nh_network_get_gradient, nh_network_adam_step); a second call
 * replaces it.
 *
 * @param d_outputs [batch][outputs], for instance d loss / d output
 */
NH_API int nh_network_backward(nh_network* network, const float* d_outputs);

/**
 * As nh_network_backward, but for the image: d_images float32 [batch][channel][row][column]. The gradient of the
 * parameters is left alone.
 */
NH_API int nh_network_input_gradient(nh_network* network, const float* d_outputs, float* d_images);

/** The gradient of the last nh_network_backward or nh_network_train_step, in the order of the parameters. */
NH_API int nh_network_get_gradient(const nh_network* network, float* gradient);

/**
 * One step of Adam with the gradient of the last nh_network_backward: Kingma and Ba (arXiv 1412.6980), algorithm 1,
 * beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 added to the root of the *corrected* second moment, as PyTorch does
 * (Keras adds it to the uncorrected one; the two agree where the root is large against 1e-7).
 */
NH_API int nh_network_adam_step(nh_network* network, float rate);

#ifdef __cplusplus
}
#endif

#endif
