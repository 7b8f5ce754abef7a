// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.statics.StaticsTensors;
import io.github.nanohooke.statics.TensorAnswer;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.statics.UncertainTensor;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * The network, of structures as designed, where it is sure enough: where the uncertainty of its prediction is no larger
 * than a limit; statics elsewhere, and always of what the network does not know. A model that was not calibrated for
 * designed structures is judged by its measured error at the structure's porosity.
 */
public final class HybridTensors implements TensorSource {
    private final NetworkTensors network;
    private final StaticsTensors statics;
    private final double limit;
    private Memory known = (identity, structure) -> Optional.empty();
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
        this(limit, model, Runtime.getRuntime().availableProcessors());
    }

    /**
     * As {@link #HybridTensors(double, Optional)}.
     *
     * @param threads of statics
     */
    public HybridTensors(double limit, Optional<Path> model, int threads) {
        statics = new StaticsTensors(threads);
        network = new NetworkTensors(false, model);
        this.limit = limit;
    }

    @Override
    public List<TensorAnswer> answersOf(List<Atoms> structures) {
        List<TensorAnswer> all = new ArrayList<>(network.assess(structures).stream().map(this::sure).toList());
        List<Integer> open = open(all);
        List<TensorAnswer> asked = statics.answersOf(open.stream().map(structures::get).toList());
        for (int k = 0; k < open.size(); k++) {
            all.set(open.get(k), asked.get(k));
        }
        return all;
    }

    @Override
    public List<ElasticTensor> tensorsOfPorous(List<PorousStructure> structures) {
        return uncertain(structures).stream().map(UncertainTensor::tensor).toList();
    }

    /** Exact where statics answers. */
    @Override
    public List<UncertainTensor> uncertain(List<PorousStructure> structures) {
        TensorAnswer[] all = new TensorAnswer[structures.size()];
        answer(structures, true, (index, answer) -> all[index] = answer);
        return Arrays.stream(all).map(TensorAnswer::required).toList();
    }

    /** The network is asked of all first, so that statics has a long list for its threads. */
    @Override
    public void answer(List<PorousStructure> structures, boolean deviations, TensorAnswer.Listener listener) {
        List<Integer> open = new ArrayList<>();
        for (int from = 0; from < structures.size(); from += batch()) {
            if (!listener.goesOn()) {
                throw new CancellationException("stopped while the network was asked");
            }
            List<Optional<Prediction>> said = network.assessPorous(structures.subList(from,
                    Math.min(structures.size(), from + batch())));
            for (int k = 0; k < said.size(); k++) {
                TensorAnswer sure = sure(said.get(k));
                if (sure == null) {
                    sure = known.recall(statics.identity(), structures.get(from + k)).map(HybridTensors::exact)
                            .orElse(null);
                }
                if (sure == null) {
                    open.add(from + k);
                } else {
                    listener.answered(from + k, sure);
                }
            }
        }
        asked += open.size();
        statics.calculate(open.size(), k -> structures.get(open.get(k)).atoms(), listener::goesOn,
                (answer, k) -> listener.answered(open.get(k), answer.tensor()));
    }

    private List<Integer> open(List<TensorAnswer> answers) {
        List<Integer> open = IntStream.range(0, answers.size()).filter(k -> answers.get(k) == null).boxed().toList();
        asked += open.size();
        return open;
    }

    private static TensorAnswer exact(TensorAnswer answer) {
        return answer.tensor().map(t -> TensorAnswer.of(UncertainTensor.exact(t.tensor()))).orElse(answer);
    }

    /** What statics has said of a structure before is not asked again. */
    @Override
    public void remember(Memory memory) {
        known = memory;
    }

    /** What the network says where it is sure; else null. */
    private TensorAnswer sure(Optional<Prediction> said) {
        Optional<Prediction> sure = said.filter(this::isSure);
        sure.ifPresent(network::warn);
        return sure.map(prediction -> TensorAnswer.of(NetworkTensors.tensor(prediction))).orElse(null);
    }

    private boolean isSure(Prediction said) {
        return said.known() && said.uncertainty().map(u -> u.gpa() <= limit)
                .orElseGet(() -> said.expected().map(e -> e.rmse() <= limit).orElse(false));
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
