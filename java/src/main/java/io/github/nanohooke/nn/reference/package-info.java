// SPDX-License-Identifier: Apache-2.0
/**
 * The reference backend: plain loops in double precision that follow the formulas of
 * {@link io.github.nanohooke.nn.Layer} line by line. Every other backend is measured against it.
 */
package io.github.nanohooke.nn.reference;
