// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.StaticsTensors;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.data.TrainingDomain;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The network that comes with the library, or the one that the environment names; images are drawn on all cores. */
public final class NetworkTensors implements TensorSource {
    private final ElasticSurrogate network;
    private final StaticsTensors statics;

    /** @param relax whether atoms are relaxed first; the tensor is then averaged over the square's symmetries too */
    public NetworkTensors(boolean relax) {
        network = ElasticSurrogate.loadDefault(SurrogateOptions.defaults().withAverage(relax));
        statics = relax ? new StaticsTensors() : null;
    }

    /** What predictions of structures as designed are worth. */
    List<Prediction> assess(List<Atoms> designed) {
        List<StructureImage> images = images(designed);
        List<Estimate> estimates = network.estimate(images);
        PredictionCheck check = PredictionCheck.of(network, Shows.DESIGNED);
        Optional<TrainingDomain> domain = TrainingDomain.of(network.provenance());
        List<Prediction> predictions = new ArrayList<>();
        for (int k = 0; k < images.size(); k++) {
            Atoms atoms = designed.get(k);
            boolean foreign = domain.map(d -> !d.warnings(atoms).isEmpty()).orElse(false);
            predictions.add(check.of(images.get(k), estimates.get(k), images.get(k).porosity(), foreign));
        }
        return predictions;
    }

    private List<StructureImage> images(List<Atoms> atoms) {
        return atoms.parallelStream().map(a -> StructureImage.of(a, network.resolution())).toList();
    }

    @Override
    public List<ElasticTensor> tensors(List<Atoms> structures) {
        List<Atoms> atoms = statics == null ? structures
                : structures.stream().map(s -> statics.calculate(s).relaxed()).toList();
        return predicted(images(atoms));
    }

    @Override
    public List<ElasticTensor> tensorsOfPorous(List<PorousStructure> structures) {
        if (statics != null) {
            return TensorSource.super.tensorsOfPorous(structures);
        }
        return predicted(structures.parallelStream()
                .map(s -> StructureImage.of(s.atoms(), s.lattice(), network.resolution())).toList());
    }

    private List<ElasticTensor> predicted(List<StructureImage> images) {
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
