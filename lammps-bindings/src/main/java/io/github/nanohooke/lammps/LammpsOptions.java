// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How an instance of LAMMPS is opened.
 *
 * @param logFile      where LAMMPS writes its log; none when empty
 * @param screen       whether LAMMPS writes to the process' standard output
 * @param communicator the MPI ranks that share the instance
 * @param arguments    further command-line arguments of LAMMPS, for example {@code ["-var", "n", "3"]}
 */
public record LammpsOptions(Optional<Path> logFile, boolean screen, Communicator communicator,
        List<String> arguments) {

    /** The MPI ranks that share one instance. */
    public enum Communicator {
        /** This process alone, also under mpirun: every rank then works on its own structure. */
        SELF,
        /**
         * All ranks of mpirun, which must make the same calls in the same order. A call that one rank makes alone never
         * returns: it waits for the others, without an error and without an end. So must every rank open, command,
         * gather and close, also where only one of them wants the answer, and none may leave after an exception that
         * the others did not get.
         */
        WORLD
    }

    public LammpsOptions {
        arguments = List.copyOf(arguments);
    }

    /** No log, no screen output, this process alone. */
    public static LammpsOptions quiet() {
        return new LammpsOptions(Optional.empty(), false, Communicator.SELF, List.of());
    }

    public LammpsOptions withLogFile(Path file) {
        return new LammpsOptions(Optional.of(file), screen, communicator, arguments);
    }

    public LammpsOptions withScreen(boolean value) {
        return new LammpsOptions(logFile, value, communicator, arguments);
    }

    public LammpsOptions withCommunicator(Communicator value) {
        return new LammpsOptions(logFile, screen, value, arguments);
    }

    public LammpsOptions withArguments(List<String> value) {
        return new LammpsOptions(logFile, screen, communicator, value);
    }
}
