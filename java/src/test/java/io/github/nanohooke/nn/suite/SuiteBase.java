// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.ParameterTable;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.reference.ReferenceBackend;
import java.util.Arrays;
import java.util.stream.Stream;

/** The backend under test, the one that it is measured by, and the catalogue. */
abstract class SuiteBase {
    final Backend reference = new ReferenceBackend();

    /** The backend under test. */
    protected abstract Backend backend();

    /** The options under test; a subclass may force threads or an instruction set. */
    protected SessionOptions options(SessionOptions options) {
        return options;
    }

    static Stream<OperationCase> cases() {
        return OperationCases.all();
    }

    static float[] gradient(NetworkSession session, OperationCase c, float[] d) {
        session.forwardForTraining(c.images(), new float[d.length]);
        session.backward(d);
        return session.gradient();
    }

    static Probe.Function alongParameters(NetworkSession session, OperationCase c, float[] d) {
        float[] parameters = c.parameters();
        return (direction, step) -> {
            session.setParameters(moved(parameters, direction, step));
            return weightedSum(session, c.images(), d);
        };
    }

    static Probe.Function alongImages(NetworkSession session, ImageBatch.Floats images, float[] d) {
        return (direction, step) -> weightedSum(session,
                ImageBatch.floats(images.count(), moved(images.data(), direction, step)), d);
    }

    static double weightedSum(NetworkSession session, ImageBatch images, float[] weights) {
        float[] results = new float[weights.length];
        session.forward(images, results);
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (double) weights[i] * results[i];
        }
        return sum;
    }

    float[] forward(Backend backend, OperationCase c) {
        float[] results = new float[c.batch() * c.definition().outputs()];
        try (NetworkSession session = open(backend, c, SessionOptions.inference(c.batch()))) {
            session.forward(c.images(), results);
        }
        return results;
    }

    static float[] inputGradient(NetworkSession session, OperationCase c, float[] d) {
        float[] gradient = new float[c.batch() * c.definition().input().size()];
        session.inputGradient(d, gradient);
        return gradient;
    }

    NetworkSession openForTraining(Backend backend, OperationCase c) {
        return open(backend, c, SessionOptions.training(c.batch()).withHead(c.head()).withObjective(c.objective()));
    }

    NetworkSession open(Backend backend, OperationCase c, SessionOptions wanted) {
        assertThat(backend.unsupported(c.definition())).as("support, REPRODUCE: %s", repro(c)).isEmpty();
        NetworkSession session = backend.open(c.definition(), backend == reference ? wanted : options(wanted));
        session.setParameters(c.parameters());
        return session;
    }

    String repro(OperationCase c) {
        return c.reproduce(getClass());
    }

    static float[] slice(float[] values, ParameterTable.Block block) {
        return Arrays.copyOfRange(values, block.offset(), block.offset() + block.count());
    }

    static float[] moved(float[] values, float[] direction, double step) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) (values[i] + step * direction[i]);
        }
        return result;
    }

    static float[] difference(float[] a, float[] b) {
        float[] result = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = a[i] - b[i];
        }
        return result;
    }
}
