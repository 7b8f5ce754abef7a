// SPDX-License-Identifier: Apache-2.0
#include "capi/eam_file.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "capi/file.h"
#include "capi/table_lines.h"
#include "common/error.h"

namespace nanohooke::capi {

namespace {

/** Longest plausible table: a count beyond it is a misread header, and would not fit the memory. */
constexpr int kMostKnots = 10'000'000;
/** Spacings of distances up to the cutoff: with more one of the two is damaged, and kernels cannot count them. */
constexpr double kMostSpacings = 1e9;
constexpr std::size_t kGrid = 5;
/** Lines before the tables of a funcfl file. */
constexpr int kFuncflHeader = 3;
/** eV Angstrom per product of charges: Hartree times Bohr radius, as LAMMPS' pair style eam has it. */
constexpr double kCharge = 27.2 * 0.529;
/** The slopes that LAMMPS' splines take need so many knots. */
constexpr std::size_t kLeastKnots = 5;
/** How much of a function's largest value past half the cutoff may be left at its last knot to count as nothing. */
constexpr double kNothing = 1e-4;

constexpr const char *kSymbols[] = {
    "H",  "He", "Li", "Be", "B",  "C",  "N",  "O",  "F",  "Ne", "Na", "Mg", "Al", "Si", "P",  "S",  "Cl",
    "Ar", "K",  "Ca", "Sc", "Ti", "V",  "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "Ga", "Ge", "As", "Se",
    "Br", "Kr", "Rb", "Sr", "Y",  "Zr", "Nb", "Mo", "Tc", "Ru", "Rh", "Pd", "Ag", "Cd", "In", "Sn", "Sb",
    "Te", "I",  "Xe", "Cs", "Ba", "La", "Ce", "Pr", "Nd", "Pm", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er",
    "Tm", "Yb", "Lu", "Hf", "Ta", "W",  "Re", "Os", "Ir", "Pt", "Au", "Hg", "Tl", "Pb", "Bi", "Po", "At",
    "Rn", "Fr", "Ra", "Ac", "Th", "Pa", "U",  "Np", "Pu", "Am", "Cm", "Bk", "Cf", "Es", "Fm", "Md", "No",
    "Lr", "Rf", "Db", "Sg", "Bh", "Hs", "Mt", "Ds", "Rg", "Cn", "Nh", "Fl", "Mc", "Lv", "Ts", "Og"};

enum class Style { eam, alloy, fs };

class Reader {
public:
    Reader(std::string_view text, const std::string &element) : lines_(text), element_(element) {}

    EamTables read(Style style) {
        require_metal_units(lines_.raw());
        return style == Style::eam ? funcfl() : setfl(style);
    }

    int line() const { return lines_.line(); }

private:
    struct Grid {
        int densities;
        double density_spacing;
        int distances;
        double distance_spacing, cutoff;
    };

    EamTables funcfl() {
        const auto element = lines_.words(2, "atomic number and mass");
        const int number = lines_.count(element[0], "the atomic number");
        constexpr int known = static_cast<int>(std::size(kSymbols));
        if (number > known) lines_.fail("no element has the atomic number " + std::to_string(number));
        EamTables tables;
        tables.element = kSymbols[number - 1];
        tables.mass = lines_.positive(element[1], "the mass");
        const Grid g = grid(tables, lines_.words(kGrid, "the sizes of the tables"));
        tables.embedding = lines_.table(g.densities, "the embedding function");
        tables.product = lines_.table(g.distances, "the effective charge");
        tables.density = lines_.table(g.distances, "the density function");
        require_end("eam");
        choose({tables.element});
        // One knot less of everything, because LAMMPS resamples such files onto a grid whose count it takes from the
        // distance between the ends.
        tables.embedding.pop_back();
        tables.density.pop_back();
        tables.product.pop_back();
        for (double &z : tables.product) z = kCharge * z * z;
        return tables;
    }

