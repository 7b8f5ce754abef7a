// SPDX-License-Identifier: Apache-2.0
//
// Bad input gets a status and a message that says what is wrong; the network stays usable.
#include <cstring>
#include <limits>

#include "fixture.h"

namespace {

void expect(int status, int wanted, const char* message, const char* what) {
    check::that(
        status == wanted && std::strstr(nh_last_error(), message) != nullptr,
        check::text("%s: status %d, message '%s'; wanted %d, '%s'", what, status, nh_last_error(), wanted, message));
}

void refuse(const Definition& d, const char* message, int batch = 1, int mode = NH_MODE_TRAINING, int threads = 1,
            int isa = NH_ISA_AUTO, int wanted = NH_BAD_ARGUMENT) {
    nh_network* network = reinterpret_cast<nh_network*>(1);
    const nh_network_definition view = d.view();
    expect(nh_network_create(&view, batch, mode, threads, isa, &network), wanted, message, "create");
    check::that(network == nullptr, check::text("no network after '%s'", message));
}

void test_definitions() {
    const nh_layer conv = convolution(2, 3, NH_PADDING_ZERO);
    refuse({1, 8, 8, {}}, "needs layers");
    refuse({1, 8, 8, {conv}}, "needs a dense layer");
    refuse({1, 8, 8, {relu(), dense(2)}}, "layer 0 (ReLU): must directly follow");
    refuse({1, 8, 8, {max_pool(), dense(2)}}, "layer 0 (max pool): must follow a convolution");
    refuse({1, 8, 8, {conv, max_pool(), max_pool(), dense(2)}}, "layer 2 (max pool)");
    refuse({1, 8, 8, {conv, max_pool(), relu(), dense(2)}}, "layer 2 (ReLU)");
    refuse({1, 7, 8, {conv, max_pool(), dense(2)}}, "even image size, not 7 x 8");
    refuse({1, 8, 8, {dense(2), conv, dense(2)}}, "cannot follow a dense layer");
    refuse({1, 8, 8, {convolution(0, 3, 0), dense(2)}}, "not 0");
    refuse({1, 8, 8, {convolution(2, 0, 0), dense(2)}}, "kernel must be");
    refuse({1, 8, 8, {convolution(2, 3, 9), dense(2)}}, "unknown padding 9");
    refuse({1, 8, 8, {{77, 0, 0, 0}, dense(2)}}, "unknown kind 77");
    refuse({1, 8, 8, {conv, {NH_LAYER_RELU, 1, 0, 0}, dense(2)}}, "outputs must be 0, not 1");
    refuse({0, 8, 8, {dense(2)}}, "channels must be");
    refuse({1, 8, 5000, {dense(2)}}, "4096");
    refuse({1, 8, 8, {dense(2)}}, "max_batch", 0);
    refuse({1, 8, 8, {dense(2)}}, "unknown mode", 1, 5);
    refuse({1, 8, 8, {dense(2)}}, "threads", 1, NH_MODE_TRAINING, 0);
    refuse({1, 8, 8, {dense(2)}}, "unknown instruction set", 1, NH_MODE_TRAINING, 1, 9);
    if (nanohooke::find_kernels(NH_ISA_AVX512) == nullptr) {
        refuse({1, 8, 8, {dense(2)}}, "no avx512", 1, NH_MODE_TRAINING, 1, NH_ISA_AVX512, NH_UNSUPPORTED);
    }
    // 2^20 x 2^20 weights are refused before anything is allocated, 2^30 of them by the allocation or not at all.
    refuse({1, 8, 8, {dense(1 << 20), dense(1 << 20)}}, "parameters");
}

void test_calls() {
    const Definition d = {1, 8, 8, {convolution(2, 3, NH_PADDING_ZERO), relu(), dense(3)}};
    Net net(d, 2), inference(d, 2, NH_MODE_INFERENCE), colour({2, 8, 8, {convolution(2, 3, 0), dense(3)}}, 2);
    const std::vector<float> parameters = net.random_parameters(1), image = check::random(128, 2);
    std::vector<float> out(6), gradient(net.parameter_count), other(net.parameter_count);
    double loss = 0;
    int64_t step = 0;
    nh_network* n = net.handle();
    net.set(parameters);

    expect(nh_network_forward(nullptr, 0, image.data(), 1, out.data()), NH_BAD_ARGUMENT, "network must not be null",
           "null");
    expect(nh_network_forward(n, 0, nullptr, 1, out.data()), NH_BAD_ARGUMENT, "images must not be null", "null");
    expect(nh_network_forward(n, 0, image.data(), 3, out.data()), NH_BAD_ARGUMENT, "batch must be 1 to 2", "batch");
    expect(nh_network_forward(n, 0, image.data(), 0, out.data()), NH_BAD_ARGUMENT, "not 0", "batch");
    expect(nh_network_forward(n, 4, image.data(), 1, out.data()), NH_BAD_ARGUMENT, "format 4", "format");
    expect(nh_network_forward(colour.handle(), NH_IMAGES_BITS, image.data(), 1, out.data()), NH_BAD_ARGUMENT,
           "bit images have one channel", "bits of two channels");
    expect(nh_network_backward(n, out.data()), NH_BAD_ARGUMENT, "call forward_train first", "backward first");
    expect(nh_network_get_gradient(n, gradient.data()), NH_BAD_ARGUMENT, "there is no gradient", "gradient first");
    expect(nh_network_adam_step(n, 0.1f), NH_BAD_ARGUMENT, "there is no gradient", "adam first");
    expect(nh_network_adam_step(n, -0.1f), NH_BAD_ARGUMENT, "learning rate", "negative rate");
    expect(nh_network_forward_train(inference.handle(), 0, image.data(), 1, out.data()), NH_BAD_ARGUMENT,
           "made for inference", "training on an inference network");
    expect(nh_network_get_adam(inference.handle(), gradient.data(), other.data(), &step), NH_BAD_ARGUMENT,
           "made for inference", "Adam of an inference network");

    std::vector<float> bad = parameters;
    bad.back() = std::numeric_limits<float>::quiet_NaN();
    expect(nh_network_set_parameters(n, bad.data()), NH_BAD_ARGUMENT, "(layer 2) is nan", "NaN parameter");
    check::that(net.get() == parameters, "a refused parameter changes nothing");

    // Parameters changed: the old forward pass no longer counts.
    net.forward_train(image.data(), 2);
    net.set(parameters);
    expect(nh_network_backward(n, out.data()), NH_BAD_ARGUMENT, "forward_train first", "backward after set");

    const double offset[] = {0, 0, 0};
    const int32_t positive[] = {1, 1, 1};
    const nh_head_product product = {0, 3, 0};
    nh_head head = {NH_HEAD_SQUARED_FACTOR, 1, 1.0, offset, positive, &product};
    expect(nh_network_set_head(n, nullptr), NH_BAD_ARGUMENT, "head must not be null", "null head");
    expect(nh_network_set_head(n, &head), NH_BAD_ARGUMENT, "names output 3; there are 0 to 2", "head beyond outputs");
    head.product_count = 0;
    expect(nh_network_set_head(n, &head), NH_BAD_ARGUMENT, "needs its products", "head without products");
    head.kind = 7;
    expect(nh_network_set_head(n, &head), NH_BAD_ARGUMENT, "kind of head 7", "unknown head");
    head.kind = NH_HEAD_DIRECT;
    expect(nh_network_set_head(inference.handle(), &head), NH_BAD_ARGUMENT, "made for inference", "inference head");

    const double zero[] = {0, 0, 0}, no_zero[] = {0, INFINITY, 0};
    const auto relative = [&](const double* at, double floor, double knee) {
        return nh_network_set_relative_loss(n, at, floor, knee);
    };
    expect(relative(nullptr, 1, 1), NH_BAD_ARGUMENT, "origin must not be null", "null zero");
    expect(relative(no_zero, 1, 1), NH_BAD_ARGUMENT, "origin 1 of a relative loss", "infinite zero");
    expect(relative(zero, 0, 1), NH_BAD_ARGUMENT, "the floor of a relative loss", "no floor");
    expect(relative(zero, 1, NAN), NH_BAD_ARGUMENT, "the knee of a relative loss", "no knee");
    expect(nh_network_set_relative_loss(inference.handle(), zero, 1, 1), NH_BAD_ARGUMENT, "made for inference",
           "inference loss");

    const std::vector<float> targets(6, std::numeric_limits<float>::infinity());
    expect(nh_network_train_step(n, 0, image.data(), targets.data(), 2, 0.1f, &loss), NH_NOT_FINITE, "loss",
           "infinite loss");
    check::that(net.get() == parameters && !std::isfinite(loss), "an infinite loss changes nothing");
    check::that(net.forward(image.data(), 2) == net.forward_train(image.data(), 2), "the network works afterwards");
}

void test_tables() {
    const Definition d = published(NH_PADDING_ZERO);
    const nh_network_definition view = d.view();
    int64_t bytes = 0;
    check::that(nh_network_memory(&view, 128, NH_MODE_TRAINING, 2, &bytes) == NH_OK && bytes < 1.2e9 && bytes > 3e8,
                check::text("training with batch 128 takes %.0f MB", double(bytes) / 1e6));
    Net net(d, 1, NH_MODE_INFERENCE);
    check::that(net.parameter_count == 5771815 && net.outputs == 13,
                check::text("the published network has %zu parameters", net.parameter_count));
    nh_parameter_block blocks[20];
    int32_t count = 0, isa = 0;
    const char* name = nullptr;
    check::that(nh_network_parameter_blocks(net.handle(), blocks, 20, &count) == NH_OK && count == 11, "11 blocks");
    int64_t end = 0;
    for (int i = 0; i < count; i++) {
        check::that(blocks[i].weight_offset == end && blocks[i].bias_offset == end + blocks[i].weight_count,
                    check::text("block %d follows the one before", i));
        end = blocks[i].bias_offset + blocks[i].bias_count;
    }
    check::that(end == static_cast<int64_t>(net.parameter_count), "blocks cover the parameters");
    check::that(blocks[1].inputs == 6 && blocks[1].outputs == 12 && blocks[1].kernel == 20 && blocks[5].kernel == 0 &&
                    blocks[5].inputs == 6144 && blocks[5].outputs == 512,
                "shapes of blocks");
    check::that(nh_network_isa(net.handle(), &isa, &name) == NH_OK && isa != NH_ISA_AUTO && name != nullptr, "isa");
    nh_network_destroy(nullptr);
}

// What every other test here rests on.
void test_comparison() {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    check::that(std::isnan(check::worse(check::worse(0, nan), 1)), "a NaN among errors is not forgotten");
    check::that(check::worse(1, 2) == 2 && check::worse(2, 1) == 2, "the larger error");
}

}  // namespace

int main() {
    test_comparison();
    test_definitions();
    test_calls();
    test_tables();
    return check::report();
}
