// SPDX-License-Identifier: Apache-2.0
/** Materials whose points carry unit cells of atoms, relaxed at every deformation: no constitutive law in between. */
package io.github.nanohooke.fem.atoms;
