// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.cli.Main;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.Initialisation;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.file.ExtendedXyz;
import io.github.nanohooke.structure.file.LammpsData;
import io.github.nanohooke.structure.file.StructureFile;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code nanohooke predict} with a small network of random weights. */
class PredictCommandTest {
    private static final int PIXELS = 32;
    private static final String PORES = "{\"cells\":[8,8,1],\"pores\":[{\"shape\":\"polygon\","
            + "\"vertices\":[[6,6],[20,9],[11,22]]}]}";

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path model;
    private Path pores;

    @BeforeEach
    void writeModelAndStructure() throws IOException {
        model = folder.resolve("model.safetensors");
        model(90).write(model, ModelFile.Precision.SINGLE);
        pores = Files.writeString(folder.resolve("pores.json"), PORES);
    }

    /** @param stiffness of C11, C22 and C33 [GPa], about which the random network wanders by a few */
    static ModelFile model(double stiffness) {
        NetworkDefinition network = Presets.network("small", PIXELS, 5, new int[] {3, 4}, Padding.PERIODIC,
                new int[] {8}, ElasticConstants.COUNT);
        List<Double> offset = List.of(stiffness, stiffness, stiffness, 20.0, 20.0, 20.0, 30.0, 30.0, 30.0, 0.0, 0.0,
                0.0, 0.0);
        return new ModelFile(network, new OutputHead.Direct(offset, 1), Initialisation.he(network, 1), Map.of(),
                Map.of("validation_rmse_GPa", 42.0));
    }

