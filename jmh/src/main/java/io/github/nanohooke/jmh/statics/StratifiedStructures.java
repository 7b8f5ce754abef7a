// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.statics;

import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.structure.RandomStructures.Kind;
import io.github.nanohooke.structure.RandomStructures.Sample;
import io.github.nanohooke.structure.RandomStructures.Sizes;
import java.util.ArrayList;
import java.util.List;

/**
 * An endless list of random structures that covers porosities of 5 to 80 % evenly, whichever part of it is taken:
 * wanted porosities follow the golden ratio's additive recurrence, and each is met by the first unused sample near it.
 */
final class StratifiedStructures {
    private static final double LOW = 5;
    private static final double HIGH = 80;
    private static final double NEAR = 2.5;
    private static final double GOLDEN = 0.6180339887498949;

    private final long seed;
    private final List<Sample> drawn = new ArrayList<>();
    private final List<Boolean> used = new ArrayList<>();
    private final List<Sample> list = new ArrayList<>();

    StratifiedStructures(long seed) {
        this.seed = seed;
    }

    /** The k-th structure, from 0, as it is drawn: one cell along z. */
    Sample get(int k) {
        while (list.size() <= k) {
            double share = (list.size() + 1) * GOLDEN % 1;
            list.add(near(LOW + (HIGH - LOW) * share));
        }
        return list.get(k);
    }

    private Sample near(double porosity) {
        for (int index = 0; ; index++) {
            if (index == drawn.size()) {
                drawn.add(RandomStructures.draw(Kind.MIXED, seed, index, Lattice.aluminium(), new Cells(20, 20, 1),
                        Sizes.defaults()));
                used.add(false);
            }
            double there = drawn.get(index).structure().porosity();
            boolean within = there >= LOW && there <= HIGH;
            if (!used.get(index) && within && Math.abs(there - porosity) <= NEAR) {
                used.set(index, true);
                return drawn.get(index);
            }
        }
    }
}
