// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.MissingLibraryException;

/** Main class of the child processes: finds LAMMPS, makes an error in it, opens it again. */
final class Probe {
    private Probe() {
    }

    public static void main(String[] args) {
        try {
            LammpsLibrary library = LammpsLibrary.load();
            System.out.println("source: " + library.source());
            System.out.println("exceptions: " + library.hasExceptions() + ", MPI: " + library.hasMpi());
            try (Lammps lammps = Lammps.open()) {
                lammps.command("no_such_command 1");
            } catch (LammpsException e) {
                System.out.println("caught: " + e.text() + " in " + e.call());
            }
            try (Lammps lammps = Lammps.open()) {
                lammps.command("units metal");
                System.out.println("again: " + lammps.version());
            }
        } catch (MissingLibraryException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }
}
