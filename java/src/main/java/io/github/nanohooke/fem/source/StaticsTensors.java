// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.source;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Molecular statics, one structure after the other. */
final class StaticsTensors implements TensorEvaluator {
    private final StaticsOptions options = StaticsOptions.defaults();
    private final Map<String, ElasticCalculator> calculators = new HashMap<>();

    StaticsResult calculate(Atoms atoms) {
        String method = ElasticCalculators.choose(atoms, options);
        StaticsResult result = calculators.computeIfAbsent(method, ElasticCalculators::open)
                .calculate(atoms, options, StaticsProgress.SILENT);
        if (result.tensor() == null) {
            throw new FemException("statics gave no tensor of the structure: " + result.outcome() + ", "
                    + result.explanation());
        }
        return result;
    }

    @Override
    public List<ElasticTensor> tensors(List<Atoms> structures) {
        List<ElasticTensor> tensors = new ArrayList<>();
        structures.forEach(atoms -> tensors.add(calculate(atoms).tensor()));
        return tensors;
    }

    @Override
    public String identity() {
        return "statics, " + options.potential().name();
    }

    @Override
    public int batch() {
        return 8;
    }

    @Override
    public void close() {
        calculators.values().forEach(ElasticCalculator::close);
    }
}
