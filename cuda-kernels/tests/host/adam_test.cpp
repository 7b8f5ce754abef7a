// SPDX-License-Identifier: Apache-2.0
//
// Adam against double precision, wherever the arrays begin.
#include "adam.h"

#include "kernels_test.h"

using namespace kernels_test;

namespace {

void test(int count, int shift, int other_shift, bool alive) {
    const Stream stream;
    Numbers numbers(count);
    const std::string name =
        std::to_string(count) + " parameters, shift " + std::to_string(shift) + " and " + std::to_string(other_shift);
    const std::vector<float> gradient = numbers.numbers(count, 1.0f), parameters = numbers.numbers(count, 1.0f);
    const std::vector<float> first = numbers.numbers(count, 0.1f);
    std::vector<float> second = numbers.numbers(count, 0.01f);
    for (float& v : second) v = std::fabs(v);
    const nanohooke::AdamStep step = nanohooke::adam_step_of(0.01f, 3);
    std::vector<double> expected[3];
    for (int i = 0; i < count; i++) {
        const double g = gradient[i], m = 0.9 * first[i] + 0.1 * g, v = 0.999 * second[i] + 0.001 * g * g;
        const double root = std::sqrt(v / (1 - std::pow(0.999, 3))) + 1e-7;
        expected[0].push_back(alive ? parameters[i] - 0.01 * m / (1 - std::pow(0.9, 3)) / root : parameters[i]);
        expected[1].push_back(alive ? m : first[i]);
        expected[2].push_back(alive ? v : second[i]);
    }
    const Device<float> g(gradient, stream, shift), p(parameters, stream, shift), m(first, stream, shift);
    const Device<float> v(second, stream, other_shift);
    const Device<nanohooke::AdamStep> steps(std::vector<nanohooke::AdamStep>{step}, stream);
    const Device<int32_t> flag(std::vector<int32_t>{alive ? 1 : 0}, stream);
    nanohooke::adam(steps.get(), flag.get(), g.get(), {p.get(), m.get(), v.get()}, count, stream);
    near(p.values(), expected[0], name + ": parameters");
    near(m.values(), expected[1], name + ": first moments");
    near(v.values(), expected[2], name + ": second moments");
    if (!alive) that(p.values() == parameters && m.values() == first && v.values() == second, name + ": left alone");
}

}  // namespace

int main() {
    for (int shift = 0; shift < 4; shift++) {
        for (const int count : {1, 3, 4, 5, 8, 1026}) test(count, shift, shift, true);
    }
    test(1026, 2, 1, true);
    test(1026, 2, 2, false);
    return finish();
}
