// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import io.github.nanohooke.dataset.DatasetException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Job scripts for a dataset on many machines, from the templates beside this class. */
public final class SlurmScript {

    private SlurmScript() {
    }

    /**
     * What a cluster wants to know of a job. What is null is left in the script to be filled in.
     *
     * @param time         limit of a task, as Slurm writes it: minutes, HH:MM:SS, D-HH:MM:SS
     * @param memoryPerCpu for example 2G
     * @param account      who pays
     * @param partition    where it runs
     * @param modules      environment modules to load; none if empty
     */
    public record Resources(String time, String memoryPerCpu, String account, String partition,
            List<String> modules) {
        private static final Pattern TIME = Pattern.compile("\\d+(:\\d{1,2}){0,2}|\\d+-\\d{1,2}(:\\d{1,2}){0,2}");
        private static final Pattern MEMORY = Pattern.compile("\\d+[KMGT]?");
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.,:/+@-]+");

        /** @throws DatasetException when Slurm would not understand one of them */
        public Resources {
            modules = List.copyOf(modules);
            require(time, TIME, "a time limit is written as Slurm does, for example 4:00:00 or 2-12");
            require(memoryPerCpu, MEMORY, "memory per core is a number with K, M, G or T, for example 2G");
            require(account, NAME, "an account is a name");
            require(partition, NAME, "a partition is a name");
            modules.forEach(module -> require(module, NAME, "a module is a name, for example openjdk/17"));
        }

        /** Everything is left to be filled in. */
        public static Resources none() {
            return new Resources(null, null, null, null, List.of());
        }

        private static void require(String value, Pattern form, String what) {
            if (value != null && !form.matcher(value).matches()) {
                throw new DatasetException(what + ", got '" + value + "'");
            }
        }

        private String directives() {
            return directive("time", time, "HH:MM:SS") + directive("mem-per-cpu", memoryPerCpu, "2G")
                    + directive("account", account, "NAME") + directive("partition", partition, "NAME");
        }

        private static String directive(String option, String value, String example) {
            return value == null ? "##SBATCH --" + option + "=" + example + "\n"
                    : "#SBATCH --" + option + "=" + value + "\n";
        }

        // A batch shell knows the command 'module' only where the machine's profile was read.
        private String loading() {
            return modules.isEmpty() ? "# module load NAME..."
                    : "type module >/dev/null 2>&1 || . /etc/profile\nmodule load " + String.join(" ", modules)
                            + " || exit 1";
        }
    }

    /**
     * A batch script for {@code sbatch}: an array whose tasks each make a share of the shards.
     *
     * @param launcher  the command {@code nanohooke}, as the nodes see it, quoted for a shell
     * @param arguments of {@code nanohooke dataset}, quoted for a shell
     * @param tasks     tasks of the array
     * @param cpus      cores of each, one worker on each core
     * @param resources what the cluster wants to know
     */
    public static String array(String launcher, String arguments, int tasks, int cpus, Resources resources) {
        return fill("slurm-array.sbatch", launcher, arguments, tasks, cpus)
                .replace("@RESOURCES@\n", resources.directives())
                .replace("@MODULES@", resources.loading());
    }

    /** A script that runs the same shares with GNU parallel on one machine, or with --sshlogin on several. */
    public static String gnuParallel(String launcher, String arguments, int tasks, int cpus) {
        return fill("gnu-parallel.sh", launcher, arguments, tasks, cpus);
    }

    private static String fill(String template, String launcher, String arguments, int tasks, int cpus) {
        if (tasks < 1 || cpus < 1) {
            throw new DatasetException("tasks and cores must be positive, got " + tasks + " and " + cpus);
        }
        try (InputStream in = SlurmScript.class.getResourceAsStream(template)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@TASKS@", Integer.toString(tasks))
                    .replace("@LAST@", Integer.toString(tasks - 1))
                    .replace("@CPUS@", Integer.toString(cpus))
                    .replace("@LAUNCHER@", launcher)
                    .replace("@ARGUMENTS@", arguments);
        } catch (IOException e) {
            throw new UncheckedIOException("the template " + template + " is missing from the nanohooke jar", e);
        }
    }
}
