// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam.atoms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.potential.Potential;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenth of the paper's beam, against Newton's method with exact second derivatives (fmax 1e-8 eV/Å). */
class AtomBeamTest {
    private static final double FREE_ENERGY = -25431.498406;
    private static final double CLAMPED_ENERGY = -25429.903672;

    @TempDir
    private Path folder;

    private static AtomBeamPath path(int cells, AtomBeamReference reference, Path file, double... u) {
        AtomBeam beam = AtomBeam.of(cells);
        return new AtomBeamPath(beam, AtomBeamOptions.of(beam, u, reference, 2), Potential.mishin1999(), file);
    }

    private static List<AtomBeamStep> run(AtomBeamPath path) {
        path.run(StaticsProgress.SILENT, (step, positions) -> { });
        return path.steps();
    }

    @ParameterizedTest
    @CsvSource({"100,7696", "200,30752", "400,122944", "1000,768160"})
    void atoms(int cells, int atoms) {
        AtomBeam beam = AtomBeam.of(cells);
        assertThat(beam.atoms()).isEqualTo(atoms);
        int left = 0;
        int right = 0;
        for (int a = 0; a < atoms; a++) {
            left += beam.isLeft(a) ? 1 : 0;
            right += beam.isRight(a) ? 1 : 0;
        }
        assertThat(left).isEqualTo(right).isEqualTo(8 * cells / 5);
        assertThat(beam.length()).isCloseTo((cells - 4) * 0.405 + 0.2025, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 25, 110, 2000})
    void noSuchBeam(int cells) {
        assertThatThrownBy(() -> AtomBeam.of(cells)).isInstanceOf(FemException.class).hasMessageContaining("cells");
    }

    @Test
    void forcesAndEnergiesOfNewtonsMethod() {
        double[][] table = {{0, 0, 0, 0}, {0.2, 0.11754, 0.0074, 0.0297}, {1, 0.59030, 0.1885, 0.7443},
            {2, 1.20035, 0.7764, 3.0008}, {4, 2.59655, 3.1011, 12.4634}};
        AtomBeamPath path = path(100, AtomBeamReference.FREE, null, 0.2, 1, 2, 4);
        List<AtomBeamStep> steps = run(path);
        assertThat(steps).hasSize(table.length);
        assertThat(steps.get(0).energy()).isCloseTo(FREE_ENERGY, within(1e-5));
        for (int k = 0; k < table.length; k++) {
            AtomBeamStep step = steps.get(k);
            assertThat(step.u()).isEqualTo(table[k][0]);
            // The table has five digits behind the point.
            assertThat(step.fy()).isCloseTo(table[k][1], within(1e-4 * table[k][1] + 1e-5));
            assertThat(step.fyConsistent()).isCloseTo(table[k][1], within(1e-4 * table[k][1] + 1e-5));
            assertThat(step.fx()).isCloseTo(table[k][2], within(1e-3));
            assertThat(step.energy() - FREE_ENERGY).isCloseTo(table[k][3], within(1e-3));
            assertThat(step.residual()).isLessThanOrEqualTo(1e-5);
        }
        assertThat(path.facts().orElseThrow().keptEntries()).isLessThan(path.facts().get().factorEntries());
    }

    /** The lattice's sites are too far apart: tension before anything is bent. */
    @Test
    void clampedAtLatticeSites() {
        List<AtomBeamStep> steps = run(path(100, AtomBeamReference.CLAMPED, null, 0.2));
        assertThat(steps.get(0).energy()).isCloseTo(CLAMPED_ENERGY, within(1e-5));
        assertThat(steps.get(0).fx()).isCloseTo(4.06, within(0.01));
        assertThat(steps.get(0).fy()).isCloseTo(0, within(1e-5));
        assertThat(steps.get(1).fy() / 0.11754).isCloseTo(1.165, within(0.002));
    }

    @Test
    void heldAtomsAreWhereTheyBelong() {
        AtomBeam beam = AtomBeam.of(50);
        AtomBeamPath path = path(50, AtomBeamReference.FREE, null, 0.3, 0.5);
        run(path);
        double[] start = path.start();
        double[] last = path.last();
        for (int a = 0; a < beam.atoms(); a++) {
            if (beam.isLeft(a) || beam.isRight(a)) {
                assertThat(last[2 * a]).isEqualTo(start[2 * a]);
                assertThat(last[2 * a + 1]).isEqualTo(start[2 * a + 1] - (beam.isRight(a) ? 5 : 0));
            }
        }
    }

