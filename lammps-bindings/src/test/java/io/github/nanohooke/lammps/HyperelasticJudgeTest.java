// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.lammps.StressOracle.State;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.hyperelastic.Deformations;
import io.github.nanohooke.statics.hyperelastic.HyperelasticCalculator;
import io.github.nanohooke.statics.hyperelastic.HyperelasticResult;
import io.github.nanohooke.statics.hyperelastic.ReferenceCell;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Polygon;
import io.github.nanohooke.structure.Polygon.Vertex;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.RestrictedFrame;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The energy of deformation and the stress of a porous cell without symmetry against LAMMPS, which gets the undeformed
 * atoms moved with their cell and relaxes them itself.
 */
@ExtendWith(RequireLammps.class)
class HyperelasticJudgeTest {
    /** eV/Å³ in GPa. */
    private static final double GIGAPASCAL = 160.2176634;
    private static final StaticsOptions OPTIONS = StaticsOptions.defaults().withForceTolerance(1e-7)
            .withStressTolerance(1e-7);
    private static final double[] NONE = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    /** Where LAMMPS ends [eV/Å]. */
    private static final double FORCE = 1e-7;
    private static HyperelasticCalculator crystal;
    private static LammpsSession session;
    private static double undeformed;

    @BeforeAll
    static void open() {
        Atoms given = new PorousStructure(Lattice.aluminium(), new Cells(6, 6, 1), List.of(new Polygon(List.of(
                new Vertex(6, 6), new Vertex(17, 8), new Vertex(9, 15))))).atoms();
        crystal = HyperelasticCalculator.open(given, ReferenceCell.Kind.ZERO_STRESS, OPTIONS, StaticsProgress.SILENT);
        Atoms reference = crystal.reference().atoms();
        assertThat(reference.count()).isBetween(96, 384);
        session = new LammpsSession(Lammps.open(), RestrictedFrame.of(reference.cell()).enter(reference).wrapped(),
                OPTIONS, () -> true);
        State rest = relaxed(NONE);
        undeformed = rest.energy();
        assertThat(undeformed).isCloseTo(crystal.reference().energy(), within(1e-6));
    }

    @AfterAll
    static void close() {
        if (session != null) {
            session.close();
        }
        if (crystal != null) {
            crystal.close();
        }
    }

    private static State relaxed(double[] f) {
        Atoms moved = moved(f);
        RestrictedFrame frame = RestrictedFrame.of(moved.cell());
        Box box = frame.box();
        return session.relax(box, frame.enter(moved).wrapped().positions(), FORCE);
    }

    /** The undeformed cell with its atoms, every point taken along by F. */
    private static Atoms moved(double[] f) {
        Atoms reference = crystal.reference().atoms();
        double[] x = new double[3 * reference.count()];
        for (int i = 0; i < reference.count(); i++) {
            for (int r = 0; r < 3; r++) {
                x[3 * i + r] = f[3 * r] * reference.x(i) + f[3 * r + 1] * reference.y(i)
                        + f[3 * r + 2] * reference.z(i);
            }
        }
        return reference.moved(reference.cell().transformed(new double[][] {{f[0], f[1], f[2]}, {f[3], f[4], f[5]},
            {f[6], f[7], f[8]}}), x);
    }

