// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.LeftTheStart;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.RandomStructures;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A relaxation that ends in another crystal says so, and none that only relaxes pores does. */
class LeftTheStartTest {
    private static ElasticCalculator calculator;

    @BeforeAll
    static void open() {
        calculator = ElasticCalculators.open("hessian");
    }

    @AfterAll
    static void close() {
        calculator.close();
    }

    /** Bain's way from bcc to fcc: four of six second neighbours come near, two go; eight of fourteen stay. */
    @Test
    void bccThatBecomesFccChangesSixOfFourteen() {
        double a = 3.2;
        Atoms bcc = PorousStructure.perfect(new Lattice("Al", Lattice.Kind.BCC, a), new Cells(4, 4, 4)).atoms();
        double c = Math.cbrt(2);
        double[] positions = bcc.positions();
        for (int i = 0; i < positions.length; i++) {
            positions[i] *= i % 3 == 2 ? c : 1 / Math.sqrt(c);
        }
        Cell strained = Cell.orthogonal(4 * a / Math.sqrt(c), 4 * a / Math.sqrt(c), 4 * a * c);
        assertThat(LeftTheStart.changedShare(bcc, bcc.moved(strained, positions))).isCloseTo(6.0 / 14, within(1e-9));
        assertThat(LeftTheStart.changedShare(bcc, bcc)).isZero();
    }

    /** bcc aluminium, pushed off its symmetry, falls into a close-packed crystal; constants far off spring back. */
    @ParameterizedTest
    @CsvSource({"FCC, 2.5", "FCC, 4.7", "BCC, 3.3"})
    void whatCollapsesIsSaidToHaveLeft(Lattice.Kind kind, double constant) {
        Atoms atoms = PorousStructure.perfect(new Lattice("Al", kind, constant), new Cells(3, 3, 3)).atoms();
        double[] shaken = atoms.positions();
        Random random = new Random(1);
        for (int i = 0; i < shaken.length; i++) {
            shaken[i] += 0.05 * (2 * random.nextDouble() - 1);
        }
        StaticsResult result = calculate(atoms.moved(atoms.cell(), shaken));
        assertThat(result.warnings()).as(result.toString()).extracting(Warning::code).contains("left-the-start");
    }

    @Test
    void aCompressedCrystalIsSaidToHaveLeft() {
        StaticsResult result = calculate(PorousStructure.perfect(new Lattice("Al", Lattice.Kind.FCC, 3.5),
                new Cells(3, 3, 1)).atoms());
        assertThat(result.warnings()).anySatisfy(warning -> {
            assertThat(warning.code()).isEqualTo("left-the-start");
            assertThat(warning.message()).contains("100 %", "+15.7, +15.7 and +15.7 %");
        });
    }

    /** Porosities of 5 to 80 %: surfaces relax, pieces turn, the crystal stays. */
    @Test
    void porousStructuresStay() {
        double most = 0;
        for (int index = 0; index < 24; index++) {
            Atoms atoms = RandomStructures.sample(RandomStructures.Kind.MIXED, 5, index).atoms();
            StaticsResult result = calculate(atoms);
            assertThat(result.warnings()).extracting(Warning::code).doesNotContain("left-the-start");
            most = Math.max(most, LeftTheStart.changedShare(atoms, result.relaxed()));
        }
        assertThat(most).isLessThan(0.1);
    }

    private static StaticsResult calculate(Atoms atoms) {
        return calculator.calculate(atoms, StaticsOptions.defaults(), StaticsProgress.SILENT);
    }
}
