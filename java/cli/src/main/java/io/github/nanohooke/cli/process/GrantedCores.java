// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

/** How many cores a command may use. */
public final class GrantedCores {
    private GrantedCores() {
    }

    /** The number the user gave; else what Slurm granted to the task; else all that the JVM sees. */
    public static int or(Integer given) {
        if (given != null) {
            return given;
        }
        String granted = System.getenv("SLURM_CPUS_PER_TASK");
        return granted != null && granted.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(granted)
                : Runtime.getRuntime().availableProcessors();
    }
}
