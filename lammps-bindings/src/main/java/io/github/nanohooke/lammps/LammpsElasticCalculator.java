// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.lammps.StressOracle.State;
import io.github.nanohooke.statics.Clock;
import io.github.nanohooke.statics.Disconnection;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticTensor;
import io.github.nanohooke.statics.LeftTheStart;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.Relaxation;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Minimiser;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.PlausibleAtoms;
import io.github.nanohooke.structure.RestrictedFrame;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elastic tensors by molecular statics in LAMMPS: the reference that faster routes are measured against.
 *
 * <p>Relaxation to zero force and zero stress ({@link BoxRelaxation} or {@link PreconditionedRelaxation}), then central
 * strain differences with relaxed atoms ({@link StrainDifferences}). Works for every cell, every number of elements and
 * every pair style.
 */
public final class LammpsElasticCalculator implements ElasticCalculator {
    /** The name under which {@link io.github.nanohooke.statics.ElasticCalculators} finds this route. */
    public static final String METHOD = "lammps";

    /**
     * Stiffness below which a direction counts as not resisted [GPa]: what this route cannot tell from zero.
     */
    static final double RESOLUTION = 0.02;
    /**
     * Force tolerance of strained cells per strain [eV/Å]: the stresses' difference shrinks with the strain and their
     * error must shrink along. Chosen so that C errs by less than 0.01 GPa (README, table of defaults).
     */
    private static final double FORCE_PER_STRAIN = 0.02;
    /** The same where the descent ends right at the tolerance, which LAMMPS' minimisers mostly overshoot. */
    private static final double FORCE_PER_STRAIN_PRECONDITIONED = 0.005;
    /**
     * How many times its tolerance a strained cell's force may be: a line search may end at the energy's last digit just
     * above it, which costs the tensor 0.01 GPa; one that is stuck far above costs tenths and counts as not converged.
     */
    private static final double STRAINED_SLACK = 2;
    /** Share of the largest constant by which the two signs of a strain may differ. */
    private static final double SIGNS_DISAGREE = 0.02;
    /** Share of the work that the relaxation takes, for the progress bar. */
    private static final double RELAXATION_SHARE = 0.5;

    /** Atoms beyond which a sparse factor takes more memory and time than it is worth. */
    private static final int MAX_PRECONDITIONED = 20_000;
    private static final Logger LOG = LoggerFactory.getLogger(LammpsElasticCalculator.class);

    private boolean closed;

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public Relaxation relax(Atoms start, StaticsOptions options, StaticsProgress progress) {
        requireReady(start, options);
        Clock clock = new Clock();
        Reporter reporter = new Reporter(progress, options);
        RestrictedFrame frame = RestrictedFrame.reduced(start.cell());
        PeriodicWrap wrap = new PeriodicWrap(frame.enter(start));
        try (LammpsSession session = new LammpsSession(Lammps.open(), wrap.wrapped(), options, reporter::goOn)) {
            State minimum = relax(session, wrap.wrapped(), options, reporter).minimum();
            return new Relaxation(leave(start, frame, wrap, minimum), isRelaxed(minimum, options), minimum.energy(),
                    minimum.maxForce(), minimum.maxStress(), session.evaluations(), clock.seconds(),
                    clock.cpuSeconds());
        }
    }

    private void requireReady(Atoms start, StaticsOptions options) {
        if (closed) {
            throw new IllegalStateException("this calculator is closed; open another one");
        }
        options.potential().requireElements(start.elements());
        PlausibleAtoms.require(start);
    }

    private static boolean isRelaxed(State state, StaticsOptions options) {
        return state.maxForce() < options.forceTolerance() && state.maxStress() < options.stressTolerance();
    }

    private static double strainedTolerance(StaticsOptions options) {
        double perStrain = options.minimiser() == Minimiser.PRECONDITIONED ? FORCE_PER_STRAIN_PRECONDITIONED
                : FORCE_PER_STRAIN;
        return Math.min(options.forceTolerance(), options.strain() * perStrain);
    }

    @Override
    public StaticsResult calculate(Atoms start, StaticsOptions options, StaticsProgress progress) {
        requireReady(start, options);
        Clock clock = new Clock();
        Reporter reporter = new Reporter(progress, options);
        RestrictedFrame frame = RestrictedFrame.reduced(start.cell());
        PeriodicWrap wrap = new PeriodicWrap(frame.enter(start));
        try (LammpsSession session = new LammpsSession(Lammps.open(), wrap.wrapped(), options, reporter::goOn)) {
            PreconditionedRelaxation.Result relaxation = relax(session, wrap.wrapped(), options, reporter);
            State minimum = relaxation.minimum();
            boolean relaxed = isRelaxed(minimum, options);
            ElasticTensor c = null;
            double strained = 0;
            double signs = 0;
            if (relaxed) {
                StrainDifferences.Result measured = new StrainDifferences(relaxation.strained(), options.strain(),
                        strainedTolerance(options)).run(relaxation.polished(), reporter::straining);
                c = ElasticTensor.of(measured.stiffness()).rotated(frame.returnFrom(minimum.box(), 1));
                strained = measured.maxForce();
                signs = measured.signs();
            }
            return LeftTheStart.judged(start, warned(signs, options, result(minimum, relaxed, c, strained, options,
                    session.evaluations(), clock, start.cell(), leave(start, frame, wrap, minimum))));
        }
    }

