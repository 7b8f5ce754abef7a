// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.cli.Main;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.SquareSymmetry;
import io.github.nanohooke.structure.file.ExtendedXyz;
import io.github.nanohooke.structure.file.StructureFile;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.trust.Calibration;
import io.github.nanohooke.surrogate.trust.Calibrations;
import io.github.nanohooke.tensor.ElasticConstants;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code predict} tells of its uncertainty, and what it does where that is too large. */
class PredictUncertaintyTest {
    private static final int PIXELS = 32;
    private static final double OFFSET = 0.5;
    /** Of an 8 x 8 cell box with a round pore. */
    private static final String PORES = "{\"cells\":[8,8,1],\"pores\":[{\"shape\":\"circle\",\"center\":[16,15],"
            + "\"radius\":5}]}";
    private static final Map<String, String> DOMAIN = Map.of("elements", "Al", "cells", "8 x 8", "lattice constants",
            "4.05");

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path model;
    private Path pores;

    @BeforeEach
    void writeModelAndStructure() throws IOException {
        model = folder.resolve("model.safetensors");
        Calibration calibration = new Calibration(OFFSET, List.of(), List.of(0.95), List.of(2.0),
                Collections.nCopies(ElasticConstants.COUNT, 1.0), 50, 0);
        Calibrations all = new Calibrations(Map.of()).with(Shows.RELAXED, false, calibration)
                .with(Shows.DESIGNED, false, calibration);
        PredictCommandTest.model(90).with(DOMAIN, Map.of()).with(all.provenance(), Map.of())
                .write(model, ModelFile.Precision.SINGLE);
        pores = Files.writeString(folder.resolve("pores.json"), PORES);
    }

