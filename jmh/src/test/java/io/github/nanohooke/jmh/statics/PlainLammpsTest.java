// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.statics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Polygon;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stock script has to give right tensors, or its time says nothing. */
class PlainLammpsTest {

    @BeforeAll
    static void needsLammps() {
        boolean there = ElasticCalculators.providers().stream()
                .anyMatch(p -> p.method().equals("lammps") && p.availability().usable());
        if (!there && System.getProperty("tests.require", "").contains("lammps")) {
            fail("no usable LAMMPS on this machine");
        }
        if (!there) {
            abort("no usable LAMMPS on this machine");
        }
    }

    /** In boxes as small as these a strain of 1e-4 moves too many pairs over knots of the tables. */
    private static StaticsResult plain(Atoms atoms) {
        return new PlainLammps(Potential.mishin1999(), 1e-8, 1e-5).calculate(atoms);
    }

    // Mishin et al. 1999: C11 113.8, C12 61.6, C44 31.6 GPa.
    @Test
    void thePerfectCrystal() {
        StaticsResult result = plain(PorousStructure.perfect(Lattice.aluminium(), new Cells(3, 3, 2)).atoms());
        assertThat(result.outcome()).isEqualTo(Outcome.STABLE);
        assertThat(result.tensor().distance(ElasticTensor.cubic(113.796, 61.555, 31.595))).isLessThan(0.02);
    }

    /** A tilted cell: every displacement has to move the tilts as it should. */
    @Test
    void agreesWithExactDerivativesInATiltedCell() {
        Atoms atoms = new PorousStructure(Lattice.aluminium(), new Cells(7, 6, 1),
                List.of(Polygon.of(new double[][] {{5.1, 5.2}, {18.0, 7.1}, {8.3, 15.2}}))).atoms();
        StaticsResult result = plain(atoms);
        try (ElasticCalculator calculator = ElasticCalculators.open("hessian")) {
            StaticsResult exact = calculator.calculate(atoms, StaticsOptions.defaults(), StaticsProgress.SILENT);
            assertThat(Math.abs(exact.relaxed().cell().get(1, 0))).isGreaterThan(0.005);
            assertThat(result.tensor().distance(exact.tensor())).as(result.explanation()).isLessThan(0.03);
            assertThat(Math.abs(result.energy() - exact.energy())).isLessThan(1e-6);
            assertThat(result.symmetryResidual()).isLessThan(0.02);
        }
    }
}
