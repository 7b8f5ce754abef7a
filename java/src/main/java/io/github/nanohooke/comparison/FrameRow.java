// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

/**
 * What the frame changed in the label of one sample: tensors in LAMMPS' cell then, in the axes of the input now.
 *
 * @param place             where the sample stands among those that were drawn, from 0
 * @param kind              of its dataset
 * @param seed              of its dataset
 * @param index             its number there
 * @param porosity          by eq. (1) [%]
 * @param cells             cells along z of the minimum that was found now; 0 where there is none
 * @param end               outcome now, or FAILED where it could not be carried out
 * @param angle             by which LAMMPS' frame of the relaxed cell is turned from the input's axes [degrees]
 * @param energyDifference  energy now minus the one that is stored [eV]
 * @param rmse              of the thirteen constants, now against the stored ones [GPa]
 * @param largest           difference of one of them [GPa]
 * @param turnedRmse        the same where the stored tensor is turned into the input's axes by the cell found now [GPa]
 * @param turnedLargest     the same [GPa]
 * @param reason            why there is no comparison, or why it is not of one minimum; else empty
 */
public record FrameRow(
        long place,
        String kind,
        long seed,
        long index,
        double porosity,
        int cells,
        String end,
        double angle,
        double energyDifference,
        double rmse,
        double largest,
        double turnedRmse,
        double turnedLargest,
        String reason) {

    /** Whether both labels are of one minimum, so that the frame is all that differs. */
    boolean isSameMinimum() {
        return reason.isEmpty();
    }
}
