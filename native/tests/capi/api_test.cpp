// SPDX-License-Identifier: Apache-2.0
//
// The whole interface through the shared library. Expected numbers are those of the Java API (test-data/c-interface).
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <thread>

#include "../statics/check.h"
#include "files.h"
#include "nanohooke_c.h"

namespace {

const std::string kData = std::string(TEST_DATA) + "/c-interface/";
/** Single precision of another instruction set than the one that made the expected numbers. */
constexpr double kRounding = 2e-4;

struct Model {
    Model(const char *name, int average, int threads = 1, int sessions = 1) {
        CHECK(nanohooke_model_open((kData + name + ".safetensors").c_str(), average, threads, sessions, &handle) ==
              NANOHOOKE_OK);
        CHECK(nanohooke_model_image(handle, &pixels, &bytes) == NANOHOOKE_OK);
        images = bytes_of(kData + name + ".images");
        count = static_cast<int64_t>(images.size()) / bytes;
    }
    ~Model() { nanohooke_model_close(handle); }

    std::vector<double> predict(std::vector<double> *spread = nullptr, std::vector<double> *expected = nullptr) const {
        std::vector<double> constants(13 * count);
        if (spread) spread->resize(13 * count);
        if (expected) expected->resize(count);
        const int status = nanohooke_predict(handle, count, images.data(), constants.data(),
                                             spread ? spread->data() : nullptr, expected ? expected->data() : nullptr);
        if (status != NANOHOOKE_OK) check::fail(__FILE__, __LINE__, nanohooke_last_error());
        return constants;
    }

    nanohooke_model *handle = nullptr;
    int32_t pixels = 0;
    int64_t bytes = 0, count = 0;
    std::vector<std::uint8_t> images;
};

void compare(const std::vector<double> &got, const std::string &file, double tolerance) {
    const auto wanted = numbers_of(kData + file);
    CHECK(got.size() == wanted.size());
    for (std::size_t i = 0; i < std::min(got.size(), wanted.size()); ++i) CHECK_NEAR(got[i], wanted[i], tolerance);
}

void predictions_are_those_of_java() {
    compare(Model("cholesky", 0).predict(), "cholesky.constants", kRounding);
    compare(Model("cholesky", 1).predict(), "cholesky.averaged", kRounding);
    compare(Model("direct", 0).predict(), "direct.constants", kRounding);
    compare(Model("direct", 1).predict(), "direct.averaged", kRounding);
}

void texts() {
    const Model cholesky("cholesky", 0), direct("direct", 0);
    const char *text = nullptr;
    CHECK(nanohooke_model_text(cholesky.handle, "frame", &text) == NANOHOOKE_OK && !std::strcmp(text, "lammps-cell"));
    CHECK(nanohooke_model_text(direct.handle, "frame", &text) == NANOHOOKE_OK && !std::strcmp(text, "input-axes"));
    CHECK(nanohooke_model_text(direct.handle, "licence", &text) == NANOHOOKE_OK && !std::strcmp(text, "Apache-2.0"));
    CHECK(nanohooke_model_text(cholesky.handle, "name", &text) == NANOHOOKE_OK && !std::strcmp(text, "small"));
    CHECK(nanohooke_model_text(cholesky.handle, "licence", &text) == NANOHOOKE_BAD_ARGUMENT && text == nullptr);
    CHECK(nanohooke_model_text(cholesky.handle, "provenance", &text) == NANOHOOKE_OK && std::strstr(text, "note"));
}

/** Neither threads nor the split into calls change a bit. */
void any_threads_and_calls() {
    const Model one("cholesky", 1), many("cholesky", 1, 2, 3);
    const auto whole = one.predict();
    std::vector<std::thread> threads;
    std::atomic<int> wrong{0};
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            for (int64_t i = t % 4; i < many.count; i += 4) {
                double constants[13];
                if (nanohooke_predict(many.handle, 1, many.images.data() + i * many.bytes, constants, nullptr, nullptr))
                    ++wrong;
                wrong += std::memcmp(constants, whole.data() + 13 * i, sizeof constants) != 0;
            }
            // The message is the thread's own.
            if (nanohooke_predict(many.handle, -1 - t, nullptr, nullptr, nullptr, nullptr) != NANOHOOKE_BAD_ARGUMENT ||
                !std::strstr(nanohooke_last_error(), std::to_string(-1 - t).c_str()))
                ++wrong;
        });
    for (auto &thread : threads) thread.join();
    CHECK(wrong == 0);
}

