// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.TestPlans;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.report.DatasetStatistics;
import io.github.nanohooke.figures.DatasetFigure;
import io.github.nanohooke.tensor.ElasticConstants;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from, exported and drawn of a finished dataset. */
class DatasetTest {
    private static final DatasetPlan PLAN = TestPlans.small(120, 50);

    @TempDir
    private static Path root;
    private static DatasetFolder folder;
    private static final List<Sample> SAMPLES = new ArrayList<>();

    @BeforeAll
    static void makeShards() throws IOException {
        folder = TestPlans.begin(root.resolve("data"), PLAN);
        for (int shard = 0; shard < PLAN.shards(); shard++) {
            List<Sample> samples = TestPlans.samples(PLAN, PLAN.firstIndex(shard), PLAN.samplesIn(shard));
            Shards.write(folder, shard, samples);
            SAMPLES.addAll(samples);
        }
    }

    @Test
    void shardsAndMergedFileReadTheSame() throws IOException {
        Dataset shards = Dataset.open(folder.path());
        assertThat(shards.size()).isEqualTo(120);
        Path merged = DatasetMerge.merge(folder);
        Dataset whole = Dataset.open(merged);
        for (int i = 0; i < 120; i++) {
            Sample sample = SAMPLES.get(i);
            for (Dataset dataset : List.of(shards, whole)) {
                assertThat(dataset.index(i)).isEqualTo(i);
                assertThat(dataset.status(i)).isEqualTo(sample.status());
                assertThat(dataset.part(i)).isEqualTo(Part.of(PLAN.seed(), i));
                assertThat(dataset.porosity(i)).isEqualTo(sample.geometry().porosity());
                assertThat(dataset.packedImage(i, Dataset.Image.RELAXED)).isEqualTo(sample.measurement().image());
                assertThat(dataset.packedImage(i, Dataset.Image.DESIGNED)).isEqualTo(sample.geometry().image());
                if (sample.status() == SampleStatus.KEPT) {
                    assertThat(dataset.constants(i)).isEqualTo(ElasticConstants.of(dataset.tensor(i)));
                } else if (sample.status() == SampleStatus.FAILED) {
                    int failed = i;
                    assertThatThrownBy(() -> dataset.tensor(failed)).hasMessageContaining("cannot do this one");
                }
            }
        }
        assertThat(Files.readAllLines(folder.path().resolve("timings.csv"))).hasSize(121);
    }

    /** All that the table holds; of a retry's journal so comes the shard that was. */
    @Test
    void samplesComeBackFromTheirShard() throws IOException {
        for (int shard = 0; shard < PLAN.shards(); shard++) {
            List<Sample> samples = Shards.read(folder, shard);
            assertThat(Columns.of(PLAN, samples).sameAs(TableFile.read(folder.shard(shard)))).isTrue();
            assertThat(samples).allMatch(s -> s.seconds() >= 0);
        }
    }

    @Test
    void imagesGoIntoBatches() {
        Dataset dataset = Dataset.open(folder.path());
        byte[] batch = new byte[3 * dataset.imageBytes()];
        dataset.copyImage(5, Dataset.Image.RELAXED, batch, dataset.imageBytes());
        assertThat(dataset.imageBytes()).isEqualTo(128);
        assertThat(Arrays.copyOfRange(batch, 128, 256)).isEqualTo(dataset.packedImage(5, Dataset.Image.RELAXED));
        assertThat(Arrays.copyOfRange(batch, 0, 128)).containsOnly(0);
    }

    @Test
    void membersAreTheKeptSamplesOfAPartInShuffledOrder() {
        Dataset dataset = Dataset.open(folder.path());
        int[] training = dataset.members(Part.TRAINING);
        assertThat(training).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        long kept = SAMPLES.stream().filter(s -> s.status() == SampleStatus.KEPT).count();
        assertThat(training.length + dataset.members(Part.VALIDATION).length + dataset.members(Part.TEST).length)
                .isEqualTo((int) kept);
        int[] sorted = training.clone();
        Arrays.sort(sorted);
        assertThat(training).isNotEqualTo(sorted);
        assertThat(IntStream.of(training).mapToObj(i -> Part.shuffleKey(PLAN.seed(), i)).toList()).isSorted();
    }