    private int predict(Object... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("predict", "--model", model.toString()));
        Arrays.stream(words).map(Object::toString).forEach(all::add);
        return Main.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private JsonNode json(Object... words) throws IOException {
        List<Object> all = new ArrayList<>(List.of(words));
        all.add("--json");
        assertThat(predict(all.toArray())).as(err.toString()).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    /** The spread over the eight orientations, worked out from eight predictions. */
    private double[] spreads() {
        StructureImage image = StructureImage.of(StructureFile.read(pores).atoms(), PIXELS);
        double[][] turned = new double[8][];
        try (ElasticSurrogate surrogate = ElasticSurrogate.load(model)) {
            for (SquareSymmetry symmetry : SquareSymmetry.values()) {
                turned[symmetry.ordinal()] = ElasticConstants.of(surrogate.predict(image.transformed(symmetry))
                        .transformed(symmetry.inverse()));
            }
        }
        double[] spreads = new double[ElasticConstants.COUNT];
        for (int k = 0; k < spreads.length; k++) {
            int constant = k;
            double mean = Arrays.stream(turned).mapToDouble(t -> t[constant]).average().orElseThrow();
            spreads[k] = Math.sqrt(Arrays.stream(turned).mapToDouble(t -> Math.pow(t[constant] - mean, 2)).average()
                    .orElseThrow());
        }
        return spreads;
    }

    @Test
    void followsFromTheEightOrientations() throws IOException {
        double[] spreads = spreads();
        JsonNode json = json(pores);
        JsonNode uncertainty = json.path("uncertainty");
        double largest = Arrays.stream(spreads).max().orElseThrow();
        assertThat(largest).isGreaterThan(0.01);
        assertThat(uncertainty.path("GPa").asDouble()).isCloseTo(2 * (OFFSET + largest), within(1e-5));
        assertThat(uncertainty.path("constants")).hasSize(ElasticConstants.COUNT);
        for (int k = 0; k < spreads.length; k++) {
            assertThat(uncertainty.path("constants").path(k).asDouble()).isCloseTo(OFFSET + spreads[k], within(1e-5));
        }
        assertThat(uncertainty.path("level").asDouble()).isEqualTo(0.95);
        assertThat(uncertainty.path("basis").asText()).isEqualTo("calibrated");
        assertThat(json.path("answeredBy").asText()).isEqualTo("network");
        assertThat(json.path("image").path("structure").asText()).isEqualTo("designed");
        assertThat(json.path("model").path("learntFrom").asText()).isEqualTo("relaxed");
        assertThat(PredictCommandTest.codes(json)).contains("not-relaxed");
        JsonNode plain = json(pores, "--no-uncertainty");
        assertThat(plain.path("uncertainty").isNull()).isTrue();
        assertThat(plain.path("constants").path("C11").asDouble())
                .isCloseTo(json.path("constants").path("C11").asDouble(), within(1e-4));
        assertThat(predict(pores)).isZero();
        assertThat(out.toString()).contains("uncertainty", "GPa: no constant is off by more in 95 of 100");
    }

    @Test
    void statesThatNothingIsKnownOfOtherCells() throws IOException {
        Path larger = Files.writeString(folder.resolve("larger.json"), PORES.replace("8,8,1", "12,12,1"));
        JsonNode json = json(larger);
        assertThat(json.path("uncertainty").path("basis").asText()).isEqualTo("outside");
        assertThat(PredictCommandTest.codes(json)).contains("cell-size");
    }

    @Test
    void letsStaticsAnswerWhatTheNetworkIsNotSureOf() throws IOException {
        JsonNode sure = json(pores, "--max-uncertainty", 1000, "--fallback", "statics");
        assertThat(sure.path("answeredBy").asText()).isEqualTo("network");
        JsonNode json = json(pores, "--max-uncertainty", 0.1, "--fallback", "statics", "--quiet");
        assertThat(json.path("answeredBy").asText()).isEqualTo("statics");
        assertThat(json.path("method").asText()).isEqualTo("hessian");
        assertThat(json.path("outcome").asText()).isEqualTo("STABLE");
        assertThat(json.path("uncertainty").isNull()).isTrue();
        assertThat(json.path("network").path("uncertainty").path("GPa").asDouble()).isGreaterThan(0.1);
        assertThat(PredictCommandTest.codes(json)).as("what the network does not know").isEmpty();
        assertThat(PredictCommandTest.codes(json.path("network"))).contains("not-relaxed");
        out.getBuffer().setLength(0);
        assertThat(Main.run(new String[] {"statics", pores.toString(), "--json", "--quiet"}, new PrintWriter(out, true),
                new PrintWriter(err, true))).isZero();
        JsonNode statics = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("constants").path("C11").asDouble())
                .isCloseTo(statics.path("constants").path("C11").asDouble(), within(1e-6));
        // Of an answer by statics all that statics tells.
        List<String> told = new ArrayList<>();
        statics.fieldNames().forEachRemaining(told::add);
        // Calculated as labels of datasets are, without a second tensor.
        told.remove("smoothedTensor");
        assertThat(told).contains("stability", "tableSensitivity").allMatch(json::has);
        assertThat(json.path("symmetryResidual")).isEqualTo(statics.path("symmetryResidual"));
        assertThat(json.path("cpuSeconds").asDouble()).isPositive();
        assertThat(json.path("expectedError").isNull()).isTrue();
        assertThat(json.path("network").path("seconds").asDouble()).isPositive();
        assertThat(json.path("seconds").asDouble()).isNotEqualTo(json.path("network").path("seconds").asDouble());
        JsonNode relaxed = json(pores, "--relax", "--max-uncertainty", 0.1, "--fallback", "statics", "--quiet");
        assertThat(relaxed.path("answeredBy").asText()).isEqualTo("statics");
        assertThat(relaxed.path("constants").path("C11").asDouble())
                .isCloseTo(statics.path("constants").path("C11").asDouble(), within(1e-6));
    }

    @Test
    void warnsWhereNothingElseCanAnswer() throws IOException {
        assertThat(PredictCommandTest.codes(json(pores, "--max-uncertainty", 0.1))).contains("uncertain");
        Path picture = folder.resolve("picture.png");
        StructureImage.of(StructureFile.read(pores).atoms(), PIXELS).write(picture);
        JsonNode json = json(picture, "--max-uncertainty", 0.1, "--fallback", "statics");
        assertThat(json.path("answeredBy").asText()).isEqualTo("network");
        assertThat(PredictCommandTest.codes(json)).contains("uncertain");
        assertThat(err.toString()).contains("a picture has no atoms");
    }

