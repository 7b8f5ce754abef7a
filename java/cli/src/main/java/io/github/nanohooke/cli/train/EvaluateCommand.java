// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.train;

import io.github.nanohooke.cli.predict.BackendSettings;
import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.JsonText;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.figures.ParityFigure;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.data.TrainingDomain;
import io.github.nanohooke.surrogate.evaluate.Evaluation;
import io.github.nanohooke.surrogate.evaluate.FamilyErrors;
import io.github.nanohooke.surrogate.evaluate.TestErrors;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.TrainingConstants;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.HalfPrecisionLoss;
import io.github.nanohooke.surrogate.predict.SampleEstimates;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import io.github.nanohooke.surrogate.trust.Calibration;
import io.github.nanohooke.surrogate.trust.Calibrations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
            "mean of the model's training part for every structure; of one that was begun",
            "with --from and does not tell it, of the first network's. Predictions are those",
            "of 'predict': exact zeros where the image's solid is cut, axes of the input",
            "where the datasets tell their cells. Relative errors are those of the 6 x 6",
            "tensor in the Frobenius norm. Of a calibrated model: how far its uncertainty",
            "holds. A dataset of another element or cell than the model's is named. The",
            "row 'paper' is circles, rectangles and mixed together.",
            "",
            "Examples:",
            "  nanohooke evaluate model.safetensors circles rectangles --figure parity.png",
            "  nanohooke evaluate model.safetensors data --store model.safetensors",
            "  nanohooke evaluate model.safetensors data --part VALIDATION \\",
            "      --calibrate model.safetensors",
            "  nanohooke evaluate model.safetensors data --json | jq .errors.overall.rmse"
        })
public final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's file.")
    private Path file;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "DATASET",
            description = "Datasets' folders, merged or slim files.")
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

    @Option(names = "--shows", paramLabel = "WHAT",
            description = "Which images of the datasets: relaxed or designed (default: what the model learnt from).")
    private Shows shows;

    @Option(names = "--calibrate", paramLabel = "FILE",
            description = "Write a copy of the model there, weights byte for byte, that tells how uncertain its "
                    + "predictions are: by the errors of the VALIDATION part. Once for each of --average and --shows.")
    private Path calibrate;

    @Option(names = "--half", paramLabel = "FILE",
            description = "Write a copy of the model there with as many parameters in half precision as moves no "
                    + "prediction for the VALIDATION part by " + TrainedModel.HALF_LIMIT + " GPa or more.")
    private Path half;

    @Mixin
    private StatementSettings statement;

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
        if (calibrate != null && part != Part.VALIDATION) {
            throw new BadUsageException("--calibrate takes the VALIDATION part, so that the TEST part can tell whether "
                    + "it holds; add --part VALIDATION");
        }
        if (half != null && part != Part.VALIDATION) {
            throw new BadUsageException("--half takes the VALIDATION part, so that the TEST part can tell what it "
                    + "costs; add --part VALIDATION");
        }
        if (!statement.provenance().isEmpty() && store == null && calibrate == null && half == null) {
            throw new BadUsageException("--licence and --card are for the copy that --store, --calibrate or --half "
                    + "writes; add one");
        }
        // Before the work whose result goes there.
        Stream.of(figure, store, calibrate, half).filter(Objects::nonNull).forEach(OutputFolder::requireWritable);
        ModelFile model = ModelFile.read(file);
        TrainingConstants training = TrainingConstants.of(model);
        Shows shown = shows == null ? Shows.of(model.provenance()) : shows;
        List<Dataset> datasets = paths.stream().map(Dataset::open).toList();
        List<String> unknown = TrainingDomain.of(model.provenance())
                .map(known -> known.unknown(TrainingDomain.of(datasets))).orElse(List.of());
        if (!unknown.isEmpty() && Stream.of(store, calibrate, half).anyMatch(Objects::nonNull)) {
            throw new BadUsageException(unknown.get(0) + "; what --store, --calibrate and --half write is by "
                    + "structures that a model knows: leave that dataset out");
        }
        unknown.forEach(text -> spec.commandLine().getErr().println("nanohooke: " + text));
        DatasetSamples samples = Samples.require(datasets, part, model.definition(), paths, shown);
        SurrogateOptions options = computing.surrogate().withAverage(average);
        SampleEstimates estimates;
        Optional<Calibration> calibration;
        String description;
        try (ElasticSurrogate surrogate = ElasticSurrogate.of(file.toString(), model, options)) {
            estimates = checked(() -> SampleEstimates.of(surrogate, samples));
            description = surrogate.backend();
            calibration = calibrate == null ? surrogate.calibration(shown)
                    : Optional.of(checked(estimates::calibration));
        }
        Evaluation evaluation = Evaluation.of(training, estimates.predicted(), samples);
        EvaluationReport report = new EvaluationReport(evaluation, FamilyErrors.of(estimates.predicted(), samples),
                calibration.filter(c -> calibrate == null).map(estimates::reliability));
        spec.commandLine().getOut().println(json ? JsonText.of(toMap(report, samples, description, unknown))
                : report.table(samples, Samples.name(part), average));
        if (store != null) {
            boolean foreign = shown == Shows.DESIGNED && Shows.of(model.provenance()) != Shows.DESIGNED;
            Map<String, Double> errors = new TreeMap<>(TestErrors.metrics(evaluation, average, foreign));
            errors.putAll(TestErrors.metrics(report.families(), average, foreign));
            ModelFile.annotate(file, store, statement.provenance(), errors,
                    entry -> TestErrors.isOfAClass(entry, average, foreign));
        }
        if (calibrate != null) {
            Map<String, String> more = new TreeMap<>(statement.provenance());
            more.putAll(Calibrations.of(model).with(shown, average, calibration.orElseThrow()).provenance());
            ModelFile.annotate(file, calibrate, more, Map.of());
        }
        if (half != null) {
            HalfPrecisionLoss.Choice choice = HalfPrecisionLoss.within(TrainedModel.HALF_LIMIT, model, samples,
                    computing.surrogate());
            TrainedModel.halved(calibrate == null ? model : ModelFile.read(calibrate), choice)
                    .with(statement.provenance(), Map.of()).write(half, choice.halves());
        }
        if (figure != null) {
            ParityFigure.write(figure, String.format(Locale.ROOT, "%s: %d samples of the %s part, RMSE %.2f GPa",
                    file.getFileName(), evaluation.samples(), Samples.name(part), evaluation.overall().rmse()),
                    evaluation, estimates.predicted(), samples);
        }
        return ExitCodes.OK;
    }

    /** What these samples cannot tell of this model is no fault of the program. */
    private static <T> T checked(Supplier<T> step) {
        try {
            return step.get();
        } catch (SurrogateException e) {
            throw new BadUsageException(e.getMessage());
        }
    }

    private Map<String, Object> toMap(EvaluationReport report, DatasetSamples samples, String description,
            List<String> unknown) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("schema", "nanohooke-evaluation/1");
        all.put("version", Version.number());
        all.put("model", file.toString());
        all.put("backend", description);
        all.put("average", average);
        all.put("frame", samples.frame().label());
        all.put("part", Samples.name(part));
        all.put("data", samples.fingerprint());
        all.put("structure", samples.shows().label());
        all.put("unknown", unknown);
        all.put("errors", report.evaluation());
        all.put("families", report.families());
        all.put("reliability", report.reliability().orElse(null));
        all.put("units", "GPa; porosity in %");
        return all;
    }
}