    @Test
    void statisticsCountEverything() {
        DatasetStatistics statistics = DatasetStatistics.of(Dataset.open(folder.path()));
        for (SampleStatus status : SampleStatus.values()) {
            assertThat(statistics.count(status))
                    .isEqualTo((int) SAMPLES.stream().filter(s -> s.status() == status).count());
        }
        assertThat(statistics.byPorosity().stream().mapToInt(DatasetStatistics.PorosityClass::samples).sum())
                .isEqualTo(120);
        for (int k = 0; k < statistics.byPorosity().size(); k++) {
            DatasetStatistics.PorosityClass here = statistics.byPorosity().get(k);
            int low = 10 * k;
            List<Sample> expected = SAMPLES.stream().filter(s -> s.geometry().porosity() >= low
                    && s.geometry().porosity() < low + 10).toList();
            assertThat(here.samples()).isEqualTo(expected.size());
            assertThat(here.kept().getOrDefault("planar", 0))
                    .isEqualTo((int) expected.stream().filter(s -> s.status() == SampleStatus.KEPT).count());
            assertThat(here.reasons().getOrDefault("not converged", 0))
                    .isEqualTo((int) expected.stream().filter(s -> s.reason().startsWith("not converged")).count());
            assertThat(here.reasons().values().stream().mapToInt(n -> n).sum()
                    + here.kept().values().stream().mapToInt(n -> n).sum()).isEqualTo(here.samples());
        }
        assertThat(statistics.reasons()).containsKeys("not converged", "not positive definite", "StaticsException");
        double[] c11 = SAMPLES.stream().filter(s -> s.status() == SampleStatus.KEPT)
                .mapToDouble(s -> s.measurement().tensor()[0]).toArray();
        DatasetStatistics.Range range = statistics.constants().get("C11");
        assertThat(range.max()).isEqualTo(Arrays.stream(c11).max().orElseThrow());
        assertThat(range.mean()).isCloseTo(Arrays.stream(c11).average().orElseThrow(),
                within(1e-9));
    }

    @Test
    void csvHasALineForEverySampleAndOneFieldForEveryHeading() throws IOException {
        Path csv = root.resolve("data.csv");
        DatasetExport.csv(Dataset.open(folder.path()), csv);
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(121);
        List<String> headings = List.of(lines.get(0).split(","));
        assertThat(headings).contains("index", "porosity [%]", "C11 [GPa]", "C45 [GPa]", "energy [eV]");
        for (int i = 0; i < 120; i++) {
            // No text of the fake's holds a comma.
            String[] fields = lines.get(i + 1).split(",", -1);
            assertThat(fields).hasSize(headings.size());
            assertThat(Double.parseDouble(fields[headings.indexOf("C11 [GPa]")]))
                    .isEqualTo(Double.valueOf(SAMPLES.get(i).measurement().tensor()[0]));
        }
    }

    @Test
    void figuresShowEveryPanel() throws Exception {
        Dataset dataset = Dataset.open(folder.path());
        Path png = root.resolve("figure.png");
        DatasetFigure.write(dataset, png);
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isGreaterThan(2000);
        long inked = IntStream.range(0, image.getWidth() * image.getHeight())
                .filter(i -> (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xffffff) != 0xffffff).count();
        assertThat(inked).isGreaterThan(50_000);

        Path svg = root.resolve("figure.svg");
        DatasetFigure.write(dataset, svg);
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
        String text = Files.readString(svg);
        for (String name : ElasticConstants.names()) {
            assertThat(text).contains(">" + name + "<").contains(">" + name + " [GPa]<");
        }
        assertThatThrownBy(() -> DatasetFigure.write(dataset, root.resolve("figure.gif")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(".svg");
    }

    @Test
    void anIncompleteDatasetIsNotOpened() throws IOException {
        DatasetFolder incomplete = TestPlans.begin(root.resolve("incomplete"), PLAN);
        Shards.write(incomplete, 0, SAMPLES.subList(0, 50));
        assertThatThrownBy(() -> Dataset.open(incomplete.path())).isInstanceOf(DatasetException.class)
                .hasMessageContaining("2 of 3 shards").hasMessageContaining("--resume");
    }
}
