// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Minimiser;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.statics.potential.PotentialException;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.Elements;
import io.github.nanohooke.structure.RestrictedFrame;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** One structure in one instance of LAMMPS, which relaxes it in whatever cell is asked for. */
final class LammpsSession implements StressOracle, AutoCloseable {
    /** Neighbour skin [Å]: minimisation moves atoms little, and a thin skin means fewer pairs per evaluation. */
    private static final double SKIN = 1.0;
    /** Time step of FIRE [ps]; larger ones need three to four times the evaluations. */
    private static final double FIRE_STEP = 0.002;
    private static final int MAX_ROUNDS = 6;
    private static final String VIRIAL = "nanohooke_virial";

    private final Lammps lammps;
    private final StaticsOptions options;
    /** The cell for which LAMMPS is set up to evaluate forces again at once; null when it is not. */
    private Box ready;
    /** By how many cell vectors each atom was wrapped since its place was last given: LAMMPS' place is less by them. */
    private int[] images;

    LammpsSession(Lammps lammps, Atoms atoms, StaticsOptions options, BooleanSupplier keepGoing) {
        this.lammps = lammps;
        this.options = options;
        try {
            setUp(atoms, keepGoing);
        } catch (RuntimeException | Error e) {
            // Nobody else owns the instance yet, and a process holds one.
            lammps.close();
            throw e;
        }
    }

    private void setUp(Atoms atoms, BooleanSupplier keepGoing) {
        Box box = RestrictedFrame.of(atoms.cell()).box();
        lammps.commands("units metal", "atom_style atomic", "atom_modify map array", "boundary p p p", "box tilt large",
                "region cell prism 0 " + box.lx() + " 0 " + box.ly() + " 0 " + box.lz() + " " + box.xy() + " "
                        + box.xz() + " " + box.yz() + " units box",
                "create_box " + atoms.elements().size() + " cell");
        int[] types = atoms.types();
        for (int i = 0; i < types.length; i++) {
            types[i]++;
        }
        lammps.createAtoms(types, atoms.positions());
        givePotential(options.potential(), atoms.elements());
        lammps.commands("neighbor " + SKIN + " bin", "neigh_modify delay 0 every 1 check yes",
                "compute " + VIRIAL + " all pressure NULL virial",
                "thermo_style custom step pe c_" + VIRIAL + "[1]",
                "thermo 0", "timestep " + FIRE_STEP, "min_modify norm inf");
        lammps.watchEvaluations(keepGoing);
    }

    private void givePotential(Potential potential, List<String> elements) {
        if (lammps.library().packages().contains("OPT")) {
            lammps.command("suffix opt");
        }
        choose(lammps, potential, "pair_style " + potential.pairStyle());
        if (potential.file().isPresent()) {
            try (PotentialOnDisk onDisk = PotentialOnDisk.of(potential)) {
                choose(lammps, potential, "pair_coeff " + onDisk.pairCoeff(potential, elements));
            }
        }
        for (int i = 0; i < elements.size(); i++) {
            String element = elements.get(i);
            lammps.command("mass " + (i + 1) + " " + potential.eam()
                    .map(tables -> tables.masses().get(tables.elements().indexOf(element)))
                    .orElseGet(() -> Elements.mass(element)));
        }
        for (String line : potential.pairCoeffs()) {
            choose(lammps, potential, "pair_coeff " + line);
        }
    }

    /** A command that fails because of the potential is the fault of who gave it, not of the calculation. */
    private static void choose(Lammps lammps, Potential potential, String command) {
        try {
            lammps.command(command);
        } catch (LammpsException e) {
            throw new PotentialException("LAMMPS refuses the potential " + potential.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public State evaluate(Box box, double[] positions) {
        if (box.equals(ready)) {
            // Without the setup that a changed cell needs: a third of the time. Nothing moves atoms in the one step,
            // and neighbour lists are renewed when they have moved far enough.
            double[] inside = positions.clone();
            PeriodicWrap.shift(inside, images, -1, box);
            lammps.scatter("x", inside);
            run("run 1 pre no post no");
        } else {
            place(box, positions);
            run("run 0 post no");
            ready = box;
        }
        return state(box);
    }

    @Override
    public State relax(Box box, double[] positions, double forceTolerance) {
        place(box, positions);
        ready = null;
        // CG ends early where energy differences drown in round-off ("linesearch alpha is zero"); FIRE knows only
        // forces and goes on from there.
        boolean fire = options.minimiser() == Minimiser.FIRE;
        double last = Double.POSITIVE_INFINITY;
        double maxForce = last;
        int round = 0;
        do {
            minimise(fire ? "fire" : "cg", forceTolerance);
            maxForce = maxForce();
            boolean alone = options.minimiser() == Minimiser.CG || options.minimiser() == Minimiser.FIRE;
            if (maxForce <= forceTolerance || alone && maxForce > 0.9 * last) {
                break;
            }
            last = maxForce;
            fire = options.minimiser() != Minimiser.CG;
            round++;
        } while (round < MAX_ROUNDS && !exhausted());
        return state(box);
    }

    private void minimise(String style, double forceTolerance) {
        long left = Math.max(1, options.maxEvaluations() - evaluations());
        lammps.command("min_style " + style);
        run("minimize 0.0 " + forceTolerance + " " + left + " " + left);
    }

    private void run(String command) {
        lammps.command(command);
        if (lammps.stopped()) {
            throw new CancellationException("stopped on request after " + evaluations() + " force evaluations");
        }
    }

    private void place(Box box, double[] positions) {
        lammps.setBox(box);
        lammps.scatter("x", positions);
        lammps.resetImages();
    }

    private double maxForce() {
        double max = 0;
        for (double f : forces()) {
            max = Math.max(max, Math.abs(f));
        }
        return max;
    }

    private double[] forces() {
        double[] forces = new double[3 * lammps.atomCount()];
        lammps.gather("f", forces);
        return forces;
    }

    private State state(Box box) {
        double[] x = new double[3 * lammps.atomCount()];
        lammps.gather("x", x);
        images = lammps.gatherImages();
        PeriodicWrap.shift(x, images, 1, box);
        return new State(box, x, forces(), lammps.stress(VIRIAL), lammps.energy());
    }

    @Override
    public long evaluations() {
        return lammps.evaluations();
    }

    @Override
    public boolean exhausted() {
        return evaluations() >= options.maxEvaluations();
    }

    @Override
    public void close() {
        lammps.close();
    }
}
