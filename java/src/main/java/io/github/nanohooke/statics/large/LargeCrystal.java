// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.large;

import static io.github.nanohooke.natives.global.nanohooke.NH_CANCELLED;
import static io.github.nanohooke.natives.global.nanohooke.NH_OK;
import static io.github.nanohooke.natives.global.nanohooke.nh_eam_create;
import static io.github.nanohooke.natives.global.nanohooke.nh_eam_free;
import static io.github.nanohooke.natives.global.nanohooke.nh_large_carry;
import static io.github.nanohooke.natives.global.nanohooke.nh_large_create;
import static io.github.nanohooke.natives.global.nanohooke.nh_large_energy;
import static io.github.nanohooke.natives.global.nanohooke.nh_large_facts_of;
import static io.github.nanohooke.natives.global.nanohooke.nh_large_free;
import static io.github.nanohooke.natives.global.nanohooke.nh_large_get_positions;
import static io.github.nanohooke.natives.global.nanohooke.nh_large_hold;
import static io.github.nanohooke.natives.global.nanohooke.nh_large_memory;
import static io.github.nanohooke.natives.global.nanohooke.nh_large_relax;
import static io.github.nanohooke.natives.global.nanohooke.nh_large_set_positions;
import static io.github.nanohooke.natives.global.nanohooke.nh_large_stack_memory;
import static io.github.nanohooke.natives.global.nanohooke.nh_last_error;

import com.sun.management.OperatingSystemMXBean;
import io.github.nanohooke.EnvironmentFaultException;
import io.github.nanohooke.natives.nh_eam;
import io.github.nanohooke.natives.nh_large;
import io.github.nanohooke.natives.nh_large_facts;
import io.github.nanohooke.natives.nh_large_options;
import io.github.nanohooke.natives.nh_large_result;
import io.github.nanohooke.natives.nh_large_target;
import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.hessian.NativeKernels;
import io.github.nanohooke.statics.potential.EamFunctions;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.statics.potential.PotentialException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.CancellationException;

/**
 * Up to some millions of atoms of one element on the two mirror planes of an extruded crystal, of which some are held.
 * Energy and forces are those of LAMMPS' embedded-atom styles; a relaxation is L-BFGS in the metric of a network of
 * springs between nearest neighbours, which is factorised once for what is held. For one thread at a time.
 *
 * <p>Positions, displacements and forces are x1 y1 z1 x2 y2 z2 ... in Å and eV/Å; nothing moves along z,
 * but in stacks of several periods ({@link LargeOptions#periods()}), where every atom is free to go anywhere.
 */
public final class LargeCrystal implements AutoCloseable {
    /** Bits of a {@link #hold}: the atom's x, its y, both; and that its force counts as reaction. */
    public static final byte HOLD_X = 1;
    public static final byte HOLD_Y = 2;
    public static final byte HOLD = 3;
    public static final byte REACTION = 4;

    private final int count;
    private nh_eam eam;
    private nh_large handle;

