// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.structure.source.StructureSources;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.data.TrainingDomain;
import io.github.nanohooke.surrogate.evaluate.ErrorStatistics;
import io.github.nanohooke.surrogate.evaluate.TestErrors;
import io.github.nanohooke.surrogate.model.DefaultModel;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.trust.Calibration;
import io.github.nanohooke.surrogate.trust.Calibrations;
import io.github.nanohooke.tensor.ElasticTensor;
import io.github.nanohooke.tensor.TensorFrame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What must hold of each network in the library: it is what its file says of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ShippedNetworkCases {
    final Shows shows;
    ModelFile model;
    ElasticSurrogate surrogate;
    DatasetSamples validation;
    double[][] predicted;

    ShippedNetworkCases(Shows shows) {
        this.shows = shows;
    }

    @BeforeAll
    void predict() {
        DefaultModel found = shows == Shows.RELAXED ? DefaultModel.find(Map.of(), DefaultModel.shipped())
                : DefaultModel.findForDesigned(Map.of(), DefaultModel.shippedForDesigned(), DefaultModel.shipped());
        model = found.model();
        surrogate = ElasticSurrogate.of(found.name(), model, SurrogateOptions.defaults());
        validation = ShippedTruths.validation(shows);
        predicted = SamplePredictions.of(surrogate, validation);
    }

    @AfterAll
    void close() {
        if (surrogate != null) {
            surrogate.close();
        }
    }

    @Test
    void tellsHowItWasMade() {
        assertThat(surrogate.definition().name()).isEqualTo("periodic");
        assertThat(surrogate.provenance()).containsKeys("command", "version", "dataset 1", "dataset 14");
        assertThat(Shows.of(surrogate.provenance())).isEqualTo(shows);
        assertThat(model.licence()).contains("Apache-2.0");
        assertThat(kinds(surrogate.provenance().get("validation data"))).isEqualTo(kinds(validation.fingerprint()));
        assertThat(surrogate.frame()).isEqualTo(TensorFrame.INPUT_AXES).isEqualTo(validation.frame());
        assertThat(TrainingDomain.of(surrogate.provenance()).orElseThrow().elements()).containsOnly("Al");
        assertThat(TrainingDomain.knowsCuts(surrogate.provenance())).isTrue();
    }

    /** Two samples have left the validation part since it was trained: see test-data/model. */
    private static String kinds(String samples) {
        return samples.substring(0, samples.indexOf("sha256")).replaceAll("\\d+ samples of", "samples of");
    }

    /** The card beside the model is in its file, and both have the errors of the tables that are beside the pages. */
    @Test
    void itsErrorsAreThoseOnThePages() throws IOException {
        String card;
        try (InputStream in = ShippedNetworkCases.class.getResourceAsStream(
                "/io/github/nanohooke/model/al/nanohooke-al.md")) {
            card = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
        assertThat(model.provenance().get(ModelFile.CARD)).isEqualTo(card);
        String readme = Files.readString(Path.of("..", "README.md"));
        String designed = shows == Shows.DESIGNED ? "-designed" : "";
        for (boolean averaged : new boolean[] {false, true}) {
            String part = averaged ? "test_averaged" : "test";
            double paper = model.metrics().get(part + "_family_paper_rmse_GPa");
            double all = model.metrics().get(part + "_rmse_GPa");
            List<String> table = Files.readAllLines(Path.of("..", "test-data", "model", "evaluation"
                    + designed + (averaged ? "-averaged" : "") + ".txt"));
            for (String row : List.of(String.format(Locale.ROOT, "all .* 862 +%.3f .*", all),
                    String.format(Locale.ROOT, "paper +667 +%.3f .*", paper))) {
                assertThat(table).as(row).anyMatch(line -> line.matches(row));
            }
            int column = (shows == Shows.DESIGNED ? 2 : 0) + (averaged ? 1 : 0);
            assertThat(numbers(card, "random structures (667)").get(column)).isEqualTo(two(paper));
            assertThat(numbers(card, "most of them the paper's (862)").get(column)).isEqualTo(two(all));
            List<String> whole = Files.readAllLines(Path.of("..", "test-data", "model", "evaluation-all" + designed
                    + (averaged ? "-averaged" : "") + ".txt"));
            assertThat(near(numbers(card, "of which more is hard (3,257)").get(column), row(whole, "all").get(1)))
                    .isTrue();
            if (averaged) {
                int place = shows == Shows.DESIGNED ? 2 : 1;
                for (int porosity = 0; porosity < 90; porosity += 10) {
                    String name = porosity + " to " + (porosity + 10) + " %";
                    assertThat(near(numbers(card, "  | " + name).get(place), row(whole, name).get(1))).as(name).isTrue();
                }
                for (String family : StructureSources.ids()) {
                    List<String> said = numbers(card, "  | " + family);
                    assertThat(near(said.get(2 * place - 1), row(whole, family).get(1))).as(family).isTrue();
                }
            }
            assertThat(readme).contains(String.format(Locale.ROOT, averaged && shows == Shows.RELAXED ? "averaged %.2f;"
                    : averaged ? ", %.2f |" : shows == Shows.RELAXED ? "%.2f GPa, averaged" : "of designs %.2f,",
                    paper));
        }
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Whether the first is the second, but for its digits; that one is rounded itself. */
    private static boolean near(String rounded, String value) {
        return Math.abs(Double.parseDouble(rounded) - Double.parseDouble(value)) < 0.0056;
    }

    /** Of a table of Markdown the numbers behind a row's name. */
    private static List<String> numbers(String card, String name) {
        String line = card.lines().filter(l -> l.contains(name + " ") || l.contains(name + "|")).findFirst()
                .orElseThrow();
        return Arrays.stream(line.substring(line.indexOf(name) + name.length()).split("\\|")).map(String::strip)
                .map(cell -> cell.replace(" %", "")).filter(cell -> !cell.isEmpty()).toList();
    }

    /** Of an evaluation's table the last row of a name: what is behind it. */
    private static List<String> row(List<String> table, String name) {
        String line = table.stream().filter(l -> l.startsWith(name + " ")).findFirst().orElseThrow();
        return List.of(line.substring(name.length()).strip().split(" +"));
    }

    @Test
    void hasTheErrorsThatItsFileTellsAndIsNotWorseThanTheOneThatWasPutHere() throws IOException {
        ErrorStatistics.Collector errors = new ErrorStatistics.Collector();
        for (int i = 0; i < validation.size(); i++) {
            errors.add(predicted[i], validation.constants(i));
        }
        assertThat(errors.statistics().rmse())
                .isCloseTo(surrogate.metrics().get("validation_rmse_GPa"), within(0.01))
                .isLessThan(ShippedTruths.of(shows.label()).rmse() + 0.005);
    }

    @Test
    void predictsWhatItDidWhenItWasPutHere() throws IOException {
        ShippedTruths.of(shows.label()).check(surrogate);
    }

    @Test
    void tellsItsErrorsOnStructuresItNeverSawAndItsBounds() {
        for (boolean averaged : new boolean[] {false, true}) {
            TestErrors errors = TestErrors.of(model.metrics(), averaged, shows == Shows.DESIGNED).orElseThrow();
            assertThat(errors.samples()).isEqualTo(862);
            for (int porosity = 0; porosity < 90; porosity += 10) {
                assertThat(errors.at(porosity)).as("%d %%", porosity).isPresent();
            }
            Calibration calibration = Calibrations.of(model).of(shows, averaged).orElseThrow();
            // Without those of structures that one cell stands for, which are easier than random ones.
            assertThat(calibration.samples()).isEqualTo(901);
            assertThat(calibration.weights()).isNotEmpty();
            assertThat(calibration.levels()).contains(0.5, 0.95, 0.99);
        }
    }

    /** Bounds are fitted to predictions: these must not depend on whether there are bounds already. */
    @Test
    void calibrationChangesNoPrediction() {
        Map<String, String> uncalibrated = new TreeMap<>(model.provenance());
        uncalibrated.remove(Calibrations.KEY);
        int sample = IntStream.range(0, validation.size()).filter(validation::isCut).findFirst().orElseThrow();
        ElasticTensor tensor = surrogate.assess(validation.image(sample), shows).tensor();
        try (ElasticSurrogate before = ElasticSurrogate.of("before", new ModelFile(model.definition(), model.head(),
                model.parameters(), uncalibrated, model.metrics()), SurrogateOptions.defaults())) {
            assertThat(before.calibration(shows)).isEmpty();
            assertThat(before.assess(validation.image(sample), shows).tensor()).isEqualTo(tensor);
        }
    }
}
