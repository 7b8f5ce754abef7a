// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import io.github.nanohooke.dataset.DatasetPlan;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.RandomStructures.Kind;

/** Structures of 8 x 8 cells, quickly relaxed. */
final class TestPlan {
    private TestPlan() {
    }

    static DatasetPlan of(Kind kind) {
        return new DatasetPlan(kind, 1, 100, 100, Lattice.aluminium(), new Cells(8, 8, 1), 32, "hessian",
                StaticsOptions.defaults(), "test");
    }
}
