// SPDX-License-Identifier: Apache-2.0
#include "sparse/ordering/grid_dissection.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sparse/ordering/minimum_degree.h"
#include "sparse/symbolic.h"

namespace nanohooke::sparse {

namespace {

// Parts this small are ordered by minimum degree: at most so many nodes.
constexpr int kLeaf = 24;

struct Range {
    double low, high;
    double extent() const { return high - low; }
};

/**
 * The number with the fewest binary digits in the middle half of a range. Ranges are in periods: whole numbers and
 * their powers of two first, then halves, quarters and so on.
 */
double dyadic_middle(const Range &range) {
    const double low = range.low + 0.25 * range.extent(), high = range.high - 0.25 * range.extent();
    for (double step = 0x1p24; step > 0x1p-24; step *= 0.5) {
        const double number = std::nearbyint(0.5 * (low + high) / step) * step;
        if (number >= low && number <= high) return number;
    }
    return 0.5 * (low + high);
}

class GridDissection {
public:
    GridDissection(const Graph &graph, const std::vector<double> &places, const GridCuts &cuts)
        : graph_(graph), at_(places.size()), minimum_degree_(graph), side_(graph.nodes(), 0) {
        for (std::size_t q = 0; q < places.size(); ++q) at_[q] = (places[q] - cuts.origin[q % 2]) / cuts.period[q % 2];
        for (int a = 0; a < 2; ++a) half_[a] = 0.5 * cuts.around[a] / cuts.period[a];
    }

    std::vector<int> run() {
        std::vector<int> all(graph_.nodes()), seam;
        std::iota(all.begin(), all.end(), 0);
        std::sort(all.begin(), all.end(), [&](int i, int j) {
            if (at_[2 * i] != at_[2 * j]) return at_[2 * i] < at_[2 * j];
            return at_[2 * i + 1] != at_[2 * j + 1] ? at_[2 * i + 1] < at_[2 * j + 1] : i < j;
        });
        // What goes round is cut first, that is, eliminated last.
        const auto on_seam = [&](int i) {
            for (int e = graph_.first[i]; e < graph_.first[i + 1]; ++e)
                for (int a = 0; a < 2; ++a)
                    if (half_[a] > 0.0 && at_[2 * graph_.to[e] + a] - at_[2 * i + a] > half_[a]) return true;
            return false;
        };
        std::vector<int> inside;
        for (int i : all) (on_seam(i) ? seam : inside).push_back(i);
        Range box[2];
        for (int a = 0; a < 2; ++a) {
            box[a] = {1e300, -1e300};
            for (int i : all) {
                box[a].low = std::min(box[a].low, at_[2 * i + a]);
                box[a].high = std::max(box[a].high, at_[2 * i + a]);
            }
        }
        dissect(std::move(inside), box[0], box[1]);
        order_.insert(order_.end(), seam.begin(), seam.end());
        return std::move(order_);
    }

private:
    void dissect(std::vector<int> part, const Range &x, const Range &y) {
        const int axis = x.extent() >= y.extent() ? 0 : 1;
        const Range &range = axis == 0 ? x : y;
        if (static_cast<int>(part.size()) <= kLeaf || !(range.extent() > 1e-6)) {
            if (part.size() <= static_cast<std::size_t>(MinimumDegree::kMost))
                minimum_degree_.order(part, order_);
            else
                order_.insert(order_.end(), part.begin(), part.end());
            return;
        }
        const double cut = dyadic_middle(range);
        std::vector<int> pieces[3];
        for (int i : part) side_[i] = at_[2 * i + axis] < cut ? 1 : 2;
        // The nodes before the line that something behind it holds are the separator.
        for (int i : part) {
            int piece = side_[i] - 1;
            if (piece == 0)
                for (int e = graph_.first[i]; e < graph_.first[i + 1]; ++e)
                    if (side_[graph_.to[e]] == 2) piece = 2;
            pieces[piece].push_back(i);
        }
        for (int i : part) side_[i] = 0;
        part = {};
        Range before = range, behind = range;
        before.high = behind.low = cut;
        dissect(std::move(pieces[0]), axis == 0 ? before : x, axis == 0 ? y : before);
        dissect(std::move(pieces[1]), axis == 0 ? behind : x, axis == 0 ? y : behind);
        order_.insert(order_.end(), pieces[2].begin(), pieces[2].end());
    }

    const Graph &graph_;
    std::vector<double> at_;
    double half_[2];
    MinimumDegree minimum_degree_;
    std::vector<char> side_;
    std::vector<int> order_;
};

}  // namespace

std::vector<int> grid_dissection(const Graph &graph, const std::vector<double> &places, const GridCuts &cuts) {
    const std::vector<int> order = GridDissection(graph, places, cuts).run();
    std::vector<int> rank(order.size());
    for (std::size_t k = 0; k < order.size(); ++k) rank[order[k]] = static_cast<int>(k);
    postorder(graph, rank);
    return rank;
}

}  // namespace nanohooke::sparse
