// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.statics.StaticsTensors;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.statics.UncertainTensor;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The network, of structures as designed, where it is sure enough: where the uncertainty of its prediction is no larger
 * than a limit; statics elsewhere. A model that was not calibrated for designed structures is judged by its measured
 * error at the structure's porosity.
 */
public final class HybridTensors implements TensorSource {
    private final NetworkTensors network;
    private final StaticsTensors statics = new StaticsTensors();
    private final double limit;
    private long asked;

    /** @param limit largest uncertainty [GPa] */
    public HybridTensors(double limit) {
        this(limit, Optional.empty());
    }

    /**
     * With a network of its own.
     *
     * @param limit largest uncertainty [GPa]
     * @param model as for {@link NetworkTensors#NetworkTensors(boolean, Optional)}
     */
    public HybridTensors(double limit, Optional<Path> model) {
        network = new NetworkTensors(false, model);
        this.limit = limit;
    }

    @Override
    public List<ElasticTensor> tensors(List<Atoms> structures) {
        return answers(network.assess(structures), structures::get).stream().map(UncertainTensor::tensor).toList();
    }

    @Override
    public List<ElasticTensor> tensorsOfPorous(List<PorousStructure> structures) {
        return uncertain(structures).stream().map(UncertainTensor::tensor).toList();
    }

    /** Exact where statics answers. */
    @Override
    public List<UncertainTensor> uncertain(List<PorousStructure> structures) {
        return answers(network.assessPorous(structures), k -> structures.get(k).atoms());
    }

    private List<UncertainTensor> answers(List<Prediction> predictions, IntFunction<Atoms> structures) {
        List<UncertainTensor> answers = new ArrayList<>();
        for (int k = 0; k < predictions.size(); k++) {
            Prediction said = predictions.get(k);
            boolean sure = said.uncertainty().map(u -> u.gpa() <= limit)
                    .orElseGet(() -> said.expected().map(e -> e.rmse() <= limit).orElse(false));
            if (!sure) {
                asked++;
            }
            answers.add(sure ? new UncertainTensor(said.tensor(), said.uncertainty().map(NetworkTensors::deviation))
                    : UncertainTensor.exact(statics.calculate(structures.apply(k)).tensor()));
        }
        return answers;
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
