// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.model;

/**
 * Elements of one material.
 *
 * @param elementSet name of the set; null: all elements
 * @param material   the law at each of their integration points
 */
public record Region(String elementSet, ConstitutiveField material) {
}
