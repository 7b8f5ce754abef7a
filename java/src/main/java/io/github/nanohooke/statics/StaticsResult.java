// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One tensor and how it was come by.
 *
 * @param method           the calculator's name
 * @param outcome          whether the tensor is one to build on
 * @param explanation      what happened, with numbers, one or two sentences for people
 * @param tensor           elastic tensor at the minimum, symmetrised; {@code null} only when the relaxation did not
 *                         get far enough to measure one
 * @param symmetryResidual largest |C_ij - C_ji| before symmetrising [GPa]
 * @param residualStress   largest stress component at the minimum [GPa]
 * @param maxForce         largest force component at the minimum [eV/Å]
 * @param energy           potential energy of the relaxed atoms [eV]
 * @param evaluations      force evaluations, all stages together
 * @param seconds          wall time of the calculation [s]
 * @param cpuSeconds       processor time of the calculation [s]
 * @param cell             cell of the given atoms, whose axes are those of the tensor and of the relaxed atoms
 * @param relaxed          atoms and cell of the minimum, a pure stretch of the given cell (no part is a rotation)
 * @param tables           what the knots of a tabulated potential do to the tensor; empty where it is not known
 * @param stability        what routes with exact second derivatives know besides; empty for the others
 * @param disconnected     cell vectors along which the solid is cut apart ({@code x}, {@code y}, {@code z}; {@code a},
 *                         {@code b}, {@code c} where they lie along no axis); empty but for
 *                         {@link Outcome#DISCONNECTED}
 * @param warnings         what a reader must know before building on the result; empty where there is nothing
 */
public record StaticsResult(
        String method,
        Outcome outcome,
        String explanation,
        ElasticTensor tensor,
        double symmetryResidual,
        double residualStress,
        double maxForce,
        double energy,
        long evaluations,
        double seconds,
        double cpuSeconds,
        Cell cell,
        Atoms relaxed,
        Optional<TableAverage> tables,
        Optional<StabilityReport> stability,
        List<String> disconnected,
        List<Warning> warnings) {

    public StaticsResult {
        disconnected = List.copyOf(disconnected);
        warnings = List.copyOf(warnings);
    }

    /** A result of a route that has no second derivatives, without warnings. */
    public StaticsResult(String method, Outcome outcome, String explanation, ElasticTensor tensor,
            double symmetryResidual, double residualStress, double maxForce, double energy, long evaluations,
            double seconds, double cpuSeconds, Cell cell, Atoms relaxed) {
        this(method, outcome, explanation, tensor, symmetryResidual, residualStress, maxForce, energy, evaluations,
                seconds, cpuSeconds, cell, relaxed, Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    /** The same result told of other atoms of the same minimum, for example of a stack of its cells. */
    public StaticsResult of(Cell given, Atoms atoms, double atomsEnergy) {
        return new StaticsResult(method, outcome, explanation, tensor, symmetryResidual, residualStress, maxForce,
                atomsEnergy, evaluations, seconds, cpuSeconds, given, atoms, tables, stability,
                disconnected, warnings);
    }

    /** The same result as that of a solid that is cut apart. */
    public StaticsResult of(Disconnection cut) {
        return new StaticsResult(method, Outcome.DISCONNECTED, cut.explanation() + "; " + explanation, cut.tensor(),
                symmetryResidual, residualStress, maxForce, energy, evaluations, seconds, cpuSeconds, cell,
                cut.relaxed(), tables, stability, cut.along(), warnings);
    }

    /** The same result with one more warning. */
    public StaticsResult with(Warning warning) {
        List<Warning> more = new ArrayList<>(warnings);
        more.add(warning);
        return new StaticsResult(method, outcome, explanation, tensor, symmetryResidual, residualStress, maxForce,
                energy, evaluations, seconds, cpuSeconds, cell, relaxed, tables, stability, disconnected, more);
    }

    /** Whether force and stress tolerances were reached. */
    public boolean converged() {
        return outcome != Outcome.NOT_CONVERGED;
    }
}
