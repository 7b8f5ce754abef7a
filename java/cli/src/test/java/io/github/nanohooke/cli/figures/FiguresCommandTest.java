// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.cli.Main;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.nn.Initialisation;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.OutputHead;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nanohooke figures} on a case of two small boxes. */
class FiguresCommandTest {
    private static final String CASE = "{\"figure\": \"fig4\", \"title\": \"Two <boxes>\", \"sizes\": \"ours\","
            + " \"axis\": \"porosity [%]\", \"shown\": \"C11 bulkModulus\","
            + " \"paper\": {\"largestRelativeError\": 0.6, \"of\": \"bulkModulus\", \"continuum\": 67.0},"
            + " \"latticeConstant\": 4.05, \"cells\": [6, 6, 1], \"steps\": ["
            + "{\"at\": 5, \"pores\": [{\"shape\": \"circle\", \"center\": [12, 12], \"radius\": 3}]},"
            + "{\"at\": 9, \"pores\": [{\"shape\": \"circle\", \"center\": [12, 12], \"radius\": 4.5}]}]}";

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path model;
    private Path cases;

    @BeforeEach
    void writeModelAndCase() throws IOException {
        NetworkDefinition network = Presets.network("small", 32, 5, new int[] {3, 4}, Padding.PERIODIC, new int[] {8},
                ElasticConstants.COUNT);
        List<Double> offset = List.of(90.0, 90.0, 90.0, 20.0, 20.0, 20.0, 30.0, 30.0, 30.0, 0.0, 0.0, 0.0, 0.0);
        Calibrations calibrations = new Calibrations(Map.of()).with(Shows.RELAXED, true, new Calibration(0.5,
                List.of(), List.of(0.95), List.of(2.0), Collections.nCopies(ElasticConstants.COUNT, 1.0), 50, 0));
        model = folder.resolve("model.safetensors");
        new ModelFile(network, new OutputHead.Direct(offset, 1), Initialisation.he(network, 1),
                calibrations.provenance(), Map.of()).write(model, ModelFile.Precision.SINGLE);
        cases = Files.createDirectories(folder.resolve("cases"));
        Files.writeString(cases.resolve("boxes.json"), CASE);
    }

