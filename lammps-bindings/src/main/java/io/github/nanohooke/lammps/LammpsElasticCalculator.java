// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.lammps.StressOracle.State;
import io.github.nanohooke.statics.Clock;
import io.github.nanohooke.statics.Disconnection;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.LeftTheStart;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.Relaxation;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Minimiser;
import io.github.nanohooke.statics.StaticsOptions.Periods;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.atoms.PlausibleAtoms;
import io.github.nanohooke.structure.RestrictedFrame;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elastic tensors by molecular statics in LAMMPS: the reference that faster routes are measured against.
 *
 * <p>Relaxation to zero force and zero stress ({@link BoxRelaxation} or {@link PreconditionedRelaxation}), then central
 * strain differences with relaxed atoms ({@link StrainSizes}). Works for every cell, every number of elements and
 * every pair style.
 */
public final class LammpsElasticCalculator implements ElasticCalculator {
    /** The name under which {@link io.github.nanohooke.statics.ElasticCalculators} finds this route. */
    public static final String METHOD = "lammps";

    /**
     * Stiffness below which a direction counts as not resisted [GPa]: what this route cannot tell from zero.
     */
    static final double RESOLUTION = 0.02;
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
            State minimum;
            try (PreconditionedRelaxation.Result relaxation = relax(session, wrap.wrapped(), options, reporter)) {
                minimum = relaxation.minimum();
            }
            return new Relaxation(leave(start, frame, wrap, minimum), isRelaxed(minimum, options), minimum.energy(),
                    minimum.maxForce(), minimum.maxStress(), session.evaluations(), clock.seconds(),
                    clock.cpuSeconds());
        }
    }

    /** What these options ask for and LAMMPS' minimisers have no answer to; they relax the cells they are given. */
    static Optional<String> objection(StaticsOptions options) {
        if (options.periods() == Periods.CERTIFIED || options.periods() == Periods.THREE) {
            return Optional.of("the method lammps relaxes the cells along z that it is given, and tests no longer"
                    + " period: --periods certified and three are the method hessian's; three cells of atoms are"
                    + " --nz 3");
        }
        return options.dropIslands() ? Optional.of("the method lammps keeps all atoms: --drop-islands is the method"
                + " hessian's") : Optional.empty();
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

    @Override
    public StaticsResult calculate(Atoms start, StaticsOptions options, StaticsProgress progress) {
        requireReady(start, options);
        objection(options).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        Clock clock = new Clock();
        Reporter reporter = new Reporter(progress, options);
        RestrictedFrame frame = RestrictedFrame.reduced(start.cell());
        PeriodicWrap wrap = new PeriodicWrap(frame.enter(start));
        try (LammpsSession session = new LammpsSession(Lammps.open(), wrap.wrapped(), options, reporter::goOn);
                PreconditionedRelaxation.Result relaxation = relax(session, wrap.wrapped(), options, reporter)) {
            State minimum = relaxation.minimum();
            boolean relaxed = isRelaxed(minimum, options);
            StrainSizes.Choice measured = !relaxed ? null
                    : new StrainSizes(relaxation.strained(), options).run(relaxation.polished(), reporter::straining);
            ElasticTensor c = measured == null ? null
                    : measured.taken().tensor().rotated(frame.returnFrom(minimum.box(), 1));
            StaticsResult result = result(minimum, measured, c, options, session.evaluations(), clock, start.cell(),
                    leave(start, frame, wrap, minimum));
            return LeftTheStart.judged(start, measured == null ? result : measured.warned(result));
        }
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
                        options.stressTolerance(), StrainSizes.forceTolerance(options, options.strain()),
                        options.seed()).run(reporter::relaxing);
            }
            LOG.info("{} atoms are more than the {} that the preconditioner is made for: LAMMPS' minimisers do it all",
                    atoms.count(), MAX_PRECONDITIONED);
        }
        State minimum = new BoxRelaxation(session, options.forceTolerance(), options.stressTolerance())
                .run(RestrictedFrame.of(atoms.cell()).box(), atoms.positions(), reporter::relaxing);
        return PreconditionedRelaxation.Result.of(minimum, session);
    }

    private StaticsResult result(State minimum, StrainSizes.Choice measured, ElasticTensor c, StaticsOptions options,
            long evaluations, Clock clock, Cell cell, Atoms atoms) {
        String residuals = format("largest force %.1e eV/Å (tolerance %.1e), largest stress %.1e GPa (tolerance %.1e)",
                minimum.maxForce(), options.forceTolerance(), minimum.maxStress(), options.stressTolerance());
        Outcome outcome;
        String explanation;
        if (measured == null) {
            outcome = Outcome.NOT_CONVERGED;
            explanation = "the relaxation ended before its tolerances, because "
                    + (evaluations >= options.maxEvaluations() ? "the evaluations allowed were used up"
                            : "neither changes of the cell nor of the atoms brought it nearer: the energy may curve "
                                    + "downwards or jump here")
                    + ": " + residuals + " after " + evaluations + " of at most " + options.maxEvaluations()
                    + " evaluations";
        } else if (!measured.taken().isRelaxed()) {
            outcome = Outcome.NOT_CONVERGED;
            explanation = format("relaxed (%s), but a strained cell kept a force of %.1e eV/Å (tolerance %.1e) after %d"
                    + " of at most %d evaluations; try more evaluations, or a larger strain", residuals,
                    measured.taken().differences().maxForce(), measured.taken().forceTolerance(), evaluations,
                    options.maxEvaluations());
        } else {
            double softest = c.symmetric().smallestEigenvalue();
            outcome = softest > RESOLUTION ? Outcome.STABLE : Outcome.UNSTABLE;
            explanation = outcome == Outcome.STABLE
                    ? format("relaxed: %s; smallest eigenvalue of C %.3f GPa", residuals, softest)
                    : format("the smallest eigenvalue of C is %.3f GPa, %s: some strain meets no resistance; %s",
                            softest, softest < -RESOLUTION ? "negative"
                            : format("which this route cannot tell from zero (%.2f GPa)", RESOLUTION), residuals);
            explanation += measured.explanation();
        }
        StaticsResult result = new StaticsResult(METHOD, outcome, explanation, c == null ? null : c.symmetric(),
                c == null ? Double.NaN : c.symmetryResidual(), minimum.maxStress(), minimum.maxForce(),
                minimum.energy(), evaluations, clock.seconds(), clock.cpuSeconds(), cell, atoms);
        return outcome == Outcome.NOT_CONVERGED ? result
                : Disconnection.of(result.tensor(), cell, atoms, options.potential(), RESOLUTION).map(result::of)
                        .orElse(result);
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

        void straining(String strain, double done) {
            fraction = RELAXATION_SHARE + (1 - RELAXATION_SHARE) * done;
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
