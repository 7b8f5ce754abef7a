// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.large;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.EnvironmentFaultException;
import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.statics.potential.PotentialException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** The Java side of large crystals; energies and forces are the C++ tests' own. */
class LargeCrystalTest {
    private static final double LATTICE = 4.05;
    private static final LargeTarget TARGET = new LargeTarget(1e-6, 1e-5, 200);

    /** A free strip of aluminium, 12 x 4 cells. */
    private static double[] strip() {
        double[] x = new double[3 * 24 * 8];
        for (int i = 0, n = 0; i < 24; i++) {
            for (int j = 0; j < 8; j++, n++) {
                x[3 * n] = i * LATTICE / 2;
                x[3 * n + 1] = j * LATTICE / 2;
                x[3 * n + 2] = (i + j) % 2 * LATTICE / 2;
            }
        }
        return x;
    }

    private static LargeCrystal crystal() {
        return new LargeCrystal(Potential.mishin1999(), "Al", strip(), LargeOptions.free(LATTICE, 2));
    }

    private static byte[] leftEnd() {
        byte[] held = new byte[24 * 8];
        java.util.Arrays.fill(held, 0, 16, LargeCrystal.HOLD);
        return held;
    }

    @Test
    void relaxes() {
        try (LargeCrystal crystal = crystal()) {
            double before = crystal.energy();
            crystal.hold(leftEnd());
            LargeRelaxation result = crystal.relax(TARGET, LargeProgress.SILENT);
            assertThat(result.converged()).isTrue();
            assertThat(result.energy()).isLessThan(before);
            assertThat(crystal.energy()).isCloseTo(result.energy(), within(1e-9));
            double[] forces = crystal.forces();
            double[] x = crystal.positions();
            double[] sites = strip();
            for (int q = 0; q < forces.length; q++) {
                if (q < 48) {
                    assertThat(x[q]).isEqualTo(sites[q]);
                } else {
                    assertThat(forces[q]).isCloseTo(0, within(1e-5));
                }
            }
            assertThat(crystal.facts().evaluations()).isGreaterThanOrEqualTo(result.evaluations());
        }
    }

    @Test
    void stopsWhenTheListenerSaysSoOrThrows() {
        try (LargeCrystal crystal = crystal()) {
            crystal.hold(leftEnd());
            assertThatThrownBy(() -> crystal.relax(TARGET, (iteration, residual) -> iteration < 2))
                    .isInstanceOf(CancellationException.class);
            IllegalStateException own = new IllegalStateException("own");
            assertThatThrownBy(() -> crystal.relax(TARGET, (iteration, residual) -> {
                throw own;
            })).isSameAs(own);
            assertThat(crystal.relax(TARGET, LargeProgress.SILENT).converged()).isTrue();
        }
    }

    @Test
    void refusals() {
        double[] bent = strip();
        bent[5] += 0.2;
        assertThatThrownBy(() -> new LargeCrystal(Potential.mishin1999(), "Al", bent, LargeOptions.free(LATTICE, 1)))
                .isInstanceOf(StaticsException.class).hasMessageContaining("mirror planes");
        assertThatThrownBy(() -> new LargeCrystal(Potential.mishin1999(), "Cu", strip(), LargeOptions.free(LATTICE, 1)))
                .isInstanceOf(PotentialException.class).hasMessageContaining("Cu");
        assertThatThrownBy(() -> new LargeCrystal(Potential.mishin1999(), "Al", strip(), new LargeOptions(LATTICE,
                new double[] {12, 0, 0}, new double[2], new double[2], 1)))
                .isInstanceOf(StaticsException.class).hasMessageContaining("twice the cutoff");
        LargeCrystal closed = crystal();
        closed.close();
        closed.close();
        assertThatThrownBy(closed::energy).isInstanceOf(IllegalStateException.class);
        try (LargeCrystal crystal = crystal()) {
            assertThatThrownBy(() -> crystal.relax(TARGET, LargeProgress.SILENT)).isInstanceOf(StaticsException.class)
                    .hasMessageContaining("nh_large_hold");
            assertThatThrownBy(() -> crystal.hold(new byte[3])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** The limit is told before anything is allocated: the positions alone would be refused later. */
    @Test
    void memoryIsToldFirst() {
        assertThat(LargeCrystal.memory(768_160)).isLessThan(4e9);
        assertThatThrownBy(() -> LargeCrystal.requireMemory(100_000_000, 1))
                .isInstanceOf(EnvironmentFaultException.class).hasMessageContaining("GB of memory");
    }
}