    @Test
    void goesOnWhereItWasStopped() {
        double[] u = {0.25, 0.5, 0.75, 1};
        List<AtomBeamStep> whole = run(path(50, AtomBeamReference.FREE, null, u));
        Path file = folder.resolve("state.bin");
        List<AtomBeamStep> found = new ArrayList<>();
        AtomBeamPath stopped = path(50, AtomBeamReference.FREE, file, u);
        assertThatThrownBy(() -> stopped.run((stage, fraction, detail) -> found.size() < 3,
                (step, positions) -> found.add(step))).isInstanceOf(CancellationException.class);
        AtomBeamPath again = path(50, AtomBeamReference.FREE, file, u);
        assertThat(again.resumed()).isEqualTo(3);
        assertThat(again.steps()).isEqualTo(found);
        List<AtomBeamStep> all = run(again);
        assertThat(all).hasSize(5);
        for (int k = 0; k < 5; k++) {
            assertThat(all.get(k).fyConsistent()).isCloseTo(whole.get(k).fyConsistent(), within(1e-5));
            assertThat(all.get(k).energy()).isCloseTo(whole.get(k).energy(), within(1e-6));
        }
        // A finished path costs nothing, a longer one goes on, and another one is refused.
        assertThat(run(path(50, AtomBeamReference.FREE, file, u))).isEqualTo(all);
        assertThat(path(50, AtomBeamReference.FREE, file, 0.25, 0.5, 0.75, 1, 1.2).resumed()).isEqualTo(5);
        assertThatThrownBy(() -> path(50, AtomBeamReference.CLAMPED, file, u)).isInstanceOf(FemException.class)
                .hasMessageContaining("another path");
        assertThatThrownBy(() -> path(50, AtomBeamReference.FREE, file, 0.3)).isInstanceOf(FemException.class)
                .hasMessageContaining("another path");
    }

    /** Where no atom leaves its plane, three periods with all freedoms do what one does; and they go on, too. */
    @Test
    void threePeriodsBendAsOne() {
        double[] u = {0.25, 0.5, 0.75};
        List<AtomBeamStep> one = run(path(50, AtomBeamReference.FREE, null, u));
        AtomBeam beam = AtomBeam.of(50).withPeriods(3);
        assertThat(beam.atoms()).isEqualTo(3 * AtomBeam.of(50).atoms());
        Path file = folder.resolve("three.bin");
        AtomBeamOptions options = AtomBeamOptions.of(beam, u, AtomBeamReference.FREE, 2);
        List<AtomBeamStep> found = new ArrayList<>();
        AtomBeamPath stopped = new AtomBeamPath(beam, options, Potential.mishin1999(), file);
        assertThatThrownBy(() -> stopped.run((stage, fraction, detail) -> found.size() < 2,
                (step, positions) -> {
                    assertThat(positions).hasSize(2 * beam.atoms());
                    found.add(step);
                })).isInstanceOf(CancellationException.class);
        AtomBeamPath again = new AtomBeamPath(beam, options, Potential.mishin1999(), file);
        assertThat(again.resumed()).isEqualTo(2);
        List<AtomBeamStep> three = run(again);
        assertThat(three).hasSize(4);
        for (int k = 0; k < 4; k++) {
            assertThat(three.get(k).energy()).isCloseTo(3 * one.get(k).energy(), within(1e-6));
            assertThat(three.get(k).fyConsistent()).isCloseTo(one.get(k).fyConsistent(), within(1e-5));
            assertThat(three.get(k).fx()).isCloseTo(one.get(k).fx(), within(1e-4));
        }
        assertThatThrownBy(() -> path(50, AtomBeamReference.FREE, file, u)).isInstanceOf(FemException.class)
                .hasMessageContaining("another path");
        assertThatThrownBy(() -> AtomBeam.of(50).withPeriods(2)).isInstanceOf(FemException.class)
                .hasMessageContaining("not 2");
    }

