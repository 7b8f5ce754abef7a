// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.compare;

import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.comparison.MinimaComparison;
import io.github.nanohooke.comparison.MinimaRow;
import io.github.nanohooke.comparison.MinimaSummary;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.hessian.HessianElasticCalculator;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "minima",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "How often LAMMPS CG, LAMMPS FIRE and the fast method end in the same minimum.",
            "Each relaxes the unrelaxed lattice with one cell along z; the three ends are then polished and "
                    + "measured by exact second derivatives. DIR gets minima.csv, a line a structure, and minima.txt."
        },
        footer = {"", "Example:", "  nanohooke compare minima --kind mixed --count 200 --seed 1 --out minima"})
final class CompareMinimaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ComparisonSettings settings;

    @Option(names = "--judge", paramLabel = "NAME", defaultValue = "lammps",
            description = "Method that descends by CG and FIRE (default: ${DEFAULT-VALUE}).")
    private String judge;

    @Override
    public Integer call() throws IOException {
        DatasetPlan plan = settings.plan(options -> options);
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS);
                ElasticCalculator slow = ElasticCalculators.open(judge);
                HessianElasticCalculator fast = new HessianElasticCalculator()) {
            MinimaComparison comparison = new MinimaComparison(plan, slow, fast);
            return settings.run(spec, plan,
                    new ComparisonSettings.Comparison<>("minima", judge, MinimaRow.class, MinimaRow::index,
                            MinimaSummary::new, Map.of()),
                    comparison::compare, stop);
        }
    }
}
