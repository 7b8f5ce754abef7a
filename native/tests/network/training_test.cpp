// SPDX-License-Identifier: Apache-2.0
//
// What must hold over whole steps: the loss, Adam's formula, the same bits for every number of threads and every split
// into batches, resumption to the bit, agreement of instruction sets, independence of networks in one process.
#include <algorithm>
#include <thread>

#include "fixture.h"

namespace {

constexpr int kSide = 64;

Definition small_network() {
    return {1,
            kSide,
            kSide,
            {convolution(6, 20, NH_PADDING_PERIODIC), relu(), max_pool(), convolution(7, 20, NH_PADDING_ZERO), relu(),
             max_pool(), convolution(5, 5, NH_PADDING_PERIODIC), relu(), dense(70), relu(), dense(13)}};
}

// Bars, which go by edges, and every third image noise, which does not.
std::vector<uint8_t> images(int count) {
    std::mt19937 generator(5);
    std::vector<uint8_t> bits(size_t(count) * kSide * kSide / 8);
    for (int b = 0; b < count; b++) {
        for (int y = 0; y < kSide; y++) {
            for (int x = 0; x < kSide; x += 8) {
                uint8_t& byte = bits[(size_t(b) * kSide + y) * kSide / 8 + x / 8];
                if (b % 3 == 2) {
                    byte = generator() & 255;
                } else if (y > 20 && y < 24 + b) {
                    byte = x / 8 > 2 && x / 8 < 6 ? 255 : 0;
                }
            }
        }
    }
    return bits;
}

std::vector<float> trained(int threads, int batch, int steps, std::vector<double>* losses = nullptr) {
    Net net(small_network(), batch, NH_MODE_TRAINING, threads);
    net.set(net.random_parameters(31));
    const std::vector<uint8_t> bits = images(batch);
    const std::vector<float> targets = check::random(size_t(batch) * net.outputs, 8);
    for (int step = 0; step < steps; step++) {
        const double loss = net.train_step(bits.data(), targets, batch, 1e-3f, NH_IMAGES_BITS);
        if (losses) losses->push_back(loss);
    }
    return net.get();
}

void test_threads() {
    const std::vector<float> one = trained(1, 11, 3);
    for (const int threads : {2, 3, 7}) {
        check::that(trained(threads, 11, 3) == one, check::text("three steps with %d threads as with one", threads));
    }
}

void test_batches() {
    const int batch = 37;
    Net net(small_network(), batch, NH_MODE_INFERENCE, 2);
    net.set(net.random_parameters(32));
    const std::vector<uint8_t> bits = images(batch);
    const std::vector<float> all = net.forward(bits.data(), batch, NH_IMAGES_BITS);
    for (const int size : {1, 2, 5, 16}) {
        std::vector<float> parts;
        for (int b = 0; b < batch; b += size) {
            const std::vector<float> part =
                net.forward(bits.data() + b * kSide * kSide / 8, std::min(size, batch - b), NH_IMAGES_BITS);
            parts.insert(parts.end(), part.begin(), part.end());
        }
        check::that(parts == all, check::text("outputs in batches of %d as in one of %d", size, batch));
    }
}

void test_loss() {
    const int batch = 6;
    Net net(small_network(), batch);
    net.set(net.random_parameters(33));
    const std::vector<uint8_t> bits = images(batch);
    const std::vector<float> outputs = net.forward(bits.data(), batch, NH_IMAGES_BITS);
    const std::vector<float> targets = check::random(outputs.size(), 4);
    double expected = 0;
    for (size_t i = 0; i < outputs.size(); i++) {
        expected += (double(outputs[i]) - targets[i]) * (double(outputs[i]) - targets[i]) / double(outputs.size());
    }
    const double loss = net.train_step(bits.data(), targets, batch, 0.0f, NH_IMAGES_BITS);
    check::close(std::vector<double>{loss}, std::vector<double>{expected}, 1e-12, "mean squared error");

    std::vector<double> losses;
    trained(1, batch, 60, &losses);
    check::that(losses.back() < 0.2 * losses.front(),
                check::text("sixty steps take the loss from %g to %g", losses.front(), losses.back()));
}

// A 2 x 2 tensor as the square of its lower triangular factor, written out; the derivative against differences.
void test_head() {
    const int batch = 3;
    const double scale = 0.7, offset[] = {0.4, -0.3, 0.9};
    const int32_t positive[] = {1, 0, 1};
    const nh_head_product products[] = {{0, 0, 0}, {1, 1, 0}, {2, 1, 1}, {2, 2, 2}};
    const nh_head head = {NH_HEAD_SQUARED_FACTOR, 4, scale, offset, positive, products};
    Net net({1, 4, 4, {dense(6), relu(), dense(3)}}, batch);
    check::that(nh_network_set_head(net.handle(), &head) == NH_OK, "set_head");
    const std::vector<float> start = net.random_parameters(37), targets = check::random(3 * batch, 5);
    const std::vector<float> images = check::random(16 * batch, 6);
    net.set(start);
    const std::vector<float> raw = net.forward(images.data(), batch);
    double expected = 0;
    for (int b = 0; b < batch; b++) {
        const double l00 = std::log(1 + std::exp(raw[3 * b] + offset[0])), l10 = raw[3 * b + 1] + offset[1],
                     l11 = std::log(1 + std::exp(raw[3 * b + 2] + offset[2]));
        const double values[] = {scale * l00 * l00, scale * l10 * l00, scale * (l10 * l10 + l11 * l11)};
        for (int k = 0; k < 3; k++) expected += std::pow(values[k] - targets[3 * b + k], 2) / (3 * batch);
    }
    const double loss = net.train_step(images.data(), targets, batch, 0.0f);
    check::close(std::vector<double>{loss}, std::vector<double>{expected}, 1e-12, "loss of a squared factor");
    std::vector<float> gradient(net.parameter_count);
    check::that(nh_network_get_gradient(net.handle(), gradient.data()) == NH_OK, "gradient of a squared factor");
    std::vector<double> differences, derivatives;
    for (size_t i = net.parameter_count - 3; i < net.parameter_count; i++) {  // the last biases shift the raw outputs
        std::vector<float> up = start, down = start;
        up[i] += 0.01f;
        down[i] -= 0.01f;
        net.set(up);
        const double above = net.train_step(images.data(), targets, batch, 0.0f);
        net.set(down);
        differences.push_back((above - net.train_step(images.data(), targets, batch, 0.0f)) / (up[i] - down[i]));
        derivatives.push_back(gradient[i]);
    }
    check::close(derivatives, differences, 1e-3, "derivative of a squared factor");
}

// The mean over images of a relative error, written out; what a step gives back is the squared error all the same.
void test_relative_loss() {
    const int batch = 3;
    const double zero[] = {0.5, -0.4}, floor = 0.3, knee = 0.2;
    Net net({1, 4, 4, {dense(6), relu(), dense(2)}}, batch), squared({1, 4, 4, {dense(6), relu(), dense(2)}}, batch);
    const std::vector<float> start = net.random_parameters(38), targets = check::random(2 * batch, 7);
    const std::vector<float> images = check::random(16 * batch, 8);
    const auto minimised = [&](const std::vector<float>& parameters) {
        net.set(parameters);
        const std::vector<float> value = net.forward(images.data(), batch);
        double mean = 0;
        for (int b = 0; b < batch; b++) {
            double off = 0, size = 2 * floor * floor;
            for (int k = 0; k < 2; k++) {
                off += std::pow(double(value[2 * b + k]) - targets[2 * b + k], 2);
                size += std::pow(targets[2 * b + k] - zero[k], 2);
            }
            mean += std::hypot(std::sqrt(off / size), knee) / batch;
        }
        return mean;
    };
    check::that(nh_network_set_relative_loss(net.handle(), zero, floor, knee) == NH_OK, "set_relative_loss");
    net.set(start);
    squared.set(start);
    const double loss = net.train_step(images.data(), targets, batch, 0.0f);
    check::that(loss == squared.train_step(images.data(), targets, batch, 0.0f), "the loss is the squared error");
    std::vector<float> gradient(net.parameter_count);
    check::that(nh_network_get_gradient(net.handle(), gradient.data()) == NH_OK, "gradient of a relative loss");
    std::vector<double> differences, derivatives;
    for (size_t i = net.parameter_count - 2; i < net.parameter_count; i++) {
        std::vector<float> up = start, down = start;
        up[i] += 0.01f;
        down[i] -= 0.01f;
        differences.push_back((minimised(up) - minimised(down)) / (up[i] - down[i]));
        derivatives.push_back(gradient[i]);
    }
    check::close(derivatives, differences, 1e-3, "derivative of a relative loss");
}

void test_adam(int isa) {
    const Definition d = {1, 3, 3, {dense(5), relu(), dense(3)}};
    Net net(d, 4, NH_MODE_TRAINING, 1, isa);
    const std::vector<float> start = net.random_parameters(34);
    net.set(start);
    const size_t n = start.size();
    std::vector<double> p(start.begin(), start.end()), m(n, 0.0), v(n, 0.0), moved(n), moved_there(n);
    const float rate = 0.01f;
    for (int t = 1; t <= 6; t++) {
        const std::vector<float> x = check::random(4 * 9, 100 + t), dy = check::random(4 * 3, 200 + t);
        net.forward_train(x.data(), 4);
        const std::vector<float> g = net.backward(dy);
        check::that(nh_network_adam_step(net.handle(), rate) == NH_OK, "adam_step");
        const std::vector<float> now = net.get();
        for (size_t i = 0; i < n; i++) {
            m[i] = 0.9 * m[i] + 0.1 * g[i];
            v[i] = 0.999 * v[i] + 0.001 * double(g[i]) * g[i];
            const double corrected_m = m[i] / (1 - std::pow(0.9, t)), corrected_v = v[i] / (1 - std::pow(0.999, t));
            p[i] -= rate * corrected_m / (std::sqrt(corrected_v) + 1e-7);
            moved[i] = now[i] - start[i];
            moved_there[i] = p[i] - start[i];
        }
        // What moved is the difference of two parameters that are rounded to single precision.
        check::close(moved, moved_there, 5e-5, check::text("isa %d, Adam's step %d", isa, t));
    }
}

void test_resume() {
    const int batch = 5;
    const std::vector<uint8_t> bits = images(batch);
    Net first(small_network(), batch);
    first.set(first.random_parameters(35));
    const std::vector<float> targets = check::random(size_t(batch) * first.outputs, 6);
    for (int step = 0; step < 3; step++) first.train_step(bits.data(), targets, batch, 1e-3f, NH_IMAGES_BITS);

    std::vector<float> m(first.parameter_count), v(first.parameter_count);
    int64_t steps = 0;
    check::that(nh_network_get_adam(first.handle(), m.data(), v.data(), &steps) == NH_OK && steps == 3, "get_adam");
    Net second(small_network(), batch + 20, NH_MODE_TRAINING, 2);
    second.set(first.get());
    check::that(nh_network_set_adam(second.handle(), m.data(), v.data(), steps) == NH_OK, "set_adam");
    for (int step = 0; step < 3; step++) {
        const double a = first.train_step(bits.data(), targets, batch, 1e-3f, NH_IMAGES_BITS);
        const double b = second.train_step(bits.data(), targets, batch, 1e-3f, NH_IMAGES_BITS);
        check::that(a == b, check::text("loss %d after resumption", step));
    }
    check::that(first.get() == second.get(), "parameters after resumption");
}

void test_instruction_sets() {
    const Definition d = published(NH_PADDING_PERIODIC);
    const std::vector<float> image = check::random(d.image_size(), 12);
    std::vector<float> plain;
    for (const nanohooke::KernelTable* kernels : check::available()) {
        Net net(d, 1, NH_MODE_INFERENCE, 1, kernels->isa);
        net.set(net.random_parameters(36));
        const std::vector<float> outputs = net.forward(image.data(), 1);
        if (plain.empty()) plain = outputs;
        check::close(outputs, plain, 1e-5, check::text("published network, %s as plain", kernels->name));
    }
}

void test_two_networks_at_once() {
    const std::vector<float> alone = trained(1, 9, 2);
    std::vector<float> a, b;
    std::thread other([&] { a = trained(2, 9, 2); });
    b = trained(2, 9, 2);
    other.join();
    check::that(a == alone && b == alone, "two networks in two threads");
}

}  // namespace

int main() {
    test_threads();
    test_batches();
    test_loss();
    test_head();
    test_relative_loss();
    for (const nanohooke::KernelTable* kernels : check::available()) test_adam(kernels->isa);
    test_resume();
    test_instruction_sets();
    test_two_networks_at_once();
    return check::report();
}
