// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.GrantedCores;

/** The option --threads of commands that solve. */
final class SolverThreads {
    private static final int MOST = 1024;

    private SolverThreads() {
    }

    /** The number given; where there is none, that of the cores. */
    static int of(Integer given) {
        int threads = GrantedCores.or(given);
        if (given != null && (threads < 1 || threads > MOST)) {
            throw new BadUsageException("--threads must be 1 to " + MOST + ", got " + threads);
        }
        return Math.min(threads, MOST);
    }
}
