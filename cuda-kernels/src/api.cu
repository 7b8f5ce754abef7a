// SPDX-License-Identifier: Apache-2.0
//
// The C interface: checks what comes in, lets no exception out.
#include <cmath>
#include <cstring>

#include "api.h"

using nanohooke::CudaNetwork;
using nanohooke::guarded;
using nanohooke::NetworkOptions;
using nanohooke::require;
using nanohooke::require_pointer;

std::string& nanohooke::last_error() {
    static thread_local std::string message;
    return message;
}

namespace {

// The network behind a handle, its device current on this thread.
CudaNetwork& entered(nhc_network* handle, bool training = false) {
    require(handle != nullptr, "network must not be null");
    CudaNetwork& network = *handle->network;
    require(!training || network.options().training, "this network was made for inference");
    network.enter();
    return network;
}

void require_batch(const CudaNetwork& network, int batch) {
    require(
        batch >= 1 && batch <= network.options().max_batch,
        "a batch has 1 to " + std::to_string(network.options().max_batch) + " images, not " + std::to_string(batch));
}

void require_rate(float rate) {
    require(std::isfinite(rate) && rate >= 0.0f, "the learning rate must be finite and not negative");
}

NetworkOptions options(int32_t max_batch, int32_t training, int32_t device, int32_t engine, int32_t precision) {
    require(max_batch >= 1, "max_batch must be at least 1, not " + std::to_string(max_batch));
    require(engine == NHC_ENGINE_FFT, "there is no engine " + std::to_string(engine));
    require(precision == NHC_FP32, "engine fft computes in fp32 only");
    return {max_batch, training != 0, device, {engine, precision, nullptr}};
}

}  // namespace

