// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.FileTally;
import io.github.nanohooke.cli.process.GivenOptions;
import io.github.nanohooke.cli.process.JsonText;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.Progress;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.cli.structure.ImageInput;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.plot.GradientPlot;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import io.github.nanohooke.tensor.ElasticConstants;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Predict elastic tensors with a trained network, in milliseconds.",
        footer = {
            "",
            "FILE is a structure (.json), LAMMPS data (.data), extended XYZ (.xyz) or an image (.png, pore black).",
            "Networks learn from relaxed structures: for their accuracy give relaxed atoms, the image.png that",
            "'nanohooke statics --out' writes, or --relax.",
            "",
            "The outcome is PREDICTED, never STABLE; DISCONNECTED where the image's solid is cut, with the",
            "zeros that follow from it; UNSTABLE, exit code 4, where the tensor is not positive definite. Each",
            "result tells the model's error on structures of this porosity that it never saw, and warns of images,",
            "cells, elements and lattices that the network does not know. A picture has no scale: it is taken as one",
            "cell of the training data.",
            "",
            "Uncertainty: no constant is off by more in 95 of 100 structures like the model's validation part;",
            "of images that are none like them, about as much as constants spread. It follows from how the answers for",
            "the eight orientations differ: eight times the work, beside --average none; --no-uncertainty saves it.",
            "",
            "Examples:",
            "  nanohooke predict pores.json --relax",
            "  nanohooke predict results/image.png --model model.safetensors --average",
            "  nanohooke predict structures/*.json --max-uncertainty 0.5 --fallback statics",
            "  nanohooke predict structures/*.xyz --json | jq .constants.C11",
            "  nanohooke predict pores.png --gradient c11.png --constant C11"
        })
public final class PredictCommand implements Callable<Integer> {
    /** Files that are read before their images go through the network together. */
    private static final int GROUP = 256;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Structures, atoms or images.")
    private List<Path> files;

    @Option(names = "--model", paramLabel = "FILE",
            description = "Trained network (default: the variable NANOHOOKE_MODEL, else the one that comes with "
                    + "nanohooke). May be given twice: one for relaxed structures, one for structures as designed.")
    private List<Path> models;

    @Option(names = "--json", description = "Print one JSON object a file instead of tables.")
    private boolean json;

    @Option(names = "--average",
            description = "Average over the eight symmetries of the square, each turned back: eight times the work, "
                    + "a tensor that turns exactly as the structure does.")
    private boolean average;

    @Option(names = "--relax",
            description = "Relax atoms by the fastest method of 'statics' first, with its defaults (seconds a file).")
    private boolean relax;

    @Option(names = "--shows", paramLabel = "WHAT",
            description = "What pictures and bare atoms show: relaxed or designed (default: relaxed; pictures of "
                    + "nanohooke say it themselves).")
    private Shows shows;

    @Option(names = "--max-uncertainty", paramLabel = "GPA",
            description = "Warn of answers that are less sure, or do what --fallback says.")
    private Double maxUncertainty;

    @Option(names = "--fallback", paramLabel = "METHOD", defaultValue = "NONE",
            description = "What answers in place of a network that is not sure enough: none or statics, the fastest "
                    + "method of 'statics' (default: none).")
    private Fallback fallback;

    @Option(names = "--uncertainty", negatable = true, defaultValue = "true", fallbackValue = "true",
            description = "Say how far each prediction may be off (default: yes).")
    private boolean uncertainty;

    @Option(names = "--quiet", description = "No progress of --relax and --fallback on standard error.")
    private boolean quiet;

    @Option(names = "--resample", description = "Resample images of another size than the network's.")
    private boolean resample;

    @Mixin
    private Gradient gradient;

    @Mixin
    private BackendSettings computing;

    /** What answers where the network is not sure. */
    enum Fallback { NONE, STATICS }

    /** What {@code --gradient} draws. */
    static final class Gradient {
        @Option(names = "--gradient", paramLabel = "OUT.png",
                description = "Also draw how a constant changes with every pixel of the image (one FILE).")
        private Path out;