    /** A smooth energy gives the two signs of a small strain the same constants, but for third derivatives. */
    private static StaticsResult warned(double signs, StaticsOptions options, StaticsResult result) {
        ElasticTensor c = result.tensor();
        if (c == null) {
            return result;
        }
        double largest = 0;
        for (int i = 0; i < 6; i++) {
            largest = Math.max(largest, Math.abs(c.get(i, i)));
        }
        if (signs <= SIGNS_DISAGREE * largest) {
            return result;
        }
        return result.with(new Warning("strain-signs-disagree", format("strains of +%.1e and -%.1e give constants that"
                + " differ by %.1f GPa: a shell of neighbours lies at the potential's cutoff, where its energy jumps,"
                + " or atoms moved to other places; measure with a --strain a hundred times smaller or larger",
                options.strain(), options.strain(), signs)));
    }

    /** The minimum in the axes of the atoms that were given, in the images in which they were given. */
    private static Atoms leave(Atoms start, RestrictedFrame frame, PeriodicWrap wrap, State minimum) {
        Box box = minimum.box();
        return start.moved(frame.leave(box, 1), frame.leave(wrap.unwrap(box, minimum.positions()), box, 1));
    }

    private static PreconditionedRelaxation.Result relax(LammpsSession session, Atoms atoms, StaticsOptions options,
            Reporter reporter) {
        if (options.minimiser() == Minimiser.PRECONDITIONED) {
            if (atoms.count() <= MAX_PRECONDITIONED) {
                return new PreconditionedRelaxation(session, atoms, options.forceTolerance(),
                        options.stressTolerance(), strainedTolerance(options), options.seed())
                        .run(reporter::relaxing);
            }
            LOG.info("{} atoms are more than the {} that the preconditioner is made for: LAMMPS' minimisers do it all",
                    atoms.count(), MAX_PRECONDITIONED);
        }
        State minimum = new BoxRelaxation(session, options.forceTolerance(), options.stressTolerance())
                .run(RestrictedFrame.of(atoms.cell()).box(), atoms.positions(), reporter::relaxing);
        return new PreconditionedRelaxation.Result(minimum, minimum, session);
    }

    private StaticsResult result(State minimum, boolean relaxed, ElasticTensor c, double strainedForce,
            StaticsOptions options, long evaluations, Clock clock, Cell cell, Atoms atoms) {
        String residuals = format("largest force %.1e eV/Å (tolerance %.1e), largest stress %.1e GPa (tolerance %.1e)",
                minimum.maxForce(), options.forceTolerance(), minimum.maxStress(), options.stressTolerance());
        Outcome outcome;
        String explanation;
        if (!relaxed) {
            outcome = Outcome.NOT_CONVERGED;
            explanation = "the relaxation ended before its tolerances, because "
                    + (evaluations >= options.maxEvaluations() ? "the evaluations allowed were used up"
                            : "neither changes of the cell nor of the atoms brought it nearer: the energy may curve "
                                    + "downwards or jump here")
                    + ": " + residuals + " after " + evaluations + " of at most " + options.maxEvaluations()
                    + " evaluations";
        } else if (strainedForce > STRAINED_SLACK * strainedTolerance(options)) {
            outcome = Outcome.NOT_CONVERGED;
            explanation = format("relaxed (%s), but a strained cell kept a force of %.1e eV/Å (tolerance %.1e) after %d"
                    + " of at most %d evaluations; try more evaluations, or a larger strain", residuals,
                    strainedForce, strainedTolerance(options), evaluations, options.maxEvaluations());
        } else {
            double softest = c.symmetric().smallestEigenvalue();
            outcome = softest > RESOLUTION ? Outcome.STABLE : Outcome.UNSTABLE;
            explanation = outcome == Outcome.STABLE
                    ? format("relaxed: %s; smallest eigenvalue of C %.3f GPa", residuals, softest)
                    : format("the smallest eigenvalue of C is %.3f GPa, %s: some strain meets no resistance; %s",
                            softest, softest < -RESOLUTION ? "negative"
                            : format("which this route cannot tell from zero (%.2f GPa)", RESOLUTION), residuals);
        }
        StaticsResult result = new StaticsResult(METHOD, outcome, explanation, c == null ? null : c.symmetric(),
                c == null ? Double.NaN : c.symmetryResidual(), minimum.maxStress(), minimum.maxForce(),
                minimum.energy(), evaluations, clock.seconds(), clock.cpuSeconds(), cell, atoms);
        return outcome != Outcome.UNSTABLE ? result
                : Disconnection.of(result.tensor(), atoms, RESOLUTION).map(result::of).orElse(result);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Turns what the algorithm tells into progress, and the listener's no into a stop. */
    private static final class Reporter {
        private final StaticsProgress progress;
        private final StaticsOptions options;
        private String stage = "relax";
        private double fraction;
        private String detail = "";

        Reporter(StaticsProgress progress, StaticsOptions options) {
            this.progress = progress;
            this.options = options;
        }

        boolean goOn() {
            return progress.report(stage, fraction, detail);
        }

        void relaxing(State state) {
            // Residuals fall by decades: the share done is counted in decades too.
            double left = Math.log10(Math.max(1, state.maxStress() / options.stressTolerance()));
            fraction = Math.max(fraction, RELAXATION_SHARE * Math.min(1, 1 - left / 6));
            tell(stage, format("fmax %.1e eV/Å, stress %.1e GPa", state.maxForce(), state.maxStress()));
        }

        void straining(String strain, int done) {
            fraction = RELAXATION_SHARE + (1 - RELAXATION_SHARE) * done / 12;
            tell(strain, "");
        }

        private void tell(String nextStage, String nextDetail) {
            stage = nextStage;
            detail = nextDetail;
            if (!goOn()) {
                throw new CancellationException("stopped on request at: " + stage);
            }
        }
    }
}
