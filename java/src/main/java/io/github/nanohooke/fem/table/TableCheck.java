// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.table;

/**
 * A table beside atoms at random strains that it has not seen.
 *
 * @param drawn           strains that were drawn
 * @param checks          of them, those in cells that are not in doubt: atoms were relaxed there
 * @param energyError     largest one, over the table's largest energy
 * @param stressError     largest one of the second Piola-Kirchhoff stress, over the table's largest stress
 * @param meanStressError root mean square of the largest of each check's stresses, over the same
 * @param modulusError    the same of moduli, over the largest undeformed one
 */
public record TableCheck(int drawn, int checks, double energyError, double stressError, double meanStressError,
        double modulusError) {
}
