// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.dataset.SlurmScript;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "script",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Print a job script that makes a dataset on many machines.",
        footer = {
            "",
            "ARGUMENTS are those of 'nanohooke dataset' but for --shard and --workers; put -- before them.",
            "The folder --out must be one that all machines see. Build nanohooke before the job starts.",
            "MaxArraySize limits the tasks (1001 by default): 100 to 500 tasks, each with many samples, are plenty.",
            "",
            "Examples:",
            "  nanohooke dataset script --slurm --tasks 100 --cpus 4 -- --kind mixed --count 20000 --out data > job",
            "  sbatch job",
            "  nanohooke dataset script --gnu-parallel --tasks 8 --cpus 4 -- --kind mixed --count 2000 --out d > job.sh"
        })
final class DatasetScriptCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Scheduler scheduler;

    private static final class Scheduler {
        @Option(names = "--slurm", description = "A Slurm array for sbatch.")
        private boolean slurm;

        @Option(names = "--gnu-parallel", description = "A shell script with GNU parallel.")
        private boolean parallel;
    }

    @Option(names = "--tasks", required = true, paramLabel = "N", description = "Shares that the shards are put into.")
    private int tasks;

    @Option(names = "--cpus", paramLabel = "N", defaultValue = "1",
            description = "Cores of each task, one worker on each (default: ${DEFAULT-VALUE}).")
    private int cpus;

    @Option(names = "--launcher", paramLabel = "COMMAND", defaultValue = "nanohooke",
            description = "The command on the machines, for example /opt/nanohooke/nanohooke (default: "
                    + "${DEFAULT-VALUE}).")
    private String launcher;

    @Parameters(paramLabel = "ARGUMENTS", arity = "1..*", description = "Arguments of 'nanohooke dataset'.")
    private List<String> arguments;

    @Override
    public Integer call() {
        for (String owned : List.of("--shard", "--workers", "--requeue-code")) {
            if (arguments.contains(owned)) {
                throw new BadUsageException("leave out " + owned + ": the script sets it");
            }
        }
        String quoted = arguments.stream().map(DatasetScriptCommand::quoted).collect(Collectors.joining(" "));
        spec.commandLine().getOut().print(scheduler.slurm ? SlurmScript.array(quoted(launcher), quoted, tasks, cpus)
                : SlurmScript.gnuParallel(quoted(launcher), quoted, tasks, cpus));
        spec.commandLine().getOut().flush();
        return ExitCodes.OK;
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
