// SPDX-License-Identifier: Apache-2.0
/** What to solve: a mesh, materials, supports and loads in steps. Lengths in nm, stresses in GPa. */
package io.github.nanohooke.fem.model;
