// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.source;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.statics.StaticsTensors;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.surrogate.predict.HybridTensors;
import io.github.nanohooke.surrogate.predict.NetworkTensors;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a structure's elastic tensor comes from, for the laws of a part. */
public enum KnownSource {
    /** Molecular statics by the fastest method that applies: some 0.1 s a structure, on all cores. */
    STATICS((limit, model, threads) -> new StaticsTensors(threads)),
    /** The network, from relaxed atoms, averaged over the symmetries of the square: the relaxation takes its time. */
    NETWORK((limit, model, threads) -> new NetworkTensors(true, model, threads)),
    /** The network, from atoms as designed: milliseconds, and less accurate. */
    DESIGNED_NETWORK((limit, model, threads) -> new NetworkTensors(false, model)),
    /** The network from atoms as designed, and statics of those that it is not sure of or does not know. */
    HYBRID(HybridTensors::new);

    /**
     * Uncertainty of the network [GPa] above which {@link #HYBRID} asks statics, unless it is told another: small
     * errors for much statics. The pages tell how many structures the network in the library then answers for.
     */
    public static final double DEFAULT_LIMIT = 2;

    private final Opener opener;

    /** Opens a source that is limited by an uncertainty, has a network and so many threads of statics. */
    @FunctionalInterface
    private interface Opener {
        TensorSource open(double limit, Optional<Path> model, int threads);
    }

    KnownSource(Opener opener) {
        this.opener = opener;
    }

    /** Name on the command line and in problem files, for example {@code designed-network}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Something that evaluates many structures; the caller closes it. */
    public TensorSource open() {
        return open(DEFAULT_LIMIT);
    }

    /** @param limit uncertainty of the network [GPa] above which {@link #HYBRID} asks statics */
    public TensorSource open(double limit) {
        return open(limit, Optional.empty());
    }

    /**
     * As {@link #open(double)}.
     *
     * @param model file of the network; empty for that of the environment or of the library
     * @throws FemException when the limit is no number, or negative
     */
    public TensorSource open(double limit, Optional<Path> model) {
        return open(limit, model, Runtime.getRuntime().availableProcessors());
    }

    /**
     * As {@link #open(double, Optional)}.
     *
     * @param threads of statics, each with a structure of its own
     */
    public TensorSource open(double limit, Optional<Path> model, int threads) {
        if (!(limit >= 0)) {
            throw new FemException("the uncertainty above which hybrid asks statics must be zero or more GPa, got "
                    + limit);
        }
        return opener.open(limit, model, threads);
    }

    /**
     * The tensor of one structure [GPa].
     *
     * @throws io.github.nanohooke.statics.NoTensorException when the structure is unstable or does not relax
     */
    public ElasticTensor tensor(Atoms atoms) {
        return tensor(atoms, DEFAULT_LIMIT);
    }

    /** As {@link #tensor(Atoms)}; {@code limit} as in {@link #open(double)}. */
    public ElasticTensor tensor(Atoms atoms, double limit) {
        try (TensorSource evaluator = open(limit)) {
            return evaluator.tensors(List.of(atoms)).get(0);
        }
    }

    /** @throws FemException when there is no such source */
    public static KnownSource named(String label) {
        return Arrays.stream(values()).filter(s -> s.label().equals(label)).findFirst().orElseThrow(() ->
                new FemException("there is no source \"" + label + "\" of tensors; there are "
                        + String.join(", ", labels())));
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(KnownSource::label).toList();
    }
}
