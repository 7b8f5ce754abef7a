// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import io.github.nanohooke.random.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Random porous structures as in the paper's section 2.
 *
 * <p>A target porosity is drawn uniformly from (0, 90) %. Then pores of random size and place are cut until the
 * porosity by eq. (1) is at or above the target; the last pore may overshoot. Every pore keeps {@link Sizes#margin()}
 * from the edges of the box. Sizes are uniform in their ranges and places uniform where the pore fits; in
 * {@link Kind#MIXED} each pore is a circle or a rectangle with equal chance. A draw that would remove no atom is
 * dropped.
 *
 * <p>The margin leaves a frame, and circles do not reach into corners, so high targets cannot be met: in the paper's
 * box 85.6 % is the most that the frame allows. The rule: a sample is finished, short of its target, after
 * {@link #FRUITLESS_DRAWS} draws in a row that removed nothing. Of 2000 samples of each kind 10 to 13 % ended so, all
 * with porosities above 75 %.
 *
 * <p>A sample is a pure function of kind, seed, index and, where given, lattice, cells and sizes. Its random numbers
 * come from SplitMix64, started from the mixed seed, index and kind; they are the same on every machine, and samples
 * can be drawn in any order.
 */
public final class RandomStructures {

    /** So many draws in a row without a removed atom end a sample that misses its target. */
    public static final int FRUITLESS_DRAWS = 1000;

    private static final double HIGHEST_TARGET = 90;

    /** Which pores a sample has. */
    public enum Kind {
        CIRCLES(1),
        RECTANGLES(2),
        MIXED(3);

        /** Part of the random stream's key, so it must not change. */
        private final long code;

        Kind(long code) {
            this.code = code;
        }

        /** The name that files and the command line use: circles, rectangles, mixed. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Ranges of the pores [Å]. In a box that is too small for the largest pores the ranges end where the box does.
     *
     * @param minRadius smallest radius of a circle
     * @param maxRadius largest radius of a circle
     * @param minSide   shortest side of a rectangle
     * @param maxSide   longest side of a rectangle
     * @param margin    least distance of a pore from the edges of the box
     */
    public record Sizes(double minRadius, double maxRadius, double minSide, double maxSide, double margin) {

        /** @throws StructureException when a range is empty, or a number negative or not finite */
        public Sizes {
            requireRange("radii", minRadius, maxRadius);
            requireRange("sides", minSide, maxSide);
            if (!(margin >= 0) || !Double.isFinite(margin)) {
                throw new StructureException("the margin must be a number of Å, not negative, got " + margin);
            }
        }

        /**
         * Radii from 3 to 15 Å, sides from 5 to 30 Å, margin 4 Å. The paper gives the margin (0.4 nm) but no sizes;
         * these span from a few missing columns to a pore that is over a third of the paper's box wide.
         */
        public static Sizes defaults() {
            return new Sizes(3, 15, 5, 30, 4);
        }

        private static void requireRange(String what, double low, double high) {
            if (!(low > 0) || !(low <= high) || !Double.isFinite(high)) {
                throw new StructureException("the " + what + " must go from a positive number of Å to one not below it,"
                        + " got " + low + " to " + high);
            }
        }
    }

    /**
     * A drawn structure and what it was drawn from.
     *
     * @param kind           which pores
     * @param seed           the seed
     * @param index          the number of the sample under this seed
     * @param targetPorosity what was aimed for [%]
     * @param structure      what came out; {@link PorousStructure#porosity()} tells what was reached
     */
    public record Sample(Kind kind, long seed, long index, double targetPorosity, PorousStructure structure) {

        /** Whether the porosity is at or above the target; if not, no further atom could be removed. */
        public boolean targetReached() {
            return structure.porosity() >= targetPorosity;
        }
    }

    private RandomStructures() {
    }

    /** {@link #draw(Kind, long, long)} without its particulars. */
    public static PorousStructure sample(Kind kind, long seed, long index) {
        return draw(kind, seed, index).structure();
    }

    /** {@link #draw(Kind, long, long, Lattice, Cells, Sizes)} without its particulars. */
    public static PorousStructure sample(Kind kind, long seed, long index, Lattice lattice, Cells cells, Sizes sizes) {
        return draw(kind, seed, index, lattice, cells, sizes).structure();
    }

    /** A sample of the paper's kind: aluminium, 20 x 20 x 3 cells, {@link Sizes#defaults()}. */
    public static Sample draw(Kind kind, long seed, long index) {
        return draw(kind, seed, index, Lattice.aluminium(), Cells.paper(), Sizes.defaults());
    }

    /**
     * A sample of any crystal and box.
     *
     * @throws StructureException when the smallest pore does not fit into the box
     */
    public static Sample draw(Kind kind, long seed, long index, Lattice lattice, Cells cells, Sizes sizes) {
        double lx = lattice.constant() * cells.x();
        double ly = lattice.constant() * cells.y();
        double smallest = kind == Kind.CIRCLES ? 2 * sizes.minRadius()
                : kind == Kind.RECTANGLES ? sizes.minSide() : Math.max(2 * sizes.minRadius(), sizes.minSide());
        if (Math.min(lx, ly) - 2 * sizes.margin() < smallest) {
            throw new StructureException("a box of " + lx + " x " + ly + " Å is too small for pores of " + smallest
                    + " Å that keep " + sizes.margin() + " Å from its edges; take more cells or smaller pores");
        }
        SplitMix64 random = random(kind, seed, index);
        double target = random.nextDouble(0, HIGHEST_TARGET);
        RemovedSites columns = new RemovedSites(lattice, cells);
        List<Pore> pores = new ArrayList<>();
        int fruitless = 0;
        while (100.0 * columns.removed() / columns.total() < target && fruitless < FRUITLESS_DRAWS) {
            Pore pore = pore(kind, random, lx, ly, sizes);
            if (columns.cut(pore) > 0) {
                pores.add(pore);
                fruitless = 0;
            } else {
                fruitless++;
            }
        }
        return new Sample(kind, seed, index, target, new PorousStructure(lattice, cells, pores));
    }

    /** The porosity that {@link #draw} of a sample aims for [%], without drawing it: most samples end just above. */
    public static double target(Kind kind, long seed, long index) {
        return random(kind, seed, index).nextDouble(0, HIGHEST_TARGET);
    }

    private static SplitMix64 random(Kind kind, long seed, long index) {
        return SplitMix64.of(seed, index, kind.code);
    }

    private static Pore pore(Kind kind, SplitMix64 random, double lx, double ly, Sizes sizes) {
        boolean circle = switch (kind) {
            case CIRCLES -> true;
            case RECTANGLES -> false;
            case MIXED -> random.nextDouble() < 0.5;
        };
        double margin = sizes.margin();
        if (circle) {
            double widest = Math.min(lx, ly) / 2 - margin;
            double radius = random.nextDouble(sizes.minRadius(), Math.min(sizes.maxRadius(), widest));
            double reach = margin + radius;
            return new Circle(random.nextDouble(reach, lx - reach), random.nextDouble(reach, ly - reach), radius);
        }
        double width = random.nextDouble(sizes.minSide(), Math.min(sizes.maxSide(), lx - 2 * margin));
        double height = random.nextDouble(sizes.minSide(), Math.min(sizes.maxSide(), ly - 2 * margin));
        double xmin = random.nextDouble(margin, lx - margin - width);
        double ymin = random.nextDouble(margin, ly - margin - height);
        return new Rectangle(xmin, xmin + width, ymin, ymin + height);
    }
}
