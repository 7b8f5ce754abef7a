// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import com.sun.management.OperatingSystemMXBean;
import io.github.nanohooke.statics.StaticsOptions.Periods;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.RestrictedFrame;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How much memory the factor of the second derivatives takes, said before a calculation begins.
 *
 * <p>Nested dissection leaves k log n numbers an atom in two dimensions and k n^(1/3) in three; a slab is a row of
 * cubes as thick as itself, dissected in two. The factors are fitted to the resident memory of aluminium (cutoff
 * 6.3 Å) in perfect cells: extruded ones of 1,600, 6,400 and 16,384 atoms took 86, 339 and 937 MB, general cubes of
 * 864, 2,916 and 6,912 took 108, 562 and 1,801, slabs of 4,800, 12,288 and 6,144 (six cells thick) 485, 1,332 and 997:
 * all within 20 %. Iterations took 46, 165 and 797 MB for extruded cells of 6,144, 24,576 and 98,286 atoms, 86 and
 * 1,391 MB for three of the first and the last stacked, and at most 229 and 1,789 MB for general cubes of 6,144 and
 * 29,120, 402 MB for a slab of 18,432 three cells thick.
 */
final class KernelMemory {
    private static final double KILO = 1e3;
    /** The library, tables and everything else that does not grow [bytes]. */
    private static final double BASE = 15e6;
    private static final double PLANAR = 6;
    private static final double PLANAR_LOG = 3.6;
    private static final double CUBE = 14;
    private static final double SLAB_LOG = 1.2;
    /** Without that factor: pairs, their derivatives and vectors, and the factor of springs, which has a bound. */
    private static final double PLANAR_PAIRS = 3.6;
    private static final double PLANAR_SPRINGS_LOG = 0.26;
    /** Three extruded cells stacked have the springs of one. */
    private static final double STACK_PAIRS = 3.3;
    private static final double STACK_SPRINGS_LOG = 0.07;
    private static final double PAIRS = 6.5;
    private static final double CUBE_SPRINGS = 1.8;
    private static final double SLAB_SPRINGS_LOG = 0.2;
    private static final double MOST_SPRINGS = 5e9;
    /** Atoms this near to the two mirror planes of an extruded cell lie on them, as for the kernel [Å]. */
    private static final double ON_PLANE = 1e-7;

    /** Memory for which a factor is taken [bytes]: beyond it, iterations are no slower. */
    private static final double MOST_DIRECT = 2e9;

    private KernelMemory() {
    }

    /** How equations are to be solved: by a factor as long as it takes moderate memory. */
    static Solver solver(Atoms atoms, Periods periods) {
        return moderate(atoms) || bytes(atoms, periods) <= Math.min(MOST_DIRECT, machine()) ? Solver.DIRECT
                : Solver.ITERATIVE;
    }

    /** For the log: why, and how much. */
    static String reason(Atoms atoms, Periods periods) {
        boolean open = periods == Periods.AUTO && Shape.of(atoms, periods).planar;
        return String.format(Locale.ROOT, "%d atoms: equations are solved by iterations in about %.1f GB of memory; a"
                + " factor of the second derivatives would take about %.1f GB%s", atoms.count(),
                iterativeBytes(atoms, periods) / 1e9, bytes(atoms, periods) / 1e9, !open ? ""
                : String.format(Locale.ROOT, " (three cells along z, should one not be stable: %.1f GB)",
                iterativeBytes(atoms, Periods.THREE) / 1e9));
    }

    /** For the log, where a factor is taken for one cell and not for three. */
    static String threeCellReason(Atoms atoms, Periods periods) {
        Atoms one = single(atoms, periods);
        return String.format(Locale.ROOT, "%d atoms: a factor of the second derivatives takes about %.1f GB of memory;"
                + " should one cell along z not be stable, three are solved by iterations in about %.1f GB",
                one.count(), bytes(one, Periods.ONE) / 1e9, iterativeBytes(one, Periods.THREE) / 1e9);
    }

    /**
     * How three cells along z are solved where one is calculated first; they need no look at where they are few.
     *
     * @param one how that one is
     */
    static Solver threeCellSolver(Atoms atoms, Periods periods, Solver one) {
        boolean direct = one == Solver.DIRECT && (periods == Periods.ONE || periods == Periods.CERTIFIED
                || moderate(atoms)
                || bytes(single(atoms, periods), Periods.THREE) <= Math.min(MOST_DIRECT, machine()));
        return direct ? Solver.DIRECT : Solver.ITERATIVE;
    }

    /** What three cells that may follow one by iterations take, where that is more than this machine has. */
    static Optional<String> threeCellShortage(Atoms atoms, Periods periods) {
        return threeCellShortage(atoms, periods, machine());
    }

