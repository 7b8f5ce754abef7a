// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.surrogate.SurrogateOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What computes a network: options of every command that trains or uses one. */
final class BackendSettings {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--backend", paramLabel = "NAME", defaultValue = "cpu",
            description = "What computes the network; 'nanohooke info' lists them (default: ${DEFAULT-VALUE}).")
    private String backend;

    @Option(names = "--threads", paramLabel = "N",
            description = "Threads, on which results do not depend (default: SLURM_CPUS_PER_TASK, or the number of "
                    + "cores).")
    private Integer threads;

    String backend() {
        return backend;
    }

    /** @throws ParameterException when it is not positive */
    int threads() {
        if (threads != null && threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads must be at least 1, got " + threads);
        }
        return GrantedCores.or(threads);
    }

    SurrogateOptions surrogate() {
        return BadUsageException.checked(
                () -> SurrogateOptions.defaults().withBackend(backend).withThreads(threads()));
    }
}
