// SPDX-License-Identifier: GPL-2.0-only

/** Parts by finite elements and by all of their atoms. */
package io.github.nanohooke.jmh.fem;
