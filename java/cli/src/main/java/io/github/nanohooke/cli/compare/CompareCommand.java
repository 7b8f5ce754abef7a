// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.compare;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measure the fast method against LAMMPS on random structures; the spread of labels beside a "
                + "network's errors; what new axes changed.",
        subcommands = {CompareMinimaCommand.class, CompareAccuracyCommand.class, CompareLabelsCommand.class,
            CompareFrameCommand.class},
        footer = {
            "",
            "Structures are those of 'nanohooke dataset' with the same kind and seed. Every finished structure is on",
            "disk at once: after Ctrl-C or a kill the same command goes on with the rest, also with a larger --count.",
            "",
            "Examples:",
            "  nanohooke compare minima --kind mixed --count 200 --seed 1 --out minima",
            "  nanohooke compare accuracy --kind mixed --count 100 --seed 1 --out accuracy",
            "  nanohooke compare labels data --count 300 --out labels",
            "  nanohooke compare frame data --count 1000 --out frame"
        })
public final class CompareCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
        throw new CommandLine.ParameterException(spec.commandLine(), "which comparison?");
    }
}
