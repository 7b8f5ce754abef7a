// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.IntUnaryOperator;

/**
 * How many epochs of a training there are in all, from what those that are done have taken with their validation, their
 * line in the log and whatever else ran on the machine: as many as come to their end in the time that is left.
 */
final class Horizon implements IntUnaryOperator {
    /** For what becomes slower; of what is left, so that little is lost at the end. */
    private static final double SHARE = 0.98;
    /** Epochs in hand at the end. */
    private static final double IN_HAND = 0.5;

    private final DoubleSupplier left;
    private final int most;
    /** What was left after the set-up and after each epoch [s]. */
    private final List<Double> ends = new ArrayList<>();
    private int inAll;

    /**
     * @param left what is left for training [s]
     * @param most epochs, whatever the time
     */
    Horizon(DoubleSupplier left, int most) {
        this.left = left;
        this.most = most;
        inAll = most;
    }

    /** The set-up is done. */
    void begin() {
        ends.add(left.getAsDouble());
    }

    @Override
    public int applyAsInt(int done) {
        ends.add(left.getAsDouble());
        double more = (SHARE * ends.get(done)) / epochSeconds() - IN_HAND;
        inAll = (int) Math.min(most, done + Math.max(0, Math.floor(more)));
        return inAll;
    }

    /** What it said last. */
    int inAll() {
        return inAll;
    }

    /** What an epoch takes [s], by the later half of those that are done; not a number before the first. */
    double epochSeconds() {
        int done = ends.size() - 1;
        if (done < 1) {
            return Double.NaN;
        }
        int from = done == 1 ? 0 : Math.max(1, done / 2); // the first warms up
        return (ends.get(from) - ends.get(done)) / (done - from);
    }
}