    /** A stress 11, 22, 33, 23, 13, 12 of the restricted frame as nine numbers in the axes of the deformed cell. */
    private static double[] turnedBack(double[] s, double[][] rotation) {
        double[][] stress = {{s[0], s[5], s[4]}, {s[5], s[1], s[3]}, {s[4], s[3], s[2]}};
        double[] back = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    for (int l = 0; l < 3; l++) {
                        back[3 * i + j] += rotation[k][i] * stress[k][l] * rotation[l][j];
                    }
                }
            }
        }
        return back;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "tension,         1.03, 0, 0, 0, 1, 0, 0, 0, 1",
        "compression,     0.98, 0, 0, 0, 0.99, 0, 0, 0, 1",
        "expansion,       1.02, 0, 0, 0, 1.015, 0, 0, 0, 1.01",
        "simple shear,    1, 0.03, 0, 0, 1, 0, 0, 0, 1",
        "pure shear,      1.02, 0.01, 0, 0.01, 0.98, 0, 0, 0, 1",
        "along z,         1, 0, 0, 0, 1, 0, 0, 0, 0.98",
        "shear along z,   1, 0, 0.02, 0, 1, -0.015, 0, 0, 1",
        "shear that tips, 1, 0, 0, 0, 1, 0, 0.02, 0.01, 1",
        "all at once,     1.015, -0.01, 0.008, 0.012, 0.99, 0.006, -0.005, 0.009, 1.01",
        "far tension,     1.05, 0, 0, 0, 1, 0, 0, 0, 1",
        "across,          1, 0, 0, 0, 1.04, 0, 0, 0, 1",
        "far along z,     1, 0, 0, 0, 1, 0, 0, 0, 1.03",
        "both ways,       1.03, 0, 0, 0, 1.03, 0, 0, 0, 1",
        "out of plane,    1, 0, 0, 0, 1, 0.02, 0, 0.02, 1",
        "shear backwards, 1, -0.025, 0, 0, 1, 0, 0, 0, 1",
        "pulled and sheared, 1.02, 0.02, 0, 0, 1, 0, 0, 0, 0.99",
        "pressed and sheared, 0.995, 0, 0, 0.01, 0.99, 0, 0, 0, 1",
        "without volume,  1.02, 0, 0, 0, 0.98039, 0, 0, 0, 1",
        "a small one,     1.0005, 0.0002, 0.0001, 0.0003, 0.9996, -0.0002, 0.0004, 0.0001, 1.0003",
        "turned by half a radian, 0.89499, -0.47943, 0, 0.48891, 0.87758, 0, 0, 0, 1.005"
    })
    void lammpsFindsTheSameEnergyAndStress(String name, double xx, double xy, double xz, double yx, double yy,
            double yz, double zx, double zy, double zz) {
        double[] f = {xx, xy, xz, yx, yy, yz, zx, zy, zz};
        HyperelasticResult here = crystal.deform(f);
        // In a box that is held, the atoms have to be stable; whether the cell would be is another question.
        assertThat(here.fraction()).isEqualTo(1);
        assertThat(here.atomStability()).isPositive();
        State there = relaxed(f);
        assertThat(there.maxForce()).isLessThanOrEqualTo(FORCE);
        double energy = (there.energy() - undeformed) / crystal.reference().atoms().cell().volume() * GIGAPASCAL;
        double[] stress = turnedBack(there.stress(), RestrictedFrame.of(moved(f).cell()).rotation());
        assertThat(here.energy()).as(name).isCloseTo(energy, within(1e-6));
        // LAMMPS' bar per eV/Å³ has eight digits: 1e-7 of some GPa.
        assertThat(here.cauchy()).containsExactly(stress, within(1e-5));
    }

    /** A column of the tangent: LAMMPS' stresses to either side, P = det F s F^-T. Knots of the table make 0.01 GPa. */
    @ParameterizedTest
    @CsvSource({"0, 1.01, 0.004", "1, 1.01, 0.004", "8, 1.01, 0.004", "4, 1.02, -0.008", "2, 1.02, -0.008",
        "5, 1.02, -0.008"})
    void lammpsFindsTheSameTangent(int component, double stretch, double shear) {
        double[] f = {stretch, shear, 0, 0, 1, 0.002, 0, 0, 1};
        double h = 1e-5;
        double[] more = f.clone();
        double[] less = f.clone();
        more[component] += h;
        less[component] -= h;
        double[] up = piola(more);
        double[] down = piola(less);
        double[] a = crystal.deform(f).tangent();
        for (int q = 0; q < 9; q++) {
            assertThat((up[q] - down[q]) / (2 * h)).as("row %d", q).isCloseTo(a[9 * q + component], within(0.01));
        }
    }

    private static double[] piola(double[] f) {
        double[] s = turnedBack(relaxed(f).stress(), RestrictedFrame.of(moved(f).cell()).rotation());
        double[] back = Deformations.inverse(f);
        double[] p = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    p[3 * i + j] += Deformations.determinant(f) * s[3 * i + k] * back[3 * j + k];
                }
            }
        }
        return p;
    }

    /**
     * Compressed to just before its atoms give way, the cell is unstable by tens of GPa: LAMMPS' stress falls back
     * there, too, when it is compressed further.
     */
    @Test
    void lammpsStressFallsBackWhereTheCellIsUnstable() {
        double[] f = {0.98, 0, 0, 0, 0.99, 0, 0, 0, 1};
        double h = 3e-6;
        double[][] sides = new double[2][];
        for (int side = 0; side < 2; side++) {
            double[] g = f.clone();
            g[4] += side == 0 ? -h : h;
            sides[side] = relaxed(g).stress();
        }
        double[] a = crystal.deform(f).tangent();
        // P_xx = F_yy F_zz s_xx, P_yy = F_xx F_zz s_yy.
        assertThat((sides[1][1] - sides[0][1]) * f[0] / (2 * h)).isNegative().isCloseTo(a[9 * 4 + 4], within(1.0));
        assertThat(((f[4] + h) * sides[1][0] - (f[4] - h) * sides[0][0]) / (2 * h)).isCloseTo(a[4], within(1.0));
    }
}
