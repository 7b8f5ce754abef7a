// SPDX-License-Identifier: Apache-2.0
//
// Prints what the interface answers, every bit of it, for the Java side to compare itself with:
//   probe predict MODEL IMAGES AVERAGE      constants, one image a line
//   probe uncertain MODEL IMAGES AVERAGE SHOWS    constants, their uncertainties, the largest, one image a line
//   probe axes MODEL CELL                   the tensor of the constants 1 2 3 ... 13 in the axes of a cell's file
//   probe statics POTENTIAL ATOMS           tensor, relaxed cell, energy
//   probe potential FILE ELEMENT            the tables
#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "capi/eam_file.h"
#include "common/error.h"
#include "files.h"
#include "nanohooke_c.h"

namespace {

void require(int status) {
    if (status != NANOHOOKE_OK) throw nanohooke::Error(status, nanohooke_last_error());
}

void print(const double *values, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) std::printf(i + 1 < count ? "%a " : "%a\n", values[i]);
}

void predict(const char *path, const char *file, bool average) {
    nanohooke_model *model = nullptr;
    require(nanohooke_model_open(path, average, 1, 1, &model));
    int64_t bytes = 0;
    require(nanohooke_model_image(model, nullptr, &bytes));
    const auto images = bytes_of(file);
    const auto count = static_cast<int64_t>(images.size()) / bytes;
    std::vector<double> constants(13 * count);
    require(nanohooke_predict(model, count, images.data(), constants.data(), nullptr, nullptr));
    for (int64_t i = 0; i < count; ++i) print(constants.data() + 13 * i, 13);
    nanohooke_model_close(model);
}

void uncertain(const char *path, const char *file, bool average, int shows) {
    nanohooke_model *model = nullptr;
    require(nanohooke_model_open(path, average, 1, 1, &model));
    int64_t bytes = 0;
    require(nanohooke_model_image(model, nullptr, &bytes));
    const auto images = bytes_of(file);
    const auto count = static_cast<int64_t>(images.size()) / bytes;
    std::vector<double> constants(13 * count), uncertainty(13 * count), largest(count);
    require(nanohooke_predict_uncertain(model, shows, count, images.data(), constants.data(), uncertainty.data(),
                                        largest.data()));
    for (int64_t i = 0; i < count; ++i) {
        double line[27];
        std::copy_n(constants.data() + 13 * i, 13, line);
        std::copy_n(uncertainty.data() + 13 * i, 13, line + 13);
        line[26] = largest[i];
        print(line, 27);
    }
    nanohooke_model_close(model);
}

void axes(const char *path, const char *file) {
    nanohooke_model *model = nullptr;
    require(nanohooke_model_open(path, 0, 1, 1, &model));
    double constants[13], tensor[36];
    for (int k = 0; k < 13; ++k) constants[k] = k + 1;
    require(nanohooke_tensor_in_axes(model, constants, numbers_of(file).data() + 1, tensor));
    print(tensor, 36);
    nanohooke_model_close(model);
}

void statics(const char *path, const char *file) {
    nanohooke_potential *potential = nullptr;
    require(nanohooke_potential_open(path, nullptr, &potential));
    const auto numbers = numbers_of(file);
    nanohooke_statics_result r;
    require(nanohooke_statics(potential, static_cast<int32_t>(numbers.at(0)), numbers.data() + 10, numbers.data() + 1,
                              nullptr, &r, nullptr));
    print(r.tensor, 36);
    print(r.cell, 9);
    print(&r.energy, 1);
    nanohooke_potential_close(potential);
}

void potential(const char *path, const char *element) {
    const auto t = nanohooke::capi::read_eam(path, element);
    const double numbers[] = {t.mass, t.cutoff, t.density_spacing, t.distance_spacing};
    print(numbers, 4);
    print(t.embedding.data(), t.embedding.size());
    print(t.density.data(), t.density.size());
    print(t.product.data(), t.product.size());
}

}  // namespace

int main(int argc, char **argv) {
    const std::string what = argc > 1 ? argv[1] : "";
    try {
        if (what == "predict" && argc == 5)
            predict(argv[2], argv[3], std::strcmp(argv[4], "1") == 0);
        else if (what == "uncertain" && argc == 6)
            uncertain(argv[2], argv[3], std::strcmp(argv[4], "1") == 0, std::atoi(argv[5]));
        else if (what == "axes" && argc == 4)
            axes(argv[2], argv[3]);
        else if (what == "statics" && argc == 4)
            statics(argv[2], argv[3]);
        else if (what == "potential" && argc == 4)
            potential(argv[2], argv[3]);
        else
            return std::fprintf(stderr, "see probe.cpp\n"), 2;
    } catch (const nanohooke::Error &error) {
        std::fprintf(stderr, "%d %s\n", error.status(), error.what());
        return 3;
    }
    return 0;
}
