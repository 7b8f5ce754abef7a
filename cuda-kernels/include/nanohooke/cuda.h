// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * Convolutional network on one GPU of NVIDIA: inference and training, convolutions in the frequency domain, everything
 * by own kernels. Definitions, layouts and meanings are those of nanohooke/network.h, the library for the CPU.
 *
 * Every function but nhc_last_error and nhc_destroy returns a status; after anything but NHC_OK the thread's message is
 * in nhc_last_error(). A handle must not be used by two threads at once. Arrays are in the host's memory. Sums have a
 * fixed order and there are no atomics: the same calls give the same bits every run.
 */
#ifndef NANOHOOKE_CUDA_H
#define NANOHOOKE_CUDA_H

#include <stdint.h>

#if defined(_WIN32)
#define NHC_API __declspec(dllexport)
#else
#define NHC_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NHC_OK = 0,
    NHC_BAD_ARGUMENT = 1,
    NHC_CUDA = 2,          /**< a call of the CUDA runtime failed: call, status and place are in the message */
    NHC_OUT_OF_MEMORY = 3, /**< the device has too little memory free: needed and free bytes are in the message */
    NHC_NOT_BUILT = 4      /**< this library was built without nvcc */
};

/** Kinds of layer: the first of the four numbers of a layer; then outputs, kernel, and 1 for periodic padding. */
enum { NHC_CONVOLUTION = 1, NHC_RELU = 2, NHC_MAX_POOL = 3, NHC_DENSE = 4 };

/** Numbers of one layer in a definition. */
enum { NHC_LAYER_NUMBERS = 4 };

/** What computes the convolutions: own kernels, or cuDNN (nanohooke/cuda_cudnn.h). */
enum { NHC_ENGINE_FFT = 0, NHC_ENGINE_CUDNN = 1 };

/** In what arithmetic: nothing but NHC_FP32 rounds products or inputs further. */
enum { NHC_FP32 = 0, NHC_TF32 = 1, NHC_BF16 = 2 };

/** Symmetries of the square; a training set has targets for each. */
enum { NHC_SYMMETRIES = 8 };

/** A network; made by nhc_create, ended by nhc_destroy. */
typedef struct nhc_network nhc_network;

/** What the last call of this thread that failed had to say. */
NHC_API const char* nhc_last_error(void);

/** Devices that CUDA offers; NHC_CUDA where there is no driver, which the message says. */
NHC_API int nhc_device_count(int32_t* count);

/** Name and compute capability, for example "NVIDIA H100 80GB HBM3, compute capability 9.0". */
NHC_API int nhc_device_name(int32_t device, char* name, int32_t capacity);

/** Bytes of device memory that nhc_create would take for the same arguments. */
NHC_API int nhc_memory(const int32_t* layers, int32_t layer_count, int32_t channels, int32_t height, int32_t width,
                       int32_t max_batch, int32_t training, int32_t engine, int32_t precision, int64_t* bytes);

/**
 * Makes a network with all parameters zero.
 *
 * @param layers    NHC_LAYER_NUMBERS numbers a layer
 * @param training  not 0 where derivatives will be asked for
 * @param device    0 ... nhc_device_count - 1
 * @param engine    NHC_ENGINE_FFT
 * @param precision NHC_FP32; an engine refuses what it does not offer
 * @param network   the new network; null after an error
 */
NHC_API int nhc_create(const int32_t* layers, int32_t layer_count, int32_t channels, int32_t height, int32_t width,
                       int32_t max_batch, int32_t training, int32_t device, int32_t engine, int32_t precision,
                       nhc_network** network);

/** Frees the network; null is allowed. */
NHC_API void nhc_destroy(nhc_network* network);

NHC_API int nhc_set_parameters(nhc_network* network, const float* parameters);
NHC_API int nhc_get_parameters(nhc_network* network, float* parameters);
NHC_API int nhc_set_adam(nhc_network* network, const float* first, const float* second, int64_t steps);
NHC_API int nhc_get_adam(nhc_network* network, float* first, float* second, int64_t* steps);

/**
 * value_k = scale * sum over the products of k of l_left * l_right, with z = raw + offset and l_i = ln(1 + exp z_i)
 * where positive[i] is not 0, else z_i; until it is called, value = raw.
 *
 * @param products output, left, right; product_count times
 */
NHC_API int nhc_set_head(nhc_network* network, double scale, const double* offset, const int32_t* positive,
                         const int32_t* products, int32_t product_count);

/**
 * From here on training minimises the mean over images of sqrt(r^2 + knee^2), with the relative error
 * r^2 = sum (value - target)^2 / (sum (target - origin)^2 + outputs floor^2); until then, and after nhc_set_head, the
 * mean squared error. That is the loss that is given back all the same.
 *
 * @param origin the targets of nothing, one an output
 * @param floor  positive
 * @param knee   positive
 */
NHC_API int nhc_set_relative_loss(nhc_network* network, const double* origin, double floor, double knee);

/**
 * Raw outputs [image][output].
 *
 * @param bits   not 0 for one bit a pixel (rows padded to bytes, least significant first), else float32
 * @param keep   not 0 where nhc_backward or nhc_input_gradient will follow
 */
NHC_API int nhc_forward(nhc_network* network, int32_t bits, const void* images, int32_t batch, int32_t keep,
                        float* outputs);

/** Gradient by the parameters of sum of d_outputs * output, for the batch that was kept. It stays on the device. */
NHC_API int nhc_backward(nhc_network* network, const float* d_outputs);

/** The same by the images; the gradient of the parameters is left alone. */
NHC_API int nhc_input_gradient(nhc_network* network, const float* d_outputs, float* d_images);

NHC_API int nhc_get_gradient(nhc_network* network, float* gradient);
NHC_API int nhc_adam_step(nhc_network* network, float rate);

/** One training step; a loss that is not finite is returned and changes nothing else. */
NHC_API int nhc_train_step(nhc_network* network, int32_t bits, const void* images, const float* targets, int32_t batch,
                           float rate, double* loss);

/**
 * Copies the samples that nhc_train names to the device.
 *
 * @param images  square, one bit a pixel, one after the other
 * @param targets [sample][NHC_SYMMETRIES][output]
 */
NHC_API int nhc_set_training_set(nhc_network* network, int32_t samples, const uint8_t* images, const float* targets);

/**
 * A stretch of training steps without a word between host and device.
 *
 * @param codes   of images: bits 0-31 the sample, 32-34 the symmetry, 35-48 rows, 49-62 columns of the shift
 * @param batch   images a step; the last one takes what is left
 * @param rates   of every step
 * @param symmetries xx, xy, yx, yy of each: (x, y) goes to (xx x + xy y, yx x + yy y) about the image's middle
 * @param losses  receives the loss before every step
 * @param written losses up to the first that is not finite; the steps after it do nothing
 */
NHC_API int nhc_train(nhc_network* network, const int64_t* codes, int32_t images, int32_t batch, const float* rates,
                      const int32_t* symmetries, double* losses, int32_t* written);

#ifdef __cplusplus
}
#endif

#endif
