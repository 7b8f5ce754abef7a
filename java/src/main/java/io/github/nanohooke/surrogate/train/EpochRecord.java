// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import io.github.nanohooke.surrogate.evaluate.ErrorStatistics;

/**
 * One line of a training run's log.
 *
 * @param epoch        number of the epoch, the first is 1
 * @param step         steps taken since the run's beginning
 * @param rate         learning rate of the epoch's last step
 * @param trainingRmse root of the mean squared error over the epoch, while it was learning [GPa]
 * @param validation   errors on the validation part after the epoch
 * @param best         whether this is the lowest validation error so far
 * @param seconds      wall time of the epoch, of this process if the epoch was resumed
 */
public record EpochRecord(int epoch, long step, double rate, double trainingRmse, ErrorStatistics validation,
        boolean best, double seconds) {
}
