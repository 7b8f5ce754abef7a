// SPDX-License-Identifier: GPL-2.0-only

/** Tensors by statics: our methods and LAMMPS' stock commands on random structures. */
package io.github.nanohooke.jmh.statics;
