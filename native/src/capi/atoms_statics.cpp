// SPDX-License-Identifier: Apache-2.0
#include "capi/atoms_statics.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "capi/cell.h"
#include "capi/constants.h"
#include "common/error.h"
#include "eam/neighbours.h"
#include "statics/crystal.h"

namespace nanohooke::capi {

namespace {

// Java's PlausibleAtoms says why these.
constexpr double kLeastDistance = 0.5, kMostDensity = 0.5, kLeastDensity = 2e-7, kLeastThickness = 0.25,
                 kMostTurns = 1e6;
const char kUnits[] = "lengths are in Angstrom (aluminium's lattice constant is 4.05)";

void check_status(int status) {
    if (status != NH_OK) throw Error(status, nh_last_error());
}

[[noreturn]] void refuse(const std::string &message) { throw Error(NH_BAD_ARGUMENT, message); }

std::string text(const char *format, double value) {
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, format, value);
    return buffer;
}

void require_near(const RestrictedCell &cell, int count, const double *positions) {
    for (int i = 0; i < count; ++i) {
        const double *p = positions + 3 * static_cast<std::size_t>(i);
        if (!std::isfinite(p[0]) || !std::isfinite(p[1]) || !std::isfinite(p[2]))
            refuse("atom " + std::to_string(i) + " has a position that is not finite");
        double fractions[3];
        cell.fractions(p, fractions);
        for (int v = 0; v < 3; ++v)
            if (!(std::fabs(fractions[v]) < kMostTurns))
                refuse("atom " + std::to_string(i) + " lies " + text("%.3g", fractions[v]) +
                       " periods of the cell along " + "abc"[v] + " from its corner: " + kUnits +
                       "; bring the atoms into the cell");
    }
}

/** Refuses what cannot be a metal in Angstrom before anything is calculated from it. */
void require_plausible(const RestrictedCell &cell, int count, const std::vector<double> &entered) {
    const double density = count / cell.volume();
    require(density <= kMostDensity && density >= kLeastDensity,
            std::to_string(count) + " atoms in " + text("%.3g", cell.volume()) + " cubic Angstrom are far too " +
                (density < kLeastDensity ? "few" : "many") + " for a metal with or without pores: " + kUnits);
    double heights[3];
    cell.heights(heights);
    for (int v = 0; v < 3; ++v)
        require(heights[v] >= kLeastThickness, std::string("the cell is only ") + text("%.3g", heights[v]) +
                                                   " Angstrom thick along " + "abc"[v] + ": " + kUnits);
    eam::PairList near;
    near.build(entered, statics::box_matrix(cell.box()), kLeastDistance, false);
    for (int i = 0; i < count; ++i)
        if (near.first[i] != near.first[i + 1])
            refuse("atoms " + std::to_string(i) + " and " + std::to_string(near.neighbours[near.first[i]].j) +
                   " (counted from 0) are nearer than 0.5 Angstrom: no potential holds there; positions are not "
                   "fractions of the cell; remove duplicates, and mind images across the cell's faces");
}

nh_statics_options native(const nanohooke_statics_options &options) {
    nh_statics_options o;
    nh_statics_defaults(&o);
    require(options.max_evaluations >= 1, "option max_evaluations must be at least 1");
    o.force_tolerance = options.force_tolerance;
    o.stress_tolerance = options.stress_tolerance;
    o.fire_max_steps = std::min(o.fire_max_steps, static_cast<int>(options.max_evaluations));
    o.max_iterations = std::min(o.max_iterations, static_cast<int>(options.max_evaluations));
    o.cells = options.cells;
    o.drop_islands = options.drop_islands;
    return o;
}

struct FreeCrystal {
    void operator()(nh_crystal *crystal) const { nh_crystal_free(crystal); }
};
using CrystalHandle = std::unique_ptr<nh_crystal, FreeCrystal>;

CrystalHandle crystal_of(const nh_eam *eam, int count, const std::vector<double> &positions, const double *box) {
    nh_crystal *crystal = nullptr;
    check_status(nh_crystal_create(eam, count, positions.data(), box, &crystal));
    return CrystalHandle(crystal);
}

/** Positions of the minimum in the input's axes. */
void write_relaxed(const nh_crystal *minimum, const Mat3 &back, int atoms, double *relaxed) {
    std::vector<double> positions(3 * static_cast<std::size_t>(atoms));
    check_status(nh_crystal_get(minimum, positions.data(), nullptr, nullptr));
    for (std::size_t i = 0; i < positions.size(); i += 3) multiply(back, positions.data() + i, relaxed + i);
}

}  // namespace

void calculate_statics(const nh_eam *eam, int count, const double *positions, const double *cell,
                       const nanohooke_statics_options &options, nanohooke_statics_result &result, double *relaxed) {
    const nh_statics_options request = native(options);
    const RestrictedCell frame(cell, true);
    require_near(RestrictedCell(cell, false), count, positions);
    const std::vector<double> entered = frame.enter(positions, count);
    require_plausible(frame, count, entered);
    const CrystalHandle crystal = crystal_of(eam, count, entered, frame.box());
    nh_statics_result answer;
    nh_crystal *found = nullptr;
    check_status(nh_statics_calculate(crystal.get(), &request, nullptr, nullptr, &answer, &found));
    const CrystalHandle minimum(found);

    result = {};
    result.outcome = answer.outcome;
    result.has_tensor = std::all_of(answer.tensor, answer.tensor + 36, [](double c) { return std::isfinite(c); });
    result.atoms = answer.atoms;
    result.cells = answer.cells;
    result.percolation = answer.percolation;
    result.islands = answer.islands;
    result.island_atoms = answer.island_atoms;
    result.certificate = answer.certificate;
    result.evaluations = answer.evaluations;
    // The kernel tells it per given cell.
    result.energy = answer.energy * answer.cells;
    result.max_force = answer.max_force;
    result.max_stress = answer.max_stress;
    result.seconds = answer.seconds_total;
    const Mat3 back = frame.way_back(answer.box, answer.cells);
    frame.leave(answer.box, answer.cells, result.cell);
    if (result.has_tensor) {
        rotated(answer.tensor, back, result.tensor);
        make_symmetric(result.tensor);
    } else {
        std::fill(result.tensor, result.tensor + 36, std::numeric_limits<double>::quiet_NaN());
    }
    if (relaxed != nullptr) write_relaxed(minimum.get(), back, answer.atoms, relaxed);
}

}  // namespace nanohooke::capi