    /**
     * Makes it, and the springs at these positions.
     *
     * @throws io.github.nanohooke.MissingLibraryException when there is no native library
     * @throws PotentialException        when the potential is no embedded-atom file, or lacks the element
     * @throws StaticsException          when the atoms do not lie on two mirror planes
     * @throws EnvironmentFaultException when the machine has too little memory, said before anything is allocated
     */
    public LargeCrystal(Potential potential, String element, double[] positions, LargeOptions options) {
        NativeKernels.require();
        count = positions.length / 3;
        requireMemory(count, options.periods());
        EamFunctions functions = functions(potential, element);
        eam = new nh_eam();
        check(nh_eam_create(functions.embedding().length, functions.densitySpacing(), functions.embedding(),
                functions.density().length, functions.distanceSpacing(), functions.density(), functions.product(),
                functions.cutoff(), functions.mass(), eam));
        try (nh_large_options wish = new nh_large_options()) {
            wish.period(options.period());
            wish.spring_reach(0);
            wish.spring_stiffness(0);
            wish.threads(options.threads());
            wish.periods(options.periods());
            for (int k = 0; k < 3; k++) {
                wish.plane(k, options.plane()[k]);
            }
            for (int k = 0; k < 2; k++) {
                wish.cut_origin(k, options.cutOrigin()[k]);
                wish.cut_period(k, options.cutPeriod()[k]);
            }
            nh_large made = new nh_large();
            check(nh_large_create(eam, count, positions, wish, made));
            handle = made;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static EamFunctions functions(Potential potential, String element) {
        if (potential.eam().isEmpty()) {
            throw new PotentialException("large crystals need an embedded-atom file (eam, eam/alloy, eam/fs), not pair "
                    + "style " + potential.pairStyle());
        }
        if (!potential.eam().get().elements().contains(element)) {
            throw new PotentialException("potential " + potential + " has no element " + element);
        }
        EamFunctions functions = potential.eam().get().of(element);
        functions.objection().ifPresent(reason -> {
            throw new PotentialException("large crystals cannot be calculated with this potential: " + reason);
        });
        return functions;
    }

    /** An upper estimate of the memory that so many atoms of one period take [bytes]. */
    public static double memory(int atoms) {
        return memory(atoms, 1);
    }

    /** The same of atoms in several periods. */
    public static double memory(int atoms, int periods) {
        NativeKernels.require();
        return periods > 1 ? nh_large_stack_memory(atoms) : nh_large_memory(atoms);
    }

    static void requireMemory(int atoms, int periods) {
        double need = memory(atoms, periods);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                && need > machine.getTotalMemorySize()) {
            throw new EnvironmentFaultException(String.format(Locale.ROOT, "%d atoms need about %.1f GB of memory, and "
                    + "this machine (or container) has %.1f GB; take fewer atoms", atoms, need / 1e9,
                    machine.getTotalMemorySize() / 1e9));
        }
    }

    public int count() {
        return count;
    }

    /**
     * Says what is held, and factorises the springs for it.
     *
     * @param held one number an atom, of the bits above
     */
    public void hold(byte[] held) {
        requireLength(held.length, count);
        check(nh_large_hold(open(), held));
    }

    /** Where the atoms are. */
    public double[] positions() {
        double[] positions = new double[3 * count];
        check(nh_large_get_positions(open(), positions));
        return positions;
    }

    /** Puts the atoms elsewhere; z is read of stacks alone. */
    public void positions(double[] positions) {
        requireLength(positions.length, 3 * count);
        check(nh_large_set_positions(open(), positions));
    }

    /** Moves the held atoms by their displacement; the others follow as springs would, whatever is given for them. */
    public void carry(double[] displacement) {
        requireLength(displacement.length, 3 * count);
        check(nh_large_carry(open(), displacement));
    }

    /** Energy where the atoms are [eV]. */
    public double energy() {
        double[] energy = new double[1];
        check(nh_large_energy(open(), energy, null));
        return energy[0];
    }

    /** Forces where the atoms are, of held ones too. */
    public double[] forces() {
        double[] forces = new double[3 * count];
        check(nh_large_energy(open(), new double[1], forces));
        return forces;
    }

    /**
     * Moves the free atoms to the minimum; that it was not reached is told by the result.
     *
     * @throws CancellationException when the listener said so; the atoms are where they were in the last iteration
     */
    public LargeRelaxation relax(LargeTarget target, LargeProgress progress) {
        try (nh_large_target wish = new nh_large_target();
                nh_large_result answer = new nh_large_result();
                NativeProgress listener = new NativeProgress(progress)) {
            wish.residual(target.residual());
            wish.balance(target.balance());
            wish.axis(0, 0);
            wish.axis(1, 1);
            wish.most_iterations(target.mostIterations());
            int status = nh_large_relax(open(), wish, listener, null, answer);
            listener.rethrow();
            if (status == NH_CANCELLED) {
                throw new CancellationException("the calculation was stopped");
            }
            check(status);
            return new LargeRelaxation(answer.converged() != 0, answer.iterations(), answer.evaluations(),
                    answer.residual(), answer.imbalance(), answer.largest(), answer.energy());
        }
    }

    /** What it has cost so far. */
    public LargeFacts facts() {
        try (nh_large_facts facts = new nh_large_facts()) {
            check(nh_large_facts_of(open(), facts));
            return new LargeFacts(facts.threads(), facts.spring_stiffness(), facts.factor_entries(),
                    facts.kept_entries(), facts.evaluations(), facts.seconds_forces(), facts.seconds_solve(),
                    facts.seconds_springs());
        }
    }

    @Override
    public void close() {
        if (handle != null) {
            nh_large_free(handle);
            handle = null;
        }
        if (eam != null) {
            nh_eam_free(eam);
            eam = null;
        }
    }

    private nh_large open() {
        if (handle == null) {
            throw new IllegalStateException("this crystal is closed");
        }
        return handle;
    }

    private static void requireLength(int length, int wanted) {
        if (length != wanted) {
            throw new IllegalArgumentException(wanted + " numbers are needed, got " + length);
        }
    }

    private static void check(int status) {
        if (status != NH_OK) {
            throw NativeKernels.failure(status, "large crystal: " + nh_last_error().getString());
        }
    }
}
