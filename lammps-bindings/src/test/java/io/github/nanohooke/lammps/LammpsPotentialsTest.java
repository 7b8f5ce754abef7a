// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import static io.github.nanohooke.lammps.LammpsCases.ACCURACY;
import static io.github.nanohooke.lammps.LammpsCases.aluminium;
import static io.github.nanohooke.lammps.LammpsCases.calculate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Minimiser;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.statics.potential.PotentialException;
import io.github.nanohooke.statics.potential.PotentialFileException;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Potentials of other kinds, in any place, and those that do not fit. */
@ExtendWith(RequireLammps.class)
class LammpsPotentialsTest {

    // Central pair forces at zero pressure, every atom at a centre of symmetry: Cauchy's relation C12 = C44.
    @ParameterizedTest
    @EnumSource(value = Minimiser.class, names = {"CG_FIRE", "PRECONDITIONED"})
    void anotherPairStyleWithTwoElementsThatAreTheSame(Minimiser minimiser) {
        double a = 3.95;
        Box box = Box.orthogonal(4 * a, 4 * a, 4 * a);
        List<Double> x = new ArrayList<>();
        double[][] basis = {{0, 0, 0}, {0.5, 0.5, 0}, {0.5, 0, 0.5}, {0, 0.5, 0.5}};
        for (int i = 0; i < 64; i++) {
            for (double[] b : basis) {
                x.addAll(List.of((i % 4 + b[0]) * a, (i / 4 % 4 + b[1]) * a, (i / 16 + b[2]) * a));
            }
        }
        double[] positions = x.stream().mapToDouble(Double::doubleValue).toArray();
        int[] types = new int[positions.length / 3];
        for (int i = 0; i < types.length; i++) {
            types[i] = i % 2;
        }
        Potential potential = Potential.pairStyle("lj/smooth/linear 6.5", List.of("* * 0.4 2.6"));
        StaticsResult result = calculate(new Atoms(box.cell(), List.of("Al", "Cu"), types, positions),
                StaticsOptions.defaults().withPotential(potential).withMinimiser(minimiser));

        assertThat(result.outcome()).as(result.explanation()).isEqualTo(Outcome.STABLE);
        assertThat(result.tensor().get(0, 1)).isCloseTo(result.tensor().get(3, 3), within(ACCURACY));
        assertThat(result.tensor().get(0, 0)).isCloseTo(result.tensor().get(2, 2), within(0.001));
        assertThat(result.relaxed().types()).containsExactly(types);
    }

    @Test
    void potentialsThatDoNotFitAreNamed(@TempDir Path folder) throws Exception {
        Atoms copper = Atoms.of("Cu", Cell.orthogonal(3.6, 3.6, 3.6), new double[] {0, 0, 0, 1.8, 1.8, 0});
        assertThatThrownBy(() -> calculate(copper)).isInstanceOf(PotentialException.class)
                .hasMessageContaining("has no Cu");

        Path truncated = folder.resolve("cut.eam.alloy");
        Files.write(truncated, Arrays.copyOf(Potential.mishin1999().file().orElseThrow().bytes(), 300_000));
        assertThatThrownBy(() -> Potential.fromFile(truncated)).isInstanceOf(PotentialException.class)
                .hasMessageContaining("truncated");

        Atoms atoms = aluminium(2, 2, 2);
        StaticsOptions unknown = StaticsOptions.defaults().withPotential(
                Potential.pairStyle("no/such/style", List.of("* *")));
        assertThatThrownBy(() -> calculate(atoms, unknown)).isInstanceOf(PotentialException.class)
                .hasMessageContaining("no/such/style");
        assertThat(calculate(atoms).outcome()).isEqualTo(Outcome.STABLE);
    }

    @Test
    void aRefusalLeavesNoInstanceBehind(@TempDir Path folder) throws Exception {
        Path copy = Files.write(folder.resolve("Al.eam.alloy"), Potential.mishin1999().file().orElseThrow().bytes());
        StaticsOptions options = StaticsOptions.defaults().withPotential(Potential.fromFile(copy));
        Atoms atoms = PorousStructure.perfect(Lattice.aluminium(), new Cells(3, 3, 1)).atoms();
        Files.writeString(copy, "changed");
        assertThatThrownBy(() -> calculate(atoms, options)).isInstanceOf(PotentialFileException.class)
                .hasMessageContaining("has changed");
        assertThat(calculate(atoms).outcome()).isEqualTo(Outcome.STABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my potentials", "R&D", "a $b"})
    void aPotentialInAnyPathIsFound(String name, @TempDir Path folder) throws Exception {
        Path odd = Files.createDirectory(folder.resolve(name));
        Path copy = Files.write(odd.resolve("Al.eam.alloy"), Potential.mishin1999().file().orElseThrow().bytes());
        StaticsResult result = calculate(aluminium(2, 2, 2), StaticsOptions.defaults()
                .withPotential(Potential.fromFile(copy)));
        assertThat(result.outcome()).isEqualTo(Outcome.STABLE);
    }
}
