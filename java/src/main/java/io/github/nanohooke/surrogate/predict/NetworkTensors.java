// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.PixelJacobian;
import io.github.nanohooke.statics.StaticsAnswer;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.StaticsTensors;
import io.github.nanohooke.statics.TensorAnswer;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.statics.UncertainTensor;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.data.TrainingDomain;
import io.github.nanohooke.surrogate.trust.AnswerSpread;
import io.github.nanohooke.surrogate.trust.Calibration;
import io.github.nanohooke.surrogate.trust.Uncertainty;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A network, unless one is named that of the environment or of the library; images are drawn on all cores. */
public final class NetworkTensors implements TensorSource {
    /** Of a normal distribution, within which 95 of 100 lie: {@link Calibration#LEVEL}. */
    private static final double DEVIATIONS = 1.959964;

    /** Relaxed structures that the network sees at once. */
    private static final int WINDOW = 64;

    private final ElasticSurrogate network;
    private final StaticsTensors statics;

    /** @param relax whether atoms are relaxed first; the tensor is then averaged over the square's symmetries too */
    public NetworkTensors(boolean relax) {
        this(relax, Optional.empty());
    }

    /**
     * As {@link #NetworkTensors(boolean)}.
     *
     * @param model file of the network; empty for that of the environment or of the library
     */
    public NetworkTensors(boolean relax, Optional<Path> model) {
        this(relax, model, Runtime.getRuntime().availableProcessors());
    }

    /**
     * As {@link #NetworkTensors(boolean, Optional)}.
     *
     * @param threads that relax structures
     */
    public NetworkTensors(boolean relax, Optional<Path> model, int threads) {
        SurrogateOptions options = SurrogateOptions.defaults().withAverage(relax);
        network = model.map(file -> ElasticSurrogate.load(file, options))
                .orElseGet(() -> ElasticSurrogate.loadDefault(options, relax ? Shows.RELAXED : Shows.DESIGNED));
        statics = relax ? new StaticsTensors(threads) : null;
    }

    /** What predictions of structures as designed are worth. */
    List<Prediction> assess(List<Atoms> designed) {
        return assess(designed, images(designed));
    }

    /** As {@link #assess(List)}, of structures whose lattice is known. */
    List<Prediction> assessPorous(List<PorousStructure> designed) {
        return assess(designed.parallelStream().map(PorousStructure::atoms).toList(), imagesOfPorous(designed));
    }

    private List<Prediction> assess(List<Atoms> designed, List<StructureImage> images) {
        List<Estimate> estimates = network.estimate(images);
        PredictionCheck check = PredictionCheck.of(network, Shows.DESIGNED);
        Optional<TrainingDomain> domain = TrainingDomain.of(network.provenance());
        List<Prediction> predictions = new ArrayList<>();
        for (int k = 0; k < images.size(); k++) {
            Atoms atoms = designed.get(k);
            boolean foreign = domain.map(d -> !d.warnings(atoms).isEmpty()).orElse(false);
            predictions.add(check.ofAtoms(images.get(k), estimates.get(k), images.get(k).porosity(), foreign));
        }
        return predictions;
    }

    private List<StructureImage> images(List<Atoms> atoms) {
        return atoms.parallelStream().map(a -> StructureImage.of(a, network.resolution())).toList();
    }

    @Override
    public List<ElasticTensor> tensors(List<Atoms> structures) {
        return network.tensors(images(statics == null ? structures : relaxed(structures)));
    }

    @Override
    public List<ElasticTensor> tensorsOfPorous(List<PorousStructure> structures) {
        if (statics != null) {
            return TensorSource.super.tensorsOfPorous(structures);
        }
        return network.tensors(imagesOfPorous(structures));
    }

    private List<StructureImage> imagesOfPorous(List<PorousStructure> structures) {
        return structures.parallelStream().map(s -> StructureImage.of(s.atoms(), s.lattice(), network.resolution()))
                .toList();
    }