        @Option(names = "--constant", paramLabel = "NAME", defaultValue = "C11",
                description = "The constant of --gradient (default: ${DEFAULT-VALUE}).")
        private String constant;
    }

    @Override
    public Integer call() throws IOException {
        requireSense();
        if (gradient.out != null) {
            OutputFolder.requireWritable(gradient.out);
        }
        SurrogateOptions options = BadUsageException.checked(() -> computing.surrogate().withAverage(average)
                .withResample(resample));
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS);
                PredictModels surrogates = PredictModels.open(models, options, this::requireCalibrated)) {
            Report report = new Report(surrogates, stop);
            // Statics takes seconds: its result is printed before the next one is begun.
            int group = relax || fallback == Fallback.STATICS ? 1 : GROUP;
            for (int from = 0; from < files.size() && report.tally.goesOn(); from += group) {
                report.group(files.subList(from, Math.min(from + group, files.size())));
            }
            if (gradient.out != null && report.last != null) {
                draw(surrogates.of(report.last.shows()), report.last);
            }
            int code = report.tally.exitCode();
            stop.exitCode(code);
            return code;
        }
    }

    private void requireSense() {
        BadUsageException.checked(() -> ElasticConstants.indexOf(gradient.constant));
        if (gradient.out == null) {
            GivenOptions.refuse(spec, "is that of --gradient: say where to draw it", "--constant");
        }
        if (relax) {
            GivenOptions.refuse(spec, "is not for --relax, which shows the network relaxed atoms", "--shows");
        }
        if (gradient.out != null && files.size() > 1) {
            throw new BadUsageException("--gradient draws one picture: give one FILE, not " + files.size());
        }
        if (maxUncertainty != null && !(maxUncertainty > 0 && maxUncertainty < Double.POSITIVE_INFINITY)) {
            throw new BadUsageException("--max-uncertainty must be a positive number of GPa, got " + maxUncertainty);
        }
        if (maxUncertainty != null && !uncertainty) {
            throw new BadUsageException("--max-uncertainty needs the uncertainty: leave --no-uncertainty out");
        }
        if (fallback != Fallback.NONE && maxUncertainty == null) {
            throw new BadUsageException("--fallback needs --max-uncertainty GPA, above which it answers");
        }
    }

    private void requireCalibrated(ElasticSurrogate surrogate) {
        if (maxUncertainty != null && surrogate.calibration(surrogate.shows()).isEmpty()) {
            throw new BadUsageException("model " + surrogate.name() + " was not calibrated, so that its "
                    + "uncertainty is not known: 'nanohooke evaluate MODEL DATASET --calibrate MODEL' does it, "
                    + "once plain and once with --average");
        }
    }

    private void draw(ElasticSurrogate surrogate, ImageInput input) {
        int size = surrogate.resolution();
        StructureImage image = input.image().resampled(size);
        double[] values = surrogate.gradient(image, gradient.constant);
        String title = input.name() + ": d" + gradient.constant + "/d(pixel)";
        GradientPlot.write(values, image, gradient.out, title);
    }

    /** Reads, predicts and prints, and remembers what the exit code has to tell. */
    private final class Report {
        private final PredictModels surrogates;
        private final StopSignal stop;
        private final Set<String> said = new TreeSet<>();
        private final Set<ElasticSurrogate> warm = new HashSet<>();
        private final FileTally tally;
        private ImageInput last;

        Report(PredictModels surrogates, StopSignal stop) {
            this.surrogates = surrogates;
            this.stop = stop;
            this.tally = new FileTally(files.size(), spec.commandLine(), stop, quiet);
        }

        void group(List<Path> some) {
            List<ImageInput> inputs = new ArrayList<>();
            // Before the first file, so that what is wrong with a network is no fault of a file.
            some.forEach(file -> surrogates.of(relax ? Shows.RELAXED : ImageInput.likely(file, shows)));
            for (Path file : some) {
                if (tally.goesOn()) {
                    tally.attempt(file, () -> inputs.add(read(file, inputs.size())));
                }
            }
            Map<ImageInput, PredictedFile> predicted = new IdentityHashMap<>();
            for (ElasticSurrogate surrogate : surrogates.opened()) {
                predict(surrogate, inputs.stream().filter(i -> surrogates.of(i.shows()) == surrogate).toList(),
                        predicted);
            }
            for (ImageInput input : inputs) {
                tally.attempt(Path.of(input.name()), () -> print(input, answered(predicted.get(input))));
            }
            last = inputs.isEmpty() ? last : inputs.get(inputs.size() - 1);
        }

        private void predict(ElasticSurrogate surrogate, List<ImageInput> inputs,
                Map<ImageInput, PredictedFile> predicted) {
            if (inputs.isEmpty()) {
                return;
            }
            List<StructureImage> images = inputs.stream().map(ImageInput::image).toList();
            if (warm.add(surrogate)) {
                // The first use of a network prepares its weights; it would tell nothing of the time of an image.
                TimedTensors.of(surrogate, images.subList(0, 1), uncertainty);
            }
            TimedTensors predictions = TimedTensors.of(surrogate, images, uncertainty);
            for (int i = 0; i < inputs.size(); i++) {
                predicted.put(inputs.get(i), PredictedFile.of(inputs.get(i), surrogate, predictions.estimates().get(i),
                        predictions.imageSeconds()));
            }
        }

        /** What the network said, or statics where the network is not sure enough and that was asked for. */
        private PredictedFile answered(PredictedFile file) {
            if (maxUncertainty == null || file.isWithin(maxUncertainty)) {
                return file;
            }
            String unsure = String.format(Locale.ROOT, "the network's uncertainty, %s, is more than %s GPa",
                    file.prediction().uncertainty().map(u -> String.format(Locale.ROOT, "%.2f GPa", u.gpa()))
                            .orElse("which is not known for images of " + file.input().shows().label()
                                    + " structures"), maxUncertainty);
            if (fallback == Fallback.NONE) {
                return file.with(new Warning("uncertain", unsure));
            }
            if (file.input().atoms().isEmpty()) {
                return file.with(new Warning("uncertain", unsure + ", and a picture has no atoms for statics: give "
                        + "the structure"));
            }
            Optional<StaticsResult> statics = file.input().relaxed().or(() -> Optional.of(calculated(file.input())));
            return statics.filter(result -> result.tensor() != null).map(file::answeredBy)
                    .orElseGet(() -> file.with(new Warning("uncertain", unsure + ", and statics has no answer: "
                            + statics.orElseThrow().explanation())));
        }

        private StaticsResult calculated(ImageInput input) {
            try (Progress progress = Progress.ofFile("statics", 1, quiet, stop)) {
                return ImageInput.calculated(input.atoms().orElseThrow().atoms(), progress.item(input.name()));
            }
        }

        /** Files that cannot be read or predicted from are reported, and the others are predicted all the same. */
        private ImageInput read(Path file, int before) {
            ImageInput input = relax ? relaxed(file, before)
                    : ImageInput.read(file, shows, shown -> surrogates.of(shown).resolution());
            surrogates.of(input.shows()).requireUsable(input.image());
            return input;
        }

        private ImageInput relaxed(Path file, int before) {
            String task = "relax " + (tally.tried() + before + 1) + " of " + files.size();
            try (Progress progress = Progress.ofFile(task, 1, quiet, stop)) {
                return ImageInput.relax(file, surrogates.of(Shows.RELAXED).resolution(),
                        progress.item(file.getFileName().toString()));
            }
        }

        private void print(ImageInput input, PredictedFile file) {
            if (json) {
                // Whoever keeps the objects in a file should hear of each kind once; the table holds them.
                file.warnings().stream().filter(warning -> said.add(warning.code()))
                        .forEach(warning -> say(input.name() + ": " + warning.message()));
            }
            spec.commandLine().getOut().println(json ? JsonText.of(PredictionJson.toMap(file))
                    : PredictionTable.of(file));
            tally.done(!file.isUnstable());
        }
    }

    private void say(String message) {
        spec.commandLine().getErr().println("nanohooke: " + message);
    }
}
