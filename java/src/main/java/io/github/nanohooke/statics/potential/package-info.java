// SPDX-License-Identifier: Apache-2.0
/**
 * Interatomic potentials: embedded-atom files as tables.
 */
package io.github.nanohooke.statics.potential;
