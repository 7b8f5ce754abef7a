// SPDX-License-Identifier: Apache-2.0
/** The beam of the paper's Fig. 7 with all its atoms: what finite elements with the tensor of a cell stand for. */
package io.github.nanohooke.fem.beam.atoms;
