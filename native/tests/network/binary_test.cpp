// SPDX-License-Identifier: Apache-2.0
//
// Binary images: bits against floats, and the first layer by edges against the first layer by transforms. Few-edged
// images go one way and noise goes the other, so that a batch of both takes both.
#include "fixture.h"

namespace {

std::vector<uint8_t> bit_images(int count, int height, int width, unsigned seed) {
    std::mt19937 generator(seed);
    const int row_bytes = (width + 7) / 8;
    std::vector<uint8_t> bits(size_t(count) * height * row_bytes);
    for (int b = 0; b < count; b++) {
        const int cx = generator() % width, cy = generator() % height, radius = 2 + generator() % (width / 2);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                const bool inside = (x - cx) * (x - cx) + (y - cy) * (y - cy) < radius * radius;
                const bool on = b % 3 == 1 ? generator() % 2 == 0 : inside;
                if (on) bits[(size_t(b) * height + y) * row_bytes + x / 8] |= 1 << x % 8;
            }
        }
    }
    return bits;
}

std::vector<float> as_floats(const std::vector<uint8_t>& bits, int count, int height, int width) {
    const int row_bytes = (width + 7) / 8;
    std::vector<float> images;
    for (int row = 0; row < count * height; row++) {
        for (int x = 0; x < width; x++) images.push_back(float(bits[size_t(row) * row_bytes + x / 8] >> x % 8 & 1));
    }
    return images;
}

void test(int isa, const char* name, int height, int width, int kernel, int padding, int channels, bool with_relu) {
    const int batch = 7;
    Definition d = {1, height, width, {convolution(channels, kernel, padding)}};
    if (with_relu) d.layers.push_back(relu());
    d.layers.insert(d.layers.end(), {max_pool(), convolution(3, 3, padding), relu(), dense(5)});
    const std::string what = check::text("%s %d x %d, kernel %d, padding %d, %d channels, relu %d", name, height, width,
                                         kernel, padding, channels, with_relu);
    const std::vector<uint8_t> bits = bit_images(batch, height, width, 3);
    const std::vector<float> floats = as_floats(bits, batch, height, width);
    Net net(d, batch, NH_MODE_TRAINING, 1, isa);
    net.set(net.random_parameters(21));
    const std::vector<float> d_outputs = check::random(size_t(batch) * net.outputs, 9);

    const std::vector<float> expected = net.forward_train(floats.data(), batch);
    const std::vector<float> gradient = net.backward(d_outputs);
    const std::vector<float> d_images = net.input_gradient(d_outputs, batch);
    check::close(net.forward_train(bits.data(), batch, NH_IMAGES_BITS), expected, 2e-5, what + ": outputs");
    // Where an image is uniform, neighbouring outputs are equal but for rounding, and each way may call another one the
    // largest. Both are gradients; they differ by how the image continues, one pixel further, at its edges. The exact
    // comparison is without_ties.
    check::close(net.backward(d_outputs), gradient, 2e-2, what + ": gradient");
    check::close(net.forward(bits.data(), batch, NH_IMAGES_BITS), expected, 2e-5, what + ": inference");
}

// A kernel as large as the image sees something else at every pixel of an image with a bar in its middle.
void without_ties(int isa, const char* name, int padding) {
    const int batch = 4, side = 32;
    const Definition d = {
        1,
        side,
        side,
        {convolution(8, side, padding), relu(), max_pool(), convolution(3, 3, padding), relu(), dense(5)}};
    const std::string what = check::text("%s without ties, padding %d", name, padding);
    std::vector<uint8_t> bits = bit_images(batch, side, side, 3);
    for (const int b : {0, 2, 3}) {  // image 1 is noise
        std::fill_n(bits.begin() + b * side * side / 8, side * side / 8, uint8_t{0});
        for (int y = 14; y < 17; y++) {
            for (int x = 8 + b; x < 20 + b; x++) bits[(size_t(b) * side + y) * side / 8 + x / 8] |= 1 << x % 8;
        }
    }
    const std::vector<float> floats = as_floats(bits, batch, side, side);
    Net net(d, batch, NH_MODE_TRAINING, 1, isa);
    net.set(net.random_parameters(22));
    const std::vector<float> d_outputs = check::random(size_t(batch) * net.outputs, 9);
    const std::vector<float> expected = net.forward_train(floats.data(), batch);
    const std::vector<float> gradient = net.backward(d_outputs), d_images = net.input_gradient(d_outputs, batch);
    const std::vector<float> outputs = net.forward_train(bits.data(), batch, NH_IMAGES_BITS);
    check::close(outputs, expected, 1e-5, what + ": outputs");
    check::close(net.backward(d_outputs), gradient, 1e-5, what + ": gradient");
    check::close(net.input_gradient(d_outputs, batch), d_images, 1e-5, what + ": image gradient");

    // Only rounding tells which way an image went: the noise takes the transforms, the bars do not.
    const auto same = [&](int b) {
        return std::equal(outputs.begin() + b * net.outputs, outputs.begin() + (b + 1) * net.outputs,
                          expected.begin() + b * net.outputs);
    };
    check::that(same(1), what + ": noise goes by transforms");
    check::that(!same(0) && !same(2) && !same(3), what + ": bars go by edges");
}

// Rows that end inside a byte, whose other bits mean nothing.
void without_convolution(int isa, const char* name) {
    const int batch = 4, height = 6, width = 11;
    const Definition d = {1, height, width, {dense(5), relu(), dense(3)}};
    const std::string what = check::text("%s dense layers alone", name);
    std::vector<uint8_t> bits = bit_images(batch, height, width, 3);
    const std::vector<float> floats = as_floats(bits, batch, height, width);
    for (size_t i = 1; i < bits.size(); i += 2) bits[i] |= 0xf8;
    Net net(d, batch, NH_MODE_TRAINING, 1, isa);
    net.set(net.random_parameters(21));
    const std::vector<float> d_outputs = check::random(size_t(batch) * net.outputs, 9);
    const std::vector<float> expected = net.forward_train(floats.data(), batch);
    const std::vector<float> gradient = net.backward(d_outputs);
    check::that(net.forward_train(bits.data(), batch, NH_IMAGES_BITS) == expected, what + ": outputs");
    check::that(net.backward(d_outputs) == gradient, what + ": gradient");
    check::that(net.forward(bits.data(), batch, NH_IMAGES_BITS) == expected, what + ": inference");
}

}  // namespace

int main() {
    for (const nanohooke::KernelTable* kernels : check::available()) {
        without_convolution(kernels->isa, kernels->name);
        for (const int padding : {NH_PADDING_ZERO, NH_PADDING_PERIODIC}) {
            without_ties(kernels->isa, kernels->name, padding);
            test(kernels->isa, kernels->name, 256, 256, 20, padding, 6, true);
            test(kernels->isa, kernels->name, 64, 64, 20, padding, 6, false);
            test(kernels->isa, kernels->name, 64, 48, 7, padding, 11, true);
            test(kernels->isa, kernels->name, 30, 42, 5, padding, 9, true);
            test(kernels->isa, kernels->name, 32, 20, 4, padding, 1, true);
        }
    }
    return check::report();
}
