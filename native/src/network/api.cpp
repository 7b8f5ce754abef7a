// SPDX-License-Identifier: Apache-2.0
//
// The C interface: checks what comes in, lets no exception out.
#include <cmath>
#include <cstring>
#include <string>

#include "common/error.h"
#include "nanohooke/network.h"
#include "network/network.h"

using nanohooke::Error;
using nanohooke::guarded;
using nanohooke::ImageBatch;
using nanohooke::KernelTable;
using nanohooke::Network;
using nanohooke::NetworkOptions;
using nanohooke::require;

struct nh_network {
    std::unique_ptr<Network> network;
};

namespace {

constexpr int kMaxBatch = 1 << 16, kMaxThreads = 256;

void require_pointer(const void* pointer, const char* name) {
    require(pointer != nullptr, std::string(name) + " must not be null");
}

Network& network_of(nh_network* handle) {
    require_pointer(handle, "network");
    return *handle->network;
}

const Network& network_of(const nh_network* handle) {
    require_pointer(handle, "network");
    return *handle->network;
}

NetworkOptions checked_options(int32_t max_batch, int32_t mode, int32_t threads) {
    require(max_batch >= 1 && max_batch <= kMaxBatch, "max_batch must be 1 to 65536, not " + std::to_string(max_batch));
    require(mode == NH_MODE_INFERENCE || mode == NH_MODE_TRAINING, "unknown mode " + std::to_string(mode));
    require(threads >= 1 && threads <= kMaxThreads, "threads must be 1 to 256, not " + std::to_string(threads));
    return {max_batch, mode == NH_MODE_TRAINING, threads};
}

const KernelTable& checked_kernels(int32_t isa) {
    require(isa >= NH_ISA_AUTO && isa <= NH_ISA_AVX512, "unknown instruction set " + std::to_string(isa));
    const KernelTable* kernels = nanohooke::find_kernels(isa);
    if (kernels == nullptr) {
        static const char* const names[] = {"auto", "plain", "avx2", "avx512"};
        throw Error(NH_UNSUPPORTED, std::string("this machine or this build of the library has no ") + names[isa] +
                                        "; use NH_ISA_AUTO or NH_ISA_PLAIN");
    }
    return *kernels;
}

ImageBatch checked_batch(const Network& network, int32_t format, const void* images, int32_t batch) {
    require_pointer(images, "images");
    require(format == NH_IMAGES_FLOAT || format == NH_IMAGES_BITS, "unknown image format " + std::to_string(format));
    require(format == NH_IMAGES_FLOAT || network.shape().channels == 1,
            "bit images have one channel, this network takes " + std::to_string(network.shape().channels));
    require(batch >= 1 && batch <= network.options().max_batch,
            "batch must be 1 to " + std::to_string(network.options().max_batch) +
                " (max_batch of nh_network_create), not " + std::to_string(batch));
    return {format, images};
}

void require_training(const Network& network) {
    require(network.options().training, "this network was made for inference; make it with NH_MODE_TRAINING");
}

void check_rate(float rate) {
    require(std::isfinite(rate) && rate >= 0.0f, "the learning rate must be finite and not negative");
}

size_t output_count(const Network& network, int batch) {
    return static_cast<size_t>(batch) * network.shape().outputs();
}

}  // namespace

