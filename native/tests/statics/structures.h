// SPDX-License-Identifier: Apache-2.0
//
// Structures for tests and benchmarks: face-centred cubic lattices with pores along z, from a seed alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nanohooke/statics.h"

namespace structures {

/** Mishin's aluminium. Files are read by the Java side; this is just enough of one for a file that is known. */
struct Aluminium {
    Aluminium();
    double density_spacing, distance_spacing, cutoff, mass;
    std::vector<double> embedding, density, product;

    /** To be freed by the caller. */
    nh_eam *handle() const;
};

struct Structure {
    std::string name;
    std::vector<double> x;
    double box[6];
    double porosity = 0.0;
    int atoms() const { return static_cast<int>(x.size() / 3); }
};

/** splitmix64: the same numbers on every machine. */
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    }
    double uniform(double low, double high) { return low + (high - low) * (next() >> 11) * 0x1.0p-53; }

private:
    std::uint64_t state_;
};

constexpr double kLattice = 4.05;

/** nx x ny x nz cubic cells. */
Structure perfect(int nx, int ny, int nz);

/** Square pores of whole cells: `per_side` squared pores of `width` cells, evenly spread over `cells` squared. */
Structure square_pores(int cells, int per_side, int width, int nz);

enum class Kind { circles, rectangles, mixed };

/** Random pores (radius 3-15, sides 5-30 Angstrom, at least 4 from the edge) until the porosity is reached. */
Structure random_pores(Kind kind, double target, std::uint64_t seed, int cells = 20);

/** Forty structures of all families, from golden/families.txt. */
std::vector<Structure> families();

/** Moves every atom by up to `size` in x and y, and in z too where asked. */
void shake(Structure &structure, double size, bool in_z, std::uint64_t seed);

}  // namespace structures
