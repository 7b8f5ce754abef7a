// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.atoms;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.law.FaceLaw;
import io.github.nanohooke.statics.hyperelastic.CellSpace;
import io.github.nanohooke.statics.hyperelastic.UnitCell;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Answer;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Answers;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Settings;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The free face of a crystal of equal cells, from a strip of atoms: some cells one upon the other between two free
 * faces, periodic along them. Half of what its energy is over that of as many cells of the bulk, at the same strain
 * along the face and free of stress otherwise, is the face's. It is sampled along the strain, with exact first and
 * second derivatives, and interpolated: surface stress by cubic Hermite splines, energy as their integral.
 *
 * <p>Beyond the last strain to either side that strip and bulk bear, or {@link #MOST}, the surface stress goes on
 * linearly.
 */
public final class CrystalFace implements FaceLaw {
    /** Largest Green strain that is sampled. */
    static final double MOST = 0.12;
    private static final double SPACING = 0.0025;
    /** Cells between the two faces: with one more, the surface stress of the beam's cell changes by 1e-4 of it. */
    private static final int LAYERS = 4;
    /** No pair of atoms sees across [Å]. */
    private static final double VACUUM = 10;
    private static final Settings SETTINGS = Settings.precise().withForceTolerance(1e-6);
    /** GPa Å in N/m. */
    private static final double NEWTON_PER_METRE = 0.1;

    private final double first;
    private final double[] energy;
    private final double[] stress;
    private final double[] elasticity;

    private CrystalFace(double first, List<double[]> samples) {
        int n = samples.size();
        this.first = first;
        stress = new double[n];
        elasticity = new double[n];
        energy = new double[n];
        for (int k = 0; k < n; k++) {
            stress[k] = samples.get(k)[0];
            elasticity[k] = samples.get(k)[1];
        }
        for (int k = 1; k < n; k++) {
            energy[k] = energy[k - 1] + SPACING * (0.5 * (stress[k - 1] + stress[k])
                    + SPACING / 12 * (elasticity[k - 1] - elasticity[k]));
        }
        double zero = at(0)[0];
        for (int k = 0; k < n; k++) {
            energy[k] -= zero;
        }
    }

    /**
     * The faces of a plane material that are parallel to x, normal to y. The energy counts from the undeformed face.
     *
     * @throws FemException when its cell is no rectangle, or the strip has no stable state
     */
    public static CrystalFace of(AtomsMaterial material) {
        Cell cell = material.reference().atoms().cell();
        if (material.cell().space() != CellSpace.PLANE) {
            throw new FemException("faces of atoms are for extruded cells in plane strain");
        }
        if (Math.abs(cell.get(0, 1)) > 1e-9 * cell.length(0)) {
            throw new FemException("a face of atoms needs a cell whose first vector lies along the face, that is along"
                    + " x");
        }
        double height = LAYERS * cell.get(1, 1);
        try (UnitCell strip = material.planeCell(stacked(material))) {
            Sampler sampler = new Sampler(strip, material.cell(), height, height + VACUUM, material.misfit().g()[0]);
            List<double[]> up = sampler.walk(1);
            List<double[]> down = sampler.walk(-1);
            List<double[]> samples = new ArrayList<>();
            for (int k = down.size() - 1; k > 0; k--) {
                samples.add(down.get(k));
            }
            samples.addAll(up);
            return new CrystalFace(-SPACING * (down.size() - 1), samples);
        }
    }

    /** Some cells one upon the other, and nothing above. */
    private static Atoms stacked(AtomsMaterial material) {
        Atoms bulk = material.reference().atoms();
        double[] stretch = material.reference().stretch();
        double[][] map = {Arrays.copyOf(stretch, 3), Arrays.copyOfRange(stretch, 3, 6),
            Arrays.copyOfRange(stretch, 6, 9)};
        Atoms designed = material.designed();
        int n = bulk.count();
        double[][] rows = bulk.cell().rows();
        int[] types = new int[LAYERS * n];
        double[] x = new double[3 * types.length];
        for (int layer = 0; layer < LAYERS; layer++) {
            for (int i = 0; i < n; i++) {
                types[layer * n + i] = bulk.type(i);
                // Each atom where it was drawn, not at a period of it: layers must not be torn at the free faces.
                double[] drawn = {designed.x(i), designed.y(i), designed.z(i)};
                double along = 0;
                for (int a = 0; a < 3; a++) {
                    along += map[1][a] * drawn[a];
                }
                double back = Math.round((along - bulk.y(i)) / rows[1][1]);
                for (int a = 0; a < 3; a++) {
                    double at = a == 0 ? bulk.x(i) : a == 1 ? bulk.y(i) : bulk.z(i);
                    x[3 * (layer * n + i) + a] = at + (layer + back) * rows[1][a];
                }
            }
        }
        double tall = LAYERS * rows[1][1] + VACUUM;
        return new Atoms(Cell.of(new double[][] {rows[0], {0, tall, 0}, rows[2]}), bulk.elements(), types, x);
    }

    /** Strip and bulk from strain to strain. */
    private static final class Sampler {
        private final UnitCell strip;
        private final UnitCell bulk;
        private final double bulkHeight;
        private final double stripHeight;
        private final double misfit;

        Sampler(UnitCell strip, UnitCell bulk, double bulkHeight, double stripHeight, double misfit) {
            this.strip = strip;
            this.bulk = bulk;
            this.bulkHeight = bulkHeight;
            this.stripHeight = stripHeight;
            this.misfit = misfit;
        }

        /** Surface stress and elasticity at even strains of the part, from 0 to one side. */
        List<double[]> walk(int sign) {
            double[] stripState = strip.undeformed(1);
            double[] bulkState = bulk.undeformed(1);
            double[] cross = {0, 1};
            List<double[]> samples = new ArrayList<>();
            for (int k = 0; k * SPACING <= MOST + 1e-9; k++) {
                double stretch = misfit * Math.sqrt(1 + 2 * sign * k * SPACING);
                double[] upon = uniaxial(strip, stripState, stretch);
                double[] behind = upon == null ? null : free(bulkState, stretch, cross);
                if (behind == null) {
                    break;
                }
                double[] one = new double[2];
                for (int d = 0; d < 2; d++) {
                    one[d] = 0.5 * NEWTON_PER_METRE * (stripHeight * upon[d] - bulkHeight * behind[d])
                            * (d == 0 ? misfit : misfit * misfit * misfit);
                }
                samples.add(one);
            }
            if (samples.size() < 2) {
                throw new FemException("a strip of atoms with free faces is not stable where the part is undeformed;"
                        + " such faces cannot be had from this cell");
            }
            return samples;
        }

        /** Second Piola-Kirchhoff stress along x and its derivative by the strain, all else held. */
        private static double[] uniaxial(UnitCell cell, double[] state, double stretch) {
            Answers at = cell.deform(SETTINGS, new double[] {stretch, 0, 0, 0, 1, 0, 0, 0, 1}, state);
            return at.answers()[0] != Answer.REACHED ? null : alongStrain(stretch, at.p()[0], at.a()[0]);
        }

        private static double[] alongStrain(double stretch, double p, double a) {
            double s = p / stretch;
            return new double[] {s, (a - s) / (stretch * stretch)};
        }

        /**
         * The same of the bulk, free of stress across.
         *
         * @param cross F_xy and F_yy, where to begin and where it ended
         */
        private double[] free(double[] state, double stretch, double[] cross) {
            for (int iteration = 0; iteration < 30; iteration++) {
                Answers at = bulk.deform(SETTINGS, new double[] {stretch, cross[0], 0, 0, cross[1], 0, 0, 0, 1}, state);
                if (at.answers()[0] != Answer.REACHED) {
                    return null;
                }
                double[] p = at.p();
                double[] a = at.a();
                double det = a[9 + 1] * a[36 + 4] - a[9 + 4] * a[36 + 1];
                if (Math.max(Math.abs(p[1]), Math.abs(p[4])) < 1e-7) {
                    // a[9 r + c] with components 0 xx, 1 xy, 4 yy; those across follow.
                    double first = (a[36 + 4] * a[9] - a[9 + 4] * a[36]) / det;
                    double second = (a[9 + 1] * a[36] - a[36 + 1] * a[9]) / det;
                    return alongStrain(stretch, p[0], a[0] - a[1] * first - a[4] * second);
                }
                cross[0] -= (a[36 + 4] * p[1] - a[9 + 4] * p[4]) / det;
                cross[1] -= (a[9 + 1] * p[4] - a[36 + 1] * p[1]) / det;
            }
            return null;
        }
    }

    @Override
    public String name() {
        return AtomsMaterial.NAME;
    }

    @Override
    public boolean isAlongX() {
        return true;
    }

    /** Smallest and largest strain that was sampled; beyond, the surface stress goes on linearly. */
    public double[] range() {
        return new double[] {first, first + SPACING * (stress.length - 1)};
    }

    @Override
    public double[] at(double strain) {
        double place = (strain - first) / SPACING;
        int last = stress.length - 1;
        if (!(place > 0 && place < last)) {
            int end = place >= last ? last : 0;
            double beyond = strain - (first + SPACING * end);
            return new double[] {energy[end] + beyond * (stress[end] + 0.5 * beyond * elasticity[end]),
                stress[end] + beyond * elasticity[end], elasticity[end]};
        }
        int k = (int) place;
        double s = place - k;
        double h = SPACING;
        double jump = stress[k + 1] - stress[k];
        // Cubic c0 + c1 s + c2 s^2 + c3 s^3 with both ends' values and slopes.
        double c1 = h * elasticity[k];
        double c2 = 3 * jump - h * (2 * elasticity[k] + elasticity[k + 1]);
        double c3 = -2 * jump + h * (elasticity[k] + elasticity[k + 1]);
        return new double[] {energy[k] + h * s * (stress[k] + s * (c1 / 2 + s * (c2 / 3 + s * c3 / 4))),
            stress[k] + s * (c1 + s * (c2 + s * c3)), (c1 + s * (2 * c2 + s * 3 * c3)) / h};
    }
}
