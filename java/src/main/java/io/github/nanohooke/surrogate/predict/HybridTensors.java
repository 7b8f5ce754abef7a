// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.statics.StaticsTensors;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The network, of structures as designed, where it is sure enough: where the uncertainty of its prediction is no larger
 * than a limit; statics elsewhere. A model that was not calibrated for designed structures is judged by its measured
 * error at the structure's porosity.
 */
public final class HybridTensors implements TensorSource {
    private final NetworkTensors network = new NetworkTensors(false);
    private final StaticsTensors statics = new StaticsTensors();
    private final double limit;
    private long asked;

    /** @param limit largest uncertainty [GPa] */
    public HybridTensors(double limit) {
        this.limit = limit;
    }

    @Override
    public List<ElasticTensor> tensors(List<Atoms> structures) {
        List<Prediction> predictions = network.assess(structures);
        List<ElasticTensor> tensors = new ArrayList<>();
        for (int k = 0; k < predictions.size(); k++) {
            Prediction said = predictions.get(k);
            boolean sure = said.uncertainty().map(u -> u.gpa() <= limit)
                    .orElseGet(() -> said.expected().map(e -> e.rmse() <= limit).orElse(false));
            if (!sure) {
                asked++;
            }
            tensors.add(sure ? said.tensor() : statics.calculate(structures.get(k)).tensor());
        }
        return tensors;
    }

    /** Structures that statics was asked for so far. */
    public long asked() {
        return asked;
    }

    @Override
    public String identity() {
        return String.format(Locale.ROOT, "hybrid at %s GPa of uncertainty, %s, %s", limit, network.identity(),
                statics.identity());
    }

    @Override
    public int batch() {
        return 64;
    }

    @Override
    public void close() {
        network.close();
        statics.close();
    }
}
