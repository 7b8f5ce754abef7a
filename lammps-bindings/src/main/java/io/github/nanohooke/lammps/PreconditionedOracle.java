// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.lammps.descent.Descent;
import io.github.nanohooke.lammps.descent.StepMemory;
import io.github.nanohooke.structure.Box;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Relaxes atoms in a fixed cell by preconditioned descent with another oracle's forces, near a known minimum. What one
 * relaxation learns of the second derivatives serves the next: that of the same crystal under another small strain.
 */
final class PreconditionedOracle implements StressOracle {
    private static final Logger LOG = LoggerFactory.getLogger(PreconditionedOracle.class);
    /** Steps within which the largest force has to halve. */
    private static final int PATIENCE = 40;

    private final StressOracle forces;
    private final StepMemory memory;

    /** @param memory what is known of the second derivatives near the minimum */
    PreconditionedOracle(StressOracle forces, StepMemory memory) {
        this.forces = forces;
        this.memory = memory;
    }

    @Override
    public State evaluate(Box box, double[] positions) {
        return forces.evaluate(box, positions);
    }

    @Override
    public State relax(Box box, double[] positions, double forceTolerance) {
        CrystalEnergy objective = new CrystalEnergy(forces, box, positions, forceTolerance,
                Double.POSITIVE_INFINITY);
        Descent.Result<State> result = new Descent<>(objective, memory, PATIENCE, place -> { })
                .run(objective.origin());
        State state = result.place().state();
        if (result.end() == Descent.End.CONVERGED || forces.exhausted()) {
            return state;
        }
        LOG.info("preconditioned relaxation in a fixed cell ended ({}) at {} eV/Å after {} steps: LAMMPS' minimisers"
                + " go on", result.end(), state.maxForce(), result.steps());
        memory.clear();
        return forces.relax(box, state.positions(), forceTolerance);
    }

    @Override
    public long evaluations() {
        return forces.evaluations();
    }

    @Override
    public boolean exhausted() {
        return forces.exhausted();
    }
}
