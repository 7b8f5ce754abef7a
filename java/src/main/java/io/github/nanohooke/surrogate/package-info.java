// SPDX-License-Identifier: Apache-2.0
/**
 * The network as a constitutive law: from the binary image of a periodic cell to the thirteen elastic constants in GPa.
 * Training, model files, and what a network's raw numbers mean.
 */
package io.github.nanohooke.surrogate;
