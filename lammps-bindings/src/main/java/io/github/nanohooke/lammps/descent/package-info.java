// SPDX-License-Identifier: GPL-2.0-only
/**
 * Preconditioned descent to a minimum, whatever the function: nothing here knows LAMMPS. Public for the calculator's
 * sake, no part of the API that people import.
 */
package io.github.nanohooke.lammps.descent;
