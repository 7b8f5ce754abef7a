// SPDX-License-Identifier: Apache-2.0
//
// Embedded-atom files for codes without a JVM. Java's EamReader is the reader of nanohooke: it knows several elements
// at once, hands tables to LAMMPS and runs where no native library does. This one takes the same files by the same
// rules, line by line as LAMMPS' PairEAM, PairEAMAlloy and PairEAMFS, and keeps the functions of one element; a test of
// the Java side reads every file of test-data/potentials by both and compares.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nanohooke::capi {

/** The functions of one element, knots from 0: what nh_eam_create takes. */
struct EamTables {
    std::string element;
    double mass = 0, cutoff = 0, density_spacing = 0, distance_spacing = 0;
    std::vector<double> embedding, density, product;
};

/**
 * @param element which of the file's, empty for the only one
 * @throws Error(NH_BAD_FILE) naming file, line and fault; NH_BAD_ARGUMENT where the file lacks the element or the
 *     choice is not clear; NH_UNSUPPORTED where second derivatives of the tables are not what LAMMPS calculates with
 */
EamTables read_eam(const std::string &path, const std::string &element);

/** As `read_eam`, of a file that is in memory. */
EamTables parse_eam(const std::vector<std::uint8_t> &file, const std::string &element);

}  // namespace nanohooke::capi
