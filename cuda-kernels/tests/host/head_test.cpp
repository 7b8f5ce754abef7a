// SPDX-License-Identifier: Apache-2.0
//
// Head and loss: the loss against its formula, the derivatives against central differences of what is minimised.
#include "head.h"

#include "kernels_test.h"

using namespace kernels_test;

namespace {

struct Head {
    double scale;
    std::vector<double> offset;
    std::vector<int32_t> positive, products;
};

double loss(const Head& head, const std::vector<double>& raw, const std::vector<float>& targets, int from) {
    const size_t outputs = head.offset.size();
    const bool direct = head.products.empty();
    std::vector<double> entry(outputs), value(outputs);
    for (size_t k = 0; k < outputs; k++) {
        const double z = raw[from + k] + (direct ? 0.0 : head.offset[k]);
        entry[k] = !direct && head.positive[k] ? std::log1p(std::exp(z)) : z;
        if (direct) value[k] = z;
    }
    for (size_t p = 0; p < head.products.size(); p += 3) {
        value[head.products[p]] += head.scale * entry[head.products[p + 1]] * entry[head.products[p + 2]];
    }
    double sum = 0;
    for (size_t k = 0; k < outputs; k++) sum += std::pow(value[k] - targets[from + k], 2);
    return sum;
}

constexpr double kFloor = 0.3, kKnee = 0.2;

// An image's part of what is minimised, from its squared error.
double minimised(double sum, const std::vector<double>& zero, const std::vector<float>& targets, int from, int outputs,
                 int images) {
    if (zero.empty()) return sum / (images * outputs);
    double size = outputs * kFloor * kFloor;
    for (int k = 0; k < outputs; k++) size += std::pow(targets[from + k] - zero[k], 2);
    return std::hypot(std::sqrt(sum / size), kKnee) / images;
}

void test(int images, const Head& head, const std::string& name, bool relative) {
    const Stream stream;
    Numbers numbers(images);
    const int outputs = static_cast<int>(head.offset.size()), count = images * outputs;
    const std::vector<float> raw = numbers.numbers(count, 2.0f), targets = numbers.numbers(count, 1.0f);
    const Device<float> device_raw(raw, stream), device_targets(targets, stream);
    const Device<double> offset(head.offset, stream);
    const Device<int32_t> positive(head.positive, stream), products(head.products, stream);
    std::vector<double> zero;
    for (int k = 0; relative && k < outputs; k++) zero.push_back(0.4 * std::cos(k));
    const Device<double> device_zero(zero, stream);
    const nanohooke::DeviceLoss device_loss = {relative ? device_zero.get() : nullptr, kFloor, kKnee};
    const nanohooke::DeviceHead device_head = {head.scale, static_cast<int>(head.products.size() / 3), offset.get(),
                                               positive.get(), products.get()};
    const auto run = [&] {
        const Device<double> sums(images, stream);
        const Device<float> d(count, stream);
        nanohooke::head_and_loss(images, device_raw.get(), device_targets.get(), device_head, device_loss, sums.get(),
                                 d.get(), outputs, stream);
        std::vector<double> all = sums.values();
        for (const float value : d.values()) all.push_back(value);
        return all;
    };
    const std::vector<double> found = in_all_orders(run, name);
    std::vector<double> at(raw.begin(), raw.end()), expected;
    for (int image = 0; image < images; image++) {
        const double sum = loss(head, at, targets, image * outputs);
        that(std::fabs(found[image] - sum) < 1e-12 * (1 + sum), name + ": the error of image " + std::to_string(image));
        for (int k = image * outputs; k < (image + 1) * outputs; k++) {
            const double step = 1e-5, here = at[k];
            double side[2];
            for (int i = 0; i < 2; i++) {
                at[k] = i == 0 ? here - step : here + step;
                side[i] = minimised(loss(head, at, targets, image * outputs), zero, targets, image * outputs, outputs,
                                    images);
            }
            expected.push_back((side[1] - side[0]) / (2 * step));
            at[k] = here;
        }
    }
    near({found.begin() + images, found.end()}, expected, name + ": derivatives");
}

void test(int images, const Head& head, const std::string& name) {
    test(images, head, name, false);
    test(images, head, name + ", relative", true);
}

}  // namespace

int main() {
    test(1, {1.0, {0, 0, 0}, {0, 0, 0}, {}}, "direct");
    test(9, {1.0, std::vector<double>(13), std::vector<int32_t>(13), {}}, "direct, 13 outputs");
    test(6, {0.7, {0.4, -0.3, 0.9}, {1, 0, 1}, {0, 0, 0, 1, 1, 0, 2, 1, 1, 2, 2, 2}}, "factor");
    Head wide = {1.3, std::vector<double>(40, 0.1), std::vector<int32_t>(40), {}};
    for (int k = 0; k < 40; k++) {
        wide.positive[k] = k % 3 == 0;
        for (const int other : {k, (k + 7) % 40}) wide.products.insert(wide.products.end(), {k, other, (k * 11) % 40});
    }
    test(5, wide, "more outputs than lanes");
    return finish();
}
