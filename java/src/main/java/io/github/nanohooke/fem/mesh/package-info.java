// SPDX-License-Identifier: Apache-2.0
/** Meshes of quadrilaterals and hexahedra: shape functions, quadrature, generators and readers. Lengths in nm. */
package io.github.nanohooke.fem.mesh;
