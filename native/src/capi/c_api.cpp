// SPDX-License-Identifier: Apache-2.0
//
// The border of libnanohooke_c: checks arguments, owns the handles, lets no exception out.
#include <algorithm>
#include <climits>
#include <memory>
#include <string>

#include "capi/atoms_statics.h"
#include "capi/cell.h"
#include "capi/constants.h"
#include "capi/eam_file.h"
#include "capi/surrogate.h"
#include "common/error.h"
#include "nanohooke/statics.h"
#include "nanohooke_c.h"

using namespace nanohooke;
using namespace nanohooke::capi;

static_assert(int{NANOHOOKE_OK} == int{NH_OK} && int{NANOHOOKE_BAD_ARGUMENT} == int{NH_BAD_ARGUMENT} &&
                  int{NANOHOOKE_BAD_FILE} == int{NH_BAD_FILE} &&
                  int{NANOHOOKE_OUT_OF_MEMORY} == int{NH_OUT_OF_MEMORY} &&
                  int{NANOHOOKE_UNSUPPORTED} == int{NH_UNSUPPORTED} && int{NANOHOOKE_INTERNAL} == int{NH_INTERNAL} &&
                  int{NANOHOOKE_NOT_FINITE} == int{NH_NOT_FINITE},
              "one table of statuses");
static_assert(int{NANOHOOKE_STABLE} == int{NH_OUTCOME_OK} &&
                  int{NANOHOOKE_NOT_CONVERGED} == int{NH_OUTCOME_NOT_CONVERGED} &&
                  int{NANOHOOKE_UNSTABLE} == int{NH_OUTCOME_UNSTABLE} && int{NANOHOOKE_SOFT} == int{NH_OUTCOME_SOFT} &&
                  int{NANOHOOKE_CELLS_AUTO} == int{NH_CELLS_AUTO} && int{NANOHOOKE_CELLS_ONE} == int{NH_CELLS_ONE} &&
                  int{NANOHOOKE_CELLS_THREE} == int{NH_CELLS_THREE} && kConstants == NANOHOOKE_CONSTANTS,
              "one meaning of numbers");

struct nanohooke_model {
    Surrogate surrogate;
};

struct nanohooke_potential {
    nh_eam *eam;
    ~nanohooke_potential() { nh_eam_free(eam); }
};

namespace {

constexpr int kMostPixels = 1 << 15;

template <typename T>
T &given(T *pointer, const char *name) {
    if (pointer == nullptr) throw Error(NH_BAD_ARGUMENT, std::string(name) + " must not be null");
    return *pointer;
}

void check_range(std::int64_t value, std::int64_t most, const char *name) {
    if (value < 1 || value > most)
        throw Error(NH_BAD_ARGUMENT,
                    std::string(name) + " must be 1 to " + std::to_string(most) + ", not " + std::to_string(value));
}

}  // namespace

