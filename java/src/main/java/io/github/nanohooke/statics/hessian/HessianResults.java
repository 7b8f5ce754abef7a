// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import static io.github.nanohooke.natives.global.nanohooke.NH_BLOCK_AXIAL;
import static io.github.nanohooke.natives.global.nanohooke.NH_BLOCK_BLOCH;
import static io.github.nanohooke.natives.global.nanohooke.NH_BLOCK_FULL;
import static io.github.nanohooke.natives.global.nanohooke.NH_BLOCK_IN_PLANE;
import static io.github.nanohooke.natives.global.nanohooke.NH_OUTCOME_NOT_CONVERGED;
import static io.github.nanohooke.natives.global.nanohooke.NH_OUTCOME_OK;
import static io.github.nanohooke.natives.global.nanohooke.NH_OUTCOME_SOFT;
import static io.github.nanohooke.natives.global.nanohooke.NH_PATH_GENERAL;
import static io.github.nanohooke.natives.global.nanohooke.NH_PATH_PLANAR;
import static io.github.nanohooke.natives.global.nanohooke.NH_STOP_ITERATIONS;
import static io.github.nanohooke.natives.global.nanohooke.NH_STOP_NO_DESCENT;

import io.github.nanohooke.natives.nh_statics_result;
import io.github.nanohooke.statics.Clock;
import io.github.nanohooke.statics.Disconnection;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.Relaxation;
import io.github.nanohooke.statics.StabilityReport;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.TableAverage;
import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/** Turns the kernel's answer into the result that every method shares. */
final class HessianResults {
    /** What exact derivatives leave of a stiffness that is zero [GPa]. */
    private static final double ZERO = 1e-6;

    /** A chance of an overlooked instability, and a share of a right-hand side, that a reader must know of. */
    private static final double UNCERTAIN = 1e-6;
    private static final double LEFT = 1e-6;

    private HessianResults() {
    }

    /**
     * @param method the calculator's name
     * @param turn takes directions of the kernel's frame to the input's axes, 3x3
     * @param cell of the given atoms
     */
    static StaticsResult toResult(String method, nh_statics_result answer, double[][] turn, Cell cell,
            Atoms relaxed, StaticsOptions options, Clock clock) {
        ElasticTensor measured = tensor(answer::tensor, turn);
        ElasticTensor sharp = measured == null ? null : measured.symmetric();
        ElasticTensor averaged = tensor(answer::averaged_tensor, turn);
        Optional<TableAverage> tables = averaged == null ? Optional.empty()
                : Optional.of(new TableAverage(sharp, averaged.symmetric()));
        boolean smooth = options.tables() == StaticsOptions.Tables.SMOOTH && sharp != null;
        StabilityReport stability = stability(answer);
        CutoffShell shell = new CutoffShell(answer.cutoff_pairs(), answer.cutoff_energy(), answer.cutoff_pressure(),
                relaxed.cell().volume());
        boolean refused = options.periods() == StaticsOptions.Periods.CERTIFIED
                && !Boolean.TRUE.equals(stability.certificate());
        Outcome outcome = refused && answer.outcome() != NH_OUTCOME_NOT_CONVERGED ? Outcome.UNSTABLE
                : outcome(answer, sharp);
        boolean soft = smooth && outcome == Outcome.STABLE
                && !tables.map(both -> both.smooth().isPositiveDefinite()).orElse(false);
        boolean stuck = outcome == Outcome.NOT_CONVERGED && shell.stops(options.stressTolerance());
        String explanation = explanation(answer, stability, refused)
                + (smooth ? "; " + smoothed(tables) : "")
                + (stuck ? "; " + shell.message() : "");
        StaticsResult result = new StaticsResult(
                method,
                soft ? Outcome.UNSTABLE : outcome,
                explanation,
                smooth ? tables.map(TableAverage::smooth).orElse(sharp) : sharp,
                measured == null ? Double.NaN : measured.symmetryResidual(),
                answer.max_stress(),
                answer.max_force(),
                // The kernel tells it per given cell; the minimum may have three of them.
                answer.energy() * answer.cells(),
                answer.evaluations(),
                clock.seconds(),
                clock.cpuSeconds(),
                cell,
                relaxed,
                tables,
                Optional.of(stability),
                List.of(),
                warnings(tables, sharp, smooth, stability, shell, stuck));
        return result.tensor() == null || outcome == Outcome.NOT_CONVERGED ? result
                : Disconnection.of(result.tensor(), cell, relaxed, options.potential(), ZERO).map(result::of)
                        .orElse(result);
    }

