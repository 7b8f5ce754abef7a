// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.FailureReport;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.image.Png;
import io.github.nanohooke.nn.file.DefinitionJson;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.nn.file.Safetensors;
import io.github.nanohooke.nn.file.Tensor;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.surrogate.model.TrainingConstants;
import io.github.nanohooke.surrogate.train.DivergedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nanohooke train} and {@code nanohooke evaluate}. */
class TrainCommandTest {
    @TempDir
    private static Path folder;
    @TempDir
    private Path own;
    private TrainingRuns runs;
    private Path model;

    @BeforeAll
    static void makeData() throws IOException {
        TrainingRuns.prepare(folder);
    }

    @BeforeEach
    void chooseModel() {
        runs = new TrainingRuns(folder);
        model = own.resolve("m.safetensors");
    }

    @Test
    void aModelIsTrainedDescribedAndDrawn() throws IOException {
        assertThat(runs.train(own.resolve("m"), "--epochs", "4")).as(runs.err()).isZero();
        assertThat(runs.out()).contains("epochs         4, the best is", "C45 ", "RMSE of each constant");
        List<String> csv = Files.readAllLines(own.resolve("m.training/training.csv"));
        assertThat(csv).hasSize(5);
        double lowest = Double.POSITIVE_INFINITY;
        for (String line : csv.subList(1, 5)) {
            String[] fields = line.split(",");
            assertThat(fields).hasSameSizeAs(csv.get(0).split(","));
            lowest = Math.min(lowest, Double.parseDouble(fields[4]));
        }
        var curve = Png.read(own.resolve("m.training/training.png"));
        assertThat(curve.getWidth()).isGreaterThan(curve.getHeight());

        ModelFile read = ModelFile.read(model);
        assertThat(read.metrics().get("validation_rmse_GPa")).isCloseTo(lowest, within(1e-6));
        assertThat(read.provenance()).containsEntry("version", "nanohooke " + Version.number())
                .containsEntry("epochs trained", "4").containsEntry("device", "processor")
                .containsEntry("training precision", "fp32");
        assertThat(read.provenance().get("command")).startsWith("nanohooke train data --definition tiny.json --head "
                + "direct --loss squared --epochs 4 --batch 16 --lr 0.003").contains("--augment --seed 1");
        assertThat(read.provenance().get("dataset 1")).contains("\"kind\":\"mixed\"", "\"seed\":7");
        assertThat(read.provenance().get("training data")).contains(" samples of mixed of seed 7", "sha256 ");
        assertThat(read.provenance().get("backend")).startsWith("cpu ").doesNotContain("thread");
        assertThat(read.provenance().values()).as("nothing of this machine's folders")
                .noneMatch(value -> value.contains(folder.getParent().toString()));
    }

    /** The datasets here have 8 x 8 cells of aluminium. */
    @Test
    void predictWarnsOfStructuresThatTheModelDoesNotKnow() throws IOException {
        assertThat(runs.train(model, "--epochs", "1")).as(runs.err()).isZero();
        assertThat(ModelFile.read(model).provenance()).containsEntry("elements", "Al").containsEntry("cells", "8 x 8")
                .containsEntry("lattice constants", "4.05");
        assertThat(warnings("{\"cells\":[8,8,1],\"pores\":[]}")).doesNotContain("the cell is", "metal that the model");
        assertThat(warnings("{\"cells\":[9,9,1],\"pores\":[]}"))
                .contains("the cell is 36.45 x 36.45", "learnt from cells of 8 x 8 lattice constants of 4.05");
        assertThat(warnings("{\"element\":\"Cu\",\"latticeConstant\":4.05,\"cells\":[8,8,1],\"pores\":[]}"))
                .contains("holds Cu", "metal that the model was trained on (Al)").doesNotContain("the cell is");
    }

