// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.fem.beam.atoms.AtomBeam;
import io.github.nanohooke.fem.beam.atoms.AtomBeamOptions;
import io.github.nanohooke.fem.beam.atoms.AtomBeamReference;
import picocli.CommandLine.Option;

/** Options of the beam that is bent with all its atoms. */
final class AtomBeamSettings {
    private static final int CELLS = 100;
    private static final int STEPS = 20;

    @Option(names = "--atoms", description = "Bend the beam with all its atoms and not as a continuum: one period "
            + "along z (or three: --nz), every step relaxed until sqrt(f P^-1 f) is below 1e-7 sqrt(eV) a cell along x"
            + " and both "
            + "reactions are one within 1e-5. With --out it writes its state after every step, and a run that was "
            + "stopped or killed goes on from there.")
    private boolean wanted;

    @Option(names = "--steps", paramLabel = "N", description = "Even steps to 40 nm times cells / 1000 (default: 20).")
    private Integer steps;

    @Option(names = "--reference", paramLabel = "NAME", description = "What the ends are held at: free (default; the "
            + "whole beam is relaxed first and its ends are held where they are) or clamped (lattice sites: under "
            + "tension from the start).")
    private AtomBeamReference reference;

    @Option(names = "--nz", paramLabel = "N", description = "Of --atoms: periods along z, 1 (default; atoms stay in "
            + "their two planes) or the paper's 3, where every atom is free to go anywhere (some 3.6 kB of memory an "
            + "atom, forces on one thread).")
    private Integer periods;

    boolean wanted() {
        return wanted;
    }

    void requireUnused() {
        if (steps != null || reference != null || periods != null) {
            throw new BadUsageException("--steps, --reference and --nz are for --atoms");
        }
    }

    AtomBeam beam(Integer cells) {
        return AtomBeam.of(cells == null ? CELLS : cells).withPeriods(periods == null ? 1 : periods);
    }

    AtomBeamOptions options(AtomBeam beam, double[] displacements, int threads) {
        if (steps != null && displacements != null) {
            throw new BadUsageException("--steps and --u exclude each other");
        }
        double[] u = displacements != null ? displacements : AtomBeamOptions.even(beam, steps == null ? STEPS : steps);
        return AtomBeamOptions.of(beam, u, reference == null ? AtomBeamReference.FREE : reference, threads);
    }
}
