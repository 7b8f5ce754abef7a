// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of test-data/potentials: LAMMPS must get the tables that are read here; values by exact second derivatives. */
class PotentialSpellingsTest {
    private static final Path POTENTIALS = Path.of("..", "test-data", "potentials");

    @ParameterizedTest
    @ValueSource(strings = {"ok.eam.alloy", "one-more.eam.alloy", "head-five.eam.alloy", "head-three.eam.alloy",
            "dialect.eam.alloy", "long-lines.eam.alloy", "two.eam.fs"})
    void everySpellingIsOnePotential(String name) {
        StaticsOptions options = StaticsOptions.defaults().withPotential(potential(name));
        Atoms atoms = aluminium(3.7877);
        StaticsResult measured = calculate(atoms, options);
        assertThat(measured.tensor().get(0, 0)).isCloseTo(106.3894, within(0.0005));
        assertThat(measured.tensor().get(0, 1)).isCloseTo(77.1022, within(0.0005));
        assertThat(measured.tensor().get(3, 3)).isCloseTo(60.4376, within(0.0005));
    }

    /** Effective charges, published; the constants are those that exact second derivatives give. */
    @Test
    void chargesAreReadAlike() {
        Path file = Path.of("/usr/share/lammps/potentials/Cu_u3.eam");
        assumeTrue(Files.exists(file), () -> file + " is missing: apt-get install lammps-data");
        Atoms copper = PorousStructure.perfect(new Lattice("Cu", Lattice.Kind.FCC, 3.615), new Cells(3, 3, 3)).atoms();
        StaticsResult measured = calculate(copper, StaticsOptions.defaults().withPotential(Potential.fromFile(file)));
        assertThat(measured.tensor().get(0, 0)).isCloseTo(167.265, within(0.02));
        assertThat(measured.tensor().get(0, 1)).isCloseTo(124.153, within(0.02));
        assertThat(measured.tensor().get(3, 3)).isCloseTo(76.447, within(0.02));
    }

    private static Potential potential(String name) {
        return Potential.fromFile(POTENTIALS.resolve(name));
    }

    private static Atoms aluminium(double constant) {
        return PorousStructure.perfect(new Lattice("Al", Lattice.Kind.FCC, constant), new Cells(3, 3, 3)).atoms();
    }

    private static StaticsResult calculate(Atoms atoms, StaticsOptions options) {
        try (LammpsElasticCalculator calculator = new LammpsElasticCalculator()) {
            return calculator.calculate(atoms, options, StaticsProgress.SILENT);
        }
    }
}
