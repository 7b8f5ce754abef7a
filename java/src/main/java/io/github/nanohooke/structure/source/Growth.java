// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import io.github.nanohooke.structure.Pore;
import java.util.List;
import java.util.function.DoubleFunction;

/** Pores that grow together until the porosity is as wanted. */
final class Growth {
    /** Halvings of the interval of sizes: to 0.001 of the largest, well below the distance of atoms. */
    private static final int HALVINGS = 11;

    private Growth() {
    }

    /**
     * The smallest pores that reach a porosity, or the largest where none does.
     *
     * @param grown   the pores of a size
     * @param largest size that still makes pores
     * @param target  porosity [%]
     */
    static List<Pore> to(double target, double largest, DoubleFunction<List<Pore>> grown, CrystalBlock box) {
        double low = 0;
        double high = largest;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (box.cut(grown.apply(middle)).porosity() < target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return grown.apply(high);
    }
}
