// SPDX-License-Identifier: GPL-2.0-only

/** Benchmarks of networks run in turn, and their table of ratios. */
package io.github.nanohooke.jmh.report;
