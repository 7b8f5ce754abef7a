// SPDX-License-Identifier: Apache-2.0
//
// Memory that runs out once, at one allocation after the other: that is told, and what is asked again has its answer.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

#include "aluminium.h"
#include "check.h"
#include "eam/forces.h"
#include "nanohooke/large.h"
#include "sparse/cholesky.h"
#include "structures.h"

namespace {

// Allocations until the one that fails; below 0: none does.
std::atomic<long> left{-1};

void *allocated(std::size_t size) {
    if (left.load(std::memory_order_relaxed) >= 0 && left.fetch_sub(1) == 0) throw std::bad_alloc();
    if (void *memory = std::malloc(size > 0 ? size : 1)) return memory;
    throw std::bad_alloc();
}

}  // namespace

void *operator new(std::size_t size) { return allocated(size); }
void *operator new[](std::size_t size) { return allocated(size); }
// Who asks so has another way.
void *operator new(std::size_t size, const std::nothrow_t &) noexcept { return std::malloc(size > 0 ? size : 1); }
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete[](void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void *memory, std::size_t) noexcept { std::free(memory); }

using namespace nanohooke;

namespace {

// Of the allocations every so many fail in turn.
constexpr long kStride = check::kSanitized ? 7 : 1;

/** Does `what` while one allocation after the other fails, each time between `before` and `after`, until none does. */
template <class Before, class What, class After>
void failing(const Before &before, const What &what, const After &after) {
    bool failed = true;
    for (long k = 0; failed; k += kStride) {
        before();
        left = k;
        const bool done = what();
        failed = left.exchange(-1) < 0;
        CHECK(done || failed);
        after(done);
    }
}

bool told(int status) {
    CHECK(status == NH_OK || status == NH_OUT_OF_MEMORY);
    return status == NH_OK;
}

struct Free {
    void operator()(nh_large *l) const { nh_large_free(l); }
    void operator()(nh_eam *e) const { nh_eam_free(e); }
};
using Handle = std::unique_ptr<nh_large, Free>;

const nh_large_target kTarget{1e-7, 1e-6, {0.0, 1.0}, 200};

/** A strip of crystal with both ends held. */
struct Strip {
    std::vector<double> x;
    std::vector<unsigned char> held, other;
    std::unique_ptr<nh_eam, Free> eam{structures::Aluminium().handle()};
    nh_large_options options{};

    Strip() {
        constexpr double a = structures::kLattice;
        constexpr int nx = 14, ny = 8;
        for (int i = 0; i < nx; ++i)
            for (int j = 0; j < ny; ++j) {
                x.insert(x.end(), {i * a / 2, j * a / 2, (i + j) % 2 * a / 2});
                held.push_back(i < 2 ? 3 : i >= nx - 2 ? 7 : 0);
                other.push_back(i < 2 ? 3 : 0);
            }
        options.period = a;
        options.threads = 2;
    }

    int atoms() const { return static_cast<int>(held.size()); }

    int make(nh_large **out) const { return nh_large_create(eam.get(), atoms(), x.data(), &options, out); }

