// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.lammps.LammpsOptions.Communicator;
import io.github.nanohooke.lammps.raw.LammpsC;
import io.github.nanohooke.statics.StaticsException;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * MPI behind LAMMPS. A process can start MPI once and never again after ending it, so that it is started by the first
 * instance and ended when the JVM shuts down, not when an instance is closed. What stays between is one sleeping
 * thread: a plain run starts no daemon, because the loader asks Open MPI for an isolated singleton.
 */
final class Mpi {
    private static final int NONE = 0;
    private static final int OTHER = 3;
    private static final long PATIENCE_MILLIS = 2000;
    /** What mpirun and srun tell their processes. */
    private static final List<String> LAUNCHERS = List.of("OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK", "PMI_SIZE");

    private static boolean hooked;

    private Mpi() {
    }

    /** Opens a LAMMPS instance on the communicator; null when LAMMPS refuses. */
    static Pointer open(PointerPointer<?> arguments, int count, Communicator communicator) {
        int kind = LammpsC.nanohooke_lammps_mpi_kind();
        if (kind == NONE) {
            return LammpsC.lammps_open_no_mpi(count, arguments, (PointerPointer<?>) null);
        }
        if (kind == OTHER && communicator == Communicator.SELF) {
            throw new StaticsException("this LAMMPS is built with an MPI library that is neither Open MPI nor MPICH:"
                    + " its communicator of one process is not known here; ask for the communicator WORLD");
        }
        finishAtShutdown();
        if (kind == OTHER) {
            return LammpsC.lammps_open_no_mpi(count, arguments, (PointerPointer<?>) null);
        }
        return LammpsC.lammps_open_fortran(count, arguments, communicator == Communicator.SELF
                ? LammpsC.nanohooke_lammps_comm_self() : LammpsC.nanohooke_lammps_comm_world());
    }

    // mpirun takes a rank that ends without MPI_Finalize for a crash and kills the others.
    private static synchronized void finishAtShutdown() {
        if (!hooked) {
            hooked = true;
            Runtime.getRuntime().addShutdownHook(new Thread(Mpi::finish, "nanohooke-mpi-finalize"));
        }
    }

    private static void finish() {
        // Ending MPI under a running calculation would abort it half way; without the end it is merely cut off, which
        // only a launcher minds.
        boolean launched = LAUNCHERS.stream().anyMatch(name -> System.getenv(name) != null);
        if (LammpsInstance.seal(launched ? PATIENCE_MILLIS : 0)) {
            LammpsC.lammps_mpi_finalize();
        }
    }
}