    @Test
    void evaluateNamesDatasetsThatTheModelDoesNotKnow() {
        assertThat(runs.train(model, "--epochs", "1")).as(runs.err()).isZero();
        String data = folder.resolve("data").toString();
        assertThat(runs.run("evaluate", model.toString(), data, "--json")).isZero();
        assertThat(runs.out()).contains("\"unknown\":[]");
        Path copper = own.resolve("copper");
        assertThat(runs.run("dataset", "--kind", "mixed", "--method", "fake", "--element", "Cu", "--lattice-constant",
                "3.615", "--cells", "8,8", "--nz", "1", "--image-size", "32", "--seed", "3", "--count", "60", "--workers", "1", "--quiet",
                "--out", copper.toString())).as(runs.err()).isZero();
        assertThat(runs.run("evaluate", model.toString(), data, copper.toString(), "--json")).isZero();
        assertThat(runs.err()).contains("dataset 2 is of Cu in cells of 8 x 8 lattice constants of 3.6",
                "the model learnt from Al in cells of 8 x 8 lattice constants of 4.05 Å");
        assertThat(runs.out()).contains("\"unknown\":[\"dataset 2 is of Cu");
        Path stored = own.resolve("stored.safetensors");
        assertThat(runs.run("evaluate", model.toString(), data, copper.toString(), "--store", stored.toString()))
                .isEqualTo(2);
        assertThat(runs.err()).contains("dataset 2 is of Cu", "leave that dataset out");
        assertThat(stored).doesNotExist();
    }

