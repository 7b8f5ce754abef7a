// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.atoms.AtomsMaterial;
import io.github.nanohooke.fem.beam.UnitCellBeam;
import io.github.nanohooke.fem.law.ContinuedLaw;
import io.github.nanohooke.fem.law.CrystalFrame;
import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.table.TabulatedMaterial.Outside;
import io.github.nanohooke.random.Xoshiro256;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.hyperelastic.ReferenceCell.Kind;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of 32 atoms: against these atoms, against its own derivatives, across its cells, at its end. */
class TabulatedLawTest {
    private static final int[] IN_PLANE = {0, 1, 3, 4};
    private static final TableOptions SMALL = new TableOptions(0.03, 0.005, 0.005);
    /** Random strains all over a table. */
    private static final int DRAWS = 300;
    private static TabulatedMaterial small;
    private static TabulatedMaterial wide;

    @BeforeAll
    static void build() {
        small = of(CrystalFrame.NONE, SMALL, Outside.ERROR, null);
        wide = of(CrystalFrame.NONE, new TableOptions(0.18, 0.005, 0.06), Outside.ERROR, null);
    }

    @AfterAll
    static void close() {
        small.close();
        wide.close();
    }

    private static Atoms cell() {
        double a = Lattice.aluminium().constant();
        return new PorousStructure(Lattice.aluminium(), new Cells(3, 3, 1),
                List.of(new Rectangle(0.75 * a, 1.75 * a, 0.75 * a, 1.75 * a))).atoms();
    }

    private static AtomsMaterial atoms(CrystalFrame frame) {
        return AtomsMaterial.of(cell(), Kind.GIVEN_PERIOD, Section.PLANE_STRAIN, frame, StaticsOptions.defaults());
    }

    private static TabulatedMaterial of(AtomsMaterial atoms, TableOptions options) {
        return TabulatedMaterial.of(atoms, options, Outside.ERROR, null, StaticsProgress.SILENT);
    }

    private static TabulatedMaterial of(CrystalFrame frame, TableOptions options, Outside outside, Path folder) {
        return TabulatedMaterial.of(atoms(frame), options, outside, folder, StaticsProgress.SILENT);
    }

    /** A stretch of at most a size, turned by some angle. */
    private static double[] gradient(Xoshiro256 random, double size) {
        double[] strain = {size * (2 * random.nextDouble() - 1), size * (2 * random.nextDouble() - 1),
            size * (2 * random.nextDouble() - 1)};
        return times(rotation(6 * random.nextDouble()), Sampler.gradient(strain));
    }

