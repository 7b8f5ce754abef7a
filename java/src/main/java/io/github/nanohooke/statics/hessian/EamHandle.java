// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import static io.github.nanohooke.natives.global.nanohooke.NH_OK;
import static io.github.nanohooke.natives.global.nanohooke.nh_eam_create;
import static io.github.nanohooke.natives.global.nanohooke.nh_eam_free;
import static io.github.nanohooke.natives.global.nanohooke.nh_last_error;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.natives.nh_eam;
import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.potential.EamFunctions;
import io.github.nanohooke.statics.potential.EamTables;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.statics.potential.PotentialException;
import io.github.nanohooke.structure.Atoms;
import java.util.Optional;

/** An embedded-atom potential of one element in the native library, for the kernels that take it. */
public final class EamHandle implements AutoCloseable {
    private final nh_eam eam;
    private boolean closed;

    private EamHandle(nh_eam eam) {
        this.eam = eam;
    }

    /**
     * The potential of these atoms' one element.
     *
     * @throws MissingLibraryException when the native library could not be loaded
     * @throws PotentialException      when the potential is none that the kernels know, or not one of these atoms
     */
    public static EamHandle of(Potential potential, Atoms atoms) {
        NativeKernels.require();
        potential.requireElements(atoms.elements());
        refusal(atoms, potential).ifPresent(reason -> {
            throw new PotentialException("the method hessian cannot calculate this: " + reason
                    + "; use --method lammps");
        });
        EamFunctions functions = potential.eam().orElseThrow().of(atoms.elements().get(0));
        nh_eam loaded = new nh_eam();
        check(nh_eam_create(functions.embedding().length, functions.densitySpacing(), functions.embedding(),
                functions.density().length, functions.distanceSpacing(), functions.density(), functions.product(),
                functions.cutoff(), functions.mass(), loaded));
        return new EamHandle(loaded);
    }

    /**
     * Why second derivatives cannot be had of these atoms; an element that a file lacks is for the potential to tell.
     */
    static Optional<String> refusal(Atoms atoms, Potential potential) {
        if (potential.eam().isEmpty()) {
            return Optional.of("it knows embedded-atom files (eam, eam/alloy, eam/fs), not pair style "
                    + potential.pairStyle());
        }
        if (atoms.elements().size() != 1) {
            return Optional.of("it is for one element, not for " + atoms.elements());
        }
        String element = atoms.elements().get(0);
        EamTables tables = potential.eam().get();
        return tables.elements().contains(element) ? tables.of(element).objection() : Optional.empty();
    }

    /** The handle; what is made of it stays valid without it. */
    public nh_eam get() {
        if (closed) {
            throw new IllegalStateException("this potential is closed");
        }
        return eam;
    }

    /**
     * Turns a native status into an exception.
     *
     * @throws StaticsException or the exception of an environment at fault, with the library's own words
     */
    public static void check(int status) {
        if (status != NH_OK) {
            throw NativeKernels.failure(status, HessianElasticCalculator.METHOD + ": "
                    + nh_last_error().getString());
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            nh_eam_free(eam);
        }
    }
}