    Handle made() const {
        nh_large *large = nullptr;
        CHECK(make(&large) == NH_OK);
        return Handle(large);
    }
};

double relaxed(nh_large *large) {
    nh_large_result result{};
    CHECK(nh_large_relax(large, &kTarget, nullptr, nullptr, &result) == NH_OK);
    CHECK(result.converged == 1);
    return result.energy;
}

void crystals_are_made_or_not(const Strip &strip) {
    nh_large *large = nullptr;
    failing([] {}, [&] { return told(strip.make(&large)); },
            [&](bool done) {
                CHECK(done == (large != nullptr));
                nh_large_free(large);
                large = nullptr;
            });
}

/** With springs that have no factor nothing is relaxed and nothing carried; the next time they have one. */
void a_hold_that_fails_holds_nothing(const Strip &strip, bool held_before, double energy) {
    const std::vector<double> none(strip.x.size(), 0.0);
    Handle large;
    failing(
        [&] {
            large = strip.made();
            if (held_before) CHECK(nh_large_hold(large.get(), strip.other.data()) == NH_OK);
        },
        [&] { return told(nh_large_hold(large.get(), strip.held.data())); },
        [&](bool done) {
            if (!done) {
                nh_large_result result{};
                CHECK(nh_large_relax(large.get(), &kTarget, nullptr, nullptr, &result) == NH_BAD_ARGUMENT);
                CHECK(nh_large_carry(large.get(), none.data()) == NH_BAD_ARGUMENT);
                CHECK(nh_large_hold(large.get(), strip.held.data()) == NH_OK);
            }
            CHECK_NEAR(relaxed(large.get()), energy, 1e-9);
        });
}

/** Where atoms have gone far their list is made anew: one that is half made is none. */
void lists_are_whole(const Strip &strip) {
    std::vector<double> far = strip.x;
    for (std::size_t q = 0; q < far.size(); q += 3) far[q] *= 1.1;
    const Handle same = strip.made();
    double here = 0.0, there = 0.0, energy = 0.0;
    CHECK(nh_large_energy(same.get(), &here, nullptr) == NH_OK);
    CHECK(nh_large_set_positions(same.get(), far.data()) == NH_OK);
    CHECK(nh_large_energy(same.get(), &there, nullptr) == NH_OK);
    Handle large;
    for (const bool back : {false, true})
        failing(
            [&] {
                large = strip.made();
                CHECK(nh_large_set_positions(large.get(), far.data()) == NH_OK);
            },
            [&] { return told(nh_large_energy(large.get(), &energy, nullptr)); },
            [&](bool) {
                if (back) CHECK(nh_large_set_positions(large.get(), strip.x.data()) == NH_OK);
                CHECK(nh_large_energy(large.get(), &energy, nullptr) == NH_OK);
                CHECK_NEAR(energy, back ? here : there, 1e-9);
            });
}

void lists_of_the_exact_kernel_are_whole() {
    const structures::Structure s = structures::perfect(2, 2, 1);
    const Mat3 h{{{s.box[0], 0, 0}, {0, s.box[1], 0}, {0, 0, s.box[2]}}};
    Mat3 wide = h;
    for (auto &row : wide.m)
        for (double &v : row) v *= 1.1;
    std::vector<double> far = s.x;
    for (double &v : far) v *= 1.1;
    eam::Evaluator exact(structures::aluminium(), s.atoms(), false);
    exact.evaluate(far, wide);
    const double there = exact.energy();
    exact.evaluate(s.x, h);
    const double here = exact.energy();
    std::unique_ptr<eam::Evaluator> evaluator;
    for (const bool back : {false, true})
        failing(
            [&] {
                evaluator = std::make_unique<eam::Evaluator>(structures::aluminium(), s.atoms(), false);
                evaluator->evaluate(far, wide);
            },
            [&] {
                // Denser than before, so that room for pairs is asked for, too.
                try {
                    evaluator->evaluate(s.x, h);
                    return true;
                } catch (const std::bad_alloc &) {
                    return false;
                }
            },
            [&](bool) {
                evaluator->evaluate(back ? far : s.x, back ? wide : h);
                CHECK_NEAR(evaluator->energy(), back ? there : here, 1e-9);
            });
}

/** A chain of nodes, each joined with the next `reach` ones; the order is as it comes. */
sparse::BlockMatrix chain(int nodes, int reach) {
    sparse::BlockMatrix m;
    m.nodes = nodes;
    m.size = 1;
    m.first.assign(1, 0);
    for (int j = 0; j < nodes; ++j) {
        for (int i = j; i < std::min(nodes, j + reach + 1); ++i) {
            m.row.push_back(i);
            m.values.push_back(i == j ? 2.0 * reach + 1.0 : -1.0);
        }
        m.first.push_back(static_cast<int>(m.row.size()));
    }
    return m;
}

/** An analysis that memory ran out in is none: neither that of a first pattern nor that of the next one. */
void analyses_are_whole(int threads) {
    const sparse::BlockMatrix small = chain(40, 2), large = chain(300, 5);
    const auto team = std::make_shared<Workers>(threads);
    std::unique_ptr<sparse::Cholesky> factor;
    for (const bool shared_late : {false, true})
        failing(
            [&] {
                factor = std::make_unique<sparse::Cholesky>();
                if (!shared_late) factor->share(team);
                CHECK(factor->factorise(shared_late ? large : small));
            },
            [&] {
                try {
                    if (shared_late) factor->share(team);
                    return factor->factorise(large);
                } catch (const std::bad_alloc &) {
                    return false;
                }
            },
            [&](bool) {
                CHECK(factor->factorise(large));
                std::vector<double> x(large.nodes), b(large.nodes);
                for (int i = 0; i < large.nodes; ++i) x[i] = std::sin(0.3 * i);
                sparse::multiply(large, x.data(), b.data());
                factor->solve(b.data());
                double off = 0.0;
                for (int i = 0; i < large.nodes; ++i) off = std::max(off, std::fabs(b[i] - x[i]));
                CHECK_NEAR(off, 0.0, 1e-10);
            });
}

}  // namespace

int main() {
    const Strip strip;
    const Handle same = strip.made();
    CHECK(nh_large_hold(same.get(), strip.held.data()) == NH_OK);
    const double energy = relaxed(same.get());
    crystals_are_made_or_not(strip);
    for (const bool held_before : {false, true}) a_hold_that_fails_holds_nothing(strip, held_before, energy);
    lists_are_whole(strip);
    lists_of_the_exact_kernel_are_whole();
    for (int threads : {1, 3}) analyses_are_whole(threads);
    return check::report("memory_test");
}