    EamTables setfl(Style style) {
        lines_.raw();
        lines_.raw();
        const auto words = lines_.words(1, "the elements");
        const int count = lines_.count(words[0], "the number of elements, first word of line 4,");
        if (words.size() - 1 != static_cast<std::size_t>(count))
            lines_.fail("the number of elements is " + std::to_string(count) + ", but " +
                        std::to_string(words.size() - 1) + " names follow");
        const std::vector<std::string> elements(words.begin() + 1, words.end());
        const auto sizes = lines_.words(kGrid, "the sizes of the tables");
        EamTables tables;
        const Grid g = grid(tables, sizes);
        // The whole file is read before an element is chosen: what it lacks matters less than that it is damaged.
        std::vector<EamTables> all(count, tables);
        for (int e = 0; e < count; ++e) {
            all[e].element = elements[e];
            const auto head = lines_.words(2, "atomic number and mass of " + elements[e]);
            if (!is_whole(head[0]))
                lines_.fail("'" + std::string(head[0].substr(0, 64)) + "' is no atomic number, where the tables of " +
                            elements[e] + " should begin: the tables before it are longer than line 5 says");
            all[e].mass = lines_.positive(head[1], "the mass of " + elements[e]);
            all[e].embedding = lines_.table(g.densities, "the embedding function of " + elements[e]);
            for (int k = 0; k < (style == Style::fs ? count : 1); ++k) {
                auto density = lines_.table(g.distances, "a density function of " + elements[e]);
                if (style != Style::fs || k == e) all[e].density = std::move(density);
            }
        }
        for (int i = 0; i < count; ++i)
            for (int j = 0; j <= i; ++j) {
                auto product = lines_.table(g.distances, "r phi of " + elements[i] + " and " + elements[j]);
                if (i == j) all[i].product = std::move(product);
            }
        require_end(style == Style::fs ? "eam/fs" : "eam/alloy");
        if (style == Style::fs && sizes.size() > kGrid)
            throw Error(NH_UNSUPPORTED,
                        "it gives six sizes of tables and has a density function for each pair: it is "
                        "an eam/he file, which is not read here");
        return all[choose(elements)];
    }

    Grid grid(EamTables &tables, const std::vector<std::string_view> &words) const {
        const Grid g = {knots(words[0], "the number of densities"),
                        lines_.positive(words[1], "the spacing of densities"),
                        knots(words[2], "the number of distances"),
                        lines_.positive(words[3], "the spacing of distances"), lines_.positive(words[4], "the cutoff")};
        if (!(g.cutoff / g.distance_spacing < kMostSpacings))
            lines_.fail("the spacing of distances, '" + std::string(words[3].substr(0, 64)) +
                        "', is not even a billionth of the cutoff, '" + std::string(words[4].substr(0, 64)) + "'");
        tables.density_spacing = g.density_spacing;
        tables.distance_spacing = g.distance_spacing;
        tables.cutoff = g.cutoff;
        return g;
    }

    int knots(std::string_view word, const std::string &what) const {
        const int knots = lines_.count(word, what);
        if (knots > kMostKnots)
            lines_.fail(what + " is " + std::to_string(knots) + ", more than the " + std::to_string(kMostKnots) +
                        " that make sense");
        return knots;
    }

    std::size_t choose(const std::vector<std::string> &elements) const {
        std::string known;
        for (const auto &e : elements) known += (known.empty() ? "" : ", ") + e;
        if (element_.empty()) {
            require(elements.size() == 1, "it is for " + known + "; name one of them");
            return 0;
        }
        const auto found = std::find(elements.begin(), elements.end(), element_);
        require(found != elements.end(), "it has no " + element_ + ", it is for " + known);
        return static_cast<std::size_t>(found - elements.begin());
    }

    void require_end(const char *style) {
        const int behind = lines_.line();
        const long left = lines_.numbers_left();
        if (left > 0)
            throw Error(NH_BAD_FILE, std::to_string(left) + " numbers are left over behind the tables of pair_style " +
                                         style + ", which end at line " + std::to_string(behind) +
                                         ": it is a file of another style, or its tables are longer than its header "
                                         "says");
    }

