// SPDX-License-Identifier: Apache-2.0
//
// How far the statics can count, in one place. Indices are 32-bit: half the memory of 64-bit ones, and these bounds,
// checked in 64 bits before anything is numbered, keep every sum of them below 2^31.
#pragma once

#include <cstddef>
#include <cstdint>

namespace nanohooke::bounds {

/** Atoms of a crystal: three coordinates each, and three cells stacked, still have 32-bit numbers. */
inline constexpr int kMostAtoms = 100'000'000;
/** Pairs of a list. A matrix holds each twice and every atom once. */
inline constexpr std::int64_t kMostPairs = 1'000'000'000;
/** Periods of the cell between an atom and its neighbour, along each vector. */
inline constexpr int kMostPeriods = 20;
/** Periods of the cell that an atom may lie outside: its fraction then still has half of its digits. */
inline constexpr double kMostTurns = 1e8;
/** Bins for each atom: a cell of mostly vacuum must not get far more bins than it has atoms. */
inline constexpr std::int64_t kBinsPerAtom = 64;
inline constexpr std::int64_t kMostBins = std::int64_t{1} << 30;
/** Entries of a matrix or of its factor's rows. */
inline constexpr std::size_t kMostEntries = 0x7fffffff;

}  // namespace nanohooke::bounds
