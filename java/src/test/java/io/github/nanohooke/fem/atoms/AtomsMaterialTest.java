// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.atoms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.beam.UnitCellBeam;
import io.github.nanohooke.fem.beam.BeamCurve;
import io.github.nanohooke.fem.beam.BeamEnd;
import io.github.nanohooke.fem.beam.BeamOptions;
import io.github.nanohooke.fem.io.ProblemFile;
import io.github.nanohooke.fem.law.CrystalFrame;
import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.law.Orientation;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.fem.solve.NativeSparseSolver;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.hyperelastic.ReferenceCell.Kind;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.file.StructureFile;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Points that carry atoms: against their own derivatives, and against the whole beam as atoms. */
class AtomsMaterialTest {
    private static final double[] BENT = {1.02, 0.03, 0, -0.02, 0.985, 0, 0, 0, 1};
    private static AtomsMaterial plane;

    @BeforeAll
    static void open() {
        plane = AtomsMaterial.of(UnitCellBeam.cell(), Kind.GIVEN_PERIOD, Section.PLANE_STRAIN,
                StaticsOptions.defaults());
    }

    @AfterAll
    static void close() {
        plane.close();
    }

    @Test
    void stressAndTangentAreDerivatives() {
        MaterialLaw law = plane.at(0, 0);
        double[] p = new double[9];
        double[] a = new double[81];
        // Small steps bring the atoms nearer to rest than one large one.
        law.energy(BENT);
        double h = 1e-5;
        for (int q : new int[] {0, 1, 3, 4}) {
            double[] more = BENT.clone();
            double[] less = BENT.clone();
            more[q] += h;
            less[q] -= h;
            double[] pMore = new double[9];
            double[] pLess = new double[9];
            double energy = law.energy(more);
            law.stress(more, pMore);
            energy -= law.energy(less);
            law.stress(less, pLess);
            law.tangent(BENT, p, a);
            assertThat(energy / (2 * h)).isCloseTo(p[q], within(1e-5));
            for (int r : new int[] {0, 1, 3, 4}) {
                assertThat((pMore[r] - pLess[r]) / (2 * h)).isCloseTo(a[9 * r + q], within(0.02));
                assertThat(a[9 * r + q]).isCloseTo(a[9 * q + r], within(1e-9));
            }
        }
        assertThat(((AtomsLaw) law).isContinued()).isFalse();
        assertThat(plane.bytesPerPoint()).isLessThan(4096);
    }

    @Test
    void aWholeBatchAnswersAsOnePointDoes() {
        int n = 60;
        List<AtomsLaw> laws = new ArrayList<>();
        double[] f = new double[9 * n];
        for (int k = 0; k < n; k++) {
            laws.add((AtomsLaw) plane.at(7, k));
            System.arraycopy(BENT, 0, f, 9 * k, 9);
            f[9 * k + 1] = 0.001 * k;
        }
        plane.evaluate(laws, f);
        long before = plane.evaluations();
        for (int k = 0; k < n; k += 13) {
            double[] own = Arrays.copyOfRange(f, 9 * k, 9 * k + 9);
            double[] batched = new double[9];
            laws.get(k).stress(own, batched);
            assertThat(plane.evaluations()).isEqualTo(before);
            double[] alone = new double[9];
            plane.at(8, k).stress(own, alone);
            assertThat(alone).containsExactly(batched);
            before = plane.evaluations();
        }
    }

    private static double[] state(AtomsLaw law) {
        double[] state = new double[plane.cell().stateSize()];
        law.copyState(state, 0);
        return state;
    }

    /** Who holds a point's monitor finds atoms and answer as they are, whoever asks meanwhile. */
    @Test
    void atomsMoveUnderTheirPointsMonitorAlone() throws InterruptedException {
        AtomsLaw law = (AtomsLaw) plane.at(20, 0);
        law.energy(BENT);
        double[] before = state(law);
        double[] more = BENT.clone();
        more[1] += 0.01;
        Thread other = new Thread(() -> plane.evaluate(List.of(law), more));
        synchronized (law) {
            other.start();
            while (other.getState() != Thread.State.BLOCKED && other.isAlive()) {
                Thread.sleep(1);
            }
            assertThat(other.isAlive()).isTrue();
            assertThat(state(law)).containsExactly(before);
            assertThat(law.knows(BENT, 0)).isTrue();
        }
        other.join();
        assertThat(law.knows(more, 0)).isTrue();
    }

