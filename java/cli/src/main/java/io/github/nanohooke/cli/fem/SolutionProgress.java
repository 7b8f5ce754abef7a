// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.fem.solve.Iteration;
import io.github.nanohooke.fem.solve.Listener;
import io.github.nanohooke.statics.StaticsProgress;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/** Tells how far a solution is, state by state and iteration by iteration, and stops it where that is asked for. */
final class SolutionProgress implements Listener {
    private final IntFunction<StaticsProgress> items;
    private final ToDoubleFunction<Increment> share;
    private double done;

    /** @param share of the item's work that is done at a state, 0 to 1 */
    SolutionProgress(StaticsProgress item, ToDoubleFunction<Increment> share) {
        this(step -> item, share);
    }

    /** @param items what hears of a step, by its number */
    SolutionProgress(IntFunction<StaticsProgress> items, ToDoubleFunction<Increment> share) {
        this.items = items;
        this.share = share;
    }

    @Override
    public boolean found(Increment state) {
        done = share.applyAsDouble(state);
        return items.apply(state.step()).report(percent(state.fraction()), done, "");
    }

    @Override
    public boolean iterated(Iteration iteration) {
        return items.apply(iteration.step()).report(String.format(Locale.ROOT, "to %s, iteration %d",
                percent(iteration.fraction()), iteration.number()), done, String.format(Locale.ROOT,
                        "unbalanced forces %.2g times what is allowed", iteration.unbalanced()));
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.4g %%", 100 * fraction);
    }
}
