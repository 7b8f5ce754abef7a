// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.run.DatasetFactory;
import io.github.nanohooke.dataset.run.RunListener;
import io.github.nanohooke.dataset.run.RunSettings;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.dataset.store.DatasetMerge;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.RandomStructures.Kind;
import io.github.nanohooke.surrogate.evaluate.Evaluation;
import io.github.nanohooke.surrogate.model.TrainingConstants;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples of datasets for training, and evaluation by them; with the fake calculator of the dataset's tests. */
class DatasetSamplesTest {
    @TempDir
    private static Path folder;
    private static Dataset shards;
    private static Dataset merged;
    private static Dataset second;

    @BeforeAll
    static void makeData() throws IOException {
        DatasetFolder first = make("first", 7, 50, 32);
        shards = Dataset.open(first.path());
        merged = Dataset.open(DatasetMerge.merge(first));
        second = Dataset.open(make("second", 8, 20, 32).path());
    }

    private static DatasetFolder make(String name, long seed, int count, int pixels) throws IOException {
        DatasetPlan plan = new DatasetPlan(Kind.MIXED, seed, count, 20, Lattice.aluminium(), new Cells(8, 8, 1), pixels,
                "fake", StaticsOptions.defaults(), "nanohooke test");
        DatasetFolder made = DatasetFolder.openOrBegin(folder.resolve(name), plan, Map.of());
        DatasetFactory.run(made, RunSettings.workers(1), RunListener.SILENT, () -> false);
        return made;
    }

    @Test
    void someAreTakenInTheOrderThatIsAsked() {
        DatasetSamples all = DatasetSamples.of(List.of(shards, second), Part.TRAINING);
        DatasetSamples some = all.picked(List.of(all.size() - 1, 3));
        assertThat(some.size()).isEqualTo(2);
        assertThat(some.image(0)).isEqualTo(all.image(all.size() - 1));
        assertThat(some.constants(1)).isEqualTo(all.constants(3));
        assertThat(some.fingerprint()).isNotEqualTo(all.fingerprint());
    }

    @Test
    void ofADrawEverySampleComesEquallyOften() {
        DatasetSamples all = DatasetSamples.of(List.of(shards, second), Part.TRAINING);
        DatasetSamples few = all.drawn(10);
        assertThat(few.distinct()).isEqualTo(10);
        assertThat(few.size()).isBetween(16_000, 17_000); // epochs of few samples are as long as those of many
        List<String> drawn = described(few);
        assertThat(described(all)).doesNotHaveDuplicates();
        assertThat(drawn.stream().distinct()).hasSize(10).isSubsetOf(described(all))
                .allMatch(sample -> Collections.frequency(drawn, sample) == few.size() / 10);
        assertThat(few.fingerprint()).contains(few.size() + " images an epoch")
                .isNotEqualTo(all.drawn(9).fingerprint());
    }

    @Test
    void aSmallerDrawIsAPartOfALargerOne() {
        DatasetSamples all = DatasetSamples.of(List.of(shards, second), Part.TRAINING);
        assertThat(Set.copyOf(described(all.drawn(30)))).containsAll(Set.copyOf(described(all.drawn(8))))
                .isNotEqualTo(Set.copyOf(described(all).subList(0, 30)));
        assertThat(all.drawn(100_000).distinct()).isEqualTo(all.size());
    }

    private static List<String> described(DatasetSamples samples) {
        return IntStream.range(0, samples.size()).mapToObj(i -> Arrays.toString(samples.constants(i))
                + Arrays.hashCode(samples.image(i).packed())).toList();
    }

    @Test
    void partsHoldTheKeptSamplesOfAllDatasetsInTheirOrder() {
        int total = 0;
        for (Part part : Part.values()) {
            DatasetSamples samples = DatasetSamples.of(List.of(merged, second), part);
            int[] members = merged.members(part);
            int[] more = second.members(part);
            assertThat(samples.size()).isEqualTo(members.length + more.length);
            total += samples.size();
            for (int i = 0; i < samples.size(); i++) {
                Dataset dataset = i < members.length ? merged : second;
                int index = i < members.length ? members[i] : more[i - members.length];
                assertThat(samples.constants(i)).isEqualTo(dataset.constants(index));
                assertThat(samples.porosity(i)).isEqualTo(dataset.porosity(index));
                assertThat(samples.image(i).packed()).isEqualTo(dataset.packedImage(index, Dataset.Image.RELAXED));
            }
        }
        assertThat(total).isGreaterThan(30).isLessThan(70);
    }

