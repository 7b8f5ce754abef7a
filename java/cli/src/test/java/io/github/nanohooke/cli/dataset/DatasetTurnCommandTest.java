// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.cli.Main;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.comparison.FrameTurn;
import io.github.nanohooke.comparison.RowJournal;
import io.github.nanohooke.comparison.TurnedSample;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.TensorFrame;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dataset of the first version, whose tensors are in LAMMPS' cell, in the axes of the input. */
class DatasetTurnCommandTest {
    private static final Path EARLIER = Path.of("..", "..", "test-data", "earlier-dataset");

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        return Main.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    /**
     * The stored tensor, turned by the relaxed cell, is what the calculator gives in these axes; so is a remade one.
     * What is left is the tolerance of two relaxations.
     */
    @Test
    void turnedSamplesAreThoseThatAreMadeNow() {
        Dataset stored = Dataset.open(EARLIER);
        DatasetFolder plan = DatasetFolder.open(EARLIER);
        try (ElasticCalculator calculator = ElasticCalculators.open("hessian")) {
            FrameTurn turn = FrameTurn.of(EARLIER, calculator);
            List<Integer> places = turn.places();
            assertThat(places).hasSize(100);
            int last = places.get(places.size() - 1);
            assertThat(stored.path(places.get(0))).isEqualTo("planar");
            assertThat(stored.path(last)).as("the costly ones come last").isEqualTo("three-cell");
            double moved = 0;
            for (int place : List.of(places.get(0), places.get(11), places.get(23), places.get(47))) {
                TurnedSample turned = turn.turn(place, StaticsProgress.SILENT);
                assertThat(turned.isKept()).isTrue();
                assertThat(turned.isRemade()).isFalse();
                StaticsResult now = calculator.calculate(stored.structure(place).atoms(),
                        plan.plan().options(stored.index(place)), StaticsProgress.SILENT);
                assertThat(turned.constants()).containsExactly(ElasticConstants.of(now.tensor()), within(5e-4));
                moved = Math.max(moved, largest(turned.constants(), stored.constants(place)));
            }
            assertThat(moved).as("the frame moved some label").isGreaterThan(1e-3);

            TurnedSample three = turn.turn(23, StaticsProgress.SILENT);
            assertThat(three.isKept()).isTrue();
            assertThat(three.isRemade()).isTrue();
            assertThat(three.energy()).isCloseTo(0, within(FrameTurn.SAME_MINIMUM));
            assertThat(three.apart()).isLessThan(1e-2);
        }
    }

    private static double largest(double[] a, double[] b) {
        double most = 0;
        for (int k = 0; k < a.length; k++) {
            most = Math.max(most, Math.abs(a[k] - b[k]));
        }
        return most;
    }

    /** A run that was stopped goes on, and what it leaves is a dataset of the same samples in the same parts. */
    @Test
    void aRunGoesOnAndWritesASlimFile() throws IOException {
        Dataset stored = Dataset.open(EARLIER);
        Path file = folder.resolve("mixed.nhs");
        Path journalled = folder.resolve("mixed.nhs.journal");
        double[] cell = {81, 0, 0, 0, 81, 0, 0, 0, 4};
        double[] constants = new double[13];
        Arrays.fill(constants, 7);
        try (RowJournal<TurnedSample> journal = RowJournal.open(journalled, Map.of("dataset", "mixed of seed 1",
                "software", "nanohooke " + Version.number()), TurnedSample.class, TurnedSample::index)) {
            for (long i = 0; i < 100; i++) {
                if (i != 12) {
                    journal.append(new TurnedSample(i, i == 30 ? "unstable" : "", false, 0, cell, constants, "", 0));
                }
            }
        }
        assertThat(run("dataset", "turn", EARLIER.toString(), "--out", file.toString(), "--quiet")).as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("99 samples in").contains("sample 30 left out: unstable");
        assertThat(journalled).doesNotExist();
        Dataset turned = Dataset.open(file);
        assertThat(turned.size()).isEqualTo(99);
        assertThat(turned.frame()).isEqualTo(TensorFrame.INPUT_AXES);
        assertThat(turned.attributes().get("plan").toString()).contains("\"frame\":\"input-axes\"");
        for (int i = 0; i < turned.size(); i++) {
            int place = (int) turned.index(i);
            assertThat(turned.part(i)).isEqualTo(stored.part(place));
            assertThat(turned.porosity(i)).isEqualTo(stored.porosity(place));
            assertThat(turned.packedImage(i, Dataset.Image.RELAXED))
                    .isEqualTo(stored.packedImage(place, Dataset.Image.RELAXED));
            assertThat(turned.cellBefore(i)[1]).containsExactly(0, 81, 0);
        }
        assertThat(Arrays.stream(Part.values()).mapToInt(part -> turned.members(part).length).sum()).isEqualTo(99);
        assertThat(turned.constants(11)[0]).isEqualTo(7);
        assertThat(largest(turned.constants(12), stored.constants(12))).as("turned").isLessThan(1);

        assertThat(run("dataset", "turn", file.toString(), "--out", folder.resolve("again.nhs").toString()))
                .isEqualTo(ExitCodes.BAD_INPUT);
    }

    @Test
    void aDatasetInTheAxesOfTheInputIsRefused() {
        String made = folder.resolve("made").toString();
        assertThat(run("dataset", "--kind", "mixed", "--method", "fake", "--cells", "8,8", "--nz", "1", "--image-size",
                "16", "--seed", "7", "--count", "3", "--workers", "1", "--quiet", "--out", made)).as(err.toString())
                .isZero();
        assertThat(run("dataset", "turn", made, "--out", folder.resolve("made.nhs").toString()))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("there is nothing to turn");
    }
}
