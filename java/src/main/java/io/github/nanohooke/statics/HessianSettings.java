// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import static io.github.nanohooke.natives.global.nanohooke.NH_CELLS_AUTO;
import static io.github.nanohooke.natives.global.nanohooke.NH_CELLS_ONE;
import static io.github.nanohooke.natives.global.nanohooke.NH_CELLS_THREE;
import static io.github.nanohooke.natives.global.nanohooke.nh_statics_defaults;

import io.github.nanohooke.natives.nh_statics_options;

/**
 * What only the Hessian route can be asked for.
 *
 * @param cells       what to do where the one-cell period along z is not the whole answer
 * @param dropIslands whether atoms that are not connected to the percolating solid are removed first
 */
public record HessianSettings(Cells cells, boolean dropIslands) {

    /** Periods along z of a structure that is given with one cell. */
    public enum Cells {
        /** Three cells where the k_z = 1/3 certificate fails. */
        AUTO,
        /** The given cell whatever the certificate says; it is still reported. */
        ONE,
        /** Always three cells. */
        THREE
    }

    public static HessianSettings defaults() {
        return new HessianSettings(Cells.AUTO, false);
    }

    nh_statics_options toNative(StaticsOptions options) {
        nh_statics_options request = new nh_statics_options();
        nh_statics_defaults(request);
        request.force_tolerance(options.forceTolerance());
        request.stress_tolerance(options.stressTolerance());
        request.seed(options.seed());
        request.cells(switch (cells) {
            case AUTO -> NH_CELLS_AUTO;
            case ONE -> NH_CELLS_ONE;
            case THREE -> NH_CELLS_THREE;
        });
        request.drop_islands(dropIslands ? 1 : 0);
        return request;
    }
}
