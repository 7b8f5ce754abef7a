// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.beam.atoms.AtomBeam;
import io.github.nanohooke.fem.beam.atoms.AtomBeamOptions;
import io.github.nanohooke.fem.beam.atoms.AtomBeamPath;
import io.github.nanohooke.fem.beam.atoms.AtomBeamReference;
import io.github.nanohooke.fem.beam.atoms.AtomBeamStep;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.potential.Potential;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** LAMMPS' energy and forces in the states that the beam of atoms ends in. */
@ExtendWith(RequireLammps.class)
class AtomBeamJudgeTest {
    /** eV/Å over Å in N/m. */
    private static final double NEWTON_PER_METRE = 16.02176634;

    @Test
    void energyAndReactions() {
        AtomBeam beam = AtomBeam.of(100);
        AtomBeamPath path = new AtomBeamPath(beam, AtomBeamOptions.of(beam, new double[] {1, 2, 4},
                AtomBeamReference.FREE, 2), Potential.mishin1999(), null);
        path.run(StaticsProgress.SILENT, (step, positions) -> { });
        List<AtomBeamStep> steps = path.steps();
        AtomBeamStep last = steps.get(steps.size() - 1);
        double[] x = path.last();
        double a = beam.lattice().constant();
        double[] positions = new double[3 * beam.atoms()];
        for (int i = 0; i < beam.atoms(); i++) {
            positions[3 * i] = x[2 * i];
            positions[3 * i + 1] = x[2 * i + 1];
            positions[3 * i + 2] = (beam.column(i) + beam.row(i)) % 2 * a / 2;
        }
        int[] types = new int[beam.atoms()];
        Arrays.fill(types, 1);
        try (Lammps lammps = Lammps.open(); PotentialOnDisk file = PotentialOnDisk.of(Potential.mishin1999())) {
            lammps.commands("units metal", "atom_modify map array", "boundary s s p",
                    String.format(Locale.ROOT, "region all block -50 %s -200 %s 0 %s units box", beam.cells() * a + 50,
                            beam.cells() / 5 * a + 50, a), "create_box 1 all", "mass 1 26.98");
            lammps.createAtoms(types, positions);
            lammps.commands("pair_style eam/alloy",
                    "pair_coeff " + file.pairCoeff(Potential.mishin1999(), List.of("Al")), "run 0");
            assertThat(lammps.energy()).isCloseTo(last.energy(), within(1e-6 * beam.atoms()));
            assertThat(lammps.energy() / last.energy()).isCloseTo(1, within(1e-9));
            double[] forces = new double[3 * beam.atoms()];
            lammps.gather("f", forces);
            double[] sum = new double[2];
            for (int i = 0; i < beam.atoms(); i++) {
                for (int axis = 0; axis < 2 && beam.isRight(i); axis++) {
                    sum[axis] += forces[3 * i + axis];
                }
            }
            assertThat(sum[1] / a * NEWTON_PER_METRE).isCloseTo(last.fy(), within(1e-6 * last.fy()));
            assertThat(-sum[0] / a * NEWTON_PER_METRE).isCloseTo(last.fx(), within(1e-6 * last.fx()));
        }
    }
}