/** The average of a turned image is the turned average to the bit, its spread the turned spread. */
void spread_and_symmetry() {
    const Model plain("cholesky", 0), model("cholesky", 1);
    std::vector<double> spread, expected;
    const auto constants = model.predict(&spread, &expected);
    const int n = model.pixels;
    std::vector<std::uint8_t> solid(n * n), quarter(n * n), packed(model.bytes);
    for (int r = 0; r < n; ++r)
        for (int c = 0; c < n; ++c) solid[r * n + c] = model.images[r * ((n + 7) / 8) + c / 8] >> (c % 8) & 1;
    CHECK(nanohooke_pack_image(n, solid.data(), packed.data()) == NANOHOOKE_OK);
    CHECK(std::memcmp(packed.data(), model.images.data(), packed.size()) == 0);
    // Counterclockwise by a quarter turn: C11 and C22 change places, C13 and C23, C44 and C55; C16 becomes -C26.
    for (int r = 0; r < n; ++r)
        for (int c = 0; c < n; ++c) quarter[(n - 1 - c) * n + r] = solid[r * n + c];
    CHECK(nanohooke_pack_image(n, quarter.data(), packed.data()) == NANOHOOKE_OK);
    double turned[13], turned_spread[13], error = 0;
    CHECK(nanohooke_predict(model.handle, 1, packed.data(), turned, turned_spread, &error) == NANOHOOKE_OK);
    const int source[13] = {1, 0, 2, 3, 5, 4, 7, 6, 8, 10, 9, 11, 12};
    const int sign[13] = {1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1};
    double largest = 0;
    for (int k = 0; k < 13; ++k) {
        CHECK(turned[k] == sign[k] * constants[source[k]]);
        CHECK_NEAR(turned_spread[k], spread[source[k]], 1e-12);
        largest = std::fmax(largest, spread[k]);
    }
    CHECK(largest > 0.01);  // random weights know no symmetry
    // The identity's prediction is one of the eight: no farther from the mean than eight deviations' root.
    const auto single = plain.predict();
    for (int k = 0; k < 13; ++k) CHECK(std::fabs(single[k] - constants[k]) <= std::sqrt(8.0) * spread[k] + 1e-9);
    double ones = 0;
    for (const auto s : solid) ones += s;
    const int tenth = static_cast<int>(10 * (1 - ones / solid.size()));
    CHECK(error == expected[0]);
    if (tenth < 4)
        CHECK_NEAR(error, 0.5 * (0.25 + tenth / 10.0), 1e-12);
    else
        CHECK(std::isnan(error));
}

/** Bounds do not depend on who else asks, nor on whether there are others in the call. */
void uncertainties_in_threads() {
    nanohooke_model *model = nullptr;
    CHECK(nanohooke_model_open(NANOHOOKE_MODEL, 0, 1, 2, &model) == NANOHOOKE_OK);
    std::vector<std::uint8_t> images(2 * 8192, 0xff);
    std::fill(images.begin() + 2000, images.begin() + 4000, 0);
    std::fill(images.begin() + 8192, images.begin() + 8192 + 700, 0);
    double constants[26], uncertainty[26], largest[2], plain[26];
    CHECK(nanohooke_predict_uncertain(model, NANOHOOKE_DESIGNED, 2, images.data(), constants, uncertainty, largest) ==
          NANOHOOKE_OK);
    CHECK(nanohooke_predict(model, 2, images.data(), plain, nullptr, nullptr) == NANOHOOKE_OK);
    CHECK(std::memcmp(plain, constants, sizeof plain) == 0);
    for (int k = 0; k < 26; ++k) CHECK(uncertainty[k] > 0 && std::isfinite(uncertainty[k]));
    CHECK(nanohooke_predict_uncertain(model, 2, 2, images.data(), constants, uncertainty, largest) ==
          NANOHOOKE_BAD_ARGUMENT);
    std::vector<std::thread> threads;
    std::atomic<int> wrong{0};
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            const int i = t % 2;
            double c[13], u[13], most;
            const auto *image = images.data() + 8192 * i;
            wrong += nanohooke_predict_uncertain(model, NANOHOOKE_DESIGNED, 1, image, c, u, &most) != 0;
            wrong += std::memcmp(c, constants + 13 * i, sizeof c) != 0;
            wrong += std::memcmp(u, uncertainty + 13 * i, sizeof u) != 0 || most != largest[i];
        });
    for (auto &thread : threads) thread.join();
    CHECK(wrong == 0);
    nanohooke_model_close(model);
    const Model small("direct", 1);
    CHECK(nanohooke_predict_uncertain(small.handle, NANOHOOKE_RELAXED, 1, small.images.data(), constants, nullptr,
                                      nullptr) == NANOHOOKE_UNSUPPORTED);
}

