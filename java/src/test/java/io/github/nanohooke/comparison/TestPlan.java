// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.RandomStructures.Kind;

/** Structures of 8 x 8 cells, quickly relaxed. */
final class TestPlan {
    private TestPlan() {
    }

    static DatasetPlan of(Kind kind) {
        return of(kind, Lattice.aluminium(), StaticsOptions.defaults());
    }

    static DatasetPlan of(Kind kind, Lattice lattice, StaticsOptions options) {
        return new DatasetPlan(kind, 1, 100, 100, lattice, new Cells(8, 8, 1), 32, "hessian", options, "test");
    }

    /** Of an element that the potential does not have. */
    static DatasetPlan ofCopper() {
        return of(Kind.CIRCLES, new Lattice("Cu", Lattice.Kind.FCC, 3.6), StaticsOptions.defaults());
    }

    /** Of boxes that no pore fits into. */
    static DatasetPlan tooSmall() {
        return new DatasetPlan(Kind.CIRCLES, 1, 100, 100, Lattice.aluminium(), new Cells(1, 1, 1), 32, "hessian",
                StaticsOptions.defaults(), "test");
    }
}
