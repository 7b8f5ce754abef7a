// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.StaticsTensors;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.surrogate.evaluate.TestErrors;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The network where its measured error at a structure's porosity is known and small, statics elsewhere. */
public final class HybridTensors implements TensorSource {
    private final NetworkTensors network = new NetworkTensors(false);
    private final StaticsTensors statics = new StaticsTensors();
    private final double limit;

    /** @param limit [GPa] */
    public HybridTensors(double limit) {
        this.limit = limit;
    }

    @Override
    public List<ElasticTensor> tensors(List<Atoms> structures) {
        Optional<TestErrors> errors = network.network().testErrors();
        List<ElasticTensor> tensors = new ArrayList<>(network.tensors(structures));
        for (int k = 0; k < tensors.size(); k++) {
            double porosity = StructureImage.of(structures.get(k), network.network().resolution()).porosity();
            Optional<TestErrors.AtPorosity> known = errors.flatMap(e -> e.at(porosity));
            if (known.isEmpty() || known.get().rmse() > limit) {
                tensors.set(k, statics.calculate(structures.get(k)).tensor());
            }
        }
        return tensors;
    }

    @Override
    public String identity() {
        return String.format(Locale.ROOT, "hybrid at %s GPa, %s, %s", limit, network.identity(), statics.identity());
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
