// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.evaluate.ErrorStatistics;
import io.github.nanohooke.tensor.ElasticConstants;

/**
 * One line of a training run's log.
 *
 * @param epoch        number of the epoch, the first is 1
 * @param step         steps taken since the run's beginning
 * @param rate         learning rate of the epoch's last step
 * @param trainingRmse root of the mean squared error over the epoch, while it was learning [GPa]
 * @param validation   errors on the validation part after the epoch
 * @param relative     mean over the validation part of {@link TrainingLoss#RELATIVE}, of constants in GPa; 0 where a
 *                     checkpoint of before does not tell it
 * @param best         whether the validation part's mean of what is minimised is the lowest so far
 * @param seconds      wall time of the epoch, of this process if the epoch was resumed
 */
public record EpochRecord(int epoch, long step, double rate, double trainingRmse, ErrorStatistics validation,
        double relative, boolean best, double seconds) {

    /** @throws SurrogateException when it is not that of this epoch, or errors are missing or not finite */
    void requireComplete(int number) {
        if (epoch != number) {
            throw new SurrogateException("in the place of epoch " + number + " is epoch " + epoch);
        }
        if (validation == null || validation.perConstant().size() != ElasticConstants.COUNT
                || !validation.perConstant().stream().allMatch(Double::isFinite)
                || !Double.isFinite(validation.rmse()) || !Double.isFinite(relative)) {
            throw new SurrogateException("the validation errors of epoch " + epoch + " are no " + ElasticConstants.COUNT
                    + " finite numbers: " + validation);
        }
    }

    EpochRecord asBest() {
        return new EpochRecord(epoch, step, rate, trainingRmse, validation, relative, true, seconds);
    }
}
