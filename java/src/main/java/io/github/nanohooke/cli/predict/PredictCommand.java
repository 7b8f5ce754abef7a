// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.FileTally;
import io.github.nanohooke.cli.process.JsonText;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.Progress;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.cli.structure.ImageInput;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.plot.GradientPlot;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            "The outcome is PREDICTED, never STABLE; DISCONNECTED where the image's solid is cut along x or y, with",
            "the zeros that follow from it; UNSTABLE, exit code 4, where the tensor is not positive definite. Each",
            "result tells the model's error on structures of this porosity that it never saw, and warns of images,",
            "cells, elements and lattices that the network does not know. A picture has no scale: it is taken as one",
            "cell of the training data.",
            "",
            "Examples:",
            "  nanohooke predict pores.json --relax",
            "  nanohooke predict results/image.png --model model.safetensors --average",
            "  nanohooke predict structures/*.xyz --json | jq .constants.C11        one object a line",
            "  nanohooke predict pores.png --gradient c11.png --constant C11        where a pixel matters"
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
                    + "nanohooke).")
    private Path model;

    @Option(names = "--json", description = "Print one JSON object a file instead of tables.")
    private boolean json;

    @Option(names = "--average",
            description = "Average over the eight symmetries of the square, each turned back: eight times the work, "
                    + "a tensor that turns exactly as the structure does.")
    private boolean average;

    @Option(names = "--relax",
            description = "Relax atoms by the fastest method of 'statics' first, with its defaults (seconds a file).")
    private boolean relax;

    @Option(names = "--quiet", description = "No progress of --relax on standard error.")
    private boolean quiet;

    @Option(names = "--resample", description = "Resample images of another size than the network's.")
    private boolean resample;

    @Mixin
    private Gradient gradient;

    @Mixin
    private BackendSettings computing;

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
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS); ElasticSurrogate surrogate = open()) {
            Report report = new Report(surrogate, stop);
            // A relaxation takes seconds: its result is printed before the next one is begun.
            int group = relax ? 1 : GROUP;
            for (int from = 0; from < files.size() && report.tally.goesOn(); from += group) {
                report.group(files.subList(from, Math.min(from + group, files.size())));
            }
            if (gradient.out != null && report.last != null) {
                draw(surrogate, report.last);
            }
            int code = report.tally.exitCode();
            stop.exitCode(code);
            return code;
        }
    }

    private void requireSense() {
        BadUsageException.checked(() -> ElasticConstants.indexOf(gradient.constant));
        if (gradient.out != null && files.size() > 1) {
            throw new BadUsageException("--gradient draws one picture: give one FILE, not " + files.size());
        }
    }

    private ElasticSurrogate open() {
        SurrogateOptions options = BadUsageException.checked(() -> computing.surrogate().withAverage(average)
                .withResample(resample));
        return model == null ? ElasticSurrogate.loadDefault(options) : ElasticSurrogate.load(model, options);
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
        private final ElasticSurrogate surrogate;
        private final StopSignal stop;
        private final Set<String> said = new TreeSet<>();
        private final FileTally tally;
        private boolean warm;
        private ImageInput last;

        Report(ElasticSurrogate surrogate, StopSignal stop) {
            this.surrogate = surrogate;
            this.stop = stop;
            this.tally = new FileTally(files.size(), spec.commandLine(), stop, quiet);
        }

        void group(List<Path> some) {
            List<ImageInput> inputs = new ArrayList<>();
            for (Path file : some) {
                if (tally.goesOn()) {
                    tally.attempt(file, () -> inputs.add(read(file, inputs.size())));
                }
            }
            if (inputs.isEmpty()) {
                return;
            }
            List<StructureImage> images = inputs.stream().map(ImageInput::image).toList();
            if (!warm) {
                // The first use of a network prepares its weights; it would tell nothing of the time of an image.
                TimedTensors.of(surrogate, images.subList(0, 1));
                warm = true;
            }
            TimedTensors predictions = TimedTensors.of(surrogate, images);
            for (int i = 0; i < inputs.size(); i++) {
                print(inputs.get(i), predictions.tensors().get(i), predictions.imageSeconds());
            }
            last = inputs.get(inputs.size() - 1);
        }

        /** Files that cannot be read or predicted from are reported, and the others are predicted all the same. */
        private ImageInput read(Path file, int before) {
            ImageInput input = relax ? relaxed(file, before) : ImageInput.read(file, surrogate.resolution());
            surrogate.requireUsable(input.image());
            return input;
        }

        private ImageInput relaxed(Path file, int before) {
            String task = "relax " + (tally.tried() + before + 1) + " of " + files.size();
            try (Progress progress = Progress.ofFile(task, 1, quiet, stop)) {
                return ImageInput.relax(file, surrogate.resolution(), progress.item(file.getFileName().toString()));
            }
        }

        private void print(ImageInput input, ElasticTensor tensor, double seconds) {
            PredictedFile file = PredictedFile.of(input, surrogate, tensor, seconds);
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