extern "C" {

const char* nhc_last_error(void) { return nanohooke::last_error().c_str(); }

int nhc_device_count(int32_t* count) {
    return guarded([&] {
        require_pointer(count, "count");
        int found = 0;
        NHC_CHECK(cudaGetDeviceCount(&found));
        *count = found;
    });
}

int nhc_device_name(int32_t device, char* name, int32_t capacity) {
    return guarded([&] {
        require(name != nullptr && capacity > 0, "name needs room");
        cudaDeviceProp properties;
        NHC_CHECK(cudaGetDeviceProperties(&properties, device));
        const std::string text = std::string(properties.name) + ", compute capability " +
                                 std::to_string(properties.major) + "." + std::to_string(properties.minor);
        std::strncpy(name, text.c_str(), capacity - 1);
        name[capacity - 1] = '\0';
    });
}

int nhc_memory(const int32_t* layers, int32_t layer_count, int32_t channels, int32_t height, int32_t width,
               int32_t max_batch, int32_t training, int32_t engine, int32_t precision, int64_t* bytes) {
    return guarded([&] {
        require_pointer(layers, "layers");
        require_pointer(bytes, "bytes");
        *bytes = static_cast<int64_t>(CudaNetwork::memory(layers, layer_count, channels, height, width,
                                                          options(max_batch, training, 0, engine, precision)));
    });
}

int nhc_create(const int32_t* layers, int32_t layer_count, int32_t channels, int32_t height, int32_t width,
               int32_t max_batch, int32_t training, int32_t device, int32_t engine, int32_t precision,
               nhc_network** network) {
    return guarded([&] {
        require_pointer(network, "network");
        *network = nullptr;
        require_pointer(layers, "layers");
        auto handle = std::make_unique<nhc_network>();
        handle->network = CudaNetwork::create(layers, layer_count, channels, height, width,
                                              options(max_batch, training, device, engine, precision));
        *network = handle.release();
    });
}

void nhc_destroy(nhc_network* network) { delete network; }

int nhc_set_parameters(nhc_network* network, const float* parameters) {
    return guarded([&] {
        require_pointer(parameters, "parameters");
        entered(network).set_parameters(parameters);
    });
}

int nhc_get_parameters(nhc_network* network, float* parameters) {
    return guarded([&] {
        require_pointer(parameters, "parameters");
        entered(network).get_parameters(parameters);
    });
}

int nhc_set_adam(nhc_network* network, const float* first, const float* second, int64_t steps) {
    return guarded([&] {
        require_pointer(first, "first");
        require_pointer(second, "second");
        entered(network, true).set_adam(first, second, steps);
    });
}

int nhc_get_adam(nhc_network* network, float* first, float* second, int64_t* steps) {
    return guarded([&] {
        require_pointer(first, "first");
        require_pointer(second, "second");
        require_pointer(steps, "steps");
        entered(network, true).get_adam(first, second, steps);
    });
}

int nhc_set_head(nhc_network* network, double scale, const double* offset, const int32_t* positive,
                 const int32_t* products, int32_t product_count) {
    return guarded([&] {
        require_pointer(offset, "offset");
        require_pointer(positive, "positive");
        require_pointer(products, "products");
        CudaNetwork& n = entered(network, true);
        require(product_count >= 1, "a squared factor needs its products");
        for (int32_t i = 0; i < 3 * product_count; i++) {
            require(products[i] >= 0 && products[i] < n.outputs(),
                    "a product of the head names output " + std::to_string(products[i]) + "; there are 0 to " +
                        std::to_string(n.outputs() - 1));
        }
        n.set_head(scale, offset, positive, products, product_count);
    });
}

int nhc_set_relative_loss(nhc_network* network, const double* origin, double floor, double knee) {
    return guarded([&] {
        require_pointer(origin, "origin");
        CudaNetwork& n = entered(network, true);
        require(std::isfinite(floor) && floor > 0, "the floor of a relative loss must be finite and positive");
        require(std::isfinite(knee) && knee > 0, "the knee of a relative loss must be finite and positive");
        n.set_relative_loss(origin, floor, knee);
    });
}

int nhc_forward(nhc_network* network, int32_t bits, const void* images, int32_t batch, int32_t keep, float* outputs) {
    return guarded([&] {
        require_pointer(images, "images");
        require_pointer(outputs, "outputs");
        CudaNetwork& n = entered(network, keep != 0);
        require_batch(n, batch);
        n.forward(bits != 0, images, batch, keep != 0, outputs);
    });
}

int nhc_backward(nhc_network* network, const float* d_outputs) {
    return guarded([&] {
        require_pointer(d_outputs, "d_outputs");
        entered(network, true).backward(d_outputs);
    });
}

int nhc_input_gradient(nhc_network* network, const float* d_outputs, float* d_images) {
    return guarded([&] {
        require_pointer(d_outputs, "d_outputs");
        require_pointer(d_images, "d_images");
        entered(network, true).input_gradient(d_outputs, d_images);
    });
}

int nhc_get_gradient(nhc_network* network, float* gradient) {
    return guarded([&] {
        require_pointer(gradient, "gradient");
        entered(network, true).get_gradient(gradient);
    });
}

int nhc_adam_step(nhc_network* network, float rate) {
    return guarded([&] {
        require_rate(rate);
        entered(network, true).adam_step(rate);
    });
}

int nhc_train_step(nhc_network* network, int32_t bits, const void* images, const float* targets, int32_t batch,
                   float rate, double* loss) {
    return guarded([&] {
        require_pointer(images, "images");
        require_pointer(targets, "targets");
        require_pointer(loss, "loss");
        require_rate(rate);
        CudaNetwork& n = entered(network, true);
        require_batch(n, batch);
        *loss = n.train_step(bits != 0, images, targets, batch, rate);
    });
}

int nhc_set_training_set(nhc_network* network, int32_t samples, const uint8_t* images, const float* targets) {
    return guarded([&] {
        require_pointer(images, "images");
        require_pointer(targets, "targets");
        require(samples >= 1, "a training set needs samples");
        entered(network, true).set_training_set(samples, images, targets);
    });
}

int nhc_train(nhc_network* network, const int64_t* codes, int32_t images, int32_t batch, const float* rates,
              const int32_t* symmetries, double* losses, int32_t* written) {
    return guarded([&] {
        for (const void* pointer :
             {static_cast<const void*>(codes), static_cast<const void*>(rates), static_cast<const void*>(symmetries),
              static_cast<const void*>(losses), static_cast<const void*>(written)}) {
            require_pointer(pointer, "an argument of nhc_train");
        }
        CudaNetwork& n = entered(network, true);
        require_batch(n, batch);
        require(images >= 1, "a stretch needs images");
        *written = n.train(codes, images, batch, rates, symmetries, losses);
    });
}

}  // extern "C"
