// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.fem;

import io.github.nanohooke.fem.beam.atoms.AtomBeam;
import io.github.nanohooke.jmh.harness.ForkFlags;
import io.github.nanohooke.lammps.Lammps;
import io.github.nanohooke.lammps.PotentialOnDisk;
import io.github.nanohooke.statics.large.LargeCrystal;
import io.github.nanohooke.statics.large.LargeOptions;
import io.github.nanohooke.statics.potential.Potential;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Timeout;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Energy and forces of all atoms of the beam of Fig. 7, on one core: the kernel of {@code beam --atoms} and LAMMPS,
 * each with its lists of neighbours made before. LAMMPS is asked for the beam's one period along z, and for three,
 * whose time is told per period: with one it has seven images of every atom to look after. Before anything is measured
 * LAMMPS' energy and forces are compared with the kernel's.
 *
 * <pre>nanohooke bench ForceBenchmark -p cells=100,200,400</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Timeout(time = 10, timeUnit = TimeUnit.MINUTES)
@Fork(value = 1, jvmArgsAppend = {ForkFlags.NATIVE_ACCESS, ForkFlags.NO_MEMORY_GUARD, ForkFlags.SERIAL_COLLECTOR,
        ForkFlags.WARNINGS_ONLY})
public class ForceBenchmark {
    private static final int MANY = 3;
    /** Length over height. */
    private static final int ACROSS = 5;
    /** Evaluations a call, so that what one of LAMMPS' runs costs besides forces does not count. */
    private static final int EVALUATIONS = 12;
    /** Å beside the beam, and Å that atoms are away from their sites. */
    private static final double ROOM = 50;
    private static final double DISORDER = 0.05;
    /** Of LAMMPS' lists [Å]; less than its default of 2, which would be for atoms that move. */
    private static final String SKIN = "0.5";
    private static final double SAME = 1e-9;

    /** Lattice cells along the beam; a fifth of it across. */
    @Param({"100"})
    public int cells;

    /** The kernel, or LAMMPS with so many periods along z. */
    @Param({"kernel", "lammps-1", "lammps-3"})
    public String engine;

    private AtomBeam beam;
    private LargeCrystal crystal;
    private double[][] places;
    private PotentialOnDisk file;
    private Lammps lammps;
    private int periods;

    /** Makes both and compares what they say. */
    @Setup
    public void open() {
        beam = AtomBeam.of(cells);
        double[] sites = beam.sites();
        places = new double[][] {disordered(sites, 0), disordered(sites, 1)};
        crystal = new LargeCrystal(Potential.mishin1999(), beam.lattice().element(), sites,
                LargeOptions.free(beam.lattice().constant(), 1));
        crystal.positions(places[0]);
        file = PotentialOnDisk.of(Potential.mishin1999());
        periods = "lammps-3".equals(engine) ? MANY : 1;
        lammps = lammps();
        check();
    }

    /** In the plane alone, as the mirror planes ask for, by a rule that needs no generator. */
    private static double[] disordered(double[] sites, int phase) {
        double[] x = sites.clone();
        for (int k = 0; k < x.length; k++) {
            if (k % 3 < 2) {
                x[k] += DISORDER * Math.sin(1.7 * k + phase * 1e-3);
            }
        }
        return x;
    }

    private Lammps lammps() {
        double a = beam.lattice().constant();
        int n = beam.atoms();
        double[] x = new double[3 * n * periods];
        for (int k = 0; k < x.length; k++) {
            x[k] = places[0][k % (3 * n)] + (k % 3 == 2 ? k / (3 * n) * a : 0);
        }
        int[] types = new int[n * periods];
        Arrays.fill(types, 1);
        Lammps lammps = Lammps.open();
        lammps.commands("units metal", "atom_modify map array", "boundary s s p", "neighbor " + SKIN + " bin",
                String.format(Locale.ROOT, "region all block %s %s %s %s 0 %s units box", -ROOM,
                        cells * a + ROOM, -ROOM, cells / ACROSS * a + ROOM, periods * a),
                "create_box 1 all", "mass 1 26.98");
        lammps.createAtoms(types, x);
        lammps.commands("pair_style eam/alloy", "pair_coeff " + file.pairCoeff(Potential.mishin1999(),
                List.of(beam.lattice().element())), "thermo 1000000", "run 0");
        return lammps;
    }

    private void check() {
        double energy = lammps.energy() / periods;
        double[] f = new double[3 * beam.atoms() * periods];
        lammps.gather("f", f);
        double[] ours = crystal.forces();
        double off = 0;
        double largest = 0;
        for (int k = 0; k < ours.length; k++) {
            off = Math.max(off, Math.abs(ours[k] - f[k]));
            largest = Math.max(largest, Math.abs(f[k]));
        }
        if (Math.abs(energy - crystal.energy()) > SAME * Math.abs(energy) || off > 1e-7 * largest) {
            throw new IllegalStateException(String.format(Locale.ROOT, "LAMMPS with %d periods finds %.9f eV, the "
                    + "kernel %.9f; forces differ by %.2e of %.2e eV/Å", periods, energy, crystal.energy(), off,
                    largest));
        }
    }

    /** One evaluation of one period; the kernel's places change each time, so that nothing can be kept. */
    @Benchmark
    @OperationsPerInvocation(EVALUATIONS)
    public double forces() {
        if (engine.startsWith("lammps")) {
            lammps.command("run " + EVALUATIONS / periods + " pre no post no");
            return lammps.energy();
        }
        double sum = 0;
        for (int k = 0; k < EVALUATIONS; k++) {
            crystal.positions(places[k % 2]);
            sum += crystal.forces()[0];
        }
        return sum;
    }

    /** Says how many atoms it was, and frees all. */
    @TearDown
    public void close() {
        System.out.printf(Locale.ROOT, "%n# %d atoms a period%n", beam.atoms());
        crystal.close();
        lammps.close();
        file.close();
    }
}
