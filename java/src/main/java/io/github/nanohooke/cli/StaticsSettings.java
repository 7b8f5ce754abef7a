// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.statics.Potential;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Minimiser;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that does molecular statics. */
final class StaticsSettings {
    @Option(names = "--method", paramLabel = "NAME", defaultValue = "lammps",
            description = "How the tensor is calculated (default: ${DEFAULT-VALUE}; 'nanohooke info' lists them).")
    String method;

    @Option(names = "--potential", paramLabel = "FILE",
            description = "An eam/alloy (setfl) file (default: Al of Mishin et al. 1999, which comes with nanohooke).")
    private Path potential;

    @Option(names = "--pair-style", paramLabel = "STYLE",
            description = "Any other LAMMPS pair style with its arguments, for example 'lj/cut 8.0'; "
                    + "needs --pair-coeff.")
    private String pairStyle;

    @Option(names = "--pair-coeff", paramLabel = "ARGS",
            description = "Arguments of one pair_coeff command, for example '1 1 0.4 2.6'; may be repeated.")
    private List<String> pairCoeffs = List.of();

    @Option(names = "--force-tolerance", paramLabel = "EV_PER_A", defaultValue = "1e-5",
            description = "Largest force component at the minimum, eV/Å (default: ${DEFAULT-VALUE}).")
    private double forceTolerance;

    @Option(names = "--stress-tolerance", paramLabel = "GPA", defaultValue = "1e-5",
            description = "Largest stress component at the minimum, GPa (default: ${DEFAULT-VALUE}).")
    private double stressTolerance;

    @Option(names = "--strain", paramLabel = "E", defaultValue = "1e-5",
            description = "Size of the central strain differences (default: ${DEFAULT-VALUE}).")
    private double strain;

    @Option(names = "--max-evaluations", paramLabel = "N", defaultValue = "100000",
            description = "Force evaluations after which a relaxation gives up (default: ${DEFAULT-VALUE}).")
    private int maxEvaluations;

    @Option(names = "--minimiser", paramLabel = "NAME", defaultValue = "CG_FIRE",
            description = "Descent method: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Minimiser minimiser;

    StaticsOptions options() {
        return StaticsOptions.defaults()
                .withPotential(chosenPotential())
                .withForceTolerance(forceTolerance)
                .withStressTolerance(stressTolerance)
                .withStrain(strain)
                .withMaxEvaluations(maxEvaluations)
                .withMinimiser(minimiser);
    }

    private Potential chosenPotential() {
        if (potential != null && pairStyle != null) {
            throw new BadUsageException("give --potential or --pair-style, not both");
        }
        if (pairStyle == null && !pairCoeffs.isEmpty()) {
            throw new BadUsageException("--pair-coeff needs --pair-style");
        }
        if (pairStyle != null) {
            return Potential.pairStyle(pairStyle, pairCoeffs);
        }
        return potential == null ? Potential.mishin1999() : Potential.eamAlloy(potential);
    }
}