    private static String smoothed(Optional<TableAverage> tables) {
        return tables.isEmpty() ? "the Hessian with averaged second derivatives is not positive definite"
                : String.format(Locale.ROOT, "the tensor is the smoothed one: the table's second derivatives are"
                        + " averaged over r (1 ± %.3f)", TableAverage.WINDOW);
    }

    private static List<Warning> warnings(Optional<TableAverage> tables, ElasticTensor sharp, boolean smooth,
            StabilityReport stability, CutoffShell shell, boolean stuck) {
        List<Warning> warnings = new ArrayList<>();
        tables.filter(both -> both.sensitivity() > TableAverage.NOTABLE).ifPresent(both ->
                warnings.add(new Warning("table-sensitivity", String.format(Locale.ROOT, "the potential's table is"
                        + " too rough for its second derivatives: averaged over r (1 ± %.3f) they give constants that"
                        + " differ by up to %.1f %% of the largest one; %s", TableAverage.WINDOW, both.sensitivity(),
                        smooth ? "these are the averaged ones" : "--smooth takes the averages, --method lammps --strain"
                                + " 3e-3 measures over as far"))));
        if (stability.missChance() > UNCERTAIN) {
            warnings.add(new Warning("stability-uncertain", String.format(Locale.ROOT, "that the minimum is stable is "
                    + "not certain: the softest motion found is %.1e as stiff as springs, and a negative eigenvalue "
                    + "was missed with a chance of up to %.0e", Math.min(stability.smallestRitz(),
                    Double.isNaN(stability.certificateRitz()) ? 1 : stability.certificateRitz()),
                    stability.missChance())));
        }
        if (stability.linearResidual() > LEFT) {
            warnings.add(new Warning("linear-residual", String.format(Locale.ROOT, "a solution by iterations has left "
                    + "%.1e of its right-hand side: the tensor is less exact than usual; --method lammps measures it",
                    stability.linearResidual())));
        }
        if (stuck || sharp != null && shell.notable(sharp)) {
            warnings.add(new Warning("shell-at-cutoff", shell.message()));
        }
        return warnings;
    }

    static Relaxation toRelaxation(nh_statics_result answer, Atoms relaxed, StaticsOptions options, Clock clock) {
        boolean converged = answer.max_force() <= options.forceTolerance()
                && answer.max_stress() <= options.stressTolerance();
        return new Relaxation(relaxed, converged, answer.energy() * answer.cells(), answer.max_force(),
                answer.max_stress(), answer.evaluations(), clock.seconds(), clock.cpuSeconds());
    }

    private static Outcome outcome(nh_statics_result answer, ElasticTensor tensor) {
        if (answer.outcome() == NH_OUTCOME_OK) {
            return Outcome.STABLE;
        }
        return answer.outcome() == NH_OUTCOME_NOT_CONVERGED || tensor == null && answer.failed_block() == 0
                ? Outcome.NOT_CONVERGED
                : Outcome.UNSTABLE;
    }

    private static ElasticTensor tensor(IntToDoubleFunction entries, double[][] turn) {
        double[][] c = new double[6][6];
        for (int i = 0; i < 36; i++) {
            double value = entries.applyAsDouble(i);
            if (!Double.isFinite(value)) {
                return null;
            }
            c[i / 6][i % 6] = value;
        }
        return ElasticTensor.of(c).rotated(turn);
    }

