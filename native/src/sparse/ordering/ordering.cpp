// SPDX-License-Identifier: Apache-2.0
#include "sparse/ordering/ordering.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sparse/ordering/separator.h"

namespace nanohooke::sparse {

namespace {

// Parts this small are nearly complete graphs: no separator helps.
constexpr int kLeaf = 40;
constexpr int kBins = 64;
// Weight of an uneven cut against a large separator.
constexpr double kBalance = 1.5;

struct Cut {
    double cost = 1e300;
    int axis = -1;
    int p = 0, q = 0, width = 0;
};

class Dissection {
public:
    Dissection(const Graph &graph, const Layout &layout)
        : graph_(graph), layout_(layout), refiner_(graph), side_(graph.nodes(), Side::outside) {
        order_.reserve(graph.nodes());
        measure_reach();
    }

    std::vector<int> run() {
        std::vector<int> all(graph_.nodes());
        std::iota(all.begin(), all.end(), 0);
        dissect(all);
        return order_;
    }

private:
    int bin(int node, int axis) const {
        return std::min(static_cast<int>(layout_[3 * static_cast<std::size_t>(node) + axis] * kBins), kBins - 1);
    }

    /** Strips as wide as the longest edge along an axis part the torus. */
    void measure_reach() {
        for (int i = 0; i < graph_.nodes(); ++i)
            for (int e = graph_.first[i]; e < graph_.first[i + 1]; ++e)
                for (int a = 0; a < 3; ++a) {
                    const int d = std::abs(bin(i, a) - bin(graph_.to[e], a));
                    width_[a] = std::max(width_[a], std::min(d, kBins - d));
                }
    }

    /** Two strips [p, p + width) and [q, q + width) of bins cut the circle of an axis into two arcs. */
    Cut best_cut(const std::vector<int> &part) const {
        Cut best;
        for (int axis = 0; axis < 3; ++axis) {
            const int width = width_[axis];
            if (2 * width + 2 > kBins) continue;
            int sum[2 * kBins + 1] = {};
            int count[kBins] = {};
            for (int v : part) ++count[bin(v, axis)];
            for (int b = 0; b < 2 * kBins; ++b) sum[b + 1] = sum[b] + count[b % kBins];
            for (int p = 0; p < kBins; ++p)
                for (int q = p + width + 1; q + width < p + kBins; ++q) {
                    const int qq = q < kBins ? q : q - kBins;
                    const int strip = sum[p + width] - sum[p] + sum[qq + width] - sum[qq];
                    const int left = sum[q] - sum[p + width];
                    const int right = static_cast<int>(part.size()) - strip - left;
                    if (left == 0 || right == 0) continue;
                    const double skew = double(std::abs(left - right)) / (left + right);
                    if (skew > 0.8) continue;
                    const double cost = (strip + 1.0) * (1.0 + kBalance * skew * skew) / (left + right);
                    if (cost < best.cost) best = {cost, axis, p, q, width};
                }
        }
        return best;
    }

    void dissect(const std::vector<int> &part) {
        const Cut cut = static_cast<int>(part.size()) > kLeaf ? best_cut(part) : Cut{};
        if (cut.axis < 0) {
            order_.insert(order_.end(), part.begin(), part.end());
            return;
        }
        for (int v : part) {
            const int at = (bin(v, cut.axis) - cut.p + kBins) % kBins;
            const int q = cut.q - cut.p;
            if (at < cut.width || (at >= q && at < q + cut.width))
                side_[v] = Side::separator;
            else
                side_[v] = at < q ? Side::left : Side::right;
        }
        repair(part);
        refiner_.refine(part, side_);
        std::vector<int> pieces[3];
        for (int v : part) pieces[static_cast<int>(side_[v])].push_back(v);
        for (int v : part) side_[v] = Side::outside;
        if (pieces[0].empty() || pieces[1].empty()) {
            order_.insert(order_.end(), part.begin(), part.end());
            return;
        }
        dissect(pieces[0]);
        dissect(pieces[1]);
        order_.insert(order_.end(), pieces[2].begin(), pieces[2].end());
    }

    /** The strips are only as wide as the layout claims: what still touches the other side joins the separator. */
    void repair(const std::vector<int> &part) {
        for (int v : part) {
            if (side_[v] != Side::left) continue;
            for (int e = graph_.first[v]; e < graph_.first[v + 1]; ++e)
                if (side_[graph_.to[e]] == Side::right) {
                    side_[v] = Side::separator;
                    break;
                }
        }
    }

    const Graph &graph_;
    const Layout &layout_;
    SeparatorRefiner refiner_;
    std::vector<Side> side_;
    std::vector<int> order_;
    int width_[3] = {1, 1, 1};
};

}  // namespace

std::vector<int> nested_dissection(const Graph &graph, const Layout &layout) {
    const std::vector<int> order = Dissection(graph, layout).run();
    std::vector<int> rank(order.size());
    for (std::size_t k = 0; k < order.size(); ++k) rank[order[k]] = static_cast<int>(k);
    return rank;
}

}  // namespace nanohooke::sparse
