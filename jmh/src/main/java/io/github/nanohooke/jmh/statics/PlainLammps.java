// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.statics;

import io.github.nanohooke.lammps.Lammps;
import io.github.nanohooke.lammps.PotentialOnDisk;
import io.github.nanohooke.statics.Clock;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.RestrictedFrame;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a user's own input script does for one tensor, with nothing but LAMMPS' stock commands: {@code fix box/relax},
 * {@code minimize}, then the six displacements of LAMMPS' ELASTIC example, up and down, atoms relaxed at each.
 *
 * <p>It differs from that example where the example does not converge: strained minimisations may take as long as they
 * need (the example stops at 100 iterations), tolerances are tight, the cell may tilt ({@code tri}; {@code aniso}
 * leaves a shear stress), and relaxations with a free and with a fixed cell take turns until no stress is left: the
 * former has no well-defined objective in LAMMPS, so that a single one either stops early or goes on without end. The
 * strain is that of our own route (the example's is 1e-6): larger ones err by knots of the tabulated potential.
 */
final class PlainLammps {
    static final double STRAIN = 2e-5;
    /**
     * Residual stress that a relaxation must reach [GPa]; it is repeated, so many times at most, until it has. Ten bar
     * moves no constant by more than some 0.003 GPa, and each further decade costs dozens of repetitions.
     */
    private static final double STRESS_TOLERANCE = 1e-3;
    private static final int MAX_RELAXATIONS = 50;
    /** Iterations with a free cell before one with a fixed cell, in which the reference cell is taken anew. */
    private static final int FREE_CELL_ITERATIONS = 200;
    private static final int FIXED_CELL_ITERATIONS = 100_000;
    private static final String PRESSURE = "thermo_press";

    private final Potential potential;
    private final String forceTolerance;
    private final double strain;

    /**
     * @param forceTolerance LAMMPS' ftol, the norm over all atoms [eV/Å]
     * @param strain         of each displacement, usually {@link #STRAIN}
     */
    PlainLammps(Potential potential, double forceTolerance, double strain) {
        this.potential = potential;
        this.strain = strain;
        this.forceTolerance = String.format(Locale.ROOT, "%.1e", forceTolerance);
    }

    StaticsResult calculate(Atoms start) {
        Clock clock = new Clock();
        RestrictedFrame frame = RestrictedFrame.of(start.cell());
        try (Lammps lammps = Lammps.open()) {
            setUp(lammps, frame.box(), frame.enter(start));
            double stress = relax(lammps);
            double energy = lammps.energy();
            Box box = lammps.box();
            double[] positions = new double[3 * start.count()];
            lammps.gather("x", positions);
            double maxForce = maxForce(lammps);
            ElasticTensor tensor = ElasticTensor.of(stiffness(lammps, box, positions)).rotated(frame.returnFrom(box,
                    1));
            Outcome outcome = stress > STRESS_TOLERANCE ? Outcome.NOT_CONVERGED
                    : tensor.isPositiveDefinite() ? Outcome.STABLE : Outcome.UNSTABLE;
            String explanation = String.format(Locale.ROOT, "stress %.1e GPa, largest force %.1e eV/Å", stress,
                    maxForce);
            return new StaticsResult("plain", outcome, explanation, tensor.symmetric(), tensor.symmetryResidual(),
                    stress, maxForce, energy, 0, clock.seconds(), clock.cpuSeconds(), start.cell(),
                    start.moved(frame.leave(box, 1), frame.leave(positions, box, 1)));
        }
    }

    private void setUp(Lammps lammps, Box box, Atoms start) {
        lammps.commands("units metal", "boundary p p p", "atom_style atomic", "atom_modify map array", "box tilt large",
                "region cell prism 0 " + box.lx() + " 0 " + box.ly() + " 0 " + box.lz() + " 0 0 0 units box",
                "create_box 1 cell");
        int[] types = new int[start.count()];
        Arrays.fill(types, 1);
        lammps.createAtoms(types, start.positions());
        lammps.command("pair_style " + potential.pairStyle());
        try (PotentialOnDisk onDisk = PotentialOnDisk.of(potential)) {
            lammps.command("pair_coeff " + onDisk.pairCoeff(potential, start.elements()));
        }
        lammps.commands("neighbor 1.0 bin", "neigh_modify once no every 1 delay 0 check yes",
                "min_style cg", "min_modify dmax 0.01 line quadratic",
                "thermo_style custom step pe press pxx pyy pzz pxy pxz pyz", "thermo 0", "thermo_modify norm no");
    }

    /** Until no stress is left, as far as repetition helps; the largest stress component that remains [GPa]. */
    private double relax(Lammps lammps) {
        double stress = Double.POSITIVE_INFINITY;
        for (int k = 0; k < MAX_RELAXATIONS && stress > STRESS_TOLERANCE; k++) {
            lammps.command("fix relax all box/relax tri 0.0 vmax 0.001");
            minimise(lammps, FREE_CELL_ITERATIONS);
            lammps.command("unfix relax");
            minimise(lammps, FIXED_CELL_ITERATIONS);
            stress = largest(lammps.stress(PRESSURE));
        }
        return stress;
    }

    private void minimise(Lammps lammps, int iterations) {
        lammps.command("minimize 0.0 " + forceTolerance + " " + iterations + " " + 10 * iterations);
    }

    private double[][] stiffness(Lammps lammps, Box box, double[] positions) {
        double[][] stiffness = new double[6][6];
        for (int j = 0; j < 6; j++) {
            double[] down = displaced(lammps, box, positions, j, -strain);
            double[] up = displaced(lammps, box, positions, j, strain);
            for (int i = 0; i < 6; i++) {
                stiffness[i][j] = (up[i] - down[i]) / (2 * strain);
            }
        }
        return stiffness;
    }

    /** The example's displace.mod, for one sign: the stresses [GPa] under a strain in Voigt direction j. */
    private double[] displaced(Lammps lammps, Box box, double[] positions, int j, double signed) {
        lammps.setBox(box);
        lammps.scatter("x", positions);
        lammps.command("change_box all " + String.join(" ", change(box, j, signed)) + " remap units box");
        minimise(lammps, FIXED_CELL_ITERATIONS);
        return lammps.stress(PRESSURE);
    }

    private static List<String> change(Box box, int j, double strain) {
        List<String> words = new ArrayList<>();
        switch (j) {
            case 0 -> {
                words.add("x delta 0 " + strain * box.lx());
                words.add("xy delta " + strain * box.xy());
                words.add("xz delta " + strain * box.xz());
            }
            case 1 -> {
                words.add("y delta 0 " + strain * box.ly());
                words.add("yz delta " + strain * box.yz());
            }
            case 2 -> words.add("z delta 0 " + strain * box.lz());
            case 3 -> words.add("yz delta " + strain * box.lz());
            case 4 -> words.add("xz delta " + strain * box.lz());
            default -> words.add("xy delta " + strain * box.ly());
        }
        return words;
    }

    private static double maxForce(Lammps lammps) {
        double[] forces = new double[3 * lammps.atomCount()];
        lammps.gather("f", forces);
        return largest(forces);
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