    private static StabilityReport stability(nh_statics_result answer) {
        int certificate = answer.certificate();
        return new StabilityReport(
                path(answer.path()),
                answer.smallest_pivot(),
                certificate < 0 ? null : certificate == 1,
                answer.certificate_pivot(),
                answer.islands(),
                answer.island_atoms(),
                answer.dropped_atoms(),
                answer.other_minimum() != 0,
                answer.cells(),
                Solver.of(answer.solver()).label(),
                answer.smallest_ritz(),
                answer.certificate_ritz(),
                answer.miss_chance(),
                answer.linear_residual());
    }

    private static String path(int path) {
        if (path == NH_PATH_PLANAR) {
            return "planar";
        }
        return path == NH_PATH_GENERAL ? "general" : "three-cell";
    }

    private static String explanation(nh_statics_result answer, StabilityReport stability, boolean refused) {
        StringBuilder text = new StringBuilder();
        boolean iterative = Solver.of(answer.solver()) == Solver.ITERATIVE;
        if (answer.outcome() == NH_OUTCOME_OK) {
            text.append(String.format(Locale.ROOT, "minimum on the %s path, ", stability.path())).append(iterative
                    ? String.format(Locale.ROOT, "solved by iterations: smallest Ritz value of the Hessian beside "
                            + "springs %.2e, a negative eigenvalue missed with a chance of at most %.0e",
                            stability.smallestRitz(), stability.missChance())
                    : String.format(Locale.ROOT, "smallest pivot of the Hessian's factor %.2e eV/Å²",
                            stability.smallestPivot()));
        } else if (answer.outcome() == NH_OUTCOME_NOT_CONVERGED) {
            text.append(String.format(Locale.ROOT, "not converged on the %s path, because %s: largest force %.1e eV/Å, "
                    + "largest stress %.1e GPa after %d evaluations", stability.path(), reason(answer.stop()),
                    answer.max_force(), answer.max_stress(), answer.evaluations()));
        } else if (answer.outcome() == NH_OUTCOME_SOFT) {
            text.append(String.format(Locale.ROOT, "minimum on the %s path; its elastic tensor is not positive "
                    + "definite", stability.path()));
        } else {
            text.append(String.format(Locale.ROOT, "the %s is not positive definite on the %s path",
                    block(answer.failed_block()), stability.path()));
            if (answer.failed_atom() >= 0) {
                text.append(" (first at atom ").append(answer.failed_atom()).append(')');
            }
        }
        if (stability.certificate() != null) {
            text.append(stability.certificate()
                    ? "; certified: three cells along z give the same tensor"
                    : "; one cell along z is not stable against a period of three");
        }
        if (refused) {
            text.append("; --periods certified takes extruded cells alone that are certified");
        }
        if (stability.islands() > 0) {
            text.append("; ").append(stability.islands()).append(" disconnected island(s) of ")
                    .append(stability.islandAtoms()).append(" atoms");
        }
        if (stability.otherMinimumKnown()) {
            text.append("; another minimum is known");
        }
        return text.toString();
    }

    private static String reason(int stop) {
        if (stop == NH_STOP_ITERATIONS) {
            return "the iterations allowed were used up";
        }
        return stop == NH_STOP_NO_DESCENT
                ? "no step lowers the energy any more although forces or stress are left: the energy is not smooth "
                        + "here, or the tolerances lie below its rounding"
                : "the descent ended early";
    }

    private static String block(int block) {
        if (block == NH_BLOCK_IN_PLANE) {
            return "in-plane block of the Hessian";
        }
        if (block == NH_BLOCK_AXIAL) {
            return "axial block of the Hessian";
        }
        if (block == NH_BLOCK_FULL) {
            return "Hessian";
        }
        return block == NH_BLOCK_BLOCH ? "k_z = 1/3 block of the Hessian" : "elastic tensor";
    }
}
