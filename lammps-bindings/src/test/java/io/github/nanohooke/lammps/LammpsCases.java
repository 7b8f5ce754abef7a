// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Polygon;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.PorousStructure;
import java.util.List;

/** Structures of the calculator's tests, and their results by LAMMPS. */
final class LammpsCases {
    /** What this route claims of each constant [GPa]. */
    static final double ACCURACY = 0.02;

    private static StaticsResult skew;

    private LammpsCases() {
    }

    static StaticsResult calculate(Atoms atoms) {
        return calculate(atoms, StaticsOptions.defaults());
    }

    static StaticsResult calculate(Atoms atoms, StaticsOptions options) {
        try (ElasticCalculator calculator = ElasticCalculators.open("lammps")) {
            return calculator.calculate(atoms, options, StaticsProgress.SILENT);
        }
    }

    static Atoms aluminium(int x, int y, int z, Pore... pores) {
        return new PorousStructure(Lattice.aluminium(), new Cells(x, y, z), List.of(pores)).atoms();
    }

    /** A pore without any symmetry: the relaxed cell is tilted. */
    static Pore skewPore() {
        return Polygon.of(new double[][] {{5.1, 5.2}, {18.0, 7.1}, {8.3, 15.2}});
    }

    /** The result of 6 x 5 x 1 cells with the skew pore, by default options: what others are held against, once. */
    static StaticsResult relaxedSkew() {
        if (skew == null) {
            skew = calculate(aluminium(6, 5, 1, skewPore()));
        }
        return skew;
    }
}
