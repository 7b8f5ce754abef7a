// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.cli.Main;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.Initialisation;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.file.StructureFile;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.tensor.ElasticConstants;
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
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code nanohooke predict} says its tensors are worth, with a random network that tells what it learnt from. */
class PredictionOutcomeTest {
    private static final int PIXELS = 256;
    private static final Path RODS = Path.of("..", "..", "test-data", "structures", "rods.json");

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path model;

    @BeforeEach
    void writeModel() {
        model = folder.resolve("model.safetensors");
        NetworkDefinition network = Presets.network("small", PIXELS, 5, new int[] {2, 2, 2}, Padding.PERIODIC,
                new int[] {4}, ElasticConstants.COUNT);
        List<Double> offset = List.of(50.0, 50.0, 50.0, 10.0, 10.0, 10.0, 20.0, 20.0, 20.0, 0.0, 0.0, 0.0, 0.0);
        new ModelFile(network, new OutputHead.Direct(offset, 1), Initialisation.he(network, 1),
                Map.of("elements", "Al", "lattice constants", "4.05", "cells", "20 x 20"),
                Map.of("test_rmse_GPa", 0.5, "test_samples", 100.0, "test_porosity_40_50_rmse_GPa", 0.75,
                        "test_porosity_40_50_samples", 20.0)).write(model, ModelFile.Precision.SINGLE);
    }