extern "C" {

const char *nanohooke_last_error(void) { return nh_last_error(); }

const char *nanohooke_version(void) { return nh_version(); }

int nanohooke_model_open(const char *path, int32_t average, int32_t threads, int32_t sessions,
                         nanohooke_model **model) {
    return guarded([&] {
        given(model, "model") = nullptr;
        given(path, "path");
        check_range(threads, 256, "threads");
        check_range(sessions, 256, "sessions");
        *model = new nanohooke_model{{ModelFile::read(path), average != 0, threads, sessions}};
    });
}

void nanohooke_model_close(nanohooke_model *model) { delete model; }

int nanohooke_model_image(const nanohooke_model *model, int32_t *pixels, int64_t *bytes) {
    return guarded([&] {
        const Surrogate &surrogate = given(model, "model").surrogate;
        if (pixels != nullptr) *pixels = surrogate.model().definition.pixels;
        if (bytes != nullptr) *bytes = static_cast<int64_t>(surrogate.image_bytes());
    });
}

int nanohooke_model_text(const nanohooke_model *model, const char *key, const char **text) {
    return guarded([&] {
        const auto &texts = given(model, "model").surrogate.model().texts;
        const std::string wanted = &given(key, "key");
        given(text, "text") = nullptr;
        for (const auto &entry : texts)
            if (entry.first == wanted) *text = entry.second.c_str();
        require(*text != nullptr, "the model's file does not say its '" + wanted + "'");
    });
}

int nanohooke_pack_image(int32_t pixels, const uint8_t *solid, uint8_t *packed) {
    return guarded([&] {
        check_range(pixels, kMostPixels, "pixels");
        given(solid, "solid");
        given(packed, "packed");
        const std::size_t stride = (static_cast<std::size_t>(pixels) + 7) / 8;
        std::fill(packed, packed + packed_bytes(pixels), uint8_t{0});
        for (std::size_t row = 0; row < static_cast<std::size_t>(pixels); ++row)
            for (std::size_t column = 0; column < static_cast<std::size_t>(pixels); ++column)
                if (solid[row * pixels + column] != 0)
                    packed[row * stride + column / 8] |= static_cast<uint8_t>(1u << (column % 8));
    });
}

int nanohooke_predict(const nanohooke_model *model, int64_t count, const uint8_t *images, double *constants,
                      double *spread, double *expected) {
    return guarded([&] {
        const Surrogate &surrogate = given(model, "model").surrogate;
        require(count >= 0 && count <= INT_MAX, "count must be 0 to 2^31 - 1, not " + std::to_string(count));
        if (count > 0) {
            given(images, "images");
            given(constants, "constants");
        }
        require(spread == nullptr || surrogate.average(),
                "only a model that was opened with average knows a spread over the symmetries");
        surrogate.predict(count, images, constants, spread, expected);
    });
}

int nanohooke_predict_uncertain(const nanohooke_model *model, int32_t shows, int64_t count, const uint8_t *images,
                                double *constants, double *uncertainty, double *largest) {
    return guarded([&] {
        const Surrogate &surrogate = given(model, "model").surrogate;
        require(shows == NANOHOOKE_RELAXED || shows == NANOHOOKE_DESIGNED,
                "shows must be NANOHOOKE_RELAXED (0) or NANOHOOKE_DESIGNED (1), not " + std::to_string(shows));
        require(count >= 0 && count <= INT_MAX, "count must be 0 to 2^31 - 1, not " + std::to_string(count));
        if (count > 0) {
            given(images, "images");
            given(constants, "constants");
        }
        surrogate.predict_uncertain(shows == NANOHOOKE_DESIGNED, count, images, constants, uncertainty, largest);
    });
}

int nanohooke_tensor(const double constants[13], double tensor[36]) {
    return guarded([&] {
        given(constants, "constants");
        given(tensor, "tensor");
        tensor_of(constants, tensor);
    });
}

int nanohooke_tensor_in_axes(const nanohooke_model *model, const double constants[13], const double cell[9],
                             double tensor[36]) {
    return guarded([&] {
        const ModelFile &file = given(model, "model").surrogate.model();
        given(constants, "constants");
        given(cell, "cell");
        given(tensor, "tensor");
        double predicted[36];
        tensor_of(constants, predicted);
        tensor_in_axes(cell, file.frame == TensorFrame::lammps_cell, predicted, tensor);
    });
}

int nanohooke_potential_open(const char *path, const char *element, nanohooke_potential **potential) {
    return guarded([&] {
        given(potential, "potential") = nullptr;
        given(path, "path");
        const EamTables t = read_eam(path, element == nullptr ? "" : element);
        nh_eam *eam = nullptr;
        const int status = nh_eam_create(static_cast<int>(t.embedding.size()), t.density_spacing, t.embedding.data(),
                                         static_cast<int>(t.density.size()), t.distance_spacing, t.density.data(),
                                         t.product.data(), t.cutoff, t.mass, &eam);
        if (status != NH_OK) throw Error(status, std::string("potential file ") + path + ": " + nh_last_error());
        *potential = new nanohooke_potential{eam};
    });
}

void nanohooke_potential_close(nanohooke_potential *potential) { delete potential; }

void nanohooke_statics_defaults(nanohooke_statics_options *options) {
    if (options != nullptr) *options = {1e-5, 1e-5, 100000, NANOHOOKE_CELLS_AUTO, 0, 0};
}

int nanohooke_statics(const nanohooke_potential *potential, int32_t count, const double *positions,
                      const double cell[9], const nanohooke_statics_options *options, nanohooke_statics_result *result,
                      double *relaxed) {
    return guarded([&] {
        const nanohooke_potential &p = given(potential, "potential");
        // Three cells of three coordinates each are numbered in 32 bits.
        check_range(count, 100'000'000, "count");
        given(positions, "positions");
        given(cell, "cell");
        given(result, "result");
        nanohooke_statics_options settings;
        nanohooke_statics_defaults(&settings);
        if (options != nullptr) settings = *options;
        calculate_statics(p.eam, count, positions, cell, settings, *result, relaxed);
    });
}

}  // extern "C"
