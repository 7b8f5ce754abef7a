// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate;

import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.statics.ElasticConstants;
import java.util.stream.IntStream;

/**
 * What training minimises: the mean over images and constants of ((C - target) / scale)^2. For the direct head that is
 * the mean squared error of the raw numbers, which a backend does in one step; the cholesky head, thirteen numbers an
 * image, is computed here between the backend's forward and backward passes.
 */
final class Objective {
    private static final int N = ElasticConstants.COUNT;

    private final NetworkSession session;
    private final OutputHead head;
    private final float[] results;
    private final float[] numbers;

    Objective(NetworkSession session, OutputHead head) {
        this.session = session;
        this.head = head;
        this.results = new float[session.options().maxBatch() * N];
        this.numbers = new float[results.length];
    }

    /** One training step on the batch that was loaded last; the loss before it. */
    double step(ImageBatch images, BatchLoader samples, float rate) {
        if (head instanceof OutputHead.Direct direct) {
            for (int i = 0; i < images.count(); i++) {
                double[] target = samples.constants(i);
                for (int k = 0; k < N; k++) {
                    numbers[i * N + k] = (float) ((target[k] - direct.offset().get(k)) / direct.scale());
                }
            }
            return session.trainStep(images, numbers, rate);
        }
        session.forwardForTraining(images, results);
        double loss = derivatives(images.count(), samples);
        if (Double.isFinite(loss)) {
            session.backward(numbers);
            session.adamStep(rate);
        }
        return loss;
    }

    private double derivatives(int count, BatchLoader samples) {
        double[] raw = new double[N];
        double[] constants = new double[N];
        double[] dConstants = new double[N];
        double[] dRaw = new double[N];
        double weight = 1 / (head.scale() * head.scale() * count * N);
        double loss = 0;
        for (int i = 0; i < count; i++) {
            copy(results, i, raw);
            head.constants(raw, constants);
            double[] target = samples.constants(i);
            for (int k = 0; k < N; k++) {
                double difference = constants[k] - target[k];
                loss += weight * difference * difference;
                dConstants[k] = 2 * weight * difference;
            }
            head.backward(raw, dConstants, dRaw);
            for (int k = 0; k < N; k++) {
                numbers[i * N + k] = (float) dRaw[k];
            }
        }
        return loss;
    }

    /** Errors of the session's network on all samples. */
    static ErrorStatistics errors(NetworkSession session, OutputHead head, TrainingData data) {
        int batch = session.options().maxBatch();
        BatchLoader samples = new BatchLoader(data, session.definition().input().width(), batch);
        int[] order = IntStream.range(0, data.size()).toArray();
        float[] results = new float[batch * N];
        double[] raw = new double[N];
        double[] constants = new double[N];
        ErrorStatistics.Collector errors = new ErrorStatistics.Collector();
        for (int from = 0; from < order.length; from += batch) {
            int to = Math.min(from + batch, order.length);
            session.forward(samples.plain(order, from, to), results);
            for (int i = 0; i < to - from; i++) {
                copy(results, i, raw);
                head.constants(raw, constants);
                errors.add(constants, samples.constants(i));
            }
        }
        return errors.statistics();
    }

    private static void copy(float[] results, int image, double[] raw) {
        for (int k = 0; k < N; k++) {
            raw[k] = results[image * N + k];
        }
    }
}
