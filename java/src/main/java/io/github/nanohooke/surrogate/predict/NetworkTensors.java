// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.StaticsTensors;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The network that comes with the library, or the one that the environment names; images are drawn on all cores. */
public final class NetworkTensors implements TensorSource {
    private final ElasticSurrogate network;
    private final StaticsTensors statics;

    /** @param relax whether atoms are relaxed first; the tensor is then averaged over the square's symmetries too */
    public NetworkTensors(boolean relax) {
        network = ElasticSurrogate.loadDefault(SurrogateOptions.defaults().withAverage(relax));
        statics = relax ? new StaticsTensors() : null;
    }

    ElasticSurrogate network() {
        return network;
    }

    @Override
    public List<ElasticTensor> tensors(List<Atoms> structures) {
        List<Atoms> atoms = statics == null ? structures
                : structures.stream().map(s -> statics.calculate(s).relaxed()).toList();
        List<StructureImage> images = atoms.parallelStream()
                .map(a -> StructureImage.of(a, network.resolution())).toList();
        double[] constants = new double[images.size() * ElasticConstants.COUNT];
        network.predict(images, constants);
        List<ElasticTensor> tensors = new ArrayList<>();
        for (int k = 0; k < images.size(); k++) {
            tensors.add(ElasticConstants.toTensor(Arrays.copyOfRange(constants, k * ElasticConstants.COUNT,
                    (k + 1) * ElasticConstants.COUNT)));
        }
        return tensors;
    }

    @Override
    public String identity() {
        return (statics == null ? "designed, " : "relaxed, ") + network.name() + ", "
                + network.provenance().getOrDefault("data", "");
    }

    @Override
    public int batch() {
        return statics == null ? 256 : 8;
    }

    @Override
    public void close() {
        network.close();
        if (statics != null) {
            statics.close();
        }
    }
}
