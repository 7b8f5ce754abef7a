// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.demo;

import io.github.nanohooke.cli.structure.StructureInput;
import io.github.nanohooke.statics.StaticsResult;

/**
 * One structure of the demonstration.
 *
 * @param lammps              what LAMMPS finds; null where there is no LAMMPS
 * @param fast                what the method hessian finds from the same start
 * @param prediction          what the network says of the image of the fast method's relaxed atoms
 * @param expectedBulkModulus measured elsewhere [GPa]; null where it was not
 */
record DemoRow(StructureInput input, StaticsResult lammps, StaticsResult fast, DemoPrediction prediction,
        Double expectedBulkModulus) {

    /** What statics finds: by LAMMPS where it is there. */
    StaticsResult statics() {
        return lammps == null ? fast : lammps;
    }
}