    /** What the makers say of a model: whole text or nothing, checked before the work. */
    @Test
    void aCardGoesIntoTheFile() throws IOException {
        Path card = own.resolve("card.md");
        for (byte[] wrong : List.of(new byte[0], " \n".getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0xC3, 0x28},
                new byte[70_000])) {
            Files.write(card, wrong);
            assertThat(runs.train(model, "--epochs", "1", "--card", card.toString())).isEqualTo(2);
            assertThat(runs.err()).contains("--card " + card);
        }
        assertThat(runs.train(model, "--epochs", "1", "--card", own.resolve("none").toString())).isEqualTo(2);
        assertThat(model).doesNotExist();
        Files.writeString(card, "For α-pores.\nNot for others.\n");
        assertThat(runs.train(model, "--epochs", "1", "--card", card.toString())).as(runs.err()).isZero();
        assertThat(runs.run("model", model.toString())).isZero();
        assertThat(runs.out()).endsWith("For α-pores.\nNot for others.\n");
    }

    /** Errors by family are those of the last test part alone. */
    @Test
    void errorsByFamilyAreStored() {
        assertThat(runs.train(model, "--epochs", "1")).as(runs.err()).isZero();
        String data = folder.resolve("data").toString();
        assertThat(runs.run("evaluate", model.toString(), data, "--store", model.toString())).as(runs.err()).isZero();
        Map<String, Double> metrics = ModelFile.read(model).metrics();
        assertThat(metrics.get("test_family_mixed_rmse_GPa")).isEqualTo(metrics.get("test_rmse_GPa"));
        assertThat(metrics.get("test_family_mixed_relative_50")).isLessThan(metrics.get("test_family_mixed_relative_95"));
        Path circles = own.resolve("circles");
        assertThat(runs.run("dataset", "--kind", "circles", "--method", "fake", "--cells", "8,8", "--nz", "1",
                "--image-size", "32", "--seed", "3", "--count", "60", "--workers", "1", "--quiet", "--out",
                circles.toString())).as(runs.err()).isZero();
        assertThat(runs.run("evaluate", model.toString(), circles.toString(), "--store", model.toString()))
                .as(runs.err()).isZero();
        assertThat(ModelFile.read(model).metrics()).containsKey("test_family_circles_rmse_GPa")
                .doesNotContainKey("test_family_mixed_rmse_GPa");
    }

    private String warnings(String structure) throws IOException {
        Path file = Files.writeString(own.resolve("structure.json"), structure);
        runs.run("predict", "--model", model.toString(), file.toString());
        assertThat(runs.out()).contains("Elastic tensor");
        return runs.out();
    }

    /** A network for designed structures, begun with the weights of one for relaxed ones. */
    @Test
    void goesOnFromAModelWithOtherImages() throws IOException {
        assertThat(runs.train(model, "--epochs", "1", "--head", "cholesky")).as(runs.err()).isZero();
        ModelFile first = ModelFile.read(model);
        Path other = own.resolve("designed.safetensors");
        assertThat(runs.train(other, "--epochs", "1", "--lr", "1e-9", "--from", model.toString(), "--shows",
                "designed")).as(runs.err()).isZero();
        ModelFile second = ModelFile.read(other);
        assertThat(second.head()).isEqualTo(first.head());
        assertThat(second.provenance().get("begun from")).startsWith("weights with CRC-32C");
        assertThat(second.provenance()).containsEntry("images show", "designed");
        assertThat(first.provenance()).containsEntry("images show", "relaxed");
        assertThat(second.provenance().get("command")).contains(" --from m.safetensors --loss")
                .endsWith("--shows designed").doesNotContain("--head");
        assertThat(second.provenance().get("training data")).contains("designed images of");
        for (int i = 0; i < first.parameters().length; i++) {
            assertThat(second.parameters()[i]).isCloseTo(first.parameters()[i], within(1e-5f));
        }
        String data = folder.resolve("data").toString();
        assertThat(runs.run("evaluate", other.toString(), data)).isZero();
        assertThat(runs.out()).contains("designed structures", "mixed ",
                "baseline: RMSE of predicting the mean of the training part" + System.lineSeparator());
        assertBaselineOfTheFirstNetwork(second, data);
        assertFails(ExitCodes.BAD_INPUT, "add --part VALIDATION", "evaluate", model.toString(), data, "--calibrate",
                model.toString());
        Path file = Files.writeString(own.resolve("file"), "in the way");
        for (String written : List.of("--store", "--figure")) {
            assertFails(ExitCodes.BAD_INPUT, "cannot write to the folder " + file, "evaluate", model.toString(), data,
                    written, file.resolve("there.png").toString());
            assertThat(runs.out()).as("errors, which take long").isEmpty();
        }
        assertFails(ExitCodes.BAD_INPUT, "a calibration needs 40 samples", "evaluate", model.toString(), data, "--part",
                "VALIDATION", "--calibrate", model.toString());
    }

    /** Files of before do not tell what was learnt from, and their head is that of the model that it was begun from. */
    private void assertBaselineOfTheFirstNetwork(ModelFile model, String data) {
        Map<String, String> untold = new TreeMap<>(model.provenance());
        assertThat(untold.remove(TrainingConstants.KEY)).isNotNull();
        Path before = own.resolve("before.safetensors");
        new ModelFile(model.definition(), model.head(), model.parameters(), untold, model.metrics()).write(before,
                ModelFile.Precision.SINGLE);
        assertThat(runs.run("evaluate", before.toString(), data)).isZero();
        assertThat(runs.out()).contains("the mean of the training part of the first network that its weights go back");
        assertThat(runs.run("model", before.toString())).isZero();
        assertThat(runs.out()).contains("the training part of the first network");
    }

    /** What a model brings with it may be said, too, but not otherwise. */
    @Test
    void goesOnWithTheModelsOwnNetworkAndHead() {
        assertThat(runs.train(model, "--epochs", "1", "--head", "cholesky")).as(runs.err()).isZero();
        Path other = own.resolve("other.safetensors");
        assertThat(runs.train(other, "--epochs", "1", "--from", model.toString(), "--head", "direct"))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.err()).contains("the model's own head, which is cholesky, not direct; leave --head out");
        String data = folder.resolve("data").toString();
        assertFails(ExitCodes.BAD_INPUT, "not that of --preset paper; leave that out", "train", data, "--from",
                model.toString(), "--preset", "paper", "--out", other.toString());
        assertFails(ExitCodes.BAD_INPUT, "both say which network", "train", data, "--preset", "paper",
                "--definition", "mine.json", "--out", other.toString());
        assertThat(other).doesNotExist();
        assertThat(runs.train(other, "--epochs", "1", "--from", model.toString(), "--head", "cholesky"))
                .as(runs.err()).isZero();
    }

    @Test
    void evaluationFindsTheErrorsOfTraining() throws IOException {
        assertThat(runs.train(model, "--epochs", "4", "--head", "cholesky", "--no-augment")).isZero();
        ModelFile read = ModelFile.read(model);
        assertThat(read.provenance().get("command")).contains("--no-augment", "--head cholesky");
        String data = folder.resolve("data").toString();
        Path figure = own.resolve("parity.png");
        assertThat(runs.run("evaluate", model.toString(), data, "--part", "validation", "--json", "--figure",
                figure.toString())).as(runs.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(runs.out());
        JsonNode errors = json.path("errors");
        assertThat(errors.path("overall").path("rmse").asDouble())
                .isCloseTo(read.metrics().get("validation_rmse_GPa"), within(1e-4));
        assertThat(errors.path("constants").path("C12").path("rmse").asDouble())
                .isCloseTo(read.metrics().get("validation_C12_rmse_GPa"), within(1e-4));
        assertThat(errors.path("samples").asDouble()).isEqualTo(read.metrics().get("validation_samples"));
        double squares = 0;
        int samples = 0;
        for (JsonNode inClass : errors.path("byPorosity")) {
            int count = inClass.path("samples").asInt();
            squares += count * Math.pow(inClass.path("errors").path("rmse").asDouble(), 2);
            samples += count;
        }
        assertThat(samples).isEqualTo(errors.path("samples").asInt());
        assertThat(Math.sqrt(squares / samples)).isCloseTo(errors.path("overall").path("rmse").asDouble(),
                within(1e-9));
        assertThat(json.path("data").asText()).isEqualTo(read.provenance().get("validation data"));
        assertThat(Png.read(figure).getWidth()).isGreaterThan(1000);

        assertThat(runs.run("evaluate", model.toString(), data, "--average")).isZero();
        assertThat(runs.out()).contains("samples of the test part, averaged over", "baseline", "C45 ", "porosity");
    }

    @Test
    void halfPrecisionIsStoredWhereItChangesLittle() throws IOException {
        assertThat(runs.train(model, "--epochs", "20", "--half")).as(runs.err()).isZero();
        assertThat(types(model)).containsOnly(Tensor.Type.F16);
        assertThat(ModelFile.read(model).metrics().get("half_precision_difference_GPa"))
                .isBetween(0.0, TrainedModel.HALF_LIMIT);
    }

    /** Weights as they were drawn: where rounding all of them is too much, it is for the smaller blocks to stay. */
    @Test
    void halfPrecisionIsForTheLargestBlocksWhereItChangesMuch() throws IOException {
        assertThat(runs.train(model, "--epochs", "1", "--lr", "1e-9", "--half")).as(runs.err()).isZero();
        assertThat(runs.err()).doesNotContain("half precision");
        Map<String, Tensor> tensors = Safetensors.read(model).tensors();
        assertThat(types(model)).containsOnly(Tensor.Type.F16, Tensor.Type.F32);
        int smallestHalf = tensors.values().stream().filter(t -> t.type() == Tensor.Type.F16)
                .mapToInt(Tensor::count).min().orElseThrow();
        assertThat(tensors.values().stream().filter(t -> t.type() == Tensor.Type.F32)
                .mapToInt(Tensor::count).max().orElseThrow()).isLessThanOrEqualTo(smallestHalf);
        assertThat(ModelFile.read(model).metrics().get("half_precision_difference_GPa"))
                .isBetween(1e-6, TrainedModel.HALF_LIMIT);
    }

    @Test
    void aModelIsHalvedLater() throws IOException {
        assertThat(runs.train(model, "--epochs", "1", "--lr", "1e-9")).as(runs.err()).isZero();
        String data = folder.resolve("data").toString();
        Path half = model.resolveSibling("half.safetensors");
        assertThat(runs.run("evaluate", model.toString(), data, "--half", half.toString())).isEqualTo(2);
        assertThat(runs.err()).contains("--part VALIDATION");
        assertThat(runs.run("evaluate", model.toString(), data, "--part", "VALIDATION", "--half", half.toString()))
                .as(runs.err()).isZero();
        assertThat(types(half)).containsOnly(Tensor.Type.F16, Tensor.Type.F32);
        assertThat(ModelFile.read(half).provenance()).containsKey("half precision")
                .containsAllEntriesOf(ModelFile.read(model).provenance());
    }

    @Test
    void itsLicenceIsInTheModelAndInCopiesOfIt() throws IOException {
        assertThat(runs.train(model, "--epochs", "1", "--licence", "public domain")).isEqualTo(2);
        assertThat(runs.err()).contains("SPDX expression", "public domain");
        assertThat(model).doesNotExist();
        assertThat(runs.train(model, "--epochs", "1", "--licence", "CC-BY-4.0")).as(runs.err()).isZero();
        assertThat(ModelFile.read(model).licence()).contains("CC-BY-4.0");
        String data = folder.resolve("data").toString();
        assertThat(runs.run("evaluate", model.toString(), data, "--licence", "MIT")).isEqualTo(2);
        assertThat(runs.err()).contains("--store, --calibrate or --half");
        Path other = model.resolveSibling("other.safetensors");
        assertThat(runs.run("evaluate", model.toString(), data, "--store", other.toString(), "--licence",
                "MIT OR (Apache-2.0 AND BSD-3-Clause)")).as(runs.err()).isZero();
        assertThat(ModelFile.read(other).licence()).contains("MIT OR (Apache-2.0 AND BSD-3-Clause)");
        assertThat(runs.run("model", other.toString())).isZero();
        assertThat(runs.out()).containsPattern("licence +MIT OR");
    }

    private static Set<Tensor.Type> types(Path model) {
        return Safetensors.read(model).tensors().values().stream().map(Tensor::type).collect(Collectors.toSet());
    }

    @Test
    void someSamplesForSoManyImagesArePointsOfALearningCurve() {
        assertThat(runs.train(model, "--samples", "20", "--images", "100")).as(runs.err()).isZero();
        Map<String, String> provenance = ModelFile.read(model).provenance();
        assertThat(provenance.get("training data")).startsWith("20 samples of mixed of seed 7, ")
                .contains(" images an epoch");
        assertThat(provenance).containsEntry("epochs trained", "1");
        assertThat(provenance.get("command")).contains("--epochs 1 --samples 20 --batch");
        // Of all of them an epoch is one pass: 100 images are two.
        Path all = model.resolveSibling("all.safetensors");
        assertThat(runs.train(all, "--images", "100")).as(runs.err()).isZero();
        assertThat(ModelFile.read(all).provenance()).containsEntry("epochs trained", "2");
        assertThat(runs.train(all, "--images", "100", "--epochs", "2")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.err()).contains("--epochs and --images both say how long");
        assertThat(runs.train(all, "--images", "0")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.train(all, "--samples", "0")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.err()).contains("--samples must be at least 1, got 0");
    }

    @Test
    void patienceEndsARun() {
        assertThat(runs.train(model, "--epochs", "200", "--lr", "0.9", "--final-fraction", "1", "--patience", "2"))
                .as(runs.err()).isZero();
        ModelFile read = ModelFile.read(model);
        int trained = Integer.parseInt(read.provenance().get("epochs trained"));
        assertThat(trained).isLessThan(200).isEqualTo(2 + Integer.parseInt(read.provenance().get("epoch")));
    }

    @Test
    void whatIsThereIsNotReplaced() throws IOException {
        assertThat(runs.train(model, "--epochs", "1")).isZero();
        byte[] before = Files.readAllBytes(model);
        assertThat(runs.train(model, "--epochs", "1")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.err()).contains("a run was begun in", "--resume");
        assertThat(runs.train(model, "--epochs", "2", "--resume")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.err()).contains("begun with another options", "\"epochs\":1", "\"epochs\":2");
        assertThat(runs.train(model, "--epochs", "1", "--head", "cholesky", "--resume"))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.err()).contains("begun with another head");
        assertThat(runs.dataset("others", 60, 8)).isZero();
        assertThat(runs.train(model, "--epochs", "1", "--resume", folder.resolve("others").toString()))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.err()).contains("begun with another");
        deleteRun();
        assertThat(runs.train(model, "--epochs", "1", "--resume")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.err()).contains("there is a model in", "no run beside it");
        assertThat(Files.readAllBytes(model)).isEqualTo(before);
    }

    private void deleteRun() throws IOException {
        try (Stream<Path> files = Files.walk(own.resolve("m.training"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void wrongCallsAreExplained() throws IOException {
        assertFails(ExitCodes.BAD_INPUT, "no dataset was begun in", "train", own.toString(), "--out", "m");
        String data = folder.resolve("data").toString();
        assertFails(ExitCodes.BAD_INPUT, "takes images of 256 pixels along an edge", "train", data, "--out",
                model.toString());
        assertFails(ExitCodes.BAD_INPUT, "no preset 'nosuch'", "train", data, "--preset", "nosuch", "--out", "m");
        assertFails(ExitCodes.BAD_INPUT, "is a folder", "train", data, "--out", own.toString());
        assertFails(ExitCodes.BAD_INPUT, "--out", "train", data);
        assertThat(runs.train(model, "--head", "nosuch")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.err()).contains("no output head 'nosuch'");
        assertThat(runs.train(model, "--epochs", "0")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.train(model, "--lr", "nan")).isEqualTo(ExitCodes.BAD_INPUT);
        for (String warmup : List.of("Infinity", "1e300", "-1", "101")) {
            assertThat(runs.train(model, "--warmup", warmup)).as(warmup).isEqualTo(ExitCodes.BAD_INPUT);
            assertThat(runs.err()).contains("the warm-up takes 0 epochs to all 100 of them");
        }
        assertThat(runs.train(model, "--max-minutes", "-1")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.train(model, "--threads", "0")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.train(model, "--backend", "nosuch")).isEqualTo(ExitCodes.LIBRARY_MISSING);
        assertThat(runs.err()).contains("no backend 'nosuch'", "cpu");
        assertThat(runs.train(model, "--checkpoint-seconds", "-1")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.train(model, "--device", "nosuch")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.err()).contains("no device 'nosuch' here", "processor");
        assertThat(runs.train(model, "--precision", "fp64")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.err()).contains("no precision 'fp64'", "bf16");
        assertThat(runs.train(model, "--precision", "bf16")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.err()).contains("does not compute in bf16");
        Path wide = Files.writeString(own.resolve("wide.json"), DefinitionJson.write(Presets.network("wide",
                TrainingRuns.PIXELS, 5, new int[] {1024, 1024}, Padding.PERIODIC, new int[] {16}, 13)));
        assertThat(runs.train(model, "--definition", wide.toString(), "--batch", "65536"))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.err()).contains("MB of memory", "take a smaller --batch");
        assertThat(runs.train(model, data)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.err()).contains("two of the datasets are mixed of seed 7");
        Path broken = Files.writeString(own.resolve("broken.json"), "{\"name\": \"x\"");
        assertThat(runs.train(model, "--definition", broken.toString())).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.err()).contains("broken.json", "cannot be read");
        assertThat(runs.dataset("few", 8, 1)).isZero();
        assertFails(ExitCodes.BAD_INPUT, "is in the validation part", "train", folder.resolve("few").toString(),
                "--definition", folder.resolve("tiny.json").toString(), "--out", model.toString());
        Path file = Files.writeString(own.resolve("file"), "");
        assertThat(runs.train(file.resolve("m"))).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(runs.err()).contains("cannot write to the folder");
        assertThat(model).doesNotExist();

        assertFails(ExitCodes.BAD_INPUT, "does not exist", "evaluate", model.toString(), data);
        Path earlier = own.resolve("earlier.safetensors");
        NetworkDefinition tiny = DefinitionJson.read(Files.readString(folder.resolve("tiny.json")));
        new ModelFile(tiny, new OutputHead.Direct(Collections.nCopies(13, 1.0), 1),
                new float[tiny.parameters().count()], Map.of(), Map.of()).write(earlier, ModelFile.Precision.SINGLE);
        // The datasets tell their cells, by which the earlier model's tensors are turned into the input's axes.
        assertThat(runs.run("evaluate", earlier.toString(), data)).as(runs.err()).isZero();
        assertFails(ExitCodes.BAD_INPUT, "not as parity.gif", "evaluate", "m", data, "--figure", "parity.gif");
        assertThat(FailureReport.exitCode(new DivergedException("the loss is NaN")))
                .isEqualTo(ExitCodes.UNSTABLE_OR_NOT_CONVERGED);
    }

    private void assertFails(int code, String message, String... words) {
        assertThat(runs.run(words)).as(runs.err()).isEqualTo(code);
        assertThat(runs.err()).contains(message);
    }
}
