// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.surrogate.data.TrainingData;
import io.github.nanohooke.surrogate.evaluate.ErrorStatistics;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.tensor.ElasticConstants;

/**
 * How far a session's predictions are from true constants.
 *
 * @param relative mean of the samples' relative errors, {@link TrainingLoss#relative}
 */
record ValidationErrors(ErrorStatistics statistics, double relative) {
    private static final int N = ElasticConstants.COUNT;

    /** Errors on all samples as they are, by the session's present parameters. */
    static ValidationErrors of(NetworkSession session, OutputHead head, TrainingData data) {
        int batch = session.options().maxBatch();
        int pixels = session.definition().input().width();
        int bytes = session.definition().input().packedBytes();
        byte[] images = new byte[batch * bytes];
        float[] results = new float[batch * N];
        double[] raw = new double[N];
        double[] constants = new double[N];
        ErrorStatistics.Collector errors = new ErrorStatistics.Collector();
        double relative = 0;
        for (int from = 0; from < data.size(); from += batch) {
            int count = Math.min(batch, data.size() - from);
            for (int i = 0; i < count; i++) {
                byte[] packed = data.image(from + i).requireResolution(pixels).packed();
                System.arraycopy(packed, 0, images, i * bytes, bytes);
            }
            session.forward(ImageBatch.bits(count, images), results);
            for (int i = 0; i < count; i++) {
                for (int k = 0; k < N; k++) {
                    raw[k] = results[i * N + k];
                }
                head.constants(raw, constants);
                errors.add(constants, data.constants(from + i));
                relative += TrainingLoss.relative(constants, data.constants(from + i));
            }
        }
        return new ValidationErrors(errors.statistics(), relative / data.size());
    }
}