    /**
     * From the spread of the network's answers for eight orientations, as its calibration tells: bounds that hold for
     * 95 of 100 are taken for those of a normal distribution. The work of eight images, beside a relaxation nothing.
     */
    @Override
    public List<UncertainTensor> uncertain(List<PorousStructure> structures) {
        List<StructureImage> images = statics == null ? imagesOfPorous(structures)
                : images(relaxed(structures.parallelStream().map(PorousStructure::atoms).toList()));
        return estimated(images);
    }

    private List<UncertainTensor> estimated(List<StructureImage> images) {
        Optional<Calibration> calibration = network.calibration(statics == null ? Shows.DESIGNED : Shows.RELAXED);
        List<Estimate> estimates = network.estimate(images);
        return IntStream.range(0, images.size()).mapToObj(i -> new UncertainTensor(estimates.get(i).tensor(),
                calibration.map(c -> deviation(c.uncertainty(new AnswerSpread(estimates.get(i).spreads(),
                        images.get(i).porosity())))))).toList();
    }

    /**
     * Structures that are relaxed come back in any order; the network sees them in their own, so that an answer does
     * not depend on which of them were ready together.
     */
    @Override
    public void answer(List<PorousStructure> structures, boolean deviations, TensorAnswer.Listener listener) {
        if (statics == null) {
            TensorSource.super.answer(structures, deviations, listener);
            return;
        }
        StaticsAnswer[] known = new StaticsAnswer[structures.size()];
        int[] open = new int[(known.length + WINDOW - 1) / WINDOW];
        for (int w = 0; w < open.length; w++) {
            open[w] = Math.min(WINDOW, known.length - w * WINDOW);
        }
        statics.calculate(known.length, k -> structures.get(k).atoms(), listener::goesOn, (relaxed, k) -> {
            known[k] = relaxed;
            if (--open[k / WINDOW] == 0) {
                answer(known, k / WINDOW * WINDOW, deviations, listener);
            }
        });
    }

    /** Those of a window; its atoms are forgotten. */
    private void answer(StaticsAnswer[] known, int from, boolean deviations, TensorAnswer.Listener listener) {
        int to = Math.min(known.length, from + WINDOW);
        List<Atoms> relaxed = Arrays.stream(known, from, to).flatMap(a -> a.result().stream())
                .map(StaticsResult::relaxed).toList();
        List<StructureImage> images = images(relaxed);
        Iterator<UncertainTensor> said = (images.isEmpty() ? List.<UncertainTensor>of()
                : deviations ? estimated(images)
                : network.tensors(images).stream().map(UncertainTensor::unknown).toList()).iterator();
        for (int k = from; k < to; k++) {
            listener.answered(k, known[k].result().isPresent() ? TensorAnswer.of(said.next())
                    : TensorAnswer.none(known[k].reason()));
            known[k] = null;
        }
    }

    @Override
    public Optional<PixelJacobian> jacobian() {
        return Optional.of(new PixelJacobian() {
            @Override
            public int resolution() {
                return network.resolution();
            }

            @Override
            public double[][] of(Atoms structure) {
                List<Atoms> shown = statics == null ? List.of(structure) : relaxed(List.of(structure));
                return network.jacobian(images(shown).get(0));
            }
        });
    }

    /** Standard deviations of a normal distribution whose bounds these are. */
    static ElasticTensor deviation(Uncertainty uncertainty) {
        return ElasticConstants.toTensor(uncertainty.constants().stream().mapToDouble(c -> c / DEVIATIONS).toArray());
    }

    private List<Atoms> relaxed(List<Atoms> structures) {
        return statics.answers(structures).stream().map(answer -> answer.required().relaxed()).toList();
    }

    @Override
    public String identity() {
        return (statics == null ? "designed, " : "relaxed, ") + network.name() + ", "
                + network.provenance().getOrDefault("data", "");
    }

    @Override
    public int batch() {
        return statics == null ? 256 : WINDOW;
    }

    @Override
    public void close() {
        network.close();
        if (statics != null) {
            statics.close();
        }
    }
}
