// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.compare;

import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.comparison.AccuracyComparison;
import io.github.nanohooke.comparison.AccuracyRow;
import io.github.nanohooke.comparison.AccuracySummary;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.Verification;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "accuracy",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "How far tensors of the fast method are from LAMMPS' stress differences at the same minima.",
            "As 'statics --verify' does for one file. Where a component differs by more than 0.01 GPa, smaller strains "
                    + "are tried and the reason is told. DIR gets accuracy.csv, a line a structure, and accuracy.txt."
        },
        footer = {"", "Example:", "  nanohooke compare accuracy --kind mixed --count 100 --seed 1 --out accuracy"})
final class CompareAccuracyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ComparisonSettings settings;

    @Option(names = "--judge", paramLabel = "NAME", defaultValue = Verification.JUDGE,
            description = "Method that measures stress differences (default: ${DEFAULT-VALUE}).")
    private String judge;

    @Option(names = "--strain", paramLabel = "E", defaultValue = "2e-5",
            description = "Size of the central strain differences (default: ${DEFAULT-VALUE}).")
    private double strain;

    @Override
    public Integer call() throws IOException {
        DatasetPlan plan = settings.plan(options -> options.withStrain(strain));
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS);
                ElasticCalculator slow = ElasticCalculators.open(judge);
                ElasticCalculator fast = ElasticCalculators.open(plan.method())) {
            AccuracyComparison comparison = new AccuracyComparison(plan, slow, fast);
            return settings.run(spec, plan,
                    new ComparisonSettings.Comparison<>("accuracy", judge, AccuracyRow.class, AccuracyRow::index,
                            AccuracySummary::new, Map.of("strain", Double.toString(strain))),
                    comparison::compare, stop);
        }
    }
}
