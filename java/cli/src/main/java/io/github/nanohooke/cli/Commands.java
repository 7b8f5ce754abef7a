// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.cli.compare.CompareCommand;
import io.github.nanohooke.cli.dataset.DatasetCommand;
import io.github.nanohooke.cli.demo.DemoCommand;
import io.github.nanohooke.cli.fem.BeamCommand;
import io.github.nanohooke.cli.fem.FemCommand;
import io.github.nanohooke.cli.fem.GradedCommand;
import io.github.nanohooke.cli.figures.FiguresCommand;
import io.github.nanohooke.cli.gpu.GpuBundleCommand;
import io.github.nanohooke.cli.gpu.GpuVerifyCommand;
import io.github.nanohooke.cli.predict.ExportCommand;
import io.github.nanohooke.cli.predict.ModelCommand;
import io.github.nanohooke.cli.predict.PredictCommand;
import io.github.nanohooke.cli.statics.StaticsCommand;
import io.github.nanohooke.cli.statics.StrainCommand;
import io.github.nanohooke.cli.structure.ImageCommand;
import io.github.nanohooke.cli.structure.SampleCommand;
import io.github.nanohooke.cli.train.EvaluateCommand;
import io.github.nanohooke.cli.train.TrainCommand;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/**
 * The commands by name, in the order of the help. picocli reads every option of a command that it is given, by
 * reflection: all of them together take longer than most of them run, so only the one that is called is given.
 */
final class Commands {
    private static final List<String> NAMES = List.of(
            "demo", "statics", "strain", "sample", "image", "dataset", "compare", "train", "evaluate",
            "predict", "model", "export", "figures", "beam", "fem", "graded", "info", "bench", "gpu-bundle",
            "gpu-verify", "completion", "help");

    private Commands() {
    }

    /** Adds all: for the help, the completion, and a name that may be meant to be one of them. */
    static void addAll(CommandLine root) {
        NAMES.forEach(name -> root.addSubcommand(name, command(name)));
    }

    /**
     * Adds what a call needs: the command that its first word names, where that is not about the others, else all.
     *
     * @param args of the process
     */
    static void addCalled(CommandLine root, String... args) {
        String name = args.length == 0 ? "" : args[0];
        if (!NAMES.contains(name) || name.equals("help") || name.equals("completion")) {
            addAll(root);
        } else {
            root.addSubcommand(name, command(name));
        }
    }

    private static Object command(String name) {
        return switch (name) {
            case "demo" -> new DemoCommand();
            case "statics" -> new StaticsCommand();
            case "strain" -> new StrainCommand();
            case "sample" -> new SampleCommand();
            case "image" -> new ImageCommand();
            case "dataset" -> new DatasetCommand();
            case "compare" -> new CompareCommand();
            case "train" -> new TrainCommand();
            case "evaluate" -> new EvaluateCommand();
            case "predict" -> new PredictCommand();
            case "model" -> new ModelCommand();
            case "export" -> new ExportCommand();
            case "figures" -> new FiguresCommand();
            case "beam" -> new BeamCommand();
            case "fem" -> new FemCommand();
            case "graded" -> new GradedCommand();
            case "info" -> new InfoCommand();
            case "bench" -> new BenchCommand();
            case "gpu-bundle" -> new GpuBundleCommand();
            case "gpu-verify" -> new GpuVerifyCommand();
            case "completion" -> new CompletionCommand();
            case "help" -> new HelpCommand();
            default -> throw new IllegalArgumentException("there is no command " + name);
        };
    }
}
