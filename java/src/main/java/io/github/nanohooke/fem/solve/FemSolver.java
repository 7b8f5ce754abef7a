// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.model.BoundedField;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a problem through its steps. Immutable; each run is on its caller's thread. */
public final class FemSolver {
    private static final Logger LOG = LoggerFactory.getLogger(FemSolver.class);
    private final SolverOptions options;
    private final SparseSolver.Factory factory;

    /** With default options and the native sparse solver. */
    public FemSolver() {
        this(SolverOptions.defaults(), NativeSparseSolver::new);
    }

    public FemSolver(SolverOptions options, SparseSolver.Factory factory) {
        this.options = options;
        this.factory = factory;
    }

    /** The requested states of all steps, from the undeformed part. */
    public List<Increment> solve(Problem problem) {
        return solve(problem, Increments.undeformed(problem), Listener.SILENT);
    }

    /**
     * Follows the steps from a state.
     *
     * @param start    where to begin: {@link Increments#undeformed}, or a state that an earlier run had found
     * @param listener gets every state, also those between requested ones
     * @return the requested states
     * @throws io.github.nanohooke.fem.FemException when supports are missing or contradict
     * @throws NotConvergedException                when there is no equilibrium to be found beyond some state
     * @throws CancellationException                when the listener asks to stop
     */
    public List<Increment> solve(Problem problem, Increment start, Listener listener) {
        IntegrationPoints elements = new IntegrationPoints(problem);
        List<Increment> found = new ArrayList<>();
        Increment last = start;
        for (int s = start.step(); s < problem.steps().size(); s++) {
            if (s == start.step() && start.fraction() >= 1) {
                continue;
            }
            StepBoundary boundary = StepBoundary.of(problem, s, last.displacements(),
                    s == start.step() ? start.fraction() : 0);
            RigidModes.requireHeld(problem.mesh(), boundary.fixed(), boundary.ties());
            try (Equilibrium equations = new Equilibrium(problem, elements, boundary, factory)) {
                double from = s == start.step() ? start.fraction() : 0;
                last = new StepRun(problem, s, boundary, equations, found, listener).run(last, from);
                LOG.debug("step {}: {} unknowns, {} numbers in the factor", problem.steps().get(s).name(),
                        equations.map().unknowns(), equations.factorEntries());
            }
        }
        return found;
    }

    /** Unknown displacements of a problem's first step. */
    public static int unknowns(Problem problem) {
        StepBoundary boundary = StepBoundary.of(problem, 0, Increments.undeformed(problem).displacements(), 0);
        return new DofMap(problem.mesh(), boundary.fixed(), boundary.ties()).unknowns();
    }

    /** One step: increments as requested, smaller ones where they do not converge. */
    private final class StepRun {
        private final Problem problem;
        private final int number;
        private final Step step;
        private final StepBoundary boundary;
        private final Equilibrium equations;
        private final Newton newton;
        private final List<Increment> found;
        private final Listener listener;
        private final Extrapolation path = new Extrapolation();
        private int iterations;
        private double before; // the fraction of the last state
        private double wanted; // that of the one that is looked for

        StepRun(Problem problem, int number, StepBoundary boundary, Equilibrium equations, List<Increment> found,
                Listener listener) {
            this.problem = problem;
            this.number = number;
            this.step = problem.steps().get(number);
            this.boundary = boundary;
            this.equations = equations;
            this.newton = new Newton(equations, options, this::watch);
            this.found = found;
            this.listener = listener;
        }

        Increment run(Increment start, double from) {
            double fraction = from;
            double[] u = start.displacements().clone();
            path.add(fraction, u);
            Increment last = start;
            int next = (int) Math.floor(from * step.increments() + 1e-9) + 1;
            double whole = 1.0 / step.increments();
            double length = whole;
            while (next <= step.increments()) {
                double goal = (double) next / step.increments();
                double to = goal - fraction <= length * (1 + 1e-9) ? goal : fraction + length;
                double[] reached = reach(u, fraction, to);
                if (reached == null) {
                    length = 0.5 * (to - fraction);
                    if (length < options.smallestCut() * whole) {
                        throw deadEnd(fraction);
                    }
                    LOG.info("step {}: no equilibrium at {}; trying {}", step.name(), shown(to),
                            shown(fraction + length));
                    continue;
                }
                fraction = to;
                u = reached;
                path.add(fraction, u);
                last = report(u, fraction, to == goal);
                if (to == goal) {
                    next++;
                }
                length = Math.min(whole, newton.iterations() <= options.maxIterations() / 2 ? 2 * length : length);
            }
            return last;
        }

        private double[] reach(double[] u, double from, double to) {
            before = from;
            wanted = to;
            double[] loads = boundary.loads(to);
            double[] guess = path.at(to);
            iterations = 0;
            if (guess != null) {
                for (int dof = 0; dof < guess.length; dof++) {
                    if (boundary.fixed()[dof]) {
                        guess[dof] = boundary.displacement(dof, to);
                    }
                }
                boolean good = newton.solve(guess, null, loads);
                iterations += newton.iterations();
                if (good) {
                    return guess;
                }
            }
            double[] given = new double[u.length];
            for (int dof = 0; dof < given.length; dof++) {
                given[dof] = boundary.fixed()[dof] ? boundary.displacement(dof, to) - u[dof] : 0;
            }
            double[] start = u.clone();
            boolean good = newton.solve(start, given, loads);
            iterations += newton.iterations();
            return good ? start : null;
        }

        private void watch(int number, double unbalanced) {
            if (!listener.iterated(new Iteration(this.number, wanted, number, unbalanced))) {
                throw stopped(before);
            }
        }

        private CancellationException stopped(double fraction) {
            return new CancellationException("stopped in step \"" + step.name() + "\" at " + shown(fraction));
        }

        private Increment report(double[] u, double fraction, boolean requested) {
            double[] forces = equations.internal().clone();
            Increment increment = new Increment(number, fraction, u.clone(), forces, equations.energy(u), iterations,
                    equations.negativePivots(), requested);
            if (requested) {
                found.add(increment);
            }
            if (!listener.found(increment)) {
                throw stopped(fraction);
            }
            return increment;
        }

        private NotConvergedException deadEnd(double fraction) {
            String complaints = BoundedField.complaints(problem);
            String why = !complaints.isEmpty() ? complaints : equations.negativePivots() > 0
                    ? " The part has lost its stability there (it buckles or the material gives way)." : advice();
            return new NotConvergedException(String.format(Locale.ROOT, "step \"%s\" (number %d of %d) came to a dead "
                    + "end at %s of its way: beyond, no equilibrium was found even in increments of %.2g %%.%s",
                    step.name(), number + 1, problem.steps().size(), shown(fraction),
                    100 * options.smallestCut() / step.increments(), why), step.name(), fraction);
        }

        private String advice() {
            return switch (newton.failure()) {
                case ITERATIONS -> " Newton's method had not converged after its " + options.maxIterations()
                        + " iterations: allow more, or a larger tolerance.";
                case SINGULAR -> " The stiffness is singular there: the part has a motion that nothing resists.";
                default -> " The elements may be inverted by the deformation; a finer mesh or another law may help.";
            };
        }

        private static String shown(double fraction) {
            return String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
        }
    }
}