    @Test
    void picturesSayWhatTheyShow() throws IOException {
        StructureImage image = StructureImage.of(StructureFile.read(pores).atoms(), PIXELS);
        Path ours = folder.resolve("ours.png");
        Path others = folder.resolve("others.png");
        image.write(ours, "designed");
        image.write(others);
        assertThat(StructureImage.read(ours)).isEqualTo(image);
        assertThat(StructureImage.shows(ours)).contains("designed");
        assertThat(StructureImage.shows(others)).isEmpty();
        assertThat(json(ours).path("image").path("structure").asText()).isEqualTo("designed");
        assertThat(json(others).path("image").path("structure").asText()).isEqualTo("relaxed");
        assertThat(json(others, "--shows", "designed").path("image").path("structure").asText()).isEqualTo("designed");
        assertThat(json(ours, "--shows", "designed").path("image").path("structure").asText()).isEqualTo("designed");
        assertThat(predict(ours, "--shows", "relaxed")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("ours.png tells of itself that it shows a designed structure",
                "leave --shows relaxed out");
        assertThat(predict(pores, "--shows", "relaxed")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("tells of itself that it shows a designed structure");
        assertThat(predict(pores, "--relax", "--shows", "relaxed")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--shows is not for --relax");
        assertThat(Main.run(new String[] {"image", pores.toString(), "--out", ours.toString()},
                new PrintWriter(out, true), new PrintWriter(err, true))).isZero();
        assertThat(StructureImage.shows(ours)).contains("designed");
    }

    /** Bare atoms that are said to be a design have exactly the cell that they were given; relaxed ones have not. */
    @Test
    void designsHaveExactlyTheirCell() throws IOException {
        Path atoms = folder.resolve("wider.xyz");
        ExtendedXyz.write(atoms, new PorousStructure(new Lattice("Al", Lattice.Kind.FCC, 4.09), new Cells(20, 20, 1),
                List.of(new Circle(30, 30, 15))).atoms());
        Path telling = folder.resolve("telling.safetensors");
        ModelFile.annotate(model, telling, Map.of("elements", "Al", "cells", "20 x 20", "lattice constants", "4.05"),
                Map.of());
        model = telling;
        assertThat(PredictCommandTest.codes(json(atoms, "--shows", "designed"))).contains("cell-size");
        assertThat(PredictCommandTest.codes(json(atoms))).doesNotContain("cell-size");
    }

    /** Two networks: each answers for the images that it has learnt from. */
    @Test
    void takesTheModelThatKnowsTheImage() throws IOException {
        Path designed = folder.resolve("designed.safetensors");
        PredictCommandTest.model(50).with(Shows.DESIGNED.provenance(), Map.of())
                .write(designed, ModelFile.Precision.SINGLE);
        JsonNode json = json(pores, "--model", designed);
        assertThat(json.path("model").path("file").asText()).endsWith("designed.safetensors");
        assertThat(json.path("model").path("learntFrom").asText()).isEqualTo("designed");
        assertThat(PredictCommandTest.codes(json)).doesNotContain("not-relaxed");
        JsonNode relaxed = json(pores, "--model", designed, "--relax");
        assertThat(relaxed.path("model").path("file").asText()).endsWith("model.safetensors");
        assertThat(predict(pores, "--model", model)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("each --model must be for other images");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(predict(pores, "--max-uncertainty", "-1")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(predict(pores, "--fallback", "statics")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(predict(pores, "--max-uncertainty", "1", "--no-uncertainty")).isEqualTo(ExitCodes.BAD_INPUT);
        PredictCommandTest.model(90).write(model, ModelFile.Precision.SINGLE);
        assertThat(predict(pores, "--max-uncertainty", "1")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("was not calibrated", "--calibrate");
    }
}
