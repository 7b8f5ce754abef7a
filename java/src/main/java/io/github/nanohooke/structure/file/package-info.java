// SPDX-License-Identifier: Apache-2.0
/** Structures and atoms in files: JSON, LAMMPS data, extended XYZ. */
package io.github.nanohooke.structure.file;
