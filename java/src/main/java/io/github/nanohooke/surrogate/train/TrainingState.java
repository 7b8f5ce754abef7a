// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import io.github.nanohooke.surrogate.SurrogateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a run stands, apart from parameters and optimiser. No random state is part of it: the order of an epoch and the
 * augmentation of a sample follow from the seed and their numbers alone.
 *
 * @param epoch       epochs completed
 * @param batch       batches done of the epoch that is under way
 * @param step        steps taken since the run's beginning
 * @param squaredSum  sum of squared errors of the epoch that is under way, in the head's units
 * @param bestEpoch   epoch with the lowest mean of what is minimised on the validation part, 0 before the first
 * @param bestRmse    its RMSE there [GPa]; 0 before the first epoch
 * @param stopped     whether early stopping has ended the run
 * @param history     one record for every completed epoch
 */
record TrainingState(int epoch, int batch, long step, double squaredSum, int bestEpoch, double bestRmse,
        boolean stopped, List<EpochRecord> history) {

    TrainingState {
        history = List.copyOf(history);
    }

    static TrainingState start() {
        return new TrainingState(0, 0, 0, 0, 0, 0, false, List.of());
    }

    Optional<EpochRecord> best() {
        return bestEpoch == 0 ? Optional.empty() : Optional.of(history.get(bestEpoch - 1));
    }

    /** @throws SurrogateException when its numbers contradict each other, as those of a damaged file may */
    void requireConsistent() {
        if (batch < 0 || step < 0 || !Double.isFinite(squaredSum) || !Double.isFinite(bestRmse)) {
            throw new SurrogateException("it has done " + batch + " batches and " + step + " steps, with squared errors"
                    + " of " + squaredSum + " and a lowest RMSE of " + bestRmse + " GPa");
        }
        if (history.size() != epoch) {
            throw new SurrogateException("it is after epoch " + epoch + ", but tells of " + history.size());
        }
        int last = 0;
        for (int i = 0; i < epoch; i++) {
            EpochRecord record = history.get(i);
            record.requireComplete(i + 1);
            last = record.best() ? i + 1 : last;
        }
        if (bestEpoch != last || last == 0 && epoch > 0) {
            throw new SurrogateException("its best epoch is " + bestEpoch + ", but the last that says so " + last);
        }
    }

    /**
     * @param epochs        of the whole run
     * @param stepsPerEpoch of the run
     * @throws SurrogateException when the run is never there
     */
    void requireWithin(int epochs, int stepsPerEpoch) {
        if (epoch > epochs || batch > stepsPerEpoch || step != (long) epoch * stepsPerEpoch + batch) {
            throw new SurrogateException("it is after epoch " + epoch + ", " + batch + " batches and " + step
                    + " steps in all, of a run of " + epochs + " epochs with " + stepsPerEpoch + " steps each");
        }
    }

    /** After one more batch of the epoch under way. */
    TrainingState batchDone(double squaredErrors) {
        return new TrainingState(epoch, batch + 1, step + 1, squaredSum + squaredErrors, bestEpoch, bestRmse, stopped,
                history);
    }

    /** After the last batch of an epoch and its validation. */
    TrainingState epochDone(EpochRecord record, int patience) {
        List<EpochRecord> all = new ArrayList<>(history);
        all.add(record);
        int best = record.best() ? record.epoch() : bestEpoch;
        double rmse = record.best() ? record.validation().rmse() : bestRmse;
        boolean stop = patience > 0 && record.epoch() - best >= patience;
        return new TrainingState(record.epoch(), 0, step, 0, best, rmse, stop, all);
    }
}