    // As LAMMPS does: "UNITS: name" anywhere in the first line.
    void require_metal_units(std::string_view first) const {
        const std::string line = std::string(first) + ' ';
        const auto at = line.find("UNITS:");
        if (at == std::string::npos || (at > 0 && line[at - 1] != ' ' && line[at - 1] != '\t') ||
            (line[at + 6] != ' ' && line[at + 6] != '\t'))
            return;
        const auto begin = line.find_first_not_of(" \t\r\f", at + 6);
        if (begin == std::string::npos) return;
        const std::string units = line.substr(begin, line.find_first_of(" \t\r\f", begin) - begin);
        if (units != "metal")
            lines_.fail("the file is in LAMMPS' units " + units + "; convert it to metal (eV, Angstrom)");
    }

    TableLines lines_;
    const std::string &element_;
};

bool has_setfl_header(std::string_view text) {
    try {
        TableLines lines(text);
        for (int k = 0; k < 3; ++k) lines.raw();
        const auto names = lines.words(2, "the elements");
        return is_whole(names[0]) && names[0][0] != '-' && !begins_number(names[1]);
    } catch (const Error &) {
        return false;
    }
}

EamTables read_any(std::string_view text, const std::string &element) {
    if (!has_setfl_header(text)) {
        Reader funcfl(text, element);
        try {
            return funcfl.read(Style::eam);
        } catch (const Error &error) {
            if (funcfl.line() > kFuncflHeader) throw;
            throw Error(error.status(), std::string("it is neither an eam/alloy or eam/fs (setfl) nor an eam (funcfl) "
                                                    "file: the former have the number of elements and their names in "
                                                    "line 4; for the latter ") +
                                            error.what());
        }
    }
    // Only what follows the first element's tables tells eam/fs from eam/alloy: the one that fits is it.
    Reader alloy(text, element);
    try {
        return alloy.read(Style::alloy);
    } catch (const Error &not_alloy) {
        if (not_alloy.status() == NH_BAD_ARGUMENT) throw;
        Reader fs(text, element);
        try {
            return fs.read(Style::fs);
        } catch (const Error &not_fs) {
            // The reading that got farther is the one whose complaint helps.
            if (fs.line() > alloy.line() || not_fs.status() == NH_BAD_ARGUMENT) throw;
        }
        throw;
    }
}

bool vanishes(const std::vector<double> &values) {
    double most = 0;
    for (std::size_t k = values.size() / 2; k < values.size(); ++k) most = std::fmax(most, std::fabs(values[k]));
    const std::size_t last = values.size() - 1;
    return std::fmax(std::fabs(values[last]), std::fabs(values[last - 1])) <= kNothing * most;
}

void require_derivatives(const EamTables &t) {
    const std::size_t fewest = std::min(t.embedding.size(), t.density.size());
    if (fewest < kLeastKnots)
        throw Error(NH_UNSUPPORTED, "its tables have " + std::to_string(fewest) + " knots, and at least " +
                                        std::to_string(kLeastKnots) + " are needed");
    const double end = t.distance_spacing * static_cast<double>(t.density.size() - 1);
    // Tables written with one knot too few by rounding are common: the last value stands for that stretch.
    if (t.cutoff > end + 1.5 * t.distance_spacing && !(vanishes(t.density) && vanishes(t.product)))
        throw Error(NH_UNSUPPORTED, "its tables end at " + std::to_string(end) + " Angstrom, before the cutoff of " +
                                        std::to_string(t.cutoff) + ", and are not zero there");
}

}  // namespace

EamTables parse_eam(const std::vector<std::uint8_t> &file, const std::string &element) {
    EamTables tables = read_any({reinterpret_cast<const char *>(file.data()), file.size()}, element);
    require_derivatives(tables);
    return tables;
}

EamTables read_eam(const std::string &path, const std::string &element) {
    try {
        return parse_eam(read_file(path), element);
    } catch (const Error &error) {
        throw Error(error.status(), "potential file " + path + ": " + error.what());
    }
}

}  // namespace nanohooke::capi
