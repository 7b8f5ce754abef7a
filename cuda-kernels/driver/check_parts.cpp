// SPDX-License-Identifier: Apache-2.0
#include "check_parts.h"

#include <cmath>
#include <stdexcept>

#include "rig.h"

namespace driver {

void ok(int status) {
    if (status != NHC_OK) throw std::runtime_error(nhc_last_error());
}

double worse(double error, double other) { return std::isnan(error) || other <= error ? error : other; }

double error(const Floats& values, const Doubles& reference, size_t first) {
    double off = 0.0, size = 0.0;
    for (size_t i = 0; i < reference.size(); i++) {
        const double d = values[first + i] - reference[i];
        off += d * d;
        size += reference[i] * reference[i];
    }
    return std::sqrt(off / size);
}

Doubles doubles(const Floats& values) { return Doubles(values.begin(), values.end()); }

Floats normal(std::mt19937_64& random, size_t count, double size) {
    std::normal_distribution<double> numbers(0.0, size);
    Floats values(count);
    for (float& value : values) value = static_cast<float>(numbers(random));
    return values;
}

Floats binary(std::mt19937_64& random, int images, int height, int width, bool noise) {
    Floats values(size_t(images) * height * width);
    if (noise) {
        for (float& value : values) value = static_cast<float>(random() >> 40 & 1u);
        return values;
    }
    for (int image = 0; image < images; image++) {
        for (int i = 0; i < 5; i++) {
            const int rows = 1 + static_cast<int>(random() % (height / 2)), row = static_cast<int>(random() % height);
            const int columns = 1 + static_cast<int>(random() % (width / 2));
            const int column = static_cast<int>(random() % width);
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    values[(size_t(image) * height + (row + y) % height) * width + (column + x) % width] = 1.0f;
                }
            }
        }
    }
    return values;
}

std::vector<uint8_t> bytes(const Floats& pixels, int width) {
    const size_t stride = (width + 7) / 8;
    std::vector<uint8_t> bits(pixels.size() / width * stride);
    for (size_t i = 0; i < pixels.size(); i++) {
        if (pixels[i] != 0.0f) bits[i / width * stride + i % width / 8] |= static_cast<uint8_t>(1u << (i % width % 8));
    }
    return bits;
}

}  // namespace driver
