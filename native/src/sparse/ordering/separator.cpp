// SPDX-License-Identifier: Apache-2.0
#include "sparse/ordering/separator.h"

#include <algorithm>

namespace nanohooke::sparse {

namespace {

constexpr int kPasses = 4;
// Moves without a new best separator after which a pass gives up.
constexpr int kPatience = 60;
// A side may not fall below this share of the smaller side at the start of a pass.
constexpr double kLeastShare = 0.6;

int index(Side side) { return static_cast<int>(side); }
Side opposite(Side side) { return side == Side::left ? Side::right : Side::left; }

}  // namespace

SeparatorRefiner::SeparatorRefiner(const Graph &graph) : graph_(graph), locked_(graph.nodes(), 0) {
    for (auto &counts : touching_) counts.assign(graph.nodes(), 0);
}

void SeparatorRefiner::refine(const std::vector<int> &part, std::vector<Side> &side) {
    for (int k = 0; k < kPasses; ++k)
        if (!pass(part, side)) break;
}

void SeparatorRefiner::enter_separator(int node, const std::vector<Side> &side) {
    touching_[0][node] = touching_[1][node] = 0;
    for (int e = graph_.first[node]; e < graph_.first[node + 1]; ++e) {
        const Side s = side[graph_.to[e]];
        if (s == Side::left || s == Side::right) ++touching_[index(s)][node];
    }
}

/** Takes a node out of the separator; what it touches on the other side has to come in. */
void SeparatorRefiner::move(int node, Side to, std::vector<Side> &side, std::vector<Move> &log) {
    log.push_back({node, Side::separator});
    side[node] = to;
    ++size_[index(to)];
    const Side far = opposite(to);
    for (int e = graph_.first[node]; e < graph_.first[node + 1]; ++e) {
        const int v = graph_.to[e];
        if (side[v] == Side::separator) {
            ++touching_[index(to)][v];
        } else if (side[v] == far) {
            log.push_back({v, far});
            side[v] = Side::separator;
            --size_[index(far)];
            separator_.push_back(v);
            enter_separator(v, side);
            for (int q = graph_.first[v]; q < graph_.first[v + 1]; ++q) {
                const int w = graph_.to[q];
                if (side[w] == Side::separator) --touching_[index(far)][w];
            }
        }
    }
}

bool SeparatorRefiner::pass(const std::vector<int> &part, std::vector<Side> &side) {
    ++stamp_;
    separator_.clear();
    size_[0] = size_[1] = 0;
    for (int v : part) {
        if (side[v] == Side::separator)
            separator_.push_back(v);
        else
            ++size_[index(side[v])];
    }
    for (int v : separator_) enter_separator(v, side);
    const int least = static_cast<int>(kLeastShare * std::min(size_[0], size_[1]));
    int now = static_cast<int>(separator_.size());
    int best = now, best_gap = std::abs(size_[0] - size_[1]);
    std::vector<Move> log;
    std::size_t best_length = 0;

    for (int since = 0; since < kPatience;) {
        int chosen = -1, chosen_gain = 0;
        Side to = Side::left;
        std::size_t kept = 0;
        for (std::size_t k = 0; k < separator_.size(); ++k) {
            const int v = separator_[k];
            if (side[v] != Side::separator) continue;
            separator_[kept++] = v;
            if (locked_[v] == stamp_) continue;
            for (Side s : {Side::left, Side::right}) {
                const int pulled = touching_[index(opposite(s))][v];
                if (pulled > 0 && size_[index(opposite(s))] - pulled < least) continue;
                const int gain = 1 - pulled;
                const bool better =
                    chosen < 0 || gain > chosen_gain || (gain == chosen_gain && size_[index(s)] < size_[index(to)]);
                if (!better) continue;
                chosen = v;
                chosen_gain = gain;
                to = s;
            }
        }
        separator_.resize(kept);
        if (chosen < 0) break;
        locked_[chosen] = stamp_;
        move(chosen, to, side, log);
        now -= chosen_gain;
        const int gap = std::abs(size_[0] - size_[1]);
        if (now < best || (now == best && gap < best_gap)) {
            best = now;
            best_gap = gap;
            best_length = log.size();
            since = 0;
        } else {
            ++since;
        }
    }
    for (std::size_t k = log.size(); k > best_length; --k) side[log[k - 1].node] = log[k - 1].from;
    return best_length > 0;
}

}  // namespace nanohooke::sparse
