// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.jmh.statics;

import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Tables;

/** What benchmarks of statics ask for. */
public final class Timed {
    /**
     * The tensor alone, by one strain where strains make it: no comparison with smoothed tables, which only
     * {@code hessian} can make.
     */
    public static final StaticsOptions STATICS = StaticsOptions.defaults().withStrain(2e-5).withTables(Tables.SHARP);

    private Timed() {
    }
}