    private int predict(Object... words) {
        List<String> all = new ArrayList<>(List.of("predict", "--model", model.toString()));
        Arrays.stream(words).map(Object::toString).forEach(all::add);
        return run(all.toArray(String[]::new));
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private JsonNode json(Object... words) throws IOException {
        List<Object> all = new ArrayList<>(List.of(words));
        all.add("--json");
        assertThat(predict(all.toArray())).as(err.toString()).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    static List<String> codes(JsonNode json) {
        List<String> codes = new ArrayList<>();
        json.path("warnings").forEach(warning -> {
            assertThat(warning.path("message").asText()).isNotBlank();
            codes.add(warning.path("code").asText());
        });
        return codes;
    }

    private ElasticTensor expected(StructureImage image, UnaryOperator<SurrogateOptions> change) {
        try (ElasticSurrogate surrogate = ElasticSurrogate.load(model, change.apply(SurrogateOptions.defaults()))) {
            return surrogate.predict(image);
        }
    }

    private static StructureImage designed(Path structure) {
        return StructureImage.of(StructureFile.read(structure).atoms(), PIXELS);
    }

    private static void assertTensor(JsonNode json, ElasticTensor tensor) {
        double[] constants = ElasticConstants.of(tensor);
        for (int k = 0; k < constants.length; k++) {
            String name = ElasticConstants.names().get(k);
            assertThat(json.path("constants").path(name).asDouble()).as(name).isEqualTo(constants[k]);
        }
        assertThat(json.path("stiffness").path(0).path(5).asDouble()).isEqualTo(tensor.get(0, 5));
        assertThat(json.path("bulkModulus").asDouble()).isEqualTo(tensor.bulkModulus());
    }

    @Test
    void theJsonIsThatOfStaticsWithModelAndBackend() throws IOException {
        JsonNode predicted = json(pores);
        assertTensor(predicted, expected(designed(pores), o -> o));
        assertThat(run("statics", pores.toString(), "--method", "hessian", "--quiet", "--json")).isZero();
        JsonNode measured = new ObjectMapper().readTree(out.toString());
        measured.fieldNames().forEachRemaining(name -> {
            // What second derivatives of a table tell, no network knows.
            if (!List.of("stability", "tableSensitivity", "smoothedTensor").contains(name)) {
                assertThat(predicted.has(name)).as(name).isTrue();
            }
        });
        for (String same : List.of("schema", "version", "structure", "porosity", "dispersion", "atoms", "surfaceAtoms",
                "positiveDefinite")) {
            assertThat(predicted.path(same)).as(same).isEqualTo(measured.path(same));
        }
        measured.path("units").fields().forEachRemaining(unit -> assertThat(predicted.path("units").path(unit.getKey()))
                .isEqualTo(unit.getValue()));
        assertThat(predicted.path("method").asText()).isEqualTo("network");
        assertThat(measured.path("outcome").asText()).isEqualTo("STABLE");
        assertThat(predicted.path("outcome").asText()).as("a network knows no stability").isEqualTo("PREDICTED");
        assertThat(predicted.path("model").path("file").asText()).isEqualTo(model.toString());
        assertThat(predicted.path("model").path("frame").asText()).isEqualTo("lammps-cell");
        assertThat(predicted.path("frame")).isEqualTo(measured.path("frame"));
        assertThat(predicted.path("model").path("network").asText()).isEqualTo("small");
        assertThat(predicted.path("model").path("metrics").path("validation_rmse_GPa").asDouble()).isEqualTo(42);
        assertThat(predicted.path("backend").asText()).startsWith("cpu: ");
        assertThat(predicted.path("image").path("shows").asText()).startsWith("as designed");
        assertThat(predicted.path("image").path("takenAs").isNull()).as("atoms have a scale").isTrue();
        assertThat(codes(predicted)).containsExactly("not-relaxed", "domain-unknown");
        assertThat(predicted.path("expectedError").isNull()).isTrue();
        assertThat(predicted.path("model").path("testError").isNull()).isTrue();
        assertThat(predicted.path("energy").isNull()).isTrue();
        assertThat(predicted.path("seconds").asDouble()).isPositive();
    }

    @Test
    void everyFormatGivesItsImage() throws IOException {
        Atoms atoms = StructureFile.read(pores).atoms();
        Path xyz = folder.resolve("atoms.xyz");
        Path data = folder.resolve("atoms.data");
        Path png = folder.resolve("atoms.png");
        ExtendedXyz.write(xyz, atoms, List.of());
        LammpsData.write(data, atoms);
        designed(pores).write(png);
        ElasticTensor tensor = expected(designed(pores), o -> o);
        assertThat(predict(pores, xyz, data, png, "--json")).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(4);
        for (String line : lines) {
            assertTensor(new ObjectMapper().readTree(line), tensor);
        }
        assertThat(lines.get(1)).contains("atoms as they are in the file").contains("\"porosity\":null");
        assertThat(lines.get(2)).contains("atoms as they are in the file");
        assertThat(lines.get(3)).contains("picture as it is in the file").contains("\"atoms\":null");
    }

    @Test
    void theTableNamesModelBackendAndWhatWasDrawn() {
        assertThat(predict(pores, pores)).isZero();
        assertThat(out.toString()).contains("structure     pores, ", " x 32.4 Å, porosity ", "as designed, not relaxed",
                "outcome       PREDICTED: predicted by a network", "error         unknown", "network small",
                "backend       cpu: ",
                " ms an image", "Elastic tensor [GPa]", "C45", "bulk modulus").doesNotContain("|Cij - Cji|");
        assertThat(out.toString().split("drawn as designed", -1)).as("in each table").hasSize(3);
        assertThat(out.toString()).contains("--relax", "nanohooke statics");
        assertThat(predict(pores, pores, "--json")).isZero();
        assertThat(err.toString().split("drawn as designed", -1)).as("said once").hasSize(2);
    }

    @Test
    void relaxingFirstGivesTheImageOfTheRelaxedStructure() throws IOException {
        JsonNode relaxed = json(pores, "--relax");
        assertThat(err.toString()).doesNotContain("as designed");
        assertThat(relaxed.path("image").path("shows").asText()).isEqualTo("relaxed");
        assertThat(relaxed.path("relaxedAtoms").asInt()).isEqualTo(relaxed.path("atoms").asInt());
        Path results = folder.resolve("results");
        assertThat(run("statics", pores.toString(), "--quiet", "--out", results.toString())).isZero();
        JsonNode read = json(results.resolve("relaxed.xyz"));
        // The file has fewer digits than the atoms in memory, which may cost a pixel at a disk's edge.
        assertThat(relaxed.path("constants").path("C11").asDouble())
                .isCloseTo(read.path("constants").path("C11").asDouble(), within(0.5));
        assertThat(relaxed.path("constants")).isNotEqualTo(json(pores).path("constants"));
    }

    @Test
    void optionsReachTheNetwork() throws IOException {
        StructureImage image = designed(pores);
        assertTensor(json(pores, "--average", "--threads", "1"), expected(image, o -> o.withAverage(true)));
        JsonNode reference = json(pores, "--backend", "reference");
        assertTensor(reference, expected(image, o -> o.withBackend("reference")));
        assertThat(reference.path("backend").asText()).startsWith("reference: ");
        assertThat(json(pores, "--instruction-set", "plain").path("backend").asText()).contains("plain (as asked)");
    }

    @Test
    void threadsAreThoseThatSlurmGrants() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "predict", "--model", model.toString(),
                "--json", pores.toString()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("SLURM_CPUS_PER_TASK", "3");
        Process process = builder.start();
        JsonNode json = new ObjectMapper().readTree(process.getInputStream());
        assertThat(process.waitFor()).isZero();
        assertThat(json.path("backend").asText()).endsWith("3 threads");
    }

    @Test
    void picturesOfAnotherSizeAreResampledOnlyWhereAskedFor() throws IOException {
        Path large = folder.resolve("large.png");
        StructureImage image = StructureImage.of(StructureFile.read(pores).atoms(), 100);
        image.write(large);
        assertThat(predict(large)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("large.png: the image has 100 x 100 pixels, needed are 32 x 32");
        assertTensor(json(large, "--resample"), expected(image.resampled(PIXELS), o -> o));
    }

    @Test
    void aGradientIsDrawn() throws IOException {
        Path png = folder.resolve("new").resolve("gradient.png");
        assertThat(predict(pores, "--gradient", png, "--constant", "C66")).as(err.toString()).isZero();
        BufferedImage picture = ImageIO.read(png.toFile());
        assertThat(picture.getWidth()).isEqualTo(1000);
        assertThat(predict(pores, pores, "--gradient", png)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("give one FILE, not 2");
        assertThat(predict(pores, "--gradient", png, "--constant", "C14")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("no constant \"C14\"");
        assertThat(predict(pores, "--constant", "C66")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--constant is that of --gradient: say where to draw it");
    }

    @Test
    void aTensorThatIsNotPositiveDefiniteHasItsExitCode() {
        model(-50).write(model, ModelFile.Precision.SINGLE);
        assertThat(predict(pores)).isEqualTo(ExitCodes.UNSTABLE_OR_NOT_CONVERGED);
        assertThat(out.toString()).contains("UNSTABLE: predicted by a network, whose tensor is not positive definite");
    }

    @Test
    void oneBadFileDoesNotKeepTheOthersBack() {
        assertThat(predict(folder.resolve("none.json"), pores, "--json")).isEqualTo(ExitCodes.PARTIAL_RESULTS);
        assertThat(err.toString()).contains("none.json does not exist");
        assertThat(out.toString().lines()).hasSize(1);
    }

    @Test
    void badInputsAreNamed() throws IOException {
        Path empty = folder.resolve("empty.png");
        StructureImage.fromPacked(PIXELS, PIXELS, new byte[PIXELS * PIXELS / 8]).write(empty);
        refused("empty.png: the image has no solid pixel", empty);
        BufferedImage grey = new BufferedImage(PIXELS, PIXELS, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < PIXELS * PIXELS; i++) {
            grey.getRaster().setSample(i % PIXELS, i / PIXELS, 0, 120);
        }
        Path greyFile = folder.resolve("grey.png");
        ImageIO.write(grey, "png", greyFile.toFile());
        refused("not a black and white picture", greyFile);
        Path wide = Files.writeString(folder.resolve("wide.json"), "{\"cells\":[8,4,1],\"pores\":[]}");
        refused("wide.json: its cell is 32.40 x 16.20 Å", wide);
        refused("has no atoms to relax", empty, "--relax");
        refused("--threads must be at least 1", pores, "--threads", "0");
        Path copper = Files.writeString(folder.resolve("copper.json"),
                "{\"element\":\"Cu\",\"latticeConstant\":3.6,\"cells\":[8,8,1],\"pores\":[]}");
        assertThat(predict(copper)).isZero();
        assertThat(out.toString()).contains("it holds Cu", "metal that the model was trained on (Al)");
        assertThat(codes(json(copper))).contains("element");
    }

    private void refused(String message, Object... words) {
        assertThat(predict(words)).as(message).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "foreign", "damaged"})
    void modelsThatCannotBeUsedAreNamed(String fault) throws IOException {
        switch (fault) {
            case "missing" -> Files.delete(model);
            case "foreign" -> Files.writeString(model, "#!/bin/sh\necho hello\n");
            default -> Files.write(model, Arrays.copyOf(Files.readAllBytes(model), 3000));
        }
        refused(model.toString(), pores);
    }

    @Test
    void aMissingBackendIsAMissingLibrary() {
        assertThat(predict(pores, "--backend", "abacus")).isEqualTo(ExitCodes.LIBRARY_MISSING);
        assertThat(err.toString()).contains("no backend 'abacus'", "cpu, reference");
    }
}
