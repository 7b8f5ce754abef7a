// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Minimiser;
import io.github.nanohooke.statics.StaticsOptions.Strains;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Polygon;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.ReferenceStructures;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RequireLammps.class)
class StrainSizesTest {
    private static final Path JUMP = Path.of("..", "test-data", "potentials", "jump.eam.alloy");
    /** Of the relaxed crystal of that file [Å]. */
    private static final double CONSTANT = 3.7756897713115087;
    /** By exact second derivatives. */
    private static final ElasticTensor EXACT = ElasticTensor.cubic(113.491, 81.877, 65.072);

    /** The case lammps-strain-across-cutoff: 2e-5 takes the fifth shell across the cutoff, a quarter of it does not. */
    @Test
    void aShellNearTheCutoffIsMeasuredByStrainsThatDoNotReachIt() {
        StaticsOptions options = StaticsOptions.defaults().withPotential(Potential.fromFile(JUMP));
        StaticsResult result = calculate(jumping(), options);
        assertThat(result.outcome()).as(result.explanation()).isEqualTo(Outcome.STABLE);
        assertThat(result.tensor().distance(EXACT)).isLessThan(0.001);
        assertThat(result.explanation()).contains("strains of 5.00e-06 (taken) and 1.25e-06 differ by 0.000");
        assertThat(result.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("strain-signs-disagree");
            assertThat(warning.message()).contains("+2.0e-05", "cutoff", "the tensor is that of 5.00e-06");
        });

        StaticsResult one = calculate(jumping(), options.withStrain(2e-5));
        assertThat(one.tensor().distance(EXACT)).isGreaterThan(1000);
        assertThat(one.warnings()).extracting(Warning::code).containsExactly("strain-signs-disagree");
        StaticsResult fine = calculate(jumping(), options.withStrain(1e-6));
        assertThat(fine.tensor().distance(EXACT)).isLessThan(0.001);
        assertThat(fine.warnings()).isEmpty();
    }

    /** Three parts in ten million from the shell: every size takes it across. */
    @Test
    void sizesOfWhichNoTwoAgreeAreTold(@TempDir Path folder) throws IOException {
        String text = Files.readString(JUMP, StandardCharsets.UTF_8);
        String cutoff = text.lines().skip(4).findFirst().orElseThrow().trim().split(" +")[4];
        double shell = CONSTANT * Math.sqrt(2.5) * (1 + 3e-7);
        Path near = Files.writeString(folder.resolve("near.eam.alloy"),
                text.replaceFirst(cutoff, String.format(Locale.ROOT, "%.12f", shell)));
        StaticsResult result = calculate(jumping(),
                StaticsOptions.defaults().withPotential(Potential.fromFile(near)));
        assertThat(result.warnings()).extracting(Warning::code)
                .containsExactly("strain-signs-disagree", "strain-sizes-disagree");
        assertThat(result.warnings().get(1).message()).contains("cutoff", "GPa");
    }

    /**
     * A pore without symmetry, whose cell tilts, against exact second derivatives. Every size has noise of its own, so
     * that on Fig. 4's boxes two sizes that agree are held against each other.
     */
    @ParameterizedTest
    @EnumSource(Minimiser.class)
    void noiseAtTheSmallerSizesIsBelowWhatCountsAsAgreement(Minimiser minimiser) {
        StaticsOptions options = StaticsOptions.defaults().withMinimiser(minimiser);
        ElasticTensor exact = ElasticConstants.toTensor(new double[] {72.33396, 69.64520, 86.29214, 31.31607, 37.91506,
            36.40351, 25.48548, 27.15474, 20.17618, -1.18936, -0.82457, 0.48483, -0.16472});
        for (double strain : new double[] {5e-6, 1.25e-6}) {
            StaticsResult result = calculate(skew(), options.withStrain(strain));
            assertThat(result.tensor().distance(exact)).as("strain " + strain).isLessThan(StrainSizes.AGREED);
            assertThat(result.warnings()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void noiseOnTheBoxesOfFigure4IsBelowWhatCountsAsAgreement(int box) {
        Atoms atoms = ReferenceStructures.fig4(1).get(box).structure().atoms();
        StaticsOptions options = StaticsOptions.defaults();
        StaticsResult usual = calculate(atoms, options.withStrain(2e-5));
        StaticsResult small = calculate(atoms, options.withStrain(5e-6));
        assertThat(small.tensor().distance(usual.tensor())).isLessThan(StrainSizes.AGREED);
        assertThat(small.warnings()).isEmpty();
    }

    @Test
    void sizesThatAgreeGiveTheTensorOfTheFirst() {
        StaticsOptions options = StaticsOptions.defaults();
        StaticsResult one = calculate(skew(), options.withStrains(Strains.ONE));
        StaticsResult result = calculate(skew(), options);
        assertThat(result.tensor().distance(one.tensor())).isLessThan(1e-9);
        assertThat(result.explanation()).contains("strains of 2.00e-05 (taken) and 5.00e-06 differ by 0.0");
        assertThat(one.explanation()).doesNotContain("taken");
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void aBudgetThatEndsAmongTheSmallerStrainsLeavesTheFirstUnchecked() {
        StaticsOptions options = StaticsOptions.defaults();
        StaticsResult one = calculate(skew(), options.withStrains(Strains.ONE));
        StaticsResult cut = calculate(skew(), options.withMaxEvaluations((int) one.evaluations() + 20));
        assertThat(cut.outcome()).as(cut.explanation()).isEqualTo(Outcome.STABLE);
        assertThat(cut.tensor().distance(one.tensor())).isLessThan(1e-9);
        assertThat(cut.warnings()).extracting(Warning::code).containsExactly("strain-sizes-unchecked");
        assertThat(cut.explanation()).contains("a strain of 2.00e-05 alone", "kept a force of");
    }

    private static Atoms jumping() {
        return PorousStructure.perfect(new Lattice("Al", Lattice.Kind.FCC, CONSTANT), new Cells(3, 3, 3)).atoms();
    }

    private static Atoms skew() {
        return new PorousStructure(Lattice.aluminium(), new Cells(6, 5, 1),
                List.of(Polygon.of(new double[][] {{5.1, 5.2}, {18.0, 7.1}, {8.3, 15.2}}))).atoms();
    }

    private static StaticsResult calculate(Atoms atoms, StaticsOptions options) {
        try (LammpsElasticCalculator calculator = new LammpsElasticCalculator()) {
            return calculator.calculate(atoms, options, StaticsProgress.SILENT);
        }
    }
}
