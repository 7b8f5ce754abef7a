// SPDX-License-Identifier: GPL-2.0-only

/** Benchmarks that check their own results, in a room for each subject; this one starts them. */
package io.github.nanohooke.jmh;