void bad_images() {
    const Model model("cholesky", 0), odd("direct", 0);
    std::vector<double> constants(26);
    auto images = model.images;
    std::fill(images.begin() + model.bytes, images.begin() + 2 * model.bytes, 0);
    CHECK(nanohooke_predict(model.handle, 2, images.data(), constants.data(), nullptr, nullptr) ==
          NANOHOOKE_BAD_ARGUMENT);
    CHECK(std::strstr(nanohooke_last_error(), "image 1 of 2 has no solid pixel") != nullptr);
    std::vector<std::uint8_t> beyond(odd.bytes, 0xff);
    CHECK(nanohooke_predict(odd.handle, 1, beyond.data(), constants.data(), nullptr, nullptr) ==
          NANOHOOKE_BAD_ARGUMENT);
    CHECK(std::strstr(nanohooke_last_error(), "bits beyond its 20 pixels") != nullptr);
    double spread[13];
    CHECK(nanohooke_predict(model.handle, 1, model.images.data(), constants.data(), spread, nullptr) ==
          NANOHOOKE_BAD_ARGUMENT);
    CHECK(nanohooke_predict(model.handle, 0, nullptr, nullptr, nullptr, nullptr) == NANOHOOKE_OK);
}

void tensors_in_axes() {
    const Model model("cholesky", 0), direct("direct", 0);
    double constants[13], plain[36], turned[36];
    for (int k = 0; k < 13; ++k)
        constants[k] = k < 3 ? 100.0 + k : k < 6 ? 50.0 + k : k < 9 ? 30.0 + k : 0.5 * (k - 10);
    CHECK(nanohooke_tensor(constants, plain) == NANOHOOKE_OK);
    CHECK(plain[0] == 100 && plain[7] == 101 && plain[5] == constants[9] && plain[30] == constants[9]);
    const double square[9] = {81, 0, 0, 0, 81, 0, 0, 0, 12};
    CHECK(nanohooke_tensor_in_axes(model.handle, constants, square, turned) == NANOHOOKE_OK);
    for (int i = 0; i < 36; ++i) CHECK_NEAR(turned[i], plain[i], 1e-12);
    // A cell that lies a quarter turn further: x of the image is y of the axes.
    const double quarter[9] = {0, 81, 0, -81, 0, 0, 0, 0, 12};
    for (const auto *m : {&model, &direct}) {
        CHECK(nanohooke_tensor_in_axes(m->handle, constants, quarter, turned) == NANOHOOKE_OK);
        CHECK_NEAR(turned[0], plain[7], 1e-12);
        CHECK_NEAR(turned[5], -plain[11], 1e-12);
    }
    const double flat[9] = {81, 0, 0, 81, 0, 0, 0, 0, 12};
    CHECK(nanohooke_tensor_in_axes(model.handle, constants, flat, turned) == NANOHOOKE_BAD_ARGUMENT);
}

struct Atoms {
    explicit Atoms(const char *file) {
        const auto numbers = numbers_of(kData + file);
        count = static_cast<int>(numbers.at(0));
        std::copy(numbers.begin() + 1, numbers.begin() + 10, cell);
        positions.assign(numbers.begin() + 10, numbers.end());
        CHECK(positions.size() == 3 * static_cast<std::size_t>(count));
    }
    int count = 0;
    double cell[9];
    std::vector<double> positions;
};

struct Potential {
    Potential() { CHECK(nanohooke_potential_open(NANOHOOKE_POTENTIAL, nullptr, &handle) == NANOHOOKE_OK); }
    ~Potential() { nanohooke_potential_close(handle); }
    nanohooke_potential *handle = nullptr;
};

void statics_is_that_of_java() {
    const Potential al;
    for (const char *name : {"straight", "askew"}) {
        const Atoms atoms((std::string(name) + ".txt").c_str());
        nanohooke_statics_result r;
        std::vector<double> relaxed(9 * atoms.count);
        const int status =
            nanohooke_statics(al.handle, atoms.count, atoms.positions.data(), atoms.cell, nullptr, &r, relaxed.data());
        if (status != NANOHOOKE_OK) check::fail(__FILE__, __LINE__, nanohooke_last_error());
        CHECK(r.outcome == NANOHOOKE_STABLE && r.has_tensor == 1 && r.percolation == 7);
        CHECK(r.max_force <= 1e-5 && r.max_stress <= 1e-5);
        std::vector<double> all(r.tensor, r.tensor + 36);
        all.insert(all.end(), r.cell, r.cell + 9);
        all.push_back(r.energy);
        compare(all, std::string(name) + ".tensor", 1e-6);
        // What was relaxed is at its minimum: at once, and with the same tensor.
        nanohooke_statics_result again;
        CHECK(nanohooke_statics(al.handle, r.atoms, relaxed.data(), r.cell, nullptr, &again, nullptr) == NANOHOOKE_OK);
        CHECK_NEAR(again.energy, r.energy, 1e-9 * std::fabs(r.energy));
        for (int i = 0; i < 36; ++i) CHECK_NEAR(again.tensor[i], r.tensor[i], 1e-3);
    }
}

