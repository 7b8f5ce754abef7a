/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The elastic tensor of aluminium with a pore, by molecular statics:
 *
 *   cc statics.c $(pkg-config --cflags --libs nanohooke_c) -o statics
 *   ./statics $(pkg-config --variable=models nanohooke_c)/Al99.eam.alloy
 */
#include <stdio.h>

#include "nanohooke_c.h"

enum { CELLS = 6 };

int main(int count, char **arguments) {
    const double a = 4.05, basis[4][3] = {{0, 0, 0}, {0.5, 0.5, 0}, {0.5, 0, 0.5}, {0, 0.5, 0.5}};
    const double cell[9] = {CELLS * a, 0, 0, 0, CELLS * a, 0, 0, 0, a};
    static double positions[4 * CELLS * CELLS][3];
    int atoms = 0;
    nanohooke_potential *potential;
    nanohooke_statics_result result;
    if (count != 2) {
        fprintf(stderr, "usage: %s POTENTIAL.eam.alloy\n", arguments[0]);
        return 2;
    }
    for (int i = 0; i < CELLS; ++i)
        for (int j = 0; j < CELLS; ++j)
            for (int b = 0; b < 4; ++b) {
                const double x = (i + basis[b][0]) * a, y = (j + basis[b][1]) * a, z = basis[b][2] * a;
                const double dx = x - cell[0] / 2, dy = y - cell[4] / 2;
                if (dx * dx + dy * dy < 25) continue; /* a pore of 5 Angstrom radius */
                positions[atoms][0] = x;
                positions[atoms][1] = y;
                positions[atoms][2] = z;
                ++atoms;
            }
    if (nanohooke_potential_open(arguments[1], "Al", &potential) != NANOHOOKE_OK ||
        nanohooke_statics(potential, atoms, &positions[0][0], cell, NULL, &result, NULL) != NANOHOOKE_OK) {
        fprintf(stderr, "nanohooke: %s\n", nanohooke_last_error());
        return 1;
    }
    nanohooke_potential_close(potential);
    if (result.outcome != NANOHOOKE_STABLE) {
        fprintf(stderr, "no stable minimum: outcome %d\n", (int)result.outcome);
        return 4;
    }
    printf("%d atoms, %.2f s, GPa: C11 %.4f C12 %.4f C33 %.4f C44 %.4f C66 %.4f\n", (int)result.atoms, result.seconds,
           result.tensor[0], result.tensor[1], result.tensor[14], result.tensor[21], result.tensor[35]);
    return 0;
}