    private String predict(Object... words) {
        List<String> all = new ArrayList<>(List.of("predict", "--model", model.toString()));
        Arrays.stream(words).map(Object::toString).forEach(all::add);
        out.getBuffer().setLength(0);
        assertThat(Main.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true)))
                .as("%s", err).isZero();
        return out.toString();
    }

    private JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(predict(file, "--json"));
    }

    private Path structure(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Two crossed slots leave one rod a cell, which carries nothing but stress along it; a network gives 6 GPa. */
    @Test
    void predictNotPercolating() throws IOException {
        JsonNode rods = json(RODS);
        assertThat(rods.path("outcome").asText()).isEqualTo("DISCONNECTED");
        assertThat(rods.path("disconnected").toString()).isEqualTo("[\"x\",\"y\"]");
        assertThat(rods.path("positiveDefinite").asBoolean()).isFalse();
        assertThat(PredictCommandTest.codes(rods)).containsExactly("not-relaxed", "not-percolating");
        rods.path("constants").fields().forEachRemaining(constant -> {
            if (constant.getKey().equals("C33")) {
                assertThat(constant.getValue().asDouble()).isPositive();
            } else {
                assertThat(constant.getValue().asDouble()).as(constant.getKey()).isZero();
            }
        });
        assertThat(predict(RODS)).contains("outcome       DISCONNECTED: ", "is cut along x and y");
    }

    @Test
    void aSlitCutsOneDirection() throws IOException {
        JsonNode slit = json(structure("slit.json",
                "{\"latticeConstant\":4.05,\"cells\":[20,20,1],\"pores\":[{\"shape\":"
                + "\"rectangle\",\"x\":[10,30],\"y\":[0,81]}]}"));
        assertThat(slit.path("disconnected").toString()).isEqualTo("[\"x\"]");
        for (String zero : List.of("C11", "C12", "C13", "C16", "C55", "C66", "C26", "C36", "C45")) {
            assertThat(slit.path("constants").path(zero).asDouble()).as(zero).isZero();
        }
        assertThat(slit.path("constants").path("C22").asDouble()).isGreaterThan(10);
        // A single lattice plane: atoms reach across, and relaxation closes such a slit.
        JsonNode narrow = json(structure("narrow.json", "{\"latticeConstant\":4.05,\"cells\":[20,20,1],\"pores\":["
                + "{\"shape\":\"rectangle\",\"x\":[40.4,41.4],\"y\":[0,81]}]}"));
        assertThat(narrow.path("outcome").asText()).isEqualTo("PREDICTED");
        assertThat(PredictCommandTest.codes(narrow)).contains("weak-link").doesNotContain("not-percolating");
    }

    @Test
    void picturesSayWhatTheyAreTakenFor() throws IOException {
        Path file = folder.resolve("picture.png");
        StructureImage.of(StructureFile.read(RODS).atoms(), PIXELS).write(file);
        JsonNode picture = json(file);
        JsonNode taken = picture.path("image").path("takenAs");
        assertThat(taken.path("element").asText()).isEqualTo("Al");
        assertThat(taken.path("cells").asInt()).isEqualTo(20);
        assertThat(taken.path("latticeConstant").asDouble()).isEqualTo(4.05);
        assertThat(PredictCommandTest.codes(picture)).containsExactly("not-percolating");
        assertThat(predict(file)).contains("taken as Al, 20 x 20 cells of 4.05 Å");
    }

    @Test
    void blackAndWhiteExchangedIsSaid() throws IOException {
        BufferedImage picture = StructureImage.of(StructureFile.read(structure("pores.json",
                "{\"latticeConstant\":4.05,\"cells\":[20,20,1],\"pores\":[{\"shape\":\"circle\",\"center\":[30,30],"
                + "\"radius\":14},{\"shape\":\"circle\",\"center\":[66,60],\"radius\":12}]}")).atoms(), PIXELS)
                .toBufferedImage();
        for (int i = 0; i < PIXELS * PIXELS; i++) {
            picture.getRaster().setSample(i % PIXELS, i / PIXELS, 0,
                    1 - picture.getRaster().getSample(i % PIXELS, i / PIXELS, 0));
        }
        Path file = folder.resolve("inverted.png");
        ImageIO.write(picture, "png", file.toFile());
        JsonNode inverted = json(file);
        assertThat(inverted.path("outcome").asText()).isEqualTo("DISCONNECTED");
        assertThat(PredictCommandTest.codes(inverted)).contains("not-percolating", "image-inverted");
    }

    @Test
    void errorsAreThoseOfTheModelAtThisPorosity() throws IOException {
        JsonNode rods = json(RODS);
        assertThat(rods.path("porosity").asDouble()).isCloseTo(43.75, within(1e-9));
        assertThat(rods.path("expectedError").path("rmse").asDouble()).isEqualTo(0.75);
        assertThat(rods.path("expectedError").path("porosityFrom").asInt()).isEqualTo(40);
        assertThat(rods.path("expectedError").path("samples").asInt()).isEqualTo(20);
        assertThat(rods.path("model").path("testError").path("rmse").asDouble()).isEqualTo(0.5);
        assertThat(predict(RODS)).contains("0.75 GPa (RMSE of a constant) at porosities of 40 to 50 %",
                "0.50 GPa over all of 100 structures");
        JsonNode dense = json(structure("dense.json", "{\"latticeConstant\":4.05,\"cells\":[20,20,1],\"pores\":[]}"));
        assertThat(dense.path("expectedError").isNull()).isTrue();
        assertThat(PredictCommandTest.codes(dense)).contains("porosity-untested");
    }

    @Test
    void structuresThatTheNetworkDoesNotKnowAreNamed() throws IOException {
        assertThat(PredictCommandTest.codes(json(structure("small.json",
                "{\"latticeConstant\":4.05,\"cells\":[8,8,1],\"pores\":[{\"shape\":\"circle\",\"center\":[12,12],"
                + "\"radius\":6}]}")))).contains("cell-size").doesNotContain("lattice", "element");
        assertThat(PredictCommandTest.codes(json(structure("bcc.json", "{\"element\":\"Fe\",\"lattice\":\"bcc\","
                + "\"latticeConstant\":3.24,\"cells\":[25,25,1],\"pores\":[]}"))))
                .contains("element", "lattice").doesNotContain("cell-size");
        assertThat(Lattice.aluminium().constant()).isEqualTo(4.05);
    }
}
