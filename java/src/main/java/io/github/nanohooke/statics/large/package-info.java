// SPDX-License-Identifier: Apache-2.0
/**
 * Statics of up to a million atoms: extruded crystals with held atoms, relaxed by L-BFGS in the metric of a network of
 * springs on the native kernel.
 */
package io.github.nanohooke.statics.large;