    private static double[] rotation(double angle) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        return new double[] {c, -s, 0, s, c, 0, 0, 0, 1};
    }

    private static double[] times(double[] a, double[] b) {
        double[] c = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    c[3 * i + j] += a[3 * i + k] * b[3 * k + j];
                }
            }
        }
        return c;
    }

    private static double[] transposed(double[] a) {
        return new double[] {a[0], a[3], a[6], a[1], a[4], a[7], a[2], a[5], a[8]};
    }

    private static double[] stress(MaterialLaw law, double[] f) {
        double[] p = new double[9];
        law.stress(f, p);
        return p;
    }

    private static double[] tangent(MaterialLaw law, double[] f) {
        double[] a = new double[81];
        law.tangent(f, new double[9], a);
        return a;
    }

    @Test
    void agreesWithAtomsAtStrainsThatItHasNotSeen() {
        TableSummary summary = small.summary();
        assertThat(summary.unstable()).isZero();
        assertThat(summary.checks()).isEqualTo(200);
        assertThat(summary.energyError()).isLessThan(0.001);
        assertThat(summary.stressError()).isLessThan(0.005);
        Xoshiro256 random = new Xoshiro256(3);
        for (int k = 0; k < 40; k++) {
            double[] f = gradient(random, 0.029);
            MaterialLaw direct = small.atoms().at(9, k);
            assertThat(small.at(0, 0).energy(f)).isCloseTo(direct.energy(f), within(0.001 * summary.largestEnergy()));
            double[] p = stress(small.at(0, 0), f);
            double[] there = stress(direct, f);
            for (int q : new int[] {0, 1, 3, 4, 8}) {
                assertThat(p[q]).isCloseTo(there[q], within(0.005 * summary.largestStress()));
            }
        }
    }

    /** All over the table's range, atoms coming straight from the undeformed state and not from the table's nodes. */
    @Test
    void agreesWithStaticsWhereverItIsNotInDoubt() {
        TableOptions options = new TableOptions(0.12, 0.005, 0.02);
        try (TabulatedMaterial material = of(AtomsMaterial.of(UnitCellBeam.cell(), Kind.GIVEN_PERIOD,
                Section.PLANE_STRAIN, CrystalFrame.NONE, StaticsOptions.defaults()), options)) {
            TableSummary summary = material.summary();
            assertThat(summary.unstable()).isPositive();
            assertThat(summary.whole().drawn()).isEqualTo(1000);
            assertThat(summary.whole().checks()).isBetween(200, 900);
            assertThat(summary.whole().energyError()).isLessThan(0.001);
            assertThat(summary.whole().stressError()).isLessThan(0.01);
            assertThat(summary.whole().meanStressError()).isLessThan(0.001);
            Xoshiro256 random = new Xoshiro256(7);
            int answered = 0;
            int beyond = 0;
            int large = 0;
            double[] worst = new double[2];
            for (int k = 0; k < DRAWS; k++) {
                double[] f = gradient(random, 0.12);
                TabulatedLaw law = (TabulatedLaw) material.at(0, 0);
                double energy = law.energy(f);
                if (law.isOutside() || law.isContinued()) {
                    continue;
                }
                ContinuedLaw direct = (ContinuedLaw) material.atoms().at(1, k);
                double[] there = stress(direct, f);
                if (direct.isContinued()) {
                    beyond++;
                    continue;
                }
                answered++;
                large += Arrays.stream(law.lastStrain()).map(Math::abs).max().orElse(0) > 0.05 ? 1 : 0;
                double[] p = stress(law, f);
                worst[0] = Math.max(worst[0], Math.abs(energy - direct.energy(f)) / summary.largestEnergy());
                for (int q : new int[] {0, 1, 3, 4, 8}) {
                    worst[1] = Math.max(worst[1], Math.abs(p[q] - there[q]) / summary.largestStress());
                }
            }
            assertThat(answered).isGreaterThan(DRAWS / 6);
            assertThat(large).isGreaterThan(answered / 2);
            // Straight on, atoms may lose their stability where the table's nodes led around.
            assertThat(beyond).isLessThan(answered / 2);
            assertThat(worst[0]).isLessThan(0.001);
            assertThat(worst[1]).isLessThan(0.005);
        }
    }

    @Test
    void stressAndTangentAreDerivatives() {
        Xoshiro256 random = new Xoshiro256(4);
        double h = 1e-6;
        MaterialLaw law = small.at(0, 0);
        for (int k = 0; k < 20; k++) {
            double[] f = gradient(random, 0.028);
            double[] p = stress(law, f);
            double[] a = tangent(law, f);
            for (int q : IN_PLANE) {
                double[] more = f.clone();
                double[] less = f.clone();
                more[q] += h;
                less[q] -= h;
                assertThat((law.energy(more) - law.energy(less)) / (2 * h)).isCloseTo(p[q], within(1e-7));
                double[] pMore = stress(law, more);
                double[] pLess = stress(law, less);
                for (int r : IN_PLANE) {
                    assertThat((pMore[r] - pLess[r]) / (2 * h)).isCloseTo(a[9 * r + q], within(2e-4));
                    assertThat(a[9 * r + q]).isCloseTo(a[9 * q + r], within(1e-9));
                }
            }
        }
    }

    @Test
    void tangentIsContinuousAcrossCellsOfAllSizes() {
        LawTable table = small.table();
        LawTable.Place one = new LawTable.Place();
        LawTable.Place other = new LawTable.Place();
        Xoshiro256 random = new Xoshiro256(5);
        int alike = 0;
        int unlike = 0;
        for (int k = 0; k < 2000; k++) {
            double[] strain = {0.03 * (2 * random.nextDouble() - 1), 0.03 * (2 * random.nextDouble() - 1),
                0.03 * (2 * random.nextDouble() - 1)};
            int axis = random.nextInt(3);
            strain[axis] = 0.005 * (random.nextInt(11) - 5);
            double[] beside = strain.clone();
            strain[axis] -= 1e-10;
            beside[axis] += 1e-10;
            assertThat(table.find(strain, one)).isTrue();
            assertThat(table.find(beside, other)).isTrue();
            if (one.cell == other.cell) {
                continue;
            }
            table.evaluate(one);
            table.evaluate(other);
            for (int q = 0; q < Quintic.DATA; q++) {
                int order = q / 9 + q / 3 % 3 + q % 3;
                if (order < 3) {
                    assertThat(one.derivatives[q]).isCloseTo(other.derivatives[q], within(1e-5));
                }
            }
            alike += one.length == other.length ? 1 : 0;
            unlike += one.length == other.length ? 0 : 1;
        }
        assertThat(alike).isGreaterThan(100);
        assertThat(unlike).isGreaterThan(100);
    }

    @Test
    void rotationsCostNothingAndTurnedCrystalsAnswerTurned() {
        double[] q = rotation(Math.toRadians(25));
        try (TabulatedMaterial turned = small.of(atoms(CrystalFrame.of(10, 0, 15)), Outside.ERROR)) {
            Xoshiro256 random = new Xoshiro256(6);
            for (int k = 0; k < 10; k++) {
                double[] f = gradient(random, 0.02);
                double[] r = rotation(1 + k);
                MaterialLaw law = small.at(0, 0);
                assertThat(law.energy(times(r, f))).isCloseTo(law.energy(f), within(1e-12));
                assertThat(stress(law, times(r, f))).containsExactly(times(r, stress(law, f)), within(1e-10));
                // The whole part turned, crystal and all.
                double[] p = stress(turned.at(0, 0), times(times(q, f), transposed(q)));
                assertThat(p).containsExactly(times(times(q, stress(law, f)), transposed(q)), within(1e-10));
                assertThat(turned.at(0, 0).energy(f)).isCloseTo(turned.atoms().at(1, k).energy(f), within(2e-5));
                double[] a = tangent(turned.at(0, 0), f);
                double h = 1e-6;
                f[1] += h;
                double[] more = stress(turned.at(0, 0), f);
                f[1] -= 2 * h;
                double[] less = stress(turned.at(0, 0), f);
                for (int row : IN_PLANE) {
                    assertThat((more[row] - less[row]) / (2 * h)).isCloseTo(a[9 * row + 1], within(2e-4));
                }
            }
        }
        assertThatThrownBy(() -> of(CrystalFrame.of(0, 20, 0), SMALL, Outside.ERROR, null))
                .isInstanceOf(FemException.class).hasMessageContaining("about z");
    }

    /** Strains of such a part count from the cell as designed, those of a table from the cell at rest. */
    @Test
    void atomsAsDesignedAreRefused() {
        try (AtomsMaterial designed = AtomsMaterial.of(cell(), Kind.GIVEN_PERIOD, Section.PLANE_STRAIN,
                CrystalFrame.NONE, StaticsOptions.defaults(), true);
                AtomsMaterial free = atoms(CrystalFrame.NONE);
                AtomsMaterial others = AtomsMaterial.of(UnitCellBeam.cell(), Kind.GIVEN_PERIOD, Section.PLANE_STRAIN,
                        StaticsOptions.defaults())) {
            assertThat(designed.isFreeUndeformed()).isFalse();
            assertThat(free.isFreeUndeformed()).isTrue();
            assertThatThrownBy(() -> of(designed, SMALL)).isInstanceOf(FemException.class)
                    .hasMessageContaining("free of stress");
            assertThat(small.isOf(free, SMALL)).isTrue();
            assertThat(small.isOf(designed, SMALL)).isFalse();
            assertThatThrownBy(() -> small.of(designed, Outside.STATICS)).isInstanceOf(FemException.class)
                    .hasMessageContaining("free of stress");
            assertThatThrownBy(() -> small.of(others, Outside.STATICS)).isInstanceOf(FemException.class)
                    .hasMessageContaining("built from");
        }
    }

    @Test
    void whatIsKeptAnswersAsWhatWasBuilt(@TempDir Path folder) throws IOException {
        TableOptions coarse = new TableOptions(0.01, 0.1, 0.003);
        double[] f = {1.004, 0.003, 0, -0.002, 0.997, 0, 0, 0, 1};
        Path kept;
        try (TabulatedMaterial made = of(CrystalFrame.NONE, coarse, Outside.ERROR, folder.resolve("tables"));
                TabulatedMaterial found = of(CrystalFrame.NONE, coarse, Outside.ERROR, folder.resolve("tables"))) {
            try (var files = Files.list(folder.resolve("tables"))) {
                List<Path> all = files.toList();
                assertThat(all).hasSize(1);
                kept = all.get(0);
            }
            assertThat(tangent(found.at(0, 0), f)).containsExactly(tangent(made.at(0, 0), f));
            assertThat(stress(found.at(0, 0), f)).containsExactly(stress(made.at(0, 0), f));
            assertThat(found.summary()).isEqualTo(made.summary());
        }
        byte[] damaged = Files.readAllBytes(kept);
        damaged[damaged.length / 2] ^= 1;
        Files.write(kept, damaged);
        assertThatThrownBy(() -> of(CrystalFrame.NONE, coarse, Outside.ERROR, folder.resolve("tables")))
                .isInstanceOf(FemException.class).hasMessageContaining(kept.getFileName().toString())
                .hasMessageContaining("remove it");
    }

    @Test
    void whatStopsStopsTheBuilding() {
        try (AtomsMaterial atoms = atoms(CrystalFrame.NONE)) {
            assertThatThrownBy(() -> TabulatedMaterial.of(atoms, SMALL, Outside.ERROR, null,
                    (stage, done, detail) -> done < 0.3)).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void outsideThereIsNoAnswerOrThatOfAtoms() {
        double[] far = {1.05, 0.01, 0, 0, 0.99, 0, 0, 0, 1};
        TabulatedLaw law = (TabulatedLaw) small.at(3, 0);
        assertThat(law.energy(far)).isNaN();
        assertThat(stress(law, far)).containsOnly(Double.NaN);
        assertThat(law.isOutside()).isTrue();
        assertThat(small.outsidePoints()).isEqualTo(1);
        assertThat(small.complaint()).hasValueSatisfying(why -> assertThat(why).contains("0.03", "E11 = 0.05125",
                "\"outside\": \"statics\""));
        law.energy(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
        assertThat(small.complaint()).isEmpty();
        try (TabulatedMaterial asking = small.of(atoms(CrystalFrame.NONE), Outside.STATICS)) {
            MaterialLaw point = asking.at(0, 0);
            double[] p = stress(point, far);
            assertThat(p).containsExactly(stress(asking.atoms().at(5, 5), far), within(1e-5));
            assertThat(asking.outsidePoints()).isEqualTo(1);
            assertThat(asking.continuedPoints()).isZero();
            double[] inverted = {-1, 0, 0, 0, 1, 0, 0, 0, 1};
            assertThat(point.energy(inverted)).isNaN();
            assertThatThrownBy(() -> point.energy(new double[] {1, 0, 0.01, 0, 1, 0, 0, 0, 1}))
                    .isInstanceOf(FemException.class).hasMessageContaining("plane strain");
        }
    }

    @Test
    void cellsAtTheEndOfStabilityContinueTheirStableCornersAndSaySo() {
        TableSummary summary = wide.summary();
        assertThat(summary.unstable()).isPositive();
        assertThat(summary.continued()).isBetween(1, summary.cells() - 1);
        LawTable table = wide.table();
        LawTable.Place place = new LawTable.Place();
        boolean seen = false;
        boolean none = false;
        for (double stretch = -0.15; stretch <= 0.15; stretch += 0.06) {
            for (double shear = -0.15; shear <= 0.15; shear += 0.06) {
                double[] strain = {stretch, -stretch, shear};
                boolean found = table.find(strain, place);
                TabulatedLaw law = (TabulatedLaw) wide.at(0, 0);
                double[] f = Sampler.gradient(strain);
                law.energy(f);
                assertThat(law.isContinued()).isEqualTo(found && table.isDoubtful(place));
                assertThat(law.isOutside()).isEqualTo(!found);
                seen |= law.isContinued() && Double.isFinite(law.energy(f));
                none |= law.isOutside();
                assertThat(((TabulatedLaw) wide.at(0, 0)).copy().isContinued()).isEqualTo(law.isContinued());
            }
        }
        assertThat(seen).isTrue();
        assertThat(none).isTrue();
    }

    @Test
    void anUnstableNodeContinuesAStableOneLinearlyInTheStress() {
        Node stable = new Node(new int[] {0, 0, 0}, new double[] {0.1, 0, 0.02});
        stable.data[0] = 0.5;
        stable.first(0, 7);
        stable.first(2, -1);
        stable.second(0, 90);
        stable.second(2, 4);
        stable.second(5, 30);
        Node end = new Node(new int[] {1, 0, 1}, new double[] {0.12, 0, 0.03});
        end.continues(stable);
        assertThat(end.filled).isTrue();
        assertThat(end.stable).isFalse();
        assertThat(end.first(0)).isCloseTo(7 + 90 * 0.02 + 4 * 0.01, within(1e-12));
        assertThat(end.first(2)).isCloseTo(-1 + 4 * 0.02 + 30 * 0.01, within(1e-12));
        assertThat(end.data[0]).isCloseTo(0.5 + 7 * 0.02 - 0.01 + 0.5 * (90 * 4e-4 + 2 * 4 * 2e-4 + 30 * 1e-4),
                within(1e-12));
        assertThat(end.second(0)).isEqualTo(90);
        assertThat(stable.isGivingWay(100)).isFalse();
        stable.second(2, 140);
        assertThat(stable.isGivingWay(10)).isTrue();
        assertThat(stable.isGivingWay(100)).isFalse();
    }

    @Test
    void optionsThatMakeNoTableAreRefused() {
        assertThatThrownBy(() -> new TableOptions(0, 0.01, 0.01)).isInstanceOf(FemException.class)
                .hasMessageContaining("range");
        assertThatThrownBy(() -> new TableOptions(0.1, -1, 0.01)).isInstanceOf(FemException.class)
                .hasMessageContaining("tolerance");
        assertThatThrownBy(() -> new TableOptions(0.12, 0.01, 1e-5)).isInstanceOf(FemException.class)
                .hasMessageContaining("finest");
        assertThat(TableOptions.defaults().depth()).isEqualTo(2);
    }
}
