// SPDX-License-Identifier: Apache-2.0
#include "eam/potential.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "common/error.h"

namespace nanohooke::eam {

namespace {

/** Words of a setfl text with the line they stand on. */
class Words {
public:
    Words(std::string_view text, std::string source) : text_(text), source_(std::move(source)) {}

    /** The rest of the current line; moves to the next one. */
    std::string_view line(const char *what) {
        if (at_ >= text_.size()) fail(std::string("the file ends before ") + what);
        const auto end = std::min(text_.find('\n', at_), text_.size());
        const auto result = text_.substr(at_, end - at_);
        at_ = end + 1;
        ++line_;
        return result;
    }

    std::string word(const std::string &what) {
        while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) {
            if (text_[at_] == '\n') ++line_;
            ++at_;
        }
        if (at_ >= text_.size()) fail("the file is cut off: it ends before " + what);
        const auto begin = at_;
        while (at_ < text_.size() && !std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
        return std::string(text_.substr(begin, at_ - begin));
    }

    double number(const std::string &what) {
        const std::string token = word(what);
        char *end = nullptr;
        const double value = std::strtod(token.c_str(), &end);
        if (*end != '\0' || !std::isfinite(value)) fail("'" + token + "' is not a number, where " + what + " belongs");
        return value;
    }

    int count(const std::string &what, int least) {
        const double value = number(what);
        if (value != std::floor(value) || value < least || value > 1e8)
            fail(what + " must be a whole number of at least " + std::to_string(least));
        return static_cast<int>(value);
    }

    double positive(const std::string &what) {
        const double value = number(what);
        if (!(value > 0.0)) fail(what + " must be positive");
        return value;
    }

    std::vector<double> table(int n, const std::string &what) {
        std::vector<double> values(n);
        for (int k = 0; k < n; ++k)
            values[k] = number(what + " (value " + std::to_string(k + 1) + " of " + std::to_string(n) + ")");
        return values;
    }

    [[noreturn]] void fail(const std::string &message) const {
        throw Error(NH_BAD_FILE, source_ + ", line " + std::to_string(line_) + ": " + message +
                                     "; an eam/alloy (setfl) file is expected");
    }

private:
    std::string_view text_;
    std::string source_;
    std::size_t at_ = 0;
    int line_ = 1;
};

// array2spline needs five values for its inner slopes.
constexpr int kLeastValues = 5;

}  // namespace

Potential Potential::parse(std::string_view text, const std::string &element, const std::string &source) {
    Words words(text, source);
    for (int k = 0; k < 3; ++k) words.line("its three comment lines");

    const int elements = words.count("the number of elements", 1);
    std::vector<std::string> names(elements);
    std::string known;
    for (auto &name : names) {
        name = words.word("the names of the elements");
        known += (known.empty() ? "" : ", ") + name;
    }
    int chosen = 0;
    if (element.empty()) {
        if (elements > 1) words.fail("the file holds several elements (" + known + "); name one of them");
    } else {
        const auto found = std::find(names.begin(), names.end(), element);
        if (found == names.end()) words.fail("element '" + element + "' is not in the file, which has " + known);
        chosen = static_cast<int>(found - names.begin());
    }

    const int density_values = words.count("the number of densities", kLeastValues);
    const double density_spacing = words.positive("the spacing of densities");
    const int radius_values = words.count("the number of distances", kLeastValues);
    const double radius_spacing = words.positive("the spacing of distances");
    Potential p;
    p.cutoff_ = words.positive("the cutoff");
    if (p.cutoff_ > radius_spacing * radius_values * (1.0 + 1e-9))
        words.fail("the cutoff lies beyond the tabulated distances");
    p.spacing_ = radius_spacing;
    p.max_density_ = (density_values - 1) * density_spacing;

    Spline density, product;
    for (int e = 0; e < elements; ++e) {
        words.number("the atomic number");
        const double mass = words.positive("the mass");
        const double lattice = words.number("the lattice constant");
        words.word("the lattice type");
        const auto f = words.table(density_values, "the embedding function of " + names[e]);
        const auto rho = words.table(radius_values, "the density function of " + names[e]);
        if (e != chosen) continue;
        p.element_ = names[e];
        p.mass_ = mass;
        p.lattice_ = lattice;
        p.embedding_ = Spline(density_spacing, f);
        density = Spline(radius_spacing, rho);
    }
    for (int a = 0; a < elements; ++a)
        for (int b = 0; b <= a; ++b) {
            const auto values = words.table(radius_values, "r phi of " + names[a] + " and " + names[b]);
            if (a == chosen && b == chosen) product = Spline(radius_spacing, values);
        }

    p.pair_.resize(8 * static_cast<std::size_t>(density.intervals()));
    for (int m = 0; m < density.intervals(); ++m) {
        std::copy_n(&density.coefficients[4 * m], 4, &p.pair_[8 * m]);
        std::copy_n(&product.coefficients[4 * m], 4, &p.pair_[8 * m + 4]);
    }
    return p;
}

Potential Potential::load(const std::string &path, const std::string &element) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Error(NH_BAD_FILE, "cannot open the potential file '" + path + "'");
    std::ostringstream text;
    text << file.rdbuf();
    return parse(text.str(), element, path);
}

Jet Potential::embedding(double density) const {
    const double inverse = 1.0 / embedding_.spacing;
    double p = density * inverse;
    const int m = std::max(0, std::min(static_cast<int>(p), embedding_.intervals() - 1));
    p = std::min(p - m, 1.0);
    const double *c = &embedding_.coefficients[4 * static_cast<std::size_t>(m)];
    Jet jet{((c[0] * p + c[1]) * p + c[2]) * p + c[3], ((3.0 * c[0] * p + 2.0 * c[1]) * p + c[2]) * inverse,
            (6.0 * c[0] * p + 2.0 * c[1]) * inverse * inverse};
    if (density > max_density_) {
        jet.value += jet.first * (density - max_density_);
        jet.second = 0.0;
    }
    return jet;
}

}  // namespace nanohooke::eam
