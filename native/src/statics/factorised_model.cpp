// SPDX-License-Identifier: Apache-2.0
#include "statics/factorised_model.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "common/stopwatch.h"
#include "sparse/ordering/ordering.h"

namespace nanohooke::statics {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/** Numbers the atoms so that factors stay sparse. */
std::vector<int> fill_reducing_rank(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h,
                                    Ledger &ledger) {
    const Stopwatch watch(ledger.ordering);
    const auto graph = eam::coupling_graph(evaluator);
    sparse::Layout layout;
    const Mat3 to_fraction = inverse(h);
    layout.resize(x.size());
    for (int i = 0; i < evaluator.atoms(); ++i) {
        double *s = &layout[3 * static_cast<std::size_t>(i)];
        multiply(to_fraction, &x[3 * static_cast<std::size_t>(i)], s);
        for (int a = 0; a < 3; ++a) s[a] -= std::floor(s[a]);
    }
    auto rank = sparse::nested_dissection(graph, layout);
    sparse::postorder(graph, rank);
    return rank;
}

/** Removes pinned freedoms from a matrix: unit rows and columns, scaled like the rest of the diagonal. */
void pin(sparse::BlockMatrix &m, const std::vector<char> &pinned) {
    const int parts = m.size - m.auxiliary;
    double trace = 0.0;
    for (int j = 0; j < m.nodes; ++j)
        for (int a = 0; a < parts; ++a)
            trace += m.values[(static_cast<std::size_t>(m.first[j]) * m.size + a) * m.size + a];
    const double typical = std::max(trace / (m.nodes * parts), 1.0);
    for (int j = 0; j < m.nodes; ++j)
        for (int e = m.first[j]; e < m.first[j + 1]; ++e)
            for (int a = 0; a < m.size; ++a)
                for (int b = 0; b < m.size; ++b) {
                    const int r = m.row[e] * m.size + a, c = j * m.size + b;
                    if (!pinned[r] && !pinned[c]) continue;
                    m.values[(static_cast<std::size_t>(e) * m.size + a) * m.size + b] = r == c ? typical : 0.0;
                }
}

int atom_of(const std::vector<int> &rank, int node) {
    return static_cast<int>(std::find(rank.begin(), rank.end(), node) - rank.begin());
}

}  // namespace

void FactorisedModel::prepare(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h,
                              Ledger &ledger) {
    rank_ = fill_reducing_rank(evaluator, x, h, ledger);
}

std::unique_ptr<NewtonModel> FactorisedModel::of(eam::Block block) const {
    auto other = std::make_unique<FactorisedModel>(block, tuning_, storage_);
    other->rank_ = rank_;
    return other;
}

void FactorisedModel::form(const eam::Evaluator &evaluator, const std::vector<double> &, const Mat3 &, Ledger &ledger) {
    const Stopwatch watch(ledger.assembly);
    const int parts = static_cast<int>(space_.components.size());
    matrix_ = eam::hessian(evaluator, block_, rank_);
    std::vector<char> by_node(matrix_.order(), 0);
    for (int i = 0; i < atoms(); ++i)
        for (int a = 0; a < parts; ++a) by_node[rank_[i] * matrix_.size + a] = pinned_[i * parts + a];
    pin(matrix_, by_node);
}

void FactorisedModel::shift_diagonal(int atom, double shift) {
    const int size = matrix_.size;
    double *block = &matrix_.values[static_cast<std::size_t>(matrix_.first[rank_[atom]]) * size * size];
    for (int a = 0; a < size - matrix_.auxiliary; ++a) block[a * size + a] += shift;
}

bool FactorisedModel::decide(Verdict verdict, Ledger &ledger) {
    ++ledger.factorisations;
    const double analysis = factor_.seconds_analysis(), numeric = factor_.seconds_factorisation();
    using Refusal = sparse::Cholesky::Refusal;
    const bool definite =
        verdict == Verdict::quick
            ? factor_.factorise(matrix_)
            : factor_.factorise_exactly(matrix_, verdict == Verdict::exact ? Refusal::alone : Refusal::with_pivot);
    explained_ = verdict == Verdict::explained;
    node_size_ = matrix_.size;
    ledger.ordering += factor_.seconds_analysis() - analysis;
    ledger.factorisation += factor_.seconds_factorisation() - numeric;
    if (definite) matrix_ = {};
    return definite;
}

Definiteness FactorisedModel::definiteness() const {
    Definiteness d{factor_.positive_definite(), explained_ ? factor_.pivots().smallest() : kUnknown, kUnknown};
    const int at = explained_ ? factor_.pivots().at() : -1;
    if (at >= 0) d.atom = atom_of(rank_, at / node_size_);
    return d;
}

Definiteness FactorisedModel::at_wave_number(const eam::Evaluator &evaluator, const std::vector<double> &, const Mat3 &,
                                             double wave_number, Ledger &ledger) const {
    sparse::BlockMatrix matrix;
    {
        const Stopwatch watch(ledger.assembly);
        matrix = eam::hessian(evaluator, eam::Block::bloch, rank_, wave_number);
    }
    sparse::Cholesky factor(storage_);
    ++ledger.factorisations;
    Definiteness d{factor.factorise_exactly(matrix), factor.pivots().smallest(), kUnknown};
    ledger.ordering += factor.seconds_analysis();
    ledger.factorisation += factor.seconds_factorisation();
    for (int i = 0; i < evaluator.atoms(); ++i)
        if (rank_[i] == factor.pivots().at() / matrix.size) d.atom = i;
    return d;
}

void FactorisedModel::solve_displacements(double *v, int count, Ledger &ledger) const {
    const Stopwatch watch(ledger.solve);
    const int parts = static_cast<int>(space_.components.size());
    const std::size_t length = displacements();
    const std::size_t order = static_cast<std::size_t>(atoms()) * node_size_;
    std::vector<double> by_node(order * count, 0.0);  // nothing acts on the auxiliary components
    for (int k = 0; k < count; ++k)
        for (int i = 0; i < atoms(); ++i)
            for (int a = 0; a < parts; ++a)
                by_node[k * order + rank_[i] * node_size_ + a] =
                    pinned_[i * parts + a] ? 0.0 : v[k * length + i * parts + a];
    factor_.solve(by_node.data(), count);
    for (int k = 0; k < count; ++k)
        for (int i = 0; i < atoms(); ++i)
            for (int a = 0; a < parts; ++a)
                v[k * length + i * parts + a] = by_node[k * order + rank_[i] * node_size_ + a];
}

}  // namespace nanohooke::statics
