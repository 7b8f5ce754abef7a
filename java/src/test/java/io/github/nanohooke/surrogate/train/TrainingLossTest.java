// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.nn.Objective;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.evaluate.ErrorStatistics;
import io.github.nanohooke.surrogate.model.OutputHead;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingLossTest {
    private static final double[] STIFF = {97, 92, 104, 49, 52, 50, 29, 27, 25, 3, -2, 1, -0.5};
    private static final double[] SOFT = {4, 3, 9, 1, 2, 1.5, 1, 0.7, 0.5, 0.1, -0.1, 0, 0.02};
    private static final List<Double> OFFSET = IntStream.range(0, 13).mapToObj(k -> 40.0 - 3 * k).toList();
    private static final List<OutputHead> HEADS = List.of(new OutputHead.Direct(OFFSET, 17),
            OutputHead.Cholesky.around(STIFF, 12));

    /** Both heads mean the same error in GPa, whatever their units and where their zero is. */
    @Test
    void theRelativeErrorIsThatOfTheConstantsInGPa() {
        for (double[] constants : List.of(STIFF, SOFT)) {
            double size = 13 * TrainingLoss.FLOOR * TrainingLoss.FLOOR;
            for (double c : constants) {
                size += c * c;
            }
            for (double off : new double[] {0, 0.01, 3}) { // every constant by so many GPa
                double expected = Math.hypot(Math.sqrt(13 * off * off / size), TrainingLoss.KNEE);
                for (OutputHead head : HEADS) {
                    assertThat(minimised(TrainingLoss.RELATIVE, head, constants, off))
                            .isCloseTo(expected, within(1e-6));
                }
            }
        }
    }

    /** The best epoch is that of what is minimised, which need not be that of the least RMSE. */
    @Test
    void theBestEpochHasLeastOfWhatIsMinimised() {
        EpochRecord level = epoch(2.0, 0.04);
        EpochRecord few = epoch(2.5, 0.03); // a few large errors
        assertThat(TrainingLoss.SQUARED.of(level)).isLessThan(TrainingLoss.SQUARED.of(few));
        assertThat(TrainingLoss.RELATIVE.of(few)).isLessThan(TrainingLoss.RELATIVE.of(level));
        // A checkpoint of before does not tell: the next epoch is better.
        assertThat(TrainingLoss.RELATIVE.of(level)).isLessThan(TrainingLoss.RELATIVE.of(epoch(1.0, 0)));
    }

    private static EpochRecord epoch(double rmse, double relative) {
        return new EpochRecord(1, 1, 1e-3, 1, new ErrorStatistics(1, rmse, Collections.nCopies(13, rmse)), relative,
                false, 1);
    }

    @Test
    void validationMeasuresWhatIsMinimised() {
        for (double off : new double[] {0.5, 3}) {
            double[] predicted = IntStream.range(0, 13).mapToDouble(k -> SOFT[k] + off).toArray();
            assertThat(Math.hypot(TrainingLoss.relative(predicted, SOFT), TrainingLoss.KNEE))
                    .isCloseTo(minimised(TrainingLoss.RELATIVE, HEADS.get(0), SOFT, off), within(1e-6));
        }
    }

    @Test
    void lossesHaveLabels() {
        assertThat(TrainingLoss.labelled("relative")).isEqualTo(TrainingLoss.RELATIVE);
        assertThatThrownBy(() -> TrainingLoss.labelled("cubic")).isInstanceOf(SurrogateException.class)
                .hasMessageContaining("squared or relative, got cubic");
    }

    @Test
    void theSquaredErrorIsThatOfThePaper() {
        for (OutputHead head : HEADS) {
            assertThat(minimised(TrainingLoss.SQUARED, head, SOFT, 3))
                    .isCloseTo(9 / (head.scale() * head.scale()), within(1e-9));
        }
    }

    /** One GPa in a soft structure counts as several in a stiff one; a double error as less than four. */
    @Test
    void smallConstantsCountAndLargeErrorsDoNotOutweigh() {
        for (OutputHead head : HEADS) {
            double soft = minimised(TrainingLoss.RELATIVE, head, SOFT, 1);
            assertThat(soft).isGreaterThan(10 * minimised(TrainingLoss.RELATIVE, head, STIFF, 1));
            assertThat(minimised(TrainingLoss.RELATIVE, head, SOFT, 2) / soft).isCloseTo(2, within(0.01));
        }
    }

    @Test
    void theSlopeIsTheDerivative() {
        Objective objective = TrainingLoss.RELATIVE.objective(HEADS.get(0));
        float[] targets = targets(HEADS.get(0), SOFT);
        for (double squared : new double[] {1e-6, 1e-3, 0.4, 7}) {
            double d = 1e-4 * squared;
            double difference = (objective.of(squared + d, targets, 1, 13) - objective.of(squared - d, targets, 1, 13))
                    / (2 * d);
            assertThat(objective.slope(squared, targets, 1, 13)).isCloseTo(difference, within(1e-6 * difference));
        }
    }

    @Test
    void nonsenseIsRefused() {
        List<Double> zero = Collections.nCopies(2, 0.0);
        for (double[] bad : new double[][] {{0, 1}, {1, 0}, {-1, 1}, {Double.NaN, 1}, {1, Double.POSITIVE_INFINITY}}) {
            assertThatThrownBy(() -> new Objective.Relative(zero, bad[0], bad[1])).isInstanceOf(NetworkException.class)
                    .hasMessageContaining("positive");
        }
        assertThatThrownBy(() -> new Objective.Relative(List.of(0.0, Double.NaN), 1, 1))
                .isInstanceOf(NetworkException.class).hasMessageContaining("finite origins");
    }

    /** Of the second of two images, whose predictions are off by so many GPa in every constant. */
    private static double minimised(TrainingLoss loss, OutputHead head, double[] constants, double off) {
        float[] targets = targets(head, constants);
        double squared = 0;
        for (int k = 0; k < 13; k++) {
            squared += Math.pow(head.target(k, constants[k] + off) - head.target(k, constants[k]), 2);
        }
        return loss.objective(head).of(squared, targets, 1, 13);
    }

    private static float[] targets(OutputHead head, double[] constants) {
        float[] targets = new float[26];
        for (int k = 0; k < 13; k++) {
            targets[k] = 1000; // of the image before, which must not matter
            targets[13 + k] = (float) head.target(k, constants[k]);
        }
        return targets;
    }
}
