// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.dataset;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.run.SlurmScript;
import io.github.nanohooke.dataset.run.SlurmScript.Resources;
import io.github.nanohooke.io.ShellWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

@Command(
        name = "script",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Print a job script that makes a dataset on many machines.",
        footer = {
            "",
            "ARGUMENTS are those of 'nanohooke dataset' but for --shard and --workers; put -- before them. They are",
            "checked now; paths become absolute, and must be ones that all machines see. Build nanohooke before the",
            "job starts. What of --time to --module is not given is left in the script to be filled in.",
            "MaxArraySize limits the tasks (1001 by default): 100 to 500 tasks, each with many samples, are plenty.",
            "",
            "Examples:",
            "  nanohooke dataset script --slurm --tasks 100 --cpus 4 -- \\",
            "      --kind mixed --count 20000 --out data > job",
            "  nanohooke dataset script --slurm --tasks 8 --time 4:00:00 --account me \\",
            "      --module openjdk/17 -- --kind mixed --count 2000 --out data > job",
            "  sbatch job",
            "  nanohooke dataset script --gnu-parallel --tasks 8 --cpus 4 -- \\",
            "      --kind mixed --count 2000 --out data > job.sh"
        })
final class DatasetScriptCommand implements Callable<Integer> {
    /** The launcher says where it is. */
    private static final String LAUNCHER = "nanohooke.launcher";
    private static final List<String> PATHS = List.of("--out", "--potential");

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

    @Option(names = "--launcher", paramLabel = "FILE",
            description = "The launcher on the machines, an absolute path (default: the one that runs this command).")
    private String launcher;

    @Option(names = "--time", paramLabel = "LIMIT", description = "Slurm: time limit of a task, for example 4:00:00.")
    private String time;

    @Option(names = "--mem-per-cpu", paramLabel = "SIZE", description = "Slurm: memory for each core, for example 2G.")
    private String memory;

    @Option(names = "--account", paramLabel = "NAME", description = "Slurm: account.")
    private String account;

    @Option(names = "--partition", paramLabel = "NAME", description = "Slurm: partition.")
    private String partition;

    @Option(names = "--module", paramLabel = "NAME", description = "Slurm: module to load; may be repeated.")
    private List<String> modules = List.of();

    @Parameters(paramLabel = "ARGUMENTS", arity = "1..*", description = "Arguments of 'nanohooke dataset'.")
    private List<String> arguments;

    @Override
    public Integer call() {
        Resources resources = new Resources(time, memory, account, partition, modules);
        if (scheduler.parallel && !resources.equals(Resources.none())) {
            throw new BadUsageException("--time, --mem-per-cpu, --account, --partition and --module are for --slurm");
        }
        requireEnoughWork(plan());
        String command = ShellWords.quoted(launcher());
        String words = ShellWords.quoted(withAbsolutePaths());
        spec.commandLine().getOut().print(scheduler.slurm
                ? SlurmScript.array(command, words, tasks, cpus, resources)
                : SlurmScript.gnuParallel(command, words, tasks, cpus));
        spec.commandLine().getOut().flush();
        return ExitCodes.OK;
    }

    /** A job starts in a folder and with a PATH of its own. */
    private String launcher() {
        String file = launcher != null ? launcher : System.getProperty(LAUNCHER);
        if (file == null) {
            throw new BadUsageException("which command starts nanohooke on the machines? Give --launcher"
                    + " /absolute/path/to/nanohooke");
        }
        if (!Path.of(file).isAbsolute()) {
            throw new BadUsageException("--launcher must be an absolute path, got " + file);
        }
        return file;
    }

    /** What the arguments ask for, as the job will read them. */
    private DatasetPlan plan() {
        DatasetCommand dataset = new DatasetCommand();
        ParseResult parsed;
        try {
            parsed = new CommandLine(dataset).setCaseInsensitiveEnumValuesAllowed(true)
                    .parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new BadUsageException("the arguments after -- are not those of 'nanohooke dataset': "
                    + e.getMessage());
        }
        if (parsed.hasSubcommand() || parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested()) {
            throw new BadUsageException("the arguments after -- must make a dataset: " + String.join(" ", arguments));
        }
        for (String owned : List.of("--shard", "--workers", "--requeue-code")) {
            if (parsed.hasMatchedOption(owned)) {
                throw new BadUsageException("leave out " + owned + ": the script sets it");
            }
        }
        return dataset.plan();
    }

    private void requireEnoughWork(DatasetPlan plan) {
        if (tasks > plan.shards()) {
            throw new BadUsageException("the dataset has " + plan.shards() + " shard(s) of " + plan.shardSize()
                    + " samples, so " + (tasks - plan.shards()) + " of " + tasks + " tasks would have nothing to make;"
                    + " give --tasks " + plan.shards() + ", or a smaller --shard-size");
        }
    }

    private List<String> withAbsolutePaths() {
        List<String> words = new ArrayList<>(arguments);
        for (int i = 0; i < words.size(); i++) {
            for (String option : PATHS) {
                if (words.get(i).startsWith(option + "=")) {
                    words.set(i, option + "=" + absolute(words.get(i).substring(option.length() + 1)));
                } else if (i > 0 && words.get(i - 1).equals(option)) {
                    words.set(i, absolute(words.get(i)));
                }
            }
        }
        return words;
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }
}
