// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.statics.StaticsException;

/** LAMMPS refused or failed. The instance that it happened in is closed: open another one. */
public final class LammpsException extends StaticsException {
    private final String call;
    private final String text;

    LammpsException(String call, String text) {
        super("LAMMPS: " + text + " [in: " + call + "]");
        this.call = call;
        this.text = text;
    }

    /** Memory that LAMMPS did not get says nothing of the atoms ("Failed to allocate", "Failed to reallocate"). */
    @Override
    public Fault fault() {
        return text.contains("Failed to allocate") || text.contains("Failed to reallocate") ? Fault.MACHINE
                : Fault.INPUT;
    }

    /** The command or library call that failed. */
    public String call() {
        return call;
    }

    /** LAMMPS' own words. */
    public String text() {
        return text;
    }
}
