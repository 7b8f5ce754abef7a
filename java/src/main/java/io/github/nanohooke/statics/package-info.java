// SPDX-License-Identifier: Apache-2.0
/**
 * Molecular statics: a structure in, its elastic tensor at a minimum of the energy out. Methods are found by name;
 * {@code potential} has embedded-atom files, {@code hessian} the method on the native kernel.
 */
package io.github.nanohooke.statics;
