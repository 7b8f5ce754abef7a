// SPDX-License-Identifier: Apache-2.0
/**
 * Crystals with pores: what they are made of, their atoms, how porous and how dispersed they are, and their files.
 * Lengths in Å. Knows no other package of nanohooke.
 */
package io.github.nanohooke.structure;
