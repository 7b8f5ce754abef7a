// SPDX-License-Identifier: Apache-2.0
/**
 * Families of random porous structures, each behind {@link io.github.nanohooke.structure.source.StructureSource}: the
 * paper's three kinds, and those that a network also meets.
 */
package io.github.nanohooke.structure.source;
