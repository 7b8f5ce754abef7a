// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.JsonText;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.nn.Layer;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.Shape;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.surrogate.model.TrainingConstants;
import io.github.nanohooke.surrogate.trust.AnswerSpread;
import io.github.nanohooke.surrogate.trust.Calibration;
import io.github.nanohooke.surrogate.trust.Calibrations;
import io.github.nanohooke.tensor.ElasticConstants;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Say what a trained network is: its layers, what it was trained on and how, its measured errors.",
        footer = {
            "", "Examples:", "  nanohooke model model.safetensors",
            "  nanohooke model model.safetensors --json | jq .metrics"
        })
public final class ModelCommand implements Callable<Integer> {
    private static final int LABEL = 20;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Trained network (.safetensors).")
    private Path file;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        ModelFile model = ModelFile.read(file);
        spec.commandLine().getOut().println(json ? JsonText.of(toMap(model)) : table(model));
        return ExitCodes.OK;
    }

    private Map<String, Object> toMap(ModelFile model) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("schema", "nanohooke-model-description/1");
        all.put("version", Version.number());
        all.put("model", file.toString());
        all.put("network", model.definition());
        all.put("head", head(model.head()));
        all.put("parameters", model.parameters().length);
        all.put("frame", model.frame());
        all.put("licence", model.licence().orElse(null));
        all.put("provenance", new TreeMap<>(model.provenance()));
        all.put("metrics", new TreeMap<>(model.metrics()));
        return all;
    }

    private String table(ModelFile model) {
        NetworkDefinition network = model.definition();
        Shape input = network.input();
        StringBuilder text = new StringBuilder();
        line(text, "model", file.toString());
        line(text, "network", network.name() + ", " + model.parameters().length + " parameters, image of "
                + input.height() + " x " + input.width() + " pixels to " + network.outputs() + " numbers");
        for (int i = 0; i < network.layers().size(); i++) {
            String layer = layer(network.layers().get(i));
            if (!layer.isEmpty()) {
                line(text, "", layer);
            }
        }
        line(text, "head", head(model.head()));
        line(text, "frame", model.frame().label() + ": " + model.frame().meaning());
        line(text, "licence", model.licence().orElse("not stated"));
        TrainingConstants training = TrainingConstants.of(model);
        line(text, "constants", String.format(Locale.ROOT, "those of %s have a spread of %.3g GPa about their mean",
                training.part(), training.statistics().scale()));
        new TreeMap<>(Calibrations.of(model).all()).forEach((name, calibration) -> line(text, "uncertainty",
                name + ": " + bound(calibration)));
        text.append(System.lineSeparator());
        Map<String, String> more = new TreeMap<>(model.provenance());
        more.keySet().removeAll(List.of(ModelFile.FRAME, ModelFile.LICENCE, Calibrations.KEY,
                TrainingConstants.KEY, ModelFile.CARD));
        more.forEach((name, value) -> line(text, name, value));
        text.append(System.lineSeparator());
        int longest = model.metrics().keySet().stream().mapToInt(String::length).max().orElse(1);
        new TreeMap<>(model.metrics()).forEach((name, value) -> text.append(
                String.format(Locale.ROOT, "%-" + longest + "s %.6g%n", name, value)));
        Optional.ofNullable(model.provenance().get(ModelFile.CARD))
                .ifPresent(card -> text.append(System.lineSeparator()).append(card).append(System.lineSeparator()));
        return text.toString().stripTrailing();
    }

    /** What the bound is where the eight answers spread by 0.1 and by 1 GPa, for a structure of 20 % porosity. */
    private static String bound(Calibration calibration) {
        double[] bounds = DoubleStream.of(0.1, 1).map(spread -> calibration.bound(Calibration.LEVEL, new AnswerSpread(
                DoubleStream.generate(() -> spread).limit(ElasticConstants.COUNT).toArray(), 20))).toArray();
        return String.format(Locale.ROOT, "%.2g GPa where the answers for eight orientations spread by 0.1 GPa, %.2g"
                + " where by 1 (20 %% porosity), in %.0f of 100; by %d samples", bounds[0], bounds[1],
                100 * Calibration.LEVEL, calibration.samples());
    }

    private static String layer(Layer layer) {
        if (layer instanceof Layer.Convolution c) {
            return "convolution " + c.kernel() + " x " + c.kernel() + ", " + c.outputs() + " channels, "
                    + c.padding().name().toLowerCase(Locale.ROOT) + " padding";
        }
        return layer instanceof Layer.Dense dense ? "dense, " + dense.outputs()
                : layer instanceof Layer.MaxPool ? "largest of 2 x 2" : "";
    }

    private static String head(OutputHead head) {
        return head instanceof OutputHead.Cholesky ? "cholesky (positive definite by construction)" : "direct";
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(String.format("%-" + LABEL + "s %s%n", label, value));
    }
}