    static Optional<String> threeCellShortage(Atoms atoms, Periods periods, double have) {
        if (periods != Periods.AUTO || moderate(atoms)) {
            return Optional.empty();
        }
        Atoms one = single(atoms, periods);
        double need = iterativeBytes(one, Periods.THREE);
        return !Shape.of(one, periods).planar || need <= have ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, "should one cell along z not be stable, three follow, which"
                        + " need about %.1f GB of memory, and this machine (or container) has %.1f GB; --periods one"
                        + " stays"
                        + " with one", need / 1e9, have / 1e9));
    }

    private static Atoms single(Atoms atoms, Periods periods) {
        return !periods.startsWithOne() ? atoms : StackedCells.of(atoms, 3).map(StackedCells::one).orElse(atoms);
    }

    /** Estimate of the memory that a calculation by a factor takes at most [bytes]. */
    static double bytes(Atoms atoms, Periods periods) {
        if (periods.startsWithOne()) {
            Optional<StackedCells> stack = StackedCells.of(atoms, 3);
            if (stack.isPresent()) {
                return bytes(stack.get().one(), Periods.ONE);
            }
        }
        Shape shape = Shape.of(atoms, periods);
        if (shape.planar) {
            return BASE + KILO * shape.atoms * (PLANAR + PLANAR_LOG * log2(shape.atoms));
        }
        return BASE + KILO * shape.atoms * shape.edge * (CUBE + SLAB_LOG * log2(shape.spread));
    }

    /** Estimate of the memory that iterations take at most [bytes]; where it starts with one cell along z, of that. */
    static double iterativeBytes(Atoms atoms, Periods periods) {
        if (periods.startsWithOne()) {
            Optional<StackedCells> stack = StackedCells.of(atoms, 3);
            if (stack.isPresent()) {
                return iterativeBytes(stack.get().one(), Periods.ONE);
            }
        }
        Shape shape = Shape.of(atoms, periods);
        if (shape.planar) {
            return BASE + KILO * shape.atoms * (PLANAR_PAIRS + PLANAR_SPRINGS_LOG * log2(shape.atoms));
        }
        if (shape.stacked) {
            return BASE + KILO * shape.atoms * (STACK_PAIRS + STACK_SPRINGS_LOG * log2(shape.atoms));
        }
        double springs = KILO * shape.atoms * shape.edge * (CUBE_SPRINGS + SLAB_SPRINGS_LOG * log2(shape.spread));
        return BASE + KILO * shape.atoms * PAIRS + Math.min(springs, MOST_SPRINGS);
    }

    /**
     * What memory depends on. {@code stacked}: three cells that are extruded at first; {@code edge}: atoms along a cube
     * as thick as the cell; {@code spread}: such cubes.
     */
    private record Shape(boolean planar, boolean stacked, double atoms, double edge, double spread) {
        static Shape of(Atoms atoms, Periods periods) {
            Box box = RestrictedFrame.reduced(atoms.cell()).box();
            boolean planar = isPlanar(RestrictedFrame.reduced(atoms.cell()).enter(atoms.positions()), box);
            boolean three = planar && periods == Periods.THREE;
            double n = atoms.count();
            double[] edges = {box.lx(), box.ly(), three ? 3 * box.lz() : box.lz()};
            Arrays.sort(edges);
            double density = n / box.volume();
            // Atoms in a cube as thick as the cell, on a cube's edge, and in the square slab that lies in the cell.
            double cube = Math.max(1, density * Math.pow(edges[0], 3));
            double slab = Math.max(cube, density * edges[0] * edges[1] * edges[1]);
            return new Shape(planar && !three, three, three ? 3 * n : n, Math.cbrt(cube), slab / cube);
        }
    }

    private static boolean isPlanar(double[] positions, Box box) {
        if (Math.abs(box.xz()) > ON_PLANE || Math.abs(box.yz()) > ON_PLANE) {
            return false;
        }
        double half = box.lz() / 2;
        for (int i = 2; i < positions.length; i += 3) {
            double planes = (positions[i] - positions[2]) / half;
            if (Math.abs(planes - Math.rint(planes)) * half > ON_PLANE) {
                return false;
            }
        }
        return true;
    }

    private static double log2(double value) {
        return Math.log(Math.max(1, value)) / Math.log(2);
    }

    /** No shape takes more than a cube of three cells: most structures need no closer look. */
    private static boolean moderate(Atoms atoms) {
        double most = 3.0 * atoms.count();
        return BASE + KILO * most * CUBE * Math.cbrt(most) <= Math.min(MOST_DIRECT, machine());
    }

    /** Memory of this machine, or of the container that this process runs in [bytes]. */
    private static double machine() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? machine.getTotalMemorySize() : Double.POSITIVE_INFINITY;
    }

    /**
     * Why these atoms do not fit into this machine, or into the container that this process runs in.
     *
     * @param asked the only solver to be thought of; null: the one that takes less
     */
    static Optional<String> shortage(Atoms atoms, Periods periods, Solver asked) {
        return shortage(atoms, periods, asked, machine());
    }

    static Optional<String> shortage(Atoms atoms, Periods periods, Solver asked, double have) {
        if (asked == null && have >= MOST_DIRECT && moderate(atoms)) {
            return Optional.empty();
        }
        double direct = asked == Solver.ITERATIVE ? Double.POSITIVE_INFINITY : bytes(atoms, periods);
        double need = asked == Solver.DIRECT ? direct : Math.min(direct, iterativeBytes(atoms, periods));
        return need <= have ? Optional.empty() : Optional.of(String.format(Locale.ROOT, "%d atoms need about %.1f GB"
                + " of memory, and this machine (or container) has %.1f GB; --method lammps takes a few kB an atom,"
                + " and fewer cells along z or a smaller cell take less", atoms.count(), need / 1e9, have / 1e9));
    }
}
