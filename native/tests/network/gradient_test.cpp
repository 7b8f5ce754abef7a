// SPDX-License-Identifier: Apache-2.0
//
// Outputs, gradients of every parameter and gradients of the images against the network's definition in double
// precision, for every instruction set of this machine.
#include <algorithm>

#include "fixture.h"
#include "reference.h"

namespace {

struct Case {
    const char* name;
    Definition definition;
    int batch;
};

constexpr int kZero = NH_PADDING_ZERO, kPeriodic = NH_PADDING_PERIODIC;

std::vector<Case> cases() {
    return {
        {"one even kernel, zero", {1, 16, 16, {convolution(3, 4, kZero), dense(2)}}, 2},
        {"one even kernel, periodic", {1, 16, 16, {convolution(3, 4, kPeriodic), dense(2)}}, 2},
        {"odd kernels, pooled",
         {1,
          20,
          20,
          {convolution(2, 5, kZero), relu(), max_pool(), convolution(4, 3, kZero), relu(), max_pool(), dense(6), relu(),
           dense(3)}},
         3},
        {"odd kernels, periodic",
         {1,
          24,
          24,
          {convolution(3, 7, kPeriodic), relu(), max_pool(), convolution(5, 3, kPeriodic), max_pool(), dense(3)}},
         5},
        {"several input channels",
         {3, 16, 16, {convolution(4, 6, kZero), relu(), convolution(2, 5, kPeriodic), relu(), dense(4)}},
         3},
        {"single channels in a row",
         {1,
          16,
          16,
          {convolution(1, 3, kZero), relu(), convolution(1, 4, kPeriodic), convolution(2, 2, kZero), dense(2)}},
         2},
        {"oblong image",
         {2, 12, 40, {convolution(3, 5, kZero), relu(), max_pool(), convolution(3, 4, kPeriodic), relu(), dense(3)}},
         3},
        {"kernel as large as the image",
         {1, 10, 10, {convolution(2, 10, kZero), relu(), convolution(2, 10, kPeriodic), dense(2)}},
         2},
        {"kernels larger than the image",
         {1,
          6,
          8,
          {convolution(2, 9, kPeriodic), relu(), convolution(3, 9, kZero), convolution(2, 14, kPeriodic), relu(),
           convolution(2, 17, kZero), dense(2)}},
         3},
        {"1 x 1 kernel", {2, 8, 8, {convolution(3, 1, kZero), relu(), convolution(2, 1, kPeriodic), dense(2)}}, 2},
        {"prime image sizes",
         {1, 13, 17, {convolution(2, 4, kPeriodic), relu(), convolution(2, 3, kZero), dense(2)}},
         2},
        {"specialised 270 and 140",
         {1,
          256,
          256,
          {convolution(2, 4, kZero), relu(), max_pool(), convolution(2, 20, kZero), relu(), max_pool(), dense(2)}},
         1},
        {"specialised 256 and 128",
         {1,
          256,
          256,
          {convolution(2, 4, kPeriodic), relu(), max_pool(), convolution(2, 12, kPeriodic), relu(), max_pool(),
           dense(2)}},
         1},
        {"the published kernel on small maps",
         {2,
          64,
          64,
          {convolution(3, 20, kZero), relu(), max_pool(), convolution(4, 20, kZero), relu(), max_pool(),
           convolution(5, 16, kPeriodic), relu(), max_pool(), dense(16), relu(), dense(13)}},
         9},
        {"dense only", {1, 5, 9, {dense(37), relu(), dense(33), relu(), dense(3)}}, 7},
    };
}

template <class Vector>
std::vector<double> slice(const Vector& all, int64_t offset, int64_t count) {
    return std::vector<double>(all.begin() + offset, all.begin() + offset + count);
}

void test(const Case& c, const nanohooke::KernelTable& kernels) {
    const std::string what = std::string(kernels.name) + ", " + c.name;
    const Definition& d = c.definition;
    Net net(d, c.batch, NH_MODE_TRAINING, 1, kernels.isa);
    const std::vector<float> parameters = net.random_parameters(11);
    const std::vector<float> images = check::random(c.batch * d.image_size(), 5);
    const std::vector<float> d_outputs = check::random(size_t(c.batch) * net.outputs, 7);
    net.set(parameters);

    const reference::Network oracle(d.channels, d.height, d.width, d.layers, parameters);
    reference::Values outputs, gradient(parameters.size(), 0.0), d_images;
    for (int b = 0; b < c.batch; b++) {
        const std::vector<float> image(images.begin() + b * d.image_size(), images.begin() + (b + 1) * d.image_size());
        const reference::Trace trace = oracle.forward(image);
        const reference::Values out = trace.before.back();
        outputs.insert(outputs.end(), out.begin(), out.end());
        const reference::Values d_image =
            oracle.backward(trace, slice(d_outputs, b * net.outputs, net.outputs), gradient);
        d_images.insert(d_images.end(), d_image.begin(), d_image.end());
    }

    check::close(net.forward(images.data(), c.batch), outputs, 3e-6, what + ": outputs");
    check::close(net.forward_train(images.data(), c.batch), outputs, 3e-6, what + ": training outputs");
    const std::vector<float> actual = net.backward(d_outputs);
    std::vector<nh_parameter_block> blocks(d.layers.size());
    int32_t count = 0;
    nh_network_parameter_blocks(net.handle(), blocks.data(), static_cast<int32_t>(blocks.size()), &count);
    // Random images have no ties under max pooling, so that the same elements carry the gradient in both.
    for (int32_t i = 0; i < count; i++) {
        const nh_parameter_block& b = blocks[i];
        const std::string layer = what + check::text(": layer %d, ", b.layer);
        check::close(slice(actual, b.weight_offset, b.weight_count), slice(gradient, b.weight_offset, b.weight_count),
                     1e-5, layer + "weight gradient");
        check::close(slice(actual, b.bias_offset, b.bias_count), slice(gradient, b.bias_offset, b.bias_count), 1e-5,
                     layer + "bias gradient");
    }
    check::close(net.input_gradient(d_outputs, c.batch), d_images, 1e-5, what + ": image gradient");
    std::vector<float> again(parameters.size());
    nh_network_get_gradient(net.handle(), again.data());
    check::that(again == actual, what + ": the image gradient leaves the parameters' gradient alone");
}

}  // namespace

int main() {
    for (const nanohooke::KernelTable* kernels : check::available()) {
        for (const Case& c : cases()) test(c, *kernels);
    }
    return check::report();
}
