// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

/** Main class under mpirun: each rank has an instance and a crystal of its own. */
final class RankProbe {
    private RankProbe() {
    }

    public static void main(String[] args) {
        int rank = Integer.parseInt(System.getenv("OMPI_COMM_WORLD_RANK"));
        try (Lammps lammps = Lammps.open()) {
            lammps.commands("units metal", "lattice fcc 4.05", "region all block 0 " + (2 + rank) + " 0 2 0 2",
                    "create_box 1 all", "create_atoms 1 box", "mass 1 27", "pair_style lj/cut 6.0",
                    "pair_coeff 1 1 0.4 2.6", "run 0");
            System.out.println("rank " + rank + ": " + lammps.atomCount() + " atoms");
        }
    }
}
