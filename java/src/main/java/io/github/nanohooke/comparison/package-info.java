// SPDX-License-Identifier: Apache-2.0
/**
 * Methods against each other on random structures: whether they end in the same minimum ({@link
 * io.github.nanohooke.comparison.MinimaComparison}), and whether they measure the same tensor at one minimum ({@link
 * io.github.nanohooke.comparison.AccuracyComparison}); and stored tensors in LAMMPS' cell against the same in the axes
 * of the input ({@link io.github.nanohooke.comparison.FrameComparison}). One row a structure, kept as soon as it is
 * made.
 */
package io.github.nanohooke.comparison;