extern "C" {

int nh_network_create(const nh_network_definition* definition, int32_t max_batch, int32_t mode, int32_t threads,
                      int32_t isa, nh_network** network) {
    return guarded([&] {
        require_pointer(network, "network");
        *network = nullptr;
        require_pointer(definition, "definition");
        auto handle = std::make_unique<nh_network>();
        handle->network = Network::create(nanohooke::checked_shape(*definition),
                                          checked_options(max_batch, mode, threads), checked_kernels(isa));
        *network = handle.release();
    });
}

void nh_network_destroy(nh_network* network) { delete network; }

int nh_network_memory(const nh_network_definition* definition, int32_t max_batch, int32_t mode, int32_t threads,
                      int64_t* bytes) {
    return guarded([&] {
        require_pointer(definition, "definition");
        require_pointer(bytes, "bytes");
        *bytes = static_cast<int64_t>(Network::memory(nanohooke::checked_shape(*definition),
                                                      checked_options(max_batch, mode, threads),
                                                      checked_kernels(NH_ISA_AUTO)));
    });
}

int nh_network_isa(const nh_network* network, int32_t* isa, const char** name) {
    return guarded([&] {
        const KernelTable& kernels = network_of(network).kernels();
        if (isa) *isa = kernels.isa;
        if (name) *name = kernels.name;
    });
}

int nh_network_sizes(const nh_network* network, int64_t* parameters, int32_t* outputs) {
    return guarded([&] {
        if (parameters) *parameters = static_cast<int64_t>(network_of(network).parameter_count());
        if (outputs) *outputs = network_of(network).shape().outputs();
    });
}

int nh_network_parameter_blocks(const nh_network* network, nh_parameter_block* blocks, int32_t capacity,
                                int32_t* count) {
    return guarded([&] {
        require(capacity == 0 || blocks != nullptr, "blocks must not be null");
        require_pointer(count, "count");
        const auto all = network_of(network).shape().parameter_blocks();
        *count = static_cast<int32_t>(all.size());
        for (int32_t i = 0; i < capacity && i < *count; i++) blocks[i] = all[i];
    });
}

int nh_network_set_parameters(nh_network* network, const float* parameters) {
    return guarded([&] {
        require_pointer(parameters, "parameters");
        network_of(network).set_parameters(parameters);
    });
}

int nh_network_get_parameters(const nh_network* network, float* parameters) {
    return guarded([&] {
        require_pointer(parameters, "parameters");
        const Network& n = network_of(network);
        std::memcpy(parameters, n.parameters(), n.parameter_count() * sizeof(float));
    });
}

int nh_network_set_adam(nh_network* network, const float* first, const float* second, int64_t step) {
    return guarded([&] {
        require_pointer(first, "first");
        require_pointer(second, "second");
        require_training(network_of(network));
        network_of(network).set_adam(first, second, step);
    });
}

int nh_network_get_adam(const nh_network* network, float* first, float* second, int64_t* step) {
    return guarded([&] {
        require_pointer(first, "first");
        require_pointer(second, "second");
        require_pointer(step, "step");
        const Network& n = network_of(network);
        require_training(n);
        std::memcpy(first, n.first_moment(), n.parameter_count() * sizeof(float));
        std::memcpy(second, n.second_moment(), n.parameter_count() * sizeof(float));
        *step = n.adam_steps();
    });
}

int nh_network_forward(nh_network* network, int32_t format, const void* images, int32_t batch, float* outputs) {
    return guarded([&] {
        Network& n = network_of(network);
        require_pointer(outputs, "outputs");
        const float* result = n.forward(checked_batch(n, format, images, batch), batch);
        std::memcpy(outputs, result, output_count(n, batch) * sizeof(float));
    });
}

int nh_network_set_head(nh_network* network, const nh_head* head) {
    return guarded([&] {
        require_pointer(head, "head");
        Network& n = network_of(network);
        require_training(n);
        n.head() = nanohooke::Head(*head, n.shape().outputs());
    });
}

int nh_network_set_relative_loss(nh_network* network, const double* origin, double floor, double knee) {
    return guarded([&] {
        require_pointer(origin, "origin");
        Network& n = network_of(network);
        require_training(n);
        n.head().minimise_relative(origin, floor, knee, n.shape().outputs());
    });
}

int nh_network_train_step(nh_network* network, int32_t format, const void* images, const float* targets, int32_t batch,
                          float rate, double* loss) {
    return guarded([&] {
        Network& n = network_of(network);
        require_training(n);
        require_pointer(targets, "targets");
        require_pointer(loss, "loss");
        check_rate(rate);
        *loss = n.train_step(checked_batch(n, format, images, batch), targets, batch, rate);
        if (!std::isfinite(*loss)) throw Error(NH_NOT_FINITE, "the loss is not finite; no step was taken");
    });
}

int nh_network_forward_train(nh_network* network, int32_t format, const void* images, int32_t batch, float* outputs) {
    return guarded([&] {
        Network& n = network_of(network);
        require_training(n);
        require_pointer(outputs, "outputs");
        const float* result = n.forward_train(checked_batch(n, format, images, batch), batch);
        std::memcpy(outputs, result, output_count(n, batch) * sizeof(float));
    });
}

int nh_network_backward(nh_network* network, const float* d_outputs) {
    return guarded([&] {
        require_pointer(d_outputs, "d_outputs");
        require_training(network_of(network));
        network_of(network).backward(d_outputs);
    });
}

int nh_network_input_gradient(nh_network* network, const float* d_outputs, float* d_images) {
    return guarded([&] {
        require_pointer(d_outputs, "d_outputs");
        require_pointer(d_images, "d_images");
        require_training(network_of(network));
        network_of(network).input_gradient(d_outputs, d_images);
    });
}

int nh_network_get_gradient(const nh_network* network, float* gradient) {
    return guarded([&] {
        require_pointer(gradient, "gradient");
        const Network& n = network_of(network);
        require_training(n);
        std::memcpy(gradient, n.gradient(), n.parameter_count() * sizeof(float));
    });
}

int nh_network_adam_step(nh_network* network, float rate) {
    return guarded([&] {
        Network& n = network_of(network);
        require_training(n);
        check_rate(rate);
        n.adam_step(rate);
    });
}

}  // extern "C"
