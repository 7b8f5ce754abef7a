// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Job scripts for a dataset on many machines, from the templates beside this class. */
public final class SlurmScript {

    private SlurmScript() {
    }

    /**
     * A batch script for {@code sbatch}: an array whose tasks each make a share of the shards.
     *
     * @param launcher  the command {@code nanohooke}, as the nodes see it
     * @param arguments of {@code nanohooke dataset}, quoted for a shell
     * @param tasks     tasks of the array
     * @param cpus      cores of each, one worker on each core
     */
    public static String array(String launcher, String arguments, int tasks, int cpus) {
        return fill("slurm-array.sbatch", launcher, arguments, tasks, cpus);
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