    @Test
    void theFingerprintIsThatOfTheContent() {
        String fingerprint = DatasetSamples.of(List.of(merged), Part.TRAINING).fingerprint();
        assertThat(DatasetSamples.of(List.of(shards), Part.TRAINING).fingerprint()).isEqualTo(fingerprint)
                .containsPattern("^\\d+ samples of mixed of seed 7, relaxed images of 32 pixels, sha256 [0-9a-f]{64}$");
        Set<String> all = new HashSet<>(Set.of(fingerprint));
        assertThat(all.add(DatasetSamples.of(List.of(merged), Part.TEST).fingerprint())).isTrue();
        assertThat(all.add(DatasetSamples.of(List.of(second), Part.TRAINING).fingerprint())).isTrue();
        assertThat(all.add(DatasetSamples.of(List.of(merged, second), Part.TRAINING).fingerprint())).isTrue();
    }

    @Test
    void datasetsThatDoNotGoTogetherAreRefused() throws IOException {
        assertThatThrownBy(() -> DatasetSamples.of(List.of(merged, shards), Part.TRAINING))
                .isInstanceOf(DatasetException.class).hasMessageContaining("two of the datasets are mixed of seed 7");
        assertThatThrownBy(() -> DatasetSamples.of(List.of(), Part.TRAINING)).isInstanceOf(DatasetException.class);
        Dataset coarse = Dataset.open(make("coarse", 9, 2, 16).path());
        assertThatThrownBy(() -> DatasetSamples.of(List.of(merged, coarse), Part.TRAINING))
                .isInstanceOf(DatasetException.class).hasMessageContaining("has 32 pixels")
                .hasMessageContaining("has 16");
    }

    /** Every prediction 2 GPa too high, that of C12 3 GPa too low. */
    @Test
    void evaluationGivesTheErrorsThatWereMade() {
        DatasetSamples samples = DatasetSamples.of(List.of(merged, second), Part.TRAINING);
        double[][] predicted = new double[samples.size()][];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = samples.constants(i);
            for (int k = 0; k < 13; k++) {
                predicted[i][k] += k == 3 ? -3 : 2;
            }
        }
        TrainingConstants training = TrainingConstants.own(samples);
        Evaluation evaluation = Evaluation.of(training, predicted, samples);
        assertThat(evaluation.baseline()).isEqualTo("the training part");
        assertThat(evaluation.samples()).isEqualTo(samples.size());
        assertThat(evaluation.overall().rmse()).isCloseTo(Math.sqrt((12 * 4 + 9) / 13.0), within(1e-9));
        assertThat(evaluation.overall().meanAbsolute()).isCloseTo((12 * 2 + 3) / 13.0, within(1e-9));
        assertThat(evaluation.constants().get("C12").rmse()).isCloseTo(3, within(1e-9));
        assertThat(evaluation.constants().get("C45").meanAbsolute()).isCloseTo(2, within(1e-9));
        double mean = training.statistics().mean().get(2);
        double variance = IntStream.range(0, samples.size()).mapToDouble(i -> samples.constants(i)[2] - mean)
                .map(d -> d * d).average().orElseThrow();
        assertThat(evaluation.constants().get("C33").baselineRmse()).isCloseTo(Math.sqrt(variance), within(1e-9));

        assertThat(evaluation.byPorosity()).extracting(Evaluation.PorosityClass::samples).doesNotContain(0);
        assertThat(evaluation.byPorosity().stream().mapToInt(Evaluation.PorosityClass::samples).sum())
                .isEqualTo(samples.size());
        Evaluation.PorosityClass first = evaluation.byPorosity().get(0);
        long inside = IntStream.range(0, samples.size())
                .filter(i -> samples.porosity(i) >= first.from() && samples.porosity(i) < first.to()).count();
        assertThat((long) first.samples()).isEqualTo(inside);
        assertThat(first.errors().rmse()).isCloseTo(evaluation.overall().rmse(), within(1e-9));
    }
}
