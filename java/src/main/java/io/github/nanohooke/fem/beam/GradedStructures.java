// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.structure.RandomStructures.Kind;
import io.github.nanohooke.structure.RandomStructures.Sizes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;

/** A random structure of its own for each of many porosities: the samples of a seed, in turn, where they are wanted. */
final class GradedStructures {
    /** Boxes of the network's size, one cell thick. */
    private static final Cells CELLS = new Cells(20, 20, 1);
    /** Porosities that differ by less count as wanted [%]. */
    private static final double BIN = 1;
    /** Samples that are drawn for each that is wanted, at most: porosities are spread over 90 %. */
    private static final int PATIENCE = 400;
    /** Samples that are drawn before those that came up are handed out. */
    private static final int STRETCH = 512;

    private GradedStructures() {
    }

    /**
     * Structures within one percent of porosities.
     *
     * @param porosities [%], 1 to 70
     * @throws FemException when no samples of a porosity come up
     */
    static List<PorousStructure> of(double[] porosities, long seed) {
        List<Deque<Integer>> wanted = new ArrayList<>();
        for (int bin = 0; bin <= (int) (100 / BIN); bin++) {
            wanted.add(new ArrayDeque<>());
        }
        for (int k = 0; k < porosities.length; k++) {
            wanted.get((int) (porosities[k] / BIN)).add(k);
        }
        PorousStructure[] found = new PorousStructure[porosities.length];
        int open = porosities.length;
        for (long from = 0; open > 0; from += STRETCH) {
            if (from > (long) PATIENCE * porosities.length + 10_000) {
                throw new FemException("random structures do not come up at the porosities that are asked for: "
                        + open + " of " + porosities.length + " are missing; ask for 2 to 60 %");
            }
            // Drawn on all cores, handed out in their order: the same structures however many cores there are.
            double highest = BIN * (highestOf(wanted) + 1);
            List<PorousStructure> drawn = LongStream.range(from, from + STRETCH).parallel()
                    .filter(index -> RandomStructures.target(Kind.MIXED, seed, index) < highest)
                    .mapToObj(index -> RandomStructures.sample(Kind.MIXED, seed, index, Lattice.aluminium(), CELLS,
                            Sizes.defaults())).toList();
            for (PorousStructure structure : drawn) {
                Integer place = wanted.get((int) (structure.porosity() / BIN)).poll();
                if (place != null) {
                    found[place] = structure;
                    open--;
                }
            }
        }
        return Arrays.asList(found);
    }

    /** The most porous bin that waits: samples that aim higher are of no use. */
    private static int highestOf(List<Deque<Integer>> wanted) {
        int bin = wanted.size() - 1;
        while (bin > 0 && wanted.get(bin).isEmpty()) {
            bin--;
        }
        return bin;
    }
}
