// SPDX-License-Identifier: Apache-2.0
/**
 * Equilibrium of a problem by Newton's method, step by step, in the total Lagrangian description: everything refers to
 * the undeformed part.
 */
package io.github.nanohooke.fem.solve;
