// SPDX-License-Identifier: Apache-2.0
#include "structures.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>

namespace structures {

namespace {

// Pores keep this distance from the cell's edge (Angstrom), so that a frame always carries load.
constexpr double kEdge = 4.0;

using Inside = std::function<bool(double x, double y)>;

void remove_atoms(Structure &s, const Inside &inside) {
    std::vector<double> kept;
    for (int i = 0; i < s.atoms(); ++i)
        if (!inside(s.x[3 * i], s.x[3 * i + 1])) kept.insert(kept.end(), &s.x[3 * i], &s.x[3 * i] + 3);
    s.x = kept;
}

Inside circle(Random &random, double side) {
    const double r = random.uniform(3.0, 15.0);
    const double x = random.uniform(kEdge + r, side - kEdge - r), y = random.uniform(kEdge + r, side - kEdge - r);
    return [=](double px, double py) { return (px - x) * (px - x) + (py - y) * (py - y) < r * r; };
}

Inside rectangle(Random &random, double side) {
    const double a = random.uniform(5.0, 30.0), b = random.uniform(5.0, 30.0);
    const double x = random.uniform(kEdge, side - kEdge - a), y = random.uniform(kEdge, side - kEdge - b);
    return [=](double px, double py) { return px > x && px < x + a && py > y && py < y + b; };
}

}  // namespace

Aluminium::Aluminium() {
    std::ifstream file(NANOHOOKE_POTENTIAL);
    std::string words;
    for (int k = 0; k < 4; ++k) std::getline(file, words);
    std::size_t densities = 0, distances = 0;
    file >> densities >> density_spacing >> distances >> distance_spacing >> cutoff;
    file >> words >> mass;
    std::getline(file, words);
    embedding.resize(densities);
    density.resize(distances);
    product.resize(distances);
    for (auto *table : {&embedding, &density, &product})
        for (double &value : *table) file >> value;
    if (!file) {
        std::fprintf(stderr, "cannot read %s\n", NANOHOOKE_POTENTIAL);
        std::exit(EXIT_FAILURE);
    }
}

nh_eam *Aluminium::handle() const {
    nh_eam *eam = nullptr;
    const int status = nh_eam_create(static_cast<int>(embedding.size()), density_spacing, embedding.data(),
                                     static_cast<int>(density.size()), distance_spacing, density.data(), product.data(),
                                     cutoff, mass, &eam);
    if (status != NH_OK) {
        std::fprintf(stderr, "%s\n", nh_last_error());
        std::exit(EXIT_FAILURE);
    }
    return eam;
}

Structure perfect(int nx, int ny, int nz) {
    Structure s;
    const double basis[4][3] = {{0, 0, 0}, {0.5, 0.5, 0}, {0.5, 0, 0.5}, {0, 0.5, 0.5}};
    for (int k = 0; k < nz; ++k)
        for (int j = 0; j < ny; ++j)
            for (int i = 0; i < nx; ++i)
                for (const auto &b : basis) {
                    s.x.push_back((i + b[0]) * kLattice);
                    s.x.push_back((j + b[1]) * kLattice);
                    s.x.push_back((k + b[2]) * kLattice);
                }
    const double box[6] = {nx * kLattice, ny * kLattice, nz * kLattice, 0, 0, 0};
    std::copy(box, box + 6, s.box);
    return s;
}

Structure square_pores(int cells, int per_side, int width, int nz) {
    Structure s = perfect(cells, cells, nz);
    const int total = s.atoms();
    const int spacing = cells / per_side, start = (spacing - width) / 2;
    remove_atoms(s, [=](double x, double y) {
        // Whole cells: the atom's own cell counts, with the lattice shifted off the cell faces.
        const int cx = static_cast<int>(std::floor(x / kLattice + 0.01)) % spacing - start;
        const int cy = static_cast<int>(std::floor(y / kLattice + 0.01)) % spacing - start;
        return cx >= 0 && cx < width && cy >= 0 && cy < width;
    });
    s.porosity = 1.0 - double(s.atoms()) / total;
    return s;
}

Structure random_pores(Kind kind, double target, std::uint64_t seed, int cells) {
    Random random(seed);
    Structure s = perfect(cells, cells, 1);
    const int total = s.atoms();
    const double side = cells * kLattice;
    while (s.porosity < target) {
        const bool round = kind == Kind::circles || (kind == Kind::mixed && random.next() % 2 == 0);
        remove_atoms(s, round ? circle(random, side) : rectangle(random, side));
        s.porosity = 1.0 - double(s.atoms()) / total;
    }
    return s;
}

std::vector<Structure> families() {
    std::ifstream file(NANOHOOKE_GOLDEN "/families.txt");
    std::vector<Structure> all;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::istringstream words(line);
        std::string family, seed, index, sites;
        words >> family >> seed >> index >> sites;
        Structure s = perfect(20, 20, 1);
        const int total = s.atoms();
        std::vector<double> kept;
        for (int i = 0; i < total; ++i) {
            const std::size_t digits = 2 * static_cast<std::size_t>(i / 8);
            const int byte = digits + 2 <= sites.size() ? std::stoi(sites.substr(digits, 2), nullptr, 16) : 0;
            if ((byte >> (i % 8) & 1) != 0) kept.insert(kept.end(), &s.x[3 * i], &s.x[3 * i] + 3);
        }
        s.name = family + " " + index;
        s.x = kept;
        s.porosity = 1.0 - double(s.atoms()) / total;
        all.push_back(s);
    }
    if (all.empty()) {
        std::fprintf(stderr, "cannot read %s/families.txt\n", NANOHOOKE_GOLDEN);
        std::exit(EXIT_FAILURE);
    }
    return all;
}

void shake(Structure &s, double size, bool in_z, std::uint64_t seed) {
    Random random(seed);
    for (int i = 0; i < s.atoms(); ++i)
        for (int a = 0; a < (in_z ? 3 : 2); ++a) s.x[3 * i + a] += random.uniform(-size, size);
}

}  // namespace structures
