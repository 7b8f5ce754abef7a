// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.SessionOptions;

/** What a model says of samples, in batches, without keeping a session open. */
final class Predictions {
    private static final int BATCH = 32;

    private Predictions() {
    }

    /** Predicted constants [GPa] of every sample. */
    static double[][] of(ModelFile model, TrainingData data, Backend backend, int threads) {
        SessionOptions options = SessionOptions.inference(Math.max(1, Math.min(BATCH, data.size())))
                .withThreads(threads);
        try (NetworkSession session = backend.open(model.definition(), options)) {
            session.setParameters(model.parameters());
            double[][] all = new double[data.size()][];
            Objective.predict(session, model.head(), data, (i, constants, target) -> all[i] = constants.clone());
            return all;
        }
    }
}
