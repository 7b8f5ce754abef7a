// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.structure.Atoms;
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
 * @param relaxed          atoms and cell of the minimum
 * @param stability        what routes with exact second derivatives know besides; empty for the others
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
        Atoms relaxed,
        Optional<StabilityReport> stability) {

    /** A result of a route that has no second derivatives. */
    public StaticsResult(String method, Outcome outcome, String explanation, ElasticTensor tensor,
            double symmetryResidual, double residualStress, double maxForce, double energy, long evaluations,
            double seconds, Atoms relaxed) {
        this(method, outcome, explanation, tensor, symmetryResidual, residualStress, maxForce, energy, evaluations,
                seconds, relaxed, Optional.empty());
    }

    /** The same result told of other atoms of the same minimum, for example of a stack of its cells. */
    StaticsResult of(Atoms atoms, double atomsEnergy) {
        return new StaticsResult(method, outcome, explanation, tensor, symmetryResidual, residualStress, maxForce,
                atomsEnergy, evaluations, seconds, atoms, stability);
    }

    /** Whether force and stress tolerances were reached. */
    public boolean converged() {
        return outcome != Outcome.NOT_CONVERGED;
    }
}
