// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

/** Main class that opens and closes instances until the process is told to end. */
final class BusyProbe {
    private BusyProbe() {
    }

    public static void main(String[] args) {
        Thread killer = new Thread(() -> {
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            System.exit(42);
        });
        int opened = 0;
        try {
            while (true) {
                Lammps.open().close();
                if (opened++ == 0) {
                    killer.start();
                }
            }
        } catch (IllegalStateException e) {
            System.out.println("after " + opened + ": " + e.getMessage());
        }
    }
}