    @Test
    void aTornStateIsTold() throws Exception {
        Path file = folder.resolve("state.bin");
        run(path(50, AtomBeamReference.FREE, file, 0.2));
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 3, 40, whole.length / 2, whole.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> path(50, AtomBeamReference.FREE, file, 0.2)).isInstanceOf(FemException.class)
                    .hasMessageContaining("state.bin");
        }
    }

    @Test
    void displacementsRise() {
        AtomBeam beam = AtomBeam.of(50);
        assertThatThrownBy(() -> AtomBeamOptions.of(beam, new double[] {1, 0.5}, AtomBeamReference.FREE, 1))
                .isInstanceOf(FemException.class).hasMessageContaining("rise");
        assertThatThrownBy(() -> AtomBeamOptions.of(beam, new double[] {Double.NaN}, AtomBeamReference.FREE, 1))
                .isInstanceOf(FemException.class);
        assertThat(AtomBeamOptions.even(beam, 4)).containsExactly(0, 0.5, 1, 1.5, 2);
    }

    /** Bent upwards by a wave of its own: strains of Green and Lagrange see no rotation, and a stretch as it is. */
    @Test
    void fieldOfAStretchAndATurn() {
        AtomBeam beam = AtomBeam.of(100);
        double[] from = new double[2 * beam.atoms()];
        double[] to = new double[2 * beam.atoms()];
        double[] sites = beam.sites();
        for (int a = 0; a < beam.atoms(); a++) {
            from[2 * a] = sites[3 * a];
            from[2 * a + 1] = sites[3 * a + 1];
            double stretched = 1.01 * sites[3 * a];
            to[2 * a] = 0.6 * stretched - 0.8 * sites[3 * a + 1];
            to[2 * a + 1] = 0.8 * stretched + 0.6 * sites[3 * a + 1];
        }
        AtomBeamField field = AtomBeamField.of(beam, from, to);
        assertThat(field.mesh().elements()).isEqualTo(20 * 4);
        for (double strain : field.strain()) {
            assertThat(strain).isCloseTo(0.5 * (1.01 * 1.01 - 1), within(1e-12));
        }
    }

    /** Atoms and elements that move alike, the latter in a beam of another length: no difference but what is put in. */
    @Test
    void differenceOfAFieldFromFiniteElements(@TempDir Path folder) {
        AtomBeam beam = AtomBeam.of(50);
        double[] sites = beam.sites();
        double[] from = new double[2 * beam.atoms()];
        double[] to = new double[2 * beam.atoms()];
        for (int a = 0; a < beam.atoms(); a++) {
            for (int i = 0; i < 2; i++) {
                from[2 * a + i] = sites[3 * a + i];
                to[2 * a + i] = sites[3 * a + i];
            }
            to[2 * a + 1] += 20 * beam.alongPlanes(a) * beam.alongPlanes(a);
        }
        AtomBeamField.of(beam, from, to).write(folder.resolve("field.csv"));
        AtomBeamField field = AtomBeamField.read(beam, folder.resolve("field.csv"));
        Mesh mesh = StructuredMesh.of(ElementType.Q8, new double[] {19, 4}, new int[] {7, 3}, new double[] {0.7, 0.3});
        double[] u = new double[2 * mesh.nodes()];
        double[] strain = new double[mesh.nodes()];
        for (int n = 0; n < mesh.nodes(); n++) {
            double along = mesh.coordinate(n, 0) / 19;
            u[2 * n] = 0.03;
            u[2 * n + 1] = 2 * along * along;
            strain[n] = 0.5 * Math.pow(4 * along / beam.length(), 2) + 0.007;
        }
        AtomBeamField.Difference difference = field.from(beam, mesh, u, strain);
        // 10 planes of atoms lie between the held ones, and 3 lines along the beam.
        assertThat(difference.nodes()).isEqualTo(9 * 3);
        assertThat(difference.displacement()).isCloseTo(0.03, within(1e-4));
        assertThat(difference.largest()).isCloseTo(0.03, within(2e-4));
        assertThat(difference.strain()).isCloseTo(0.007, within(2e-4));
        assertThatThrownBy(() -> AtomBeamField.read(AtomBeam.of(75), folder.resolve("field.csv")))
                .isInstanceOf(FemException.class).hasMessageContaining("not of a beam of 75 cells");
        assertThatThrownBy(() -> AtomBeamField.read(beam, folder.resolve("none.csv")))
                .isInstanceOf(FemException.class).hasMessageContaining("cannot be read");
    }
}
