// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.statics.NoTensorException;
import io.github.nanohooke.statics.PixelJacobian;
import io.github.nanohooke.statics.StaticsAnswer;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.StaticsTensors;
import io.github.nanohooke.statics.TensorAnswer;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.statics.UncertainTensor;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.atoms.PlausibleAtoms;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.trust.Calibration;
import io.github.nanohooke.surrogate.trust.Uncertainty;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network, unless one is named that of the environment or of the library; images are drawn on all cores. Tensors have
 * the zeros of cuts and are in the axes of the atoms. There is none of a cell that is not square; what else a network
 * does not know of a structure is in the log.
 */
public final class NetworkTensors implements TensorSource {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkTensors.class);
    /** Of a normal distribution, within which 95 of 100 lie: {@link Calibration#LEVEL}. */
    private static final double DEVIATIONS = 1.959964;

    /** Relaxed structures that the network sees at once. */
    private static final int WINDOW = 64;

    private final ElasticSurrogate network;
    private final StaticsTensors statics;
    private final StructurePredictions predictions;
    /** Codes of warnings that are in the log. */
    private final Set<String> told = new HashSet<>();

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
        Shows shows = relax ? Shows.RELAXED : Shows.DESIGNED;
        network = ElasticSurrogate.load(model, SurrogateOptions.defaults().withAverage(relax), shows);
        predictions = new StructurePredictions(network, shows);
        statics = relax ? new StaticsTensors(threads) : null;
    }

    /** What predictions of structures as designed are worth; empty where the network is not to be asked. */
    List<Optional<Prediction>> assess(List<Atoms> designed) {
        return assessed(asked(designed));
    }

    /** As {@link #assess(List)}, of structures whose lattice is known. */
    List<Optional<Prediction>> assessPorous(List<PorousStructure> designed) {
        return assessed(askedPorous(designed));
    }

    private List<Optional<Prediction>> assessed(List<AskedStructure> asked) {
        List<AskedStructure> square = asked.stream().filter(one -> one.refusal().isEmpty()).toList();
        Iterator<Prediction> said = predictions.of(square, square.stream().map(AskedStructure::given).toList(), true)
                .iterator();
        return asked.stream().map(one -> one.refusal().isEmpty() ? Optional.of(said.next())
                : Optional.<Prediction>empty()).toList();
    }

    /** Bare atoms; those that none can be are refused, as by statics. */
    private static List<AskedStructure> asked(List<Atoms> structures) {
        structures.parallelStream().forEach(PlausibleAtoms::require);
        return structures.stream().map(AskedStructure::of).toList();
    }

    private static List<AskedStructure> askedPorous(List<PorousStructure> structures) {
        return structures.parallelStream().map(AskedStructure::of).toList();
    }

    @Override
    public List<TensorAnswer> answersOf(List<Atoms> structures) {
        return answers(asked(structures), false);
    }

    @Override
    public List<ElasticTensor> tensorsOfPorous(List<PorousStructure> structures) {
        return required(askedPorous(structures), false).stream().map(UncertainTensor::tensor).toList();
    }

    /**
     * From the spread of the network's answers for eight orientations, as its calibration tells: bounds that hold for
     * 95 of 100 are taken for those of a normal distribution. The work of eight images, beside a relaxation nothing.
     */
    @Override
    public List<UncertainTensor> uncertain(List<PorousStructure> structures) {
        return required(askedPorous(structures), true);
    }

    private List<UncertainTensor> required(List<AskedStructure> asked, boolean deviations) {
        return answers(asked, deviations).stream().map(TensorAnswer::required).toList();
    }

    private List<TensorAnswer> answers(List<AskedStructure> asked, boolean deviations) {
        List<AskedStructure> square = asked.stream().filter(one -> one.refusal().isEmpty()).toList();
        Iterator<TensorAnswer> said = answers(square, relaxed(square), deviations).iterator();
        return asked.stream().map(one -> one.refusal().map(TensorAnswer::none).orElseGet(said::next)).toList();
    }

    /** None where structures are not relaxed. */
    private List<StaticsAnswer> relaxed(List<AskedStructure> square) {
        if (statics == null) {
            return List.of();
        }
        List<StaticsAnswer> answers = statics.answers(square.stream().map(AskedStructure::given).toList());
        answers.forEach(StaticsAnswer::requireOneOfStructures);
        return answers;
    }

    /** @param relaxed of each what statics says; empty where they are shown as they are */
    private List<TensorAnswer> answers(List<AskedStructure> square, List<StaticsAnswer> relaxed, boolean deviations) {
        if (statics == null) {
            return said(square, square.stream().map(AskedStructure::given).toList(), deviations).stream()
                    .map(TensorAnswer::of).toList();
        }
        List<AskedStructure> sound = IntStream.range(0, square.size())
                .filter(k -> relaxed.get(k).result().isPresent()).mapToObj(square::get).toList();
        List<Atoms> shown = relaxed.stream().flatMap(one -> one.result().stream()).map(StaticsResult::relaxed).toList();
        Iterator<UncertainTensor> said = said(sound, shown, deviations).iterator();
        return relaxed.stream().map(one -> one.result().isPresent() ? TensorAnswer.of(said.next())
                : TensorAnswer.none(one.reason())).toList();
    }

    /** Every tensor that is told comes from here or from {@link #assess}. */
    private List<UncertainTensor> said(List<AskedStructure> asked, List<Atoms> shown, boolean deviations) {
        List<Prediction> said = predictions.of(asked, shown, deviations);
        said.forEach(this::warn);
        return said.stream().map(NetworkTensors::tensor).toList();
    }

    /** In the log, each kind once: what a reader must know of a prediction that is told. */
    void warn(Prediction said) {
        said.warnings().stream().filter(warning -> told.add(warning.code()))
                .forEach(warning -> LOG.warn("of a structure: {}", warning.message()));
    }

    /** Deviations are those of the network's errors along the cell, which designs have along x and y. */
    static UncertainTensor tensor(Prediction said) {
        return new UncertainTensor(said.tensor(), said.uncertainty().map(NetworkTensors::deviation));
    }

    /** What no network answers for is told at once, the others as if they were alone. */
    @Override
    public void answer(List<PorousStructure> structures, boolean deviations, TensorAnswer.Listener listener) {
        List<Integer> open = new ArrayList<>();
        for (int k = 0; k < structures.size(); k++) {
            Optional<String> refusal = StructureCheck.refusal(structures.get(k).cell());
            if (refusal.isPresent()) {
                listener.answered(k, TensorAnswer.none(refusal.get()));
            } else {
                open.add(k);
            }
        }
        TensorAnswer.Listener placed = new TensorAnswer.Listener() {
            @Override
            public void answered(int index, TensorAnswer answer) {
                listener.answered(open.get(index), answer);
            }

            @Override
            public boolean goesOn() {
                return listener.goesOn();
            }
        };
        List<PorousStructure> square = open.stream().map(structures::get).toList();
        if (statics == null) {
            TensorSource.super.answer(square, deviations, placed);
        } else {
            answerRelaxed(square, deviations, placed);
        }
    }

    /**
     * Structures that are relaxed come back in any order; the network sees them in their own, so that an answer does
     * not depend on which of them were ready together.
     */
    private void answerRelaxed(List<PorousStructure> structures, boolean deviations, TensorAnswer.Listener listener) {
        StaticsAnswer[] known = new StaticsAnswer[structures.size()];
        int[] open = new int[(known.length + WINDOW - 1) / WINDOW];
        for (int w = 0; w < open.length; w++) {
            open[w] = Math.min(WINDOW, known.length - w * WINDOW);
        }
        statics.calculate(known.length, k -> structures.get(k).atoms(), listener::goesOn, (relaxed, k) -> {
            known[k] = relaxed;
            if (--open[k / WINDOW] == 0) {
                answer(structures, known, k / WINDOW * WINDOW, deviations, listener);
            }
        });
    }

    /** Those of a window; its atoms are forgotten. */
    private void answer(List<PorousStructure> structures, StaticsAnswer[] known, int from, boolean deviations,
            TensorAnswer.Listener listener) {
        int to = Math.min(known.length, from + WINDOW);
        List<TensorAnswer> answers = answers(askedPorous(structures.subList(from, to)),
                Arrays.asList(known).subList(from, to), deviations);
        Arrays.fill(known, from, to, null);
        for (int k = from; k < to; k++) {
            listener.answered(k, answers.get(k - from));
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
                AskedStructure asked = asked(List.of(structure)).get(0);
                asked.refusal().ifPresent(refusal -> {
                    throw new NoTensorException(refusal);
                });
                Atoms shown = relaxed(List.of(asked)).stream().findFirst().map(one -> one.required().relaxed())
                        .orElseGet(asked::given);
                return network.jacobian(asked.image(shown, network.resolution()));
            }
        });
    }

    /** Standard deviations of a normal distribution whose bounds these are. */
    static ElasticTensor deviation(Uncertainty uncertainty) {
        return ElasticConstants.toTensor(uncertainty.constants().stream().mapToDouble(c -> c / DEVIATIONS).toArray());
    }

    @Override
    public String identity() {
        return (statics == null ? "designed, " : "relaxed by " + statics.identity() + ", ") + network.identity();
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
