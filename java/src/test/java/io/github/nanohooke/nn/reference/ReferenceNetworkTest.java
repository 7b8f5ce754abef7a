// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.suite.Ladder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference against PyTorch, both in double precision throughout: they agree to rounding. */
class ReferenceNetworkTest {

    /** Sums of some thousand terms of order one in another order. */
    private static final double ROUNDING = 1e-12;

    @ParameterizedTest
    @ValueSource(strings = {"zero", "periodic"})
    void agreesWithPyTorchToRounding(String name) {
        Ladder ladder = Ladder.read(name);
        ReferenceNetwork network = new ReferenceNetwork(ladder.definition());
        double[] parameters = ladder.flat("start");
        double[] first = new double[parameters.length];
        double[] second = new double[parameters.length];
        double[] losses = ladder.losses();
        for (int step = 1; step <= losses.length; step++) {
            double[] gradient = new double[parameters.length];
            double[] results = new double[ladder.targets().length];
            double loss = lossAndGradient(network, ladder, parameters, results, gradient);
            assertThat(loss).as("loss before step %d", step).isCloseTo(losses[step - 1], within(ROUNDING));
            if (step == 1) {
                assertThat(results).containsExactly(ladder.results(), within(ROUNDING));
                assertThat(gradient).containsExactly(ladder.flat("gradient"), within(ROUNDING));
                assertThat(Arrays.stream(gradient).filter(g -> g == 0).count())
                        .as("a gradient of zeros would prove nothing").isLessThan(gradient.length / 2);
            }
            ReferenceAdam.step(parameters, gradient, first, second, step, 1e-3);
        }
        // Adam divides by the root of the gradient's square, which enlarges the rounding of the smallest ones.
        assertThat(parameters).containsExactly(ladder.flat("end"), within(1e-8));
    }

    private static double lossAndGradient(ReferenceNetwork network, Ladder ladder, double[] parameters,
            double[] results, double[] gradient) {
        float[] pixels = ((ImageBatch.Floats) ladder.images()).data();
        float[] targets = ladder.targets();
        int size = ladder.definition().input().size();
        int outputs = ladder.definition().outputs();
        double loss = 0;
        for (int image = 0; image < ladder.images().count(); image++) {
            double[] x = new double[size];
            for (int i = 0; i < size; i++) {
                x[i] = pixels[image * size + i];
            }
            List<double[]> values = network.forward(x, parameters);
            double[] y = values.get(values.size() - 1);
            double[] d = new double[outputs];
            for (int o = 0; o < outputs; o++) {
                double difference = y[o] - targets[image * outputs + o];
                results[image * outputs + o] = y[o];
                loss += difference * difference / targets.length;
                d[o] = 2 * difference / targets.length;
            }
            network.backward(values, d, parameters, gradient);
        }
        return loss;
    }
}
