// SPDX-License-Identifier: Apache-2.0
/** How native libraries come out of their jars and into the process; the LAMMPS bindings use it too. */
package io.github.nanohooke.natives.loading;
