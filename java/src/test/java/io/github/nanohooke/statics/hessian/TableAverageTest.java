// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Tables;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.statics.potential.ToyPotentials;
import io.github.nanohooke.structure.Lattice;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tables do to tensors: published potentials where Debian's lammps-data is installed, toys everywhere. */
class TableAverageTest {
    private static final Path DEBIAN = Path.of("/usr/share/lammps/potentials");

    /** Constants measured independently, [GPa]. */
    @ParameterizedTest
    @CsvSource({"Cu_mishin1.eam.alloy, Cu, FCC, 3.615, 169.88, 122.59, 76.21",
            "W_zhou.eam.alloy, W, BCC, 3.165, 522.54, 204.22, 160.75",
            "Fe_mm.eam.fs, Fe, BCC, 2.8553, 244.31, 145.32, 116.35",
            "Al_zhou.eam.alloy, Al, FCC, 4.08, 127.10, 81.35, 36.43"})
    void publishedPotentials(String file, String element, Lattice.Kind kind, double constant, double c11, double c12,
            double c44) {
        StaticsResult result = debian(file, element, kind, constant, Tables.COMPARED);
        assertThat(result.tensor().get(0, 0)).isCloseTo(c11, within(0.006));
        assertThat(result.tensor().get(0, 1)).isCloseTo(c12, within(0.006));
        assertThat(result.tensor().get(3, 3)).isCloseTo(c44, within(0.006));
        assertThat(result.tables().orElseThrow().sensitivity()).isLessThan(1);
        assertThat(result.warnings()).isEmpty();
    }

    /** Against stress differences at a strain of 0.003. */
    @Test
    void aRoughTableIsToldAndSmoothed() {
        StaticsResult sharp = debian("Al_mm.eam.fs", "Al", Lattice.Kind.FCC, 4.045, Tables.COMPARED);
        assertThat(sharp.tensor().get(0, 0)).isCloseTo(105.09, within(0.01));
        assertThat(sharp.warnings()).extracting(Warning::code).containsExactly("table-sensitivity");
        StaticsResult smooth = debian("Al_mm.eam.fs", "Al", Lattice.Kind.FCC, 4.045, Tables.SMOOTH);
        assertThat(smooth.tensor().get(0, 0)).isCloseTo(110.21, within(0.6));
        assertThat(smooth.explanation()).contains("smoothed");
        assertThat(smooth.tables().orElseThrow().sharp()).isEqualTo(sharp.tensor());
    }

    @Test
    void aSmoothTableIsHardlySensitive() {
        StaticsResult result = calculate(StaticsOptions.defaults(), "Al", Lattice.Kind.FCC, 4.05);
        assertThat(result.tables().orElseThrow().sensitivity()).isBetween(1e-4, 0.2);
        assertThat(result.warnings()).isEmpty();
        StaticsOptions off = StaticsOptions.defaults().withTables(Tables.SHARP);
        StaticsResult plain = calculate(off, "Al", Lattice.Kind.FCC, 4.05);
        assertThat(plain.tables()).isEmpty();
        assertThat(plain.tensor()).isEqualTo(result.tensor());
    }

    @Test
    void aShellAtTheCutoffIsTold() {
        StaticsOptions jump = StaticsOptions.defaults()
                .withPotential(Potential.fromFile(ToyPotentials.path("jump.eam.alloy")));
        StaticsResult result = calculate(jump, "Al", Lattice.Kind.FCC, 3.7756897713115087);
        assertThat(result.tensor().get(0, 0)).isCloseTo(113.491, within(0.002));
        assertThat(result.warnings()).extracting(Warning::code).contains("shell-at-cutoff");
    }

    private static StaticsResult debian(String file, String element, Lattice.Kind kind, double constant,
            Tables tables) {
        Path path = DEBIAN.resolve(file);
        assumeTrue(Files.exists(path), () -> path + " is missing: apt-get install lammps-data");
        return calculate(StaticsOptions.defaults().withPotential(Potential.fromFile(path)).withTables(tables), element,
                kind, constant);
    }

    private static StaticsResult calculate(StaticsOptions options, String element, Lattice.Kind kind, double constant) {
        try (HessianElasticCalculator calculator = new HessianElasticCalculator()) {
            return calculator.calculate(ToyPotentials.perfect(element, kind, constant, 3), options,
                    StaticsProgress.SILENT);
        }
    }
}
