// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.table;

import java.util.Locale;

/**
 * What a table is made of and worth.
 *
 * @param nodes         strains at which atoms were relaxed or tried
 * @param unstable      of them, those that no stable neighbour leads to
 * @param cells         between nodes, that the table answers in
 * @param continued     of them, those in doubt: at the end of stability, where some corners are not stable and continue
 *                      the nearest stable one, or of the finest spacing and off by more than the tolerance all the same
 * @param coarse        of those, the latter
 * @param coarseError   largest error of stress at the centre of a cell that is not at the end, over the largest stress
 * @param evaluations   of the cell's energy and second derivatives
 * @param largestEnergy of a stable node [GPa]
 * @param largestStress component of the second Piola-Kirchhoff stress in the plane at a stable node [GPa]
 * @param checks        random strains of at most five twelfths of the range, which the table has not seen
 * @param energyError   largest one there, over the largest energy
 * @param stressError   the same of stress
 * @param modulusError  root mean square of the largest of each check's moduli, over the largest undeformed one
 * @param whole         the same over all of the range
 * @param seconds       that it took to build
 */
public record TableSummary(int nodes, int unstable, int cells, int continued, int coarse,
        double coarseError, long evaluations, double largestEnergy, double largestStress, int checks,
        double energyError, double stressError, double modulusError, TableCheck whole, double seconds) {

    /** One line for people. */
    public String text() {
        return String.format(Locale.ROOT, "%d strains (%d not stable), %d cells, %d of them in doubt, at the end of"
                + " stability; at %d strains that it has not seen energy is within %.2g %%, stress within %.2g %% of"
                + " the largest, moduli within %.2g %% in the mean; at %d all over it energy is within %.2g %%, stress"
                + " within %.2g %%, %.2g %% in the mean; %d evaluations, %.1f s", nodes, unstable, cells, continued,
                checks, 100 * energyError, 100 * stressError, 100 * modulusError, whole.checks(),
                100 * whole.energyError(), 100 * whole.stressError(), 100 * whole.meanStressError(), evaluations,
                seconds);
    }
}