    /** Each thread with deformations of its own at the same points: answers are right, and each has its own state. */
    @Test
    void manyThreadsAskTheSamePoints() throws Exception {
        int n = 24;
        int threads = 4;
        double[][] f = new double[threads][9 * n];
        double[][] alone = new double[threads][9];
        for (int t = 0; t < threads; t++) {
            double[] own = BENT.clone();
            own[1] += 0.002 * t;
            plane.at(21, t).stress(own, alone[t]);
            for (int k = 0; k < n; k++) {
                System.arraycopy(own, 0, f[t], 9 * k, 9);
            }
        }
        List<AtomsLaw> laws = IntStream.range(0, n).mapToObj(k -> (AtomsLaw) plane.at(22, k)).toList();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 40; round++) {
                List<Future<?>> all = new ArrayList<>();
                for (int t = 0; t < threads; t++) {
                    int own = t;
                    all.add(pool.submit(() -> {
                        plane.evaluate(laws, f[own]);
                        double[] p = new double[9];
                        for (AtomsLaw law : laws) {
                            law.stress(Arrays.copyOf(f[own], 9), p);
                            assertThat(p).containsExactly(alone[own], within(1e-5));
                        }
                    }));
                }
                for (Future<?> one : all) {
                    one.get();
                }
                for (AtomsLaw law : laws) {
                    int last = IntStream.range(0, threads).filter(t -> law.knows(f[t], 0)).findFirst().orElseThrow();
                    // 2 E12, behind the mark of points that are stuck and the two stretches.
                    assertThat(state(law)[3]).isCloseTo(f[last][0] * f[last][1] + f[last][3] * f[last][4],
                            within(1e-12));
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void beyondTheLastStableStateStressGoesOnLinearlyAndSaysSo() {
        AtomsLaw law = (AtomsLaw) plane.at(1, 0);
        double[] p = new double[9];
        double[] a = new double[81];
        double[] far = {1.35, 0, 0, 0, 1, 0, 0, 0, 1};
        law.tangent(far, p, a);
        assertThat(law.isContinued()).isTrue();
        assertThat(plane.continuedPoints()).isGreaterThanOrEqualTo(1);
        double h = 1e-4;
        double[] more = new double[9];
        double[] less = new double[9];
        law.stress(new double[] {1.35 + h, 0, 0, 0, 1, 0, 0, 0, 1}, more);
        law.stress(new double[] {1.35 - h, 0, 0, 0, 1, 0, 0, 0, 1}, less);
        assertThat((more[0] - less[0]) / (2 * h)).isCloseTo(a[0], within(1e-3 * Math.abs(a[0])));
        law.stress(BENT, p);
        assertThat(law.isContinued()).isFalse();
        double[] direct = new double[9];
        plane.at(2, 0).stress(BENT, direct);
        assertThat(p).containsExactly(direct, within(1e-5));
        assertThat(law.energy(new double[] {-1, 0, 0, 0, 1, 0, 0, 0, 1})).isNaN();
    }

    @Test
    void beamComesNearToAllOfItsAtoms() {
        // 768,160 atoms: 11.07 N/m at 20 nm (relaxed freely first, then held).
        BeamOptions like = new BeamOptions(1, 1, 20, 1, BeamEnd.CLAMPED, 24, 8);
        try (UnitCellBeam beam = UnitCellBeam.of(1000, new double[] {20}, like)) {
            BeamCurve curve = beam.bend(new FemSolver(UnitCellBeam.solverOptions(), NativeSparseSolver.onThreads(1)),
                    state -> true);
            assertThat(curve.forceY(1)).isCloseTo(11.07, within(0.003 * 11.07));
            assertThat(beam.material().continuedPoints()).isZero();
            assertThat(beam.material().points()).isEqualTo(24 * 8 * 4);
        }
    }

    @Test
    void aTurnedCrystalAnswersAsThePartTurnedTheOtherWay() {
        double a = 4.05;
        Atoms cell = new PorousStructure(Lattice.aluminium(), new Cells(3, 3, 1),
                List.of(new Rectangle(0.75 * a, 1.75 * a, 0.75 * a, 1.75 * a))).atoms();
        CrystalFrame frame = CrystalFrame.of(20, 35, -10);
        double[] f = {1.01, 0.004, -0.003, 0.002, 0.995, 0.006, 0.001, -0.002, 1.003};
        double[] own = new double[9];
        frame.toCrystal(f, 0, own, 0);
        try (AtomsMaterial upright = AtomsMaterial.of(cell, Kind.ZERO_STRESS, Section.SOLID, StaticsOptions.defaults());
                AtomsMaterial turned = AtomsMaterial.of(cell, Kind.ZERO_STRESS, Section.SOLID, frame,
                        StaticsOptions.defaults())) {
            MaterialLaw law = turned.at(0, 0);
            double[] p = new double[9];
            double[] tangent = new double[81];
            law.tangent(f, p, tangent);
            assertThat(law.energy(f)).isCloseTo(upright.at(0, 0).energy(own), within(1e-7));
            double h = 1e-5;
            for (int q = 0; q < 9; q++) {
                double[] more = f.clone();
                double[] less = f.clone();
                more[q] += h;
                less[q] -= h;
                assertThat((law.energy(more) - law.energy(less)) / (2 * h)).isCloseTo(p[q], within(1e-4));
                double[] pMore = new double[9];
                double[] pLess = new double[9];
                law.stress(more, pMore);
                law.stress(less, pLess);
                for (int r = 0; r < 9; r++) {
                    assertThat((pMore[r] - pLess[r]) / (2 * h)).isCloseTo(tangent[9 * r + q], within(0.05));
                }
            }
            ElasticTensor small = Orientation.turned(tensor(upright.at(1, 0)), 20, 35, -10);
            ElasticTensor here = tensor(turned.at(1, 1));
            for (int k = 0; k < 36; k++) {
                assertThat(here.get(k / 6, k % 6)).isCloseTo(small.get(k / 6, k % 6), within(1e-3));
            }
        }
        assertThatThrownBy(() -> AtomsMaterial.of(cell, Kind.GIVEN_PERIOD, Section.PLANE_STRAIN, frame,
                StaticsOptions.defaults())).isInstanceOf(FemException.class).hasMessageContaining("period");
    }

    /** Of an undeformed point, where the moduli dP/dF are the elastic tensor. */
    private static ElasticTensor tensor(MaterialLaw law) {
        int[] first = {0, 1, 2, 1, 0, 0};
        int[] second = {0, 1, 2, 2, 2, 1};
        double[] a = new double[81];
        law.tangent(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[9], a);
        double[][] c = new double[6][6];
        for (int t = 0; t < 6; t++) {
            for (int u = 0; u < 6; u++) {
                c[t][u] = a[9 * (3 * first[t] + second[t]) + 3 * first[u] + second[u]];
            }
        }
        return ElasticTensor.of(c);
    }

    @Test
    void solidAndPlaneAgreeInAProblemsFile(@TempDir Path folder) throws Exception {
        double a = 4.05;
        Files.writeString(folder.resolve("cell.json"), StructureFile.toJson(new PorousStructure(Lattice.aluminium(),
                new Cells(3, 3, 1), List.of(new Rectangle(0.75 * a, 1.75 * a, 0.75 * a, 1.75 * a)))));
        String steps = "\"steps\": [{\"displacements\": [{\"nodes\": \"left\", \"x\": 0, \"y\": 0%s},"
                + " {\"nodes\": \"right\", \"x\": 0.1, \"y\": 0.1%s}]}]}";
        String material = "\"materials\": [{\"law\": \"atoms\", \"structure\": \"cell.json\"}], ";
        Problem flat = ProblemFile.parse("{\"section\": \"plane-strain\", \"mesh\": {\"element\": \"Q8\", \"size\":"
                + " [6, 3], \"elements\": [2, 1]}, \"points\": 2, " + material + String.format(steps, "", ""), "flat",
                folder).problem();
        List<Increment> states = new FemSolver().solve(flat);
        Problem deep =
                ProblemFile.parse("{\"section\": \"solid\", \"mesh\": {\"element\": \"H20\", \"size\": [6, 3, 1],"
                + " \"elements\": [2, 1, 1]}, \"points\": 2, \"nodeSets\": {\"all\": {\"box\": [[-1, 7], [-1, 4],"
                + " [-1, 2]]}}, " + material + "\"steps\": [{\"displacements\": [{\"nodes\": \"all\", \"z\": 0},"
                + " {\"nodes\": \"left\", \"x\": 0, \"y\": 0}, {\"nodes\": \"right\", \"x\": 0.1, \"y\": 0.1}]}]}",
                "deep", folder).problem();
        List<Increment> solid = new FemSolver().solve(deep);
        double force = states.get(states.size() - 1).force(flat.mesh(), "right", 1);
        assertThat(force).isGreaterThan(0.1);
        assertThat(solid.get(solid.size() - 1).force(deep.mesh(), "right", 1)).isCloseTo(force, within(2e-5 * force));
        assertThatThrownBy(() -> ProblemFile.parse("{\"section\": \"plane-strain\", \"mesh\": {\"element\": \"Q8\","
                + " \"size\": [6, 3], \"elements\": [2, 1]}, \"materials\": [{\"law\": \"atoms\", \"structure\":"
                + " \"cell.json\", \"source\": \"network\"}], " + String.format(steps, "", ""), "bad", folder))
                .isInstanceOf(FemException.class).hasMessageContaining("source");
    }
}
