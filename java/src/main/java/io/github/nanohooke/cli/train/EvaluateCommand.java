// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.train;

import io.github.nanohooke.cli.predict.BackendSettings;
import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.JsonText;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.dataset.Dataset;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.figures.ParityFigure;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.evaluate.Evaluation.Errors;
import io.github.nanohooke.surrogate.evaluate.Evaluation;
import io.github.nanohooke.surrogate.evaluate.TestErrors;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SamplePredictions;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measure a model by datasets: errors of each constant and by porosity.",
        footer = {
            "",
            "RMSE and mean absolute error in GPa. The baseline is the RMSE of predicting the",
            "mean of the model's training part for every structure.",
            "",
            "Examples:",
            "  nanohooke evaluate model.safetensors circles rectangles --figure parity.png",
            "  nanohooke evaluate model.safetensors data --store model.safetensors    'predict' then tells errors",
            "  nanohooke evaluate model.safetensors data --json | jq .errors.overall.rmse"
        })
public final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's file.")
    private Path file;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "DATASET",
            description = "Datasets' folders or merged files.")
    private List<Path> paths;

    @Option(names = "--part", paramLabel = "PART", defaultValue = "TEST",
            description = "Of the datasets: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Part part;

    @Option(names = "--average",
            description = "Average over the eight symmetries of the square: eight times the work.")
    private boolean average;

    @Option(names = "--json", description = "Print one JSON object instead of the tables.")
    private boolean json;

    @Option(names = "--figure", paramLabel = "FILE",
            description = "Draw predicted against true values there, .png or .svg.")
    private Path figure;

    @Option(names = "--store", paramLabel = "FILE",
            description = "Write a copy of the model there, weights byte for byte, that states these errors, so that "
                    + "'predict' can tell what to expect; MODEL itself is allowed. Of the TEST part alone; with "
                    + "--average beside those of plain predictions.")
    private Path store;

    @Mixin
    private BackendSettings computing;

    @Override
    public Integer call() throws IOException {
        if (figure != null) {
            BadUsageException.requireFigure(figure);
        }
        if (store != null && part != Part.TEST) {
            throw new BadUsageException("--store is for the errors of the TEST part, which no training has seen, not "
                    + "of " + part + "; leave --part out");
        }
        ModelFile model = ModelFile.read(file);
        List<Dataset> datasets = paths.stream().map(Dataset::open).toList();
        DatasetSamples samples = Samples.require(datasets, part, model.definition(), paths);
        if (model.frame() != samples.frame()) {
            throw new BadUsageException(file + " predicts tensors in the frame " + model.frame().label() + " ("
                    + model.frame().meaning() + "), the datasets are in " + samples.frame().label() + " ("
                    + samples.frame().meaning() + "): their differences are no errors of the model. Evaluate it by"
                    + " datasets of its frame, or train one on these");
        }
        SurrogateOptions options = computing.surrogate().withAverage(average);
        double[][] predicted;
        String description;
        try (ElasticSurrogate surrogate = ElasticSurrogate.of(file.toString(), model, options)) {
            predicted = SamplePredictions.of(surrogate, samples);
            description = surrogate.backend();
        }
        Evaluation evaluation = Evaluation.of(model.head(), predicted, samples);
        spec.commandLine().getOut().println(json ? JsonText.of(toMap(evaluation, samples, description))
                : table(evaluation));
        if (store != null) {
            ModelFile.annotate(file, store, Map.of(), TestErrors.metrics(evaluation, average));
        }
        if (figure != null) {
            ParityFigure.write(figure, String.format(Locale.ROOT, "%s: %d samples of the %s part, RMSE %.2f GPa",
                    file.getFileName(), evaluation.samples(), Samples.name(part), evaluation.overall().rmse()),
                    evaluation, predicted, samples);
        }
        return ExitCodes.OK;
    }

    private Map<String, Object> toMap(Evaluation evaluation, DatasetSamples samples, String description) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("schema", "nanohooke-evaluation/1");
        all.put("version", Version.number());
        all.put("model", file.toString());
        all.put("backend", description);
        all.put("average", average);
        all.put("frame", samples.frame().label());
        all.put("part", Samples.name(part));
        all.put("data", samples.fingerprint());
        all.put("errors", evaluation);
        all.put("units", "GPa; porosity in %");
        return all;
    }

    private String table(Evaluation evaluation) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%d samples of the %s part%s; errors in GPa%n", evaluation.samples(),
                Samples.name(part), average ? ", averaged over the eight symmetries" : ""));
        text.append(String.format("baseline: RMSE of predicting the mean of the training part%n%n"));
        text.append(String.format("%-12s %8s %10s %12s %10s%n", "", "samples", "RMSE", "mean |error|", "baseline"));
        evaluation.constants().forEach((name, errors) -> line(text, name, evaluation.samples(), errors));
        line(text, "all", evaluation.samples(), evaluation.overall());
        text.append(String.format("%nporosity, all constants%n"));
        evaluation.byPorosity().forEach(c -> line(text, c.from() + " to " + c.to() + " %", c.samples(), c.errors()));
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String label, int samples, Errors errors) {
        text.append(String.format(Locale.ROOT, "%-12s %8d %10.3f %12.3f %10.3f%n", label, samples, errors.rmse(),
                errors.meanAbsolute(), errors.baselineRmse()));
    }
}
