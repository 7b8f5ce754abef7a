// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Molecular statics, one structure after the other; the log has each choice of a method once. */
public final class StaticsTensors implements TensorSource {
    private static final Logger LOG = LoggerFactory.getLogger(StaticsTensors.class);

    private final StaticsOptions options = StaticsOptions.defaults();
    private final Map<String, ElasticCalculator> calculators = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    public StaticsResult calculate(Atoms atoms) {
        String method = ElasticCalculators.choose(atoms, options, choice -> {
            if (told.add(choice)) {
                LOG.info(choice);
            }
        });
        StaticsResult result = calculators.computeIfAbsent(method, ElasticCalculators::open)
                .calculate(atoms, options, StaticsProgress.SILENT);
        if (result.tensor() == null) {
            throw new StaticsException("statics gave no tensor of the structure: " + result.outcome() + ", "
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
    public List<UncertainTensor> uncertain(List<PorousStructure> structures) {
        return tensorsOfPorous(structures).stream().map(UncertainTensor::exact).toList();
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
