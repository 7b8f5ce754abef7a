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
 * all within 20 %.
 */
final class KernelMemory {
    private static final double KILO = 1e3;
    /** The library, tables and everything else that does not grow [bytes]. */
    private static final double BASE = 15e6;
    private static final double PLANAR = 6;
    private static final double PLANAR_LOG = 3.6;
    private static final double CUBE = 14;
    private static final double SLAB_LOG = 1.2;
    /** Atoms this near to the two mirror planes of an extruded cell lie on them, as for the kernel [Å]. */
    private static final double ON_PLANE = 1e-7;

    private KernelMemory() {
    }

    /** Estimate of the memory that a calculation takes at most [bytes]. */
    static double bytes(Atoms atoms, Periods periods) {
        if (periods == Periods.AUTO) {
            Optional<StackedCells> stack = StackedCells.of(atoms, 3);
            if (stack.isPresent()) {
                return bytes(stack.get().one(), Periods.ONE);
            }
        }
        Box box = RestrictedFrame.reduced(atoms.cell()).box();
        boolean planar = isPlanar(RestrictedFrame.reduced(atoms.cell()).enter(atoms.positions()), box);
        double[] edges = {box.lx(), box.ly(), box.lz()};
        double n = atoms.count();
        if (planar && periods == Periods.THREE) {
            edges[2] *= 3;
            n *= 3;
        } else if (planar) {
            return BASE + KILO * n * (PLANAR + PLANAR_LOG * log2(n));
        }
        Arrays.sort(edges);
        double density = n / box.volume() / (planar && periods == Periods.THREE ? 3 : 1);
        // Atoms in a cube as thick as the cell, on a cube's edge, and in the square slab that lies in the cell.
        double cube = Math.max(1, density * Math.pow(edges[0], 3));
        double slab = Math.max(cube, density * edges[0] * edges[1] * edges[1]);
        double edge = Math.cbrt(cube);
        return BASE + KILO * n * (CUBE * edge + SLAB_LOG * edge * log2(slab / cube));
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

    /** Why these atoms do not fit into this machine, or into the container that this process runs in. */
    static Optional<String> shortage(Atoms atoms, Periods periods) {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? shortage(atoms, periods, machine.getTotalMemorySize()) : Optional.empty();
    }

    static Optional<String> shortage(Atoms atoms, Periods periods, double have) {
        // No shape takes more than a cube of three cells: most structures need no closer look.
        double most = 3.0 * atoms.count();
        if (BASE + KILO * most * CUBE * Math.cbrt(most) <= have) {
            return Optional.empty();
        }
        double need = bytes(atoms, periods);
        return need <= have ? Optional.empty() : Optional.of(String.format(Locale.ROOT, "its second derivatives of %d"
                + " atoms need about %.1f GB of memory, and this machine (or container) has %.1f GB; --method lammps"
                + " takes a few kB an atom, and fewer cells along z or a smaller cell take less", atoms.count(),
                need / 1e9, have / 1e9));
    }
}