void statics_in_threads() {
    const Potential al;
    const Atoms atoms("straight.txt");
    std::vector<nanohooke_statics_result> results(4);
    std::vector<std::thread> threads;
    for (auto &result : results)
        threads.emplace_back([&] {
            result.outcome = -1;
            nanohooke_statics(al.handle, atoms.count, atoms.positions.data(), atoms.cell, nullptr, &result, nullptr);
        });
    for (auto &thread : threads) thread.join();
    for (const auto &result : results) {
        CHECK(result.outcome == NANOHOOKE_STABLE);
        CHECK(std::memcmp(result.tensor, results[0].tensor, sizeof result.tensor) == 0);
    }
}

/** A file of any bytes is quoted in a message that any program can print. */
void messages_are_text() {
    const std::string path = "api_test.bytes";
    std::ofstream(path, std::ios::binary) << "first\n\x01\xff\x9b\xc3 \xc3\xa9\n1 1 1 1 1\n1\n";
    nanohooke_potential *potential = nullptr;
    CHECK(nanohooke_potential_open(path.c_str(), nullptr, &potential) == NANOHOOKE_BAD_FILE);
    CHECK(potential == nullptr);
    const std::string message = nanohooke_last_error();
    CHECK(message.find("'????'") != std::string::npos);
    for (const char c : message) CHECK(static_cast<unsigned char>(c) >= 0x20 && c != '\x7f');
    std::remove(path.c_str());
}

void bad_atoms() {
    const Potential al;
    const Atoms atoms("straight.txt");
    nanohooke_statics_result result;
    const auto refused = [&](std::vector<double> positions, const double *cell, double factor, const char *message) {
        double scaled[9];
        for (int i = 0; i < 9; ++i) scaled[i] = factor * cell[i];
        for (auto &p : positions) p *= factor;
        const int status = nanohooke_statics(al.handle, static_cast<int>(positions.size() / 3), positions.data(),
                                             scaled, nullptr, &result, nullptr);
        CHECK(status == NANOHOOKE_BAD_ARGUMENT);
        if (!std::strstr(nanohooke_last_error(), message))
            check::fail(__FILE__, __LINE__, std::string(nanohooke_last_error()) + " lacks " + message);
    };
    refused(atoms.positions, atoms.cell, 0.1, "far too many");
    refused(atoms.positions, atoms.cell, 100, "far too few");
    auto twice = atoms.positions;
    twice[3] = twice[0] + 0.1, twice[4] = twice[1], twice[5] = twice[2];
    refused(twice, atoms.cell, 1, "are nearer than 0.5");
    auto nan = atoms.positions;
    nan[7] = std::nan("");
    refused(nan, atoms.cell, 1, "atom 2 has a position that is not finite");
    auto far = atoms.positions;
    far[0] = 1e9;
    refused(far, atoms.cell, 1, "periods of the cell along a");
    nanohooke_statics_options options;
    nanohooke_statics_defaults(&options);
    options.force_tolerance = 0;
    CHECK(nanohooke_statics(al.handle, atoms.count, atoms.positions.data(), atoms.cell, &options, &result, nullptr) ==
          NANOHOOKE_BAD_ARGUMENT);
    options.force_tolerance = 1e-5;
    options.max_evaluations = 1;
    CHECK(nanohooke_statics(al.handle, atoms.count, atoms.positions.data(), atoms.cell, &options, &result, nullptr) ==
          NANOHOOKE_OK);
    CHECK(result.outcome == NANOHOOKE_NOT_CONVERGED);
}

}  // namespace

int main() {
    predictions_are_those_of_java();
    texts();
    any_threads_and_calls();
    spread_and_symmetry();
    uncertainties_in_threads();
    bad_images();
    tensors_in_axes();
    statics_is_that_of_java();
    statics_in_threads();
    bad_atoms();
    messages_are_text();
    return check::report("api_test");
}
