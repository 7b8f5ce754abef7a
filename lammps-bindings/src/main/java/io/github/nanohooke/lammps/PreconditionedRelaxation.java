// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.lammps.StressOracle.State;
import io.github.nanohooke.lammps.descent.Descent;
import io.github.nanohooke.lammps.descent.Descent.End;
import io.github.nanohooke.lammps.descent.Objective.Place;
import io.github.nanohooke.lammps.descent.SaddleProbe;
import io.github.nanohooke.lammps.descent.SpringPreconditioner;
import io.github.nanohooke.lammps.descent.StepMemory;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.RestrictedFrame;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings atoms and cell to zero force and zero stress: LAMMPS' minimisers in the given cell until forces are small,
 * then preconditioned descent of atoms and cell together.
 *
 * <p>Which of several minima a structure falls into is decided where the objective is not convex: at first, while the
 * unrelaxed lattice is unstable, and now and then on the way of the cell. There LAMMPS' short steps are kept, so that
 * the minimum is the one that gentle descent finds. Rounding lets a long gentle descent slip off a saddle that symmetry
 * leads to; a fast one stays there, so that what it found is probed, and pushed off where it is a saddle.
 */
final class PreconditionedRelaxation {
    private static final Logger LOG = LoggerFactory.getLogger(PreconditionedRelaxation.class);
    /** Largest force component at which the preconditioned descent begins [eV/Å]. */
    private static final double GENTLE_FORCE = 0.01;
    /** Force to which LAMMPS goes on where the objective curves down, as a share of the force there: over the hill. */
    private static final double OVER_THE_HILL = 0.1;
    /** Displacement of a push off a saddle [Å]. */
    private static final double PUSH = 0.02;
    private static final int MAX_DESCENTS = 10;
    /** Steps that a descent of atoms and cell remembers. */
    private static final int MEMORY = 20;
    /** Steps that are remembered near the minimum, for one strain after the other. */
    private static final int LONG_MEMORY = 150;
    /** Steps within which the distance to the tolerances has to halve. */
    private static final int PATIENCE = 60;

    private final StressOracle oracle;
    private final Atoms atoms;
    private final double forceTolerance;
    private final double stressTolerance;
    private final double strainedTolerance;
    private final long seed;

    /**
     * @param oracle            relaxes in a fixed cell by gentle descent
     * @param atoms             where to start
     * @param strainedTolerance force tolerance of the strained cells that come after [eV/Å]
     * @param seed              of the saddle probe's random numbers
     */
    PreconditionedRelaxation(StressOracle oracle, Atoms atoms, double forceTolerance, double stressTolerance,
            double strainedTolerance, long seed) {
        this.oracle = oracle;
        this.atoms = atoms;
        this.forceTolerance = forceTolerance;
        this.stressTolerance = stressTolerance;
        this.strainedTolerance = strainedTolerance;
        this.seed = seed;
    }

    /**
     * @param minimum  the minimum, or the best that the budget allows: see its force and stress
     * @param polished the same with forces as small as strained cells need
     * @param strained relaxes strained cells of it, knowing its second derivatives
     * @param springs  what {@code strained} needs until this is closed; null for nothing
     */
    record Result(State minimum, State polished, StressOracle strained, SpringPreconditioner springs)
            implements AutoCloseable {
        /** Of LAMMPS' own minimisers, which need nothing more. */
        static Result of(State minimum, StressOracle strained) {
            return new Result(minimum, minimum, strained, null);
        }

        @Override
        public void close() {
            if (springs != null) {
                springs.close();
            }
        }
    }

    /**
     * One descent's end.
     *
     * @param result not null where it is a minimum
     * @param end    why it ended, where it is none
     * @param state  where
     * @param onwards positions from which to go on
     */
    private record Round(Result result, End end, State state, double[] onwards) {
    }

    /** @param listener told of each state on the way */
    Result run(Consumer<State> listener) {
        State state = oracle.relax(RestrictedFrame.of(atoms.cell()).box(), atoms.positions(),
                Math.max(forceTolerance, GENTLE_FORCE));
        for (int k = 1; k <= MAX_DESCENTS && !oracle.exhausted(); k++) {
            listener.accept(state);
            Round round = descend(k, state, listener);
            if (round.result != null) {
                return round.result;
            }
            state = round.state;
            if (round.end != End.CONVERGED && round.end != End.DOWNWARDS) {
                break;
            }
            state = oracle.evaluate(state.box(), round.onwards);
            state = oracle.relax(state.box(), round.onwards, Math.max(forceTolerance,
                    Math.min(GENTLE_FORCE, OVER_THE_HILL * state.maxForce())));
        }
        if (oracle.exhausted()) {
            return Result.of(state, oracle);
        }
        LOG.info("LAMMPS' minimisers and changes of the cell in turn go on");
        State last = new BoxRelaxation(oracle, forceTolerance, stressTolerance)
                .run(state.box(), state.positions(), listener);
        return Result.of(last, oracle);
    }

    private Round descend(int k, State from, Consumer<State> listener) {
        SpringPreconditioner springs = new SpringPreconditioner(atoms.moved(from.box().cell(), from.positions()));
        boolean handedOn = false;
        try {
            CrystalEnergy objective = new CrystalEnergy(oracle, from.box(), from.positions(), forceTolerance,
                    stressTolerance);
            Descent.Result<State> descent = new Descent<>(objective, new StepMemory(springs, MEMORY), PATIENCE,
                    place -> listener.accept(place.state())).run(objective.origin());
            State state = descent.place().state();
            if (descent.end() != End.CONVERGED) {
                LOG.info("descent {} ended ({}) after {} steps at {} eV/Å, {} GPa", k, descent.end(),
                        descent.steps(), state.maxForce(), state.maxStress());
                return new Round(null, descent.end(), state, state.positions());
            }
            StepMemory memory = new StepMemory(springs, LONG_MEMORY);
            CrystalEnergy inCell = new CrystalEnergy(oracle, state.box(), state.positions(),
                    strainedTolerance, Double.POSITIVE_INFINITY);
            Descent.Result<State> polish = new Descent<>(inCell, memory, PATIENCE, place -> { })
                    .run(inCell.origin());
            Optional<double[]> down = SaddleProbe.downwards(inCell, polish.place(), memory, 3, seed + k);
            if (down.isPresent()) {
                LOG.info("descent {} ended on a saddle after {} evaluations; pushed off", k, oracle.evaluations());
                return new Round(null, End.CONVERGED, state, pushed(polish.place(), down.get(), from.forces()));
            }
            handedOn = true;
            return new Round(new Result(state, polish.place().state(), new PreconditionedOracle(oracle, memory),
                    springs), End.CONVERGED, state, state.positions());
        } finally {
            if (!handedOn) {
                springs.close();
            }
        }
    }

    // To the side of the ridge on which gentle descent came, where its forces still push to.
    private static double[] pushed(Place<State> from, double[] direction, double[] gentleForces) {
        double largest = 0;
        double slope = 0;
        for (int i = 0; i < direction.length; i++) {
            largest = Math.max(largest, Math.abs(direction[i]));
            slope -= gentleForces[i] * direction[i];
        }
        double length = (slope > 0 ? -PUSH : PUSH) / largest;
        double[] positions = from.state().positions().clone();
        for (int i = 0; i < positions.length; i++) {
            positions[i] += length * direction[i];
        }
        return positions;
    }
}