    private int figures(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("figures", "--quiet", "--out", folder.resolve("out").toString()));
        all.addAll(Arrays.asList(words));
        if (!all.contains("learning")) { // no figure of cases, nor of a network
            all.addAll(List.of("--cases", cases.toString()));
            all.addAll(all.contains("--model") ? List.of() : List.of("--model", model.toString()));
        }
        return Main.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }

    @Test
    void drawsStaticsBesideTheNetwork() throws IOException {
        Path page = folder.resolve("report.html");
        assertThat(figures("--only", "fig4", "--json", "--html", page.toString())).as(err.toString()).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("figures")).hasSize(2);
        JsonNode step = json.path("figures").path(1);
        assertThat(step.path("id").asText()).isEqualTo("fig4");
        assertThat(step.path("case").asText()).isEqualTo("boxes");
        assertThat(step.path("outcome").asText()).isEqualTo("STABLE");
        double statics = step.path("statics").path("bulkModulus").asDouble();
        double network = step.path("network").path("bulkModulus").asDouble();
        assertThat(statics).isBetween(20.0, 79.0);
        assertThat(step.path("relativeError").asDouble())
                .isCloseTo(100 * Math.abs(network / statics - 1), within(1e-9));
        assertThat(step.path("uncertainty").asDouble()).isGreaterThan(0.9);
        double largest = Math.max(json.path("figures").path(0).path("relativeError").asDouble(),
                step.path("relativeError").asDouble());
        assertThat(json.path("largest").path("boxes").asDouble()).isEqualTo(largest);
        for (String ending : List.of("png", "svg", "csv")) {
            assertThat(folder.resolve("out").resolve("fig4." + ending)).isNotEmptyFile();
        }
        assertThat(Files.readString(folder.resolve("out").resolve("fig4.csv")))
                .contains("\"K\",9.0," + statics + ",", "\"classical continuum\",5.0,67.0,");
        String html = Files.readString(page);
        assertThat(html).contains("Two &lt;boxes&gt;", "data:image/png;base64,", "</html>")
                .doesNotContain("http:", "https:", "<script", "src=\"fig");
    }

    /** Of the library's two networks and of a dataset each figure but the learning curve, on one page. */
    @Test
    void thePageShowsAllWithinTheWindowOfABrowser() throws Exception {
        Path data = folder.resolve("data");
        assertThat(Main.run(new String[] {"dataset", "--kind", "circles=60,rectangles=60,mixed=60,slits=60", "--method",
            "fake", "--cells", "8,8", "--nz", "1", "--seed", "3", "--workers", "1", "--quiet", "--out",
            data.toString()}, new PrintWriter(out, true), new PrintWriter(err, true))).as(err.toString()).isZero();
        Path page = folder.resolve("report.html");
        out.getBuffer().setLength(0);
        assertThat(Main.run(new String[] {"figures", "--quiet", "--json", "--out", folder.resolve("out").toString(),
            "--cases", cases.toString(), "--data", data.toString(), "--html", page.toString()},
                new PrintWriter(out, true), new PrintWriter(err, true))).as(err.toString()).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("images").asText()).isEqualTo("relaxed");
        assertThat(json.path("families").findValuesAsText("family")).contains("slits", "paper", "all");
        assertThat(json.path("designed").path("families")).hasSameSizeAs(json.path("families"));
        String html = Files.readString(page);
        List<String> ids = List.of("fig3", "fig4", "parity", "errors", "reliability", "parity-designed",
                "errors-designed", "reliability-designed");
        ids.forEach(id -> assertThat(html).contains("<figure id=\"" + id + "\">"));
        assertThat(html).contains("never saw: relaxed", "never saw: designed", "potential Al99.eam.alloy");
        assertThat(html).contains("What the network is for").doesNotContain("<td>card</td>");
        Optional<Browser> browser = Browser.find();
        if (browser.isEmpty() && System.getProperty("tests.require", "").contains("browser")) {
            fail("a browser is required, but there is no chromium");
        }
        assumeThat(browser).as("a browser to look at the page in").isPresent();
        for (int width : List.of(1280, 500)) {
            assertThat(browser.orElseThrow().seen(page, width)).as("width %d", width)
                    .isEqualTo(ids.size() + " pictures, 0 bad, wide false");
        }
    }

    /** What statics has calculated is not calculated again. */
    @Test
    void goesOnWhereItWas() throws IOException {
        assertThat(figures("--only", "fig4", "--json")).isZero();
        String first = out.toString();
        Path journal = folder.resolve("out").resolve("statics.jsonl");
        String kept = Files.readString(journal);
        assertThat(kept.lines()).hasSize(3);
        assertThat(figures("--only", "fig4", "--json")).isZero();
        assertThat(out.toString()).isEqualTo(first);
        assertThat(Files.readString(journal)).isEqualTo(kept);
        // A line that a kill cut off is made again.
        Files.writeString(journal, kept.substring(0, kept.length() - 20));
        assertThat(figures("--only", "fig4", "--json")).isZero();
        assertThat(Files.readString(journal).lines()).hasSize(3);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(figures("--only", "fig7")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("fig7", "fig4");
        assertThat(figures("--only", "learning")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--learning");
        assertThat(figures("--only", "parity")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--cases is for fig4, fig5, fig6, which --only leaves out");
        assertThat(figures("--only", "learning", "--learning", "curve.csv", "--model", model.toString()))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--model is for fig4, fig5, fig6, parity");
        assertThat(figures("--only", "fig4", "--data", "data")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--data is for fig3, fig6");
    }

    /** The cases' images are of relaxed structures. */
    @Test
    void refusesANetworkThatKnowsDesigns() throws IOException {
        Path designs = folder.resolve("designs.safetensors");
        ModelFile read = ModelFile.read(model);
        Map<String, String> provenance = new HashMap<>(read.provenance());
        provenance.putAll(Shows.DESIGNED.provenance());
        new ModelFile(read.definition(), read.head(), read.parameters(), provenance, Map.of())
                .write(designs, ModelFile.Precision.SINGLE);
        assertThat(figures("--only", "fig4", "--model", designs.toString())).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("has learnt from designed structures", "fig4");
        assertThat(folder.resolve("out").resolve("statics.jsonl")).doesNotExist();
    }

    /** A file that no figure takes is told, and a wrong one before statics begins. */
    @Test
    void refusesALearningCurveThatItWouldNotDraw() throws IOException {
        Path curve = Files.writeString(folder.resolve("curve.csv"), "samples,all_GPa\n10,2\n20,1\n");
        assertThat(figures("--only", "fig4", "--learning", curve.toString())).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--learning is for learning, which --only leaves out");
        assertThat(figures("--only", "learning", "--learning", curve.toString())).as(err.toString()).isZero();
        assertThat(folder.resolve("out").resolve("learning.png")).isNotEmptyFile();
        Files.writeString(curve, "samples,all_GPa\n10,-2\n20,1\n");
        assertThat(figures("--only", "fig4,learning", "--learning", curve.toString())).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("curve.csv, line 2", "positive");
        assertThat(folder.resolve("out").resolve("statics.jsonl")).doesNotExist();
    }
}
