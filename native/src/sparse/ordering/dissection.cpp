// SPDX-License-Identifier: Apache-2.0
#include "sparse/ordering/dissection.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sparse/ordering/minimum_degree.h"
#include "sparse/ordering/separator.h"
#include "sparse/symbolic.h"

namespace nanohooke::sparse {

namespace {

class MeshDissection {
public:
    MeshDissection(const Graph &graph, const std::vector<double> &coordinates)
        : graph_(graph),
          coordinates_(coordinates),
          refiner_(graph),
          side_(graph.nodes(), Side::outside),
          trial_(graph.nodes(), Side::outside),
          key_(graph.nodes(), 0.0),
          minimum_degree_(graph) {
        order_.reserve(graph.nodes());
    }

    std::vector<int> run() {
        std::vector<int> all(graph_.nodes());
        std::iota(all.begin(), all.end(), 0);
        dissect(all);
        return order_;
    }

private:
    void dissect(const std::vector<int> &part) {
        if (static_cast<int>(part.size()) <= MinimumDegree::kMost || !halve(part)) {
            minimum_degree_.order(part, order_);
            return;
        }
        refiner_.refine(part, side_);
        std::vector<int> pieces[3];
        for (int v : part) pieces[static_cast<int>(side_[v])].push_back(v);
        for (int v : part) side_[v] = Side::outside;
        if (pieces[0].empty() || pieces[1].empty()) {
            minimum_degree_.order(part, order_);
            return;
        }
        dissect(pieces[0]);
        dissect(pieces[1]);
        order_.insert(order_.end(), pieces[2].begin(), pieces[2].end());
    }

    /** Labels the part by the best of the halvings. False: there is none. */
    bool halve(const std::vector<int> &part) {
        int best = -1;
        const int ways = coordinates_.empty() ? 1 : 3;
        for (int way = 0; way < ways; ++way) {
            if (coordinates_.empty())
                distances(part);
            else
                for (int v : part) key_[v] = coordinates_[3 * static_cast<std::size_t>(v) + way];
            const int size = split(part, best);
            if (size < 0) continue;
            best = size;
            for (int v : part) side_[v] = trial_[v];
        }
        for (int v : part) trial_[v] = Side::outside;
        return best >= 0;
    }

    /** Labels by the keys' median; size of the separator, -1: all keys are equal or it is not below `most` >= 0. */
    int split(const std::vector<int> &part, int most) {
        double low = key_[part.front()], high = low;
        for (int v : part) {
            low = std::min(low, key_[v]);
            high = std::max(high, key_[v]);
        }
        if (low == high) return -1;
        const double median = median_key(part, low, high);
        // Whole layers of equal keys stay on one side: the one that leaves the halves more even.
        long below = 0, upto = 0;
        for (int v : part) {
            below += key_[v] < median;
            upto += key_[v] <= median;
        }
        const auto all = static_cast<long>(part.size());
        const bool with_median = std::abs(all - 2 * upto) <= std::abs(all - 2 * below);
        const auto left = with_median ? upto : below;
        if (left == 0 || left == all) return -1;
        for (int v : part) {
            const bool is_left = with_median ? key_[v] <= median : key_[v] < median;
            trial_[v] = is_left ? Side::left : Side::right;
        }
        int size = 0;
        for (int v : part) {
            if (trial_[v] != Side::left) continue;
            for (int e = graph_.first[v]; e < graph_.first[v + 1]; ++e)
                if (trial_[graph_.to[e]] == Side::right) {
                    trial_[v] = Side::separator;
                    if (++size == most) return -1;
                    break;
                }
        }
        return size;
    }

    /** The key with half of the others below it, from the one of many bins that holds it. */
    double median_key(const std::vector<int> &part, double low, double high) {
        constexpr int kBins = 256;
        double scale = kBins / (high - low);
        if (!std::isfinite(scale)) scale = 0.0;  // keys that differ in their last digits only
        const auto bin = [&](double key) { return std::min(static_cast<int>((key - low) * scale), kBins - 1); };
        int count[kBins] = {};
        for (int v : part) ++count[bin(key_[v])];
        int which = 0, before = 0;
        const int middle = static_cast<int>(part.size() / 2);
        while (before + count[which] <= middle) before += count[which++];
        keys_.clear();
        for (int v : part)
            if (bin(key_[v]) == which) keys_.push_back(key_[v]);
        std::nth_element(keys_.begin(), keys_.begin() + (middle - before), keys_.end());
        return keys_[middle - before];
    }

    /** Keys: edges from one of the part's ends, found by going there and back (George and Liu 1979). */
    void distances(const std::vector<int> &part) {
        int start = part.front();
        for (int sweep = 0; sweep < 3; ++sweep) {
            for (int v : part) {
                key_[v] = -1.0;
                trial_[v] = Side::left;  // marks the part
            }
            std::vector<int> queue(1, start);
            key_[start] = 0.0;
            for (std::size_t k = 0; k < queue.size(); ++k) {
                const int v = queue[k];
                for (int e = graph_.first[v]; e < graph_.first[v + 1]; ++e) {
                    const int w = graph_.to[e];
                    if (trial_[w] == Side::outside || key_[w] >= 0.0) continue;
                    key_[w] = key_[v] + 1.0;
                    queue.push_back(w);
                }
            }
            start = queue.back();
        }
    }

    const Graph &graph_;
    const std::vector<double> &coordinates_;
    SeparatorRefiner refiner_;
    std::vector<Side> side_, trial_;
    std::vector<double> key_, keys_;
    MinimumDegree minimum_degree_;
    std::vector<int> order_;
};

}  // namespace

std::vector<int> dissection_of_mesh(const Graph &graph, const std::vector<double> &coordinates) {
    const std::vector<int> order = MeshDissection(graph, coordinates).run();
    std::vector<int> rank(order.size());
    for (std::size_t k = 0; k < order.size(); ++k) rank[order[k]] = static_cast<int>(k);
    postorder(graph, rank);
    return rank;
}

}  // namespace nanohooke::sparse
