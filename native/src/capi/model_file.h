// SPDX-License-Identifier: Apache-2.0
//
// A trained network in a safetensors file, as Java's ModelFile writes it: the definition, what its outputs mean, its
// parameters, and what its makers say of it.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "capi/constants.h"
#include "capi/safetensors.h"
#include "nanohooke/network.h"

namespace nanohooke::capi {

/** From the thirteen raw numbers of a network to constants, GPa. */
class OutputHead {
public:
    /** @param json {"type": "direct", "offset", "scale"} or {"type": "cholesky", "offset", "scale", "modulus"} */
    static OutputHead parse(const std::string &json);
    void constants(const float *raw, double *constants) const;

private:
    bool cholesky_ = false;
    std::array<double, kConstants> offset_{};
    double scale_ = 0, modulus_ = 0;
};

struct Definition {
    std::string name;
    int pixels = 0;
    std::vector<nh_layer> layers;

    /** @param json as Java's DefinitionJson writes it; one channel, square, thirteen outputs */
    static Definition parse(const std::string &json);
    nh_network_definition native() const;
};

/** Axes of a model's tensors, Java's TensorFrame. */
enum class TensorFrame { lammps_cell, input_axes };

/** A model's measured RMSE, GPa, on structures of porosities from `from` to `to`, per cent. */
struct TestError {
    int from, to;
    double rmse;
};

/**
 * From a spread of answers to bounds on errors that hold for 95 of 100 samples, Java's Calibration and ErrorScale.
 */
struct Calibration {
    std::string name;
    double offset = 0, largest = 0;
    std::array<double, kConstants> constants{};
    /** Of the scale's power law; empty: the scale is offset + max s. */
    std::vector<double> weights;

    /** What the largest error goes with, GPa, of spreads s_k in GPa and a porosity in per cent. */
    double scale(const double *spread, double porosity) const;
    /** Of the largest error, GPa. */
    double bound(double scale) const { return largest * scale; }
    /** Of the error of constant k, GPa. */
    double bound(int k, double scale, double spread) const;
};

class ModelFile {
public:
    /** @throws Error(NH_BAD_FILE) that names the file and what is wrong with it */
    static ModelFile read(const std::string &path);
    /** As `read`, of a file that is in memory. */
    static ModelFile of(std::vector<std::uint8_t> file);

    Definition definition;
    OutputHead head;
    std::vector<float> parameters;
    TensorFrame frame = TensorFrame::lammps_cell;
    /** Every text of the metadata, and name, frame and licence. */
    std::vector<std::pair<std::string, std::string>> texts;

    /** RMSE of plain or averaged predictions by porosity; where the file has those of plain ones alone, which are no
     *  smaller, it is they. */
    std::vector<TestError> test_errors(bool averaged) const;

    /** Of predictions from images of what is relaxed or designed; null where the file has none. */
    const Calibration *calibration(bool designed, bool averaged) const;

private:
    std::vector<Calibration> calibrations_;
    std::vector<std::pair<std::string, double>> metrics_;
    const double *metric(const std::string &name) const;
};

}  // namespace nanohooke::capi
