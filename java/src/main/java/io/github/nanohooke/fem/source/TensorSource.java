// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.source;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.ElasticTensor;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.surrogate.ElasticSurrogate;
import io.github.nanohooke.surrogate.SurrogateOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A structure's elastic tensor, for the laws of a part. */
public enum TensorSource {
    /** Molecular statics by the fastest method that applies. */
    STATICS {
        @Override
        public ElasticTensor tensor(Atoms atoms) {
            return relaxed(atoms).tensor();
        }
    },
    /** The network, from relaxed atoms, averaged over the symmetries of the square. */
    NETWORK {
        @Override
        public ElasticTensor tensor(Atoms atoms) {
            SurrogateOptions options = SurrogateOptions.defaults().withAverage(true);
            try (ElasticSurrogate network = ElasticSurrogate.loadDefault(options)) {
                return network.predict(StructureImage.of(relaxed(atoms).relaxed(), network.resolution()));
            }
        }
    },
    /** The network, from atoms as designed: milliseconds, and less accurate. */
    DESIGNED_NETWORK {
        @Override
        public ElasticTensor tensor(Atoms atoms) {
            SurrogateOptions options = SurrogateOptions.defaults().withAverage(true);
            try (ElasticSurrogate network = ElasticSurrogate.loadDefault(options)) {
                return network.predict(StructureImage.of(atoms, network.resolution()));
            }
        }
    };

    /** Name on the command line and in problem files, for example {@code designed-network}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The tensor of a structure [GPa].
     *
     * @throws FemException when the structure is unstable or does not relax
     */
    public abstract ElasticTensor tensor(Atoms atoms);

    /** @throws FemException when there is no such source */
    public static TensorSource named(String label) {
        return Arrays.stream(values()).filter(s -> s.label().equals(label)).findFirst().orElseThrow(() ->
                new FemException("there is no source \"" + label + "\" of tensors; there are "
                        + String.join(", ", labels())));
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(TensorSource::label).toList();
    }

    private static StaticsResult relaxed(Atoms atoms) {
        StaticsOptions options = StaticsOptions.defaults();
        try (ElasticCalculator calculator = ElasticCalculators.open(ElasticCalculators.choose(atoms, options))) {
            StaticsResult result = calculator.calculate(atoms, options, StaticsProgress.SILENT);
            if (result.tensor() == null) {
                throw new FemException("statics gave no tensor of the structure: " + result.outcome() + ", "
                        + result.explanation());
            }
            return result;
        }
    }
}
