// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.statics;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Minimiser;
import io.github.nanohooke.statics.StaticsOptions.Periods;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.structure.Atoms;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The options of every command that does molecular statics. */
public final class StaticsSettings {
    private static final Logger LOG = LoggerFactory.getLogger(StaticsSettings.class);
    private static final String AUTO = "auto";

    @Option(names = "--method", paramLabel = "NAME", defaultValue = AUTO,
            description = "How the tensor is calculated: a name that 'nanohooke info' lists, or auto, the fastest "
                    + "that applies (default: ${DEFAULT-VALUE}).")
    private String method;

    @Option(names = "--potential", paramLabel = "FILE",
            description = "An embedded-atom file; its content tells whether it is of LAMMPS' pair style eam, "
                    + "eam/alloy or eam/fs (default: Al of Mishin et al. 1999, which comes with nanohooke).")
    private Path potential;

    @Option(names = "--pair-style", paramLabel = "STYLE",
            description = "With --potential: the pair style of the file (eam, eam/alloy, eam/fs, or one that only "
                    + "LAMMPS reads, as adp). With --pair-coeff: any LAMMPS pair style, for example 'lj/cut 8.0'.")
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

    @Option(names = "--strain", paramLabel = "E", defaultValue = AUTO,
            description = "Size of the central strain differences (method lammps): a number, or auto: 2e-5 and a "
                    + "quarter of it, and a quarter more where the two tensors differ by over 0.01 GPa; datasets: 2e-5 "
                    + "alone (default: ${DEFAULT-VALUE}).")
    private String strain;

    @Option(names = "--max-evaluations", paramLabel = "N", defaultValue = "100000",
            description = "Force evaluations after which a relaxation gives up (default: ${DEFAULT-VALUE}).")
    private int maxEvaluations;

    @Option(names = "--minimiser", paramLabel = "NAME", defaultValue = "CG_FIRE",
            description = "Descent method: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Minimiser minimiser;

    @Option(names = "--periods", paramLabel = "WHICH", defaultValue = "AUTO",
            description = "Cells along z of an extruded structure's minimum: ${COMPLETION-CANDIDATES}; auto takes "
                    + "one where it is certified to be stable against a period of three, else three; certified has "
                    + "no result there (method hessian; default: ${DEFAULT-VALUE}).")
    private Periods periods;

    @Option(names = "--drop-islands",
            description = "Remove atoms that are not connected to the percolating solid first (method hessian).")
    private boolean dropIslands;

    @Option(names = "--random-seed", paramLabel = "S", defaultValue = "1",
            description = "Seed of perturbations (default: ${DEFAULT-VALUE}).")
    private long seed;

    /**
     * Says which method was asked for and what it does, before anything is read; of auto, what it means.
     *
     * @param work what is calculated with
     * @throws MissingLibraryException when there is no such method
     */
    void announce(String work) {
        LOG.info("{}, method {}", work, method.equals(AUTO) ? "auto: the fastest that applies"
                : method + ": " + ElasticCalculators.provider(method).description());
    }

    /**
     * The method to use for these atoms.
     *
     * @throws BadUsageException when it would pass over --strain
     */
    public String method(Atoms atoms, StaticsOptions options) {
        return method(atoms, options, false);
    }

    /**
     * As {@link #method(Atoms, StaticsOptions)}.
     *
     * @param measuresDifferences whether something beside the method does, over --strain
     */
    String method(Atoms atoms, StaticsOptions options, boolean measuresDifferences) {
        String chosen = method.equals(AUTO) ? ElasticCalculators.choose(atoms, options) : method;
        if (!strain.equals(AUTO) && !measuresDifferences && ElasticCalculators.provider(chosen).isExact()) {
            throw new BadUsageException("--strain is the size of differences; the method " + chosen + " takes exact"
                    + " second derivatives. Leave it out, or add --method lammps");
        }
        return chosen;
    }

    /** @throws BadUsageException when they make no sense, or the method that is named cannot do it */
    public StaticsOptions options() {
        Potential chosen = chosenPotential();
        StaticsOptions defaults = StaticsOptions.defaults();
        StaticsOptions options = BadUsageException.checked(() ->
                (strain.equals(AUTO) ? defaults : defaults.withStrain(strainSize()))
                .withPotential(chosen)
                .withForceTolerance(forceTolerance)
                .withStressTolerance(stressTolerance)
                .withMaxEvaluations(maxEvaluations)
                .withMinimiser(minimiser)
                .withPeriods(periods)
                .withDropIslands(dropIslands)
                .withSeed(seed));
        ElasticCalculators.providers().stream().filter(provider -> provider.method().equals(method))
                .flatMap(provider -> provider.objection(options).stream()).findFirst().ifPresent(reason -> {
                    throw new BadUsageException(reason);
                });
        return options;
    }

    private double strainSize() {
        try {
            return Double.parseDouble(strain);
        } catch (NumberFormatException e) {
            throw new BadUsageException("--strain takes a number, as 2e-5, or auto; got '" + strain + "'");
        }
    }

    private Potential chosenPotential() {
        if (pairStyle == null && !pairCoeffs.isEmpty()) {
            throw new BadUsageException("--pair-coeff needs --pair-style");
        }
        if (potential != null && !pairCoeffs.isEmpty()) {
            throw new BadUsageException("give --potential or --pair-coeff, not both");
        }
        if (potential != null) {
            return pairStyle == null ? Potential.fromFile(potential) : Potential.fromFile(potential, pairStyle);
        }
        if (pairStyle != null && pairCoeffs.isEmpty()) {
            throw new BadUsageException("--pair-style needs --potential or --pair-coeff");
        }
        return pairStyle == null ? Potential.mishin1999() : Potential.pairStyle(pairStyle, pairCoeffs);
    }
}
