// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.atoms.Connectivity;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.List;
import java.util.Optional;

/**
 * The tensor of a solid that pores cut apart. Where nothing hangs together along an axis, no force is carried across:
 * the stresses on that face are zero whatever the strain, so that their rows and columns are, exactly.
 *
 * @param along   directions along which the solid is cut, see {@link Connectivity#cutAlong()}
 * @param tensor  without what rounding or differences left in rows that are zero
 * @param relaxed the minimum with the given cell's vectors where nothing holds them: stress does not, so that a
 *                relaxation lets them drift, and constants are told per volume
 */
public record Disconnection(List<String> along, ElasticTensor tensor, Atoms relaxed) {
    /** Voigt rows of the stresses that act on the face across x, y and z. */
    private static final int[][] ON_FACE = {{0, 4, 5}, {1, 3, 5}, {2, 3, 4}};
    /** Cosine below which a direction counts as lying in a face. */
    private static final double IN_FACE = 1e-3;
    /** Residue of zero rows that is let pass where the potential's range shows the cut [GPa]. */
    private static final double RESIDUE = 0.2;

    public Disconnection {
        along = List.copyOf(along);
    }

    /**
     * @param measured   symmetric
     * @param given      the cell before relaxation
     * @param relaxed    the minimum, in the tensor's axes
     * @param potential  its range decides what acts on what, where it is known
     * @param resolution stiffness that the method cannot tell from zero [GPa]; decides where the range is not known
     * @return empty where the solid hangs together in every direction, or the tensor has other faults than zeros
     */
    public static Optional<Disconnection> of(ElasticTensor measured, Cell given, Atoms relaxed, Potential potential,
            double resolution) {
        double softest = measured.smallestEigenvalue();
        // What pieces that do not act on each other leave is rounding, of differences or of a regularised Hessian.
        double rest = potential.eam().isPresent() ? Math.max(RESIDUE, resolution) : resolution;
        if (Math.abs(softest) > rest) {
            return Optional.empty();
        }
        Connectivity solid = potential.eam().map(tables -> Connectivity.of(relaxed, tables.cutoff()))
                .orElseGet(() -> Connectivity.of(relaxed));
        if (solid.dimensions() == 3) {
            return Optional.empty();
        }
        double[][] c = measured.toArray();
        for (int axis = 0; axis < 3; axis++) {
            if (solid.carriesNothingAlong(axis, IN_FACE)) {
                for (int row : ON_FACE[axis]) {
                    for (int column = 0; column < 6; column++) {
                        c[row][column] = 0;
                        c[column][row] = 0;
                    }
                }
            }
        }
        ElasticTensor clean = ElasticTensor.of(c);
        if (clean.distance(measured) > rest) {
            return Optional.empty();
        }
        Atoms held = solid.withCutVectors(relaxed, given);
        double share = relaxed.cell().volume() / held.cell().volume();
        for (double[] row : c) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= share;
            }
        }
        return Optional.of(new Disconnection(solid.cutAlong(), ElasticTensor.of(c), held));
    }

    /** For people. */
    String explanation() {
        return "the solid is cut along " + String.join(" and ", along) + ": no force is carried there, and those"
                + " constants are exactly zero";
    }
}
