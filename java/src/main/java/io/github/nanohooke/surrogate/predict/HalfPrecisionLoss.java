// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.nn.file.HalfPrecision;
import io.github.nanohooke.nn.ParameterTable;
import io.github.nanohooke.surrogate.data.TrainingData;
import io.github.nanohooke.surrogate.model.ModelFile;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What half precision costs a model. Rounding moves predictions most through the first convolutions and the last dense
 * layers, which have few parameters; nearly all of a file are the others.
 */
public final class HalfPrecisionLoss {
    private final ModelFile model;
    private final TrainingData data;
    private final SurrogateOptions options;
    private final double[][] single;

    private HalfPrecisionLoss(ModelFile model, TrainingData data, SurrogateOptions options) {
        this.model = model;
        this.data = data;
        this.options = options;
        this.single = predictions(model);
    }

    /**
     * Blocks of parameters to store in half precision.
     *
     * @param halves     their names; empty where not even one block may be
     * @param difference the largest that it makes to any constant of any sample [GPa]
     */
    public record Choice(Set<String> halves, double difference) {
        public Choice {
            halves = Set.copyOf(halves);
        }
    }

    /**
     * The largest difference that rounding its parameters to half precision makes to any constant of any sample [GPa];
     * infinite where a parameter is too large for half precision.
     */
    public static double of(ModelFile model, TrainingData data, SurrogateOptions options) {
        List<ParameterTable.Block> blocks = model.definition().parameters().blocks();
        return blocks.stream().allMatch(block -> fits(model, block))
                ? new HalfPrecisionLoss(model, data, options).difference(names(blocks)) : Double.POSITIVE_INFINITY;
    }

    /**
     * As many parameters in half precision as keep every prediction within a limit: the blocks of fewest parameters
     * stay in single precision.
     *
     * @param limit [GPa]
     */
    public static Choice within(double limit, ModelFile model, TrainingData data, SurrogateOptions options) {
        List<ParameterTable.Block> candidates = model.definition().parameters().blocks().stream()
                .filter(block -> fits(model, block))
                .sorted(Comparator.comparingInt(ParameterTable.Block::count)).toList();
        HalfPrecisionLoss loss = new HalfPrecisionLoss(model, data, options);
        // The least number of single blocks, by bisection: more of them move predictions less.
        int least = 0;
        int most = candidates.size();
        Choice best = new Choice(Set.of(), 0);
        while (least < most) {
            int middle = (least + most) / 2;
            Set<String> halves = names(candidates.subList(middle, candidates.size()));
            double difference = loss.difference(halves);
            if (difference < limit) {
                best = new Choice(halves, difference);
                most = middle;
            } else {
                least = middle + 1;
            }
        }
        return best;
    }

    private static boolean fits(ModelFile model, ParameterTable.Block block) {
        for (int i = block.offset(); i < block.offset() + block.count(); i++) {
            if (Math.abs(model.parameters()[i]) > HalfPrecision.MAX_VALUE) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> names(List<ParameterTable.Block> blocks) {
        return blocks.stream().map(ParameterTable.Block::name).collect(Collectors.toSet());
    }

    private double difference(Set<String> halves) {
        double[][] half = predictions(model.rounded(halves));
        double largest = 0;
        for (int i = 0; i < single.length; i++) {
            for (int k = 0; k < single[i].length; k++) {
                largest = Math.max(largest, Math.abs(single[i][k] - half[i][k]));
            }
        }
        return largest;
    }

    private double[][] predictions(ModelFile of) {
        try (ElasticSurrogate surrogate = ElasticSurrogate.of("the trained model", of, options)) {
            return SamplePredictions.of(surrogate, data);
        }
    }
}
