// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StabilityReport;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.Verification;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.source.StructureSource;
import java.util.Locale;

/**
 * Tensors of the fast route against converged stress differences at the same minima.
 *
 * <p>Where the two differ by more than the claim, smaller strains are tried. A tabulated potential is made of cubic
 * pieces whose second derivative jumps where they meet; a strain moves many pairs of an extruded cell over such a knot
 * at once, and the difference of stresses then has an error that the exact derivative has not. It shrinks with the
 * strain, which tells it from a wrong tensor.
 */
public final class AccuracyComparison {
    /** What the plan's strain is divided by in turn where it does not agree. */
    private static final double[] LADDER = {4, 8};
    /** A judge whose energy differs by more, up or down, is in another minimum [eV]. */
    private static final double LEFT = 1e-5;

    private final DatasetPlan plan;
    private final ElasticCalculator judge;
    private final ElasticCalculator fast;

    /**
     * @param plan  the structures, potential, tolerances and strain
     * @param judge measures stress differences; stays the caller's
     * @param fast  the fast route; stays the caller's
     */
    public AccuracyComparison(DatasetPlan plan, ElasticCalculator judge, ElasticCalculator fast) {
        this.plan = plan;
        this.judge = judge;
        this.fast = fast;
    }

    /** One structure's row; a calculation that cannot be carried out is told in it. */
    public AccuracyRow compare(long index, StaticsProgress progress) {
        double porosity = Double.NaN;
        int atoms = 0;
        StaticsResult result;
        double fastSeconds;
        StaticsOptions options;
        try {
            StructureSource.Drawn drawn = plan.draw(index);
            porosity = drawn.structure().porosity();
            Atoms start = drawn.structure().atoms();
            atoms = start.count();
            options = plan.options(index);
            CpuClock clock = new CpuClock();
            result = fast.calculate(start, options, progress);
            fastSeconds = clock.seconds();
        } catch (NanohookeException | IllegalArgumentException e) {
            Failures.requireOfTheStructure(e);
            return AccuracyRow.notJudged(index, porosity, atoms, 0, "FAILED", Double.NaN, Failures.message(e));
        }
        int cells = result.stability().map(StabilityReport::cells).orElse(1);
        if (result.outcome() != Outcome.STABLE) {
            return AccuracyRow.notJudged(index, porosity, result.relaxed().count(), cells, result.outcome().name(),
                    fastSeconds, "not judged: " + result.explanation());
        }
        try {
            return judged(index, porosity, cells, result, fastSeconds, options, progress);
        } catch (NanohookeException | IllegalArgumentException e) {
            Failures.requireOfTheStructure(e);
            return AccuracyRow.notJudged(index, porosity, result.relaxed().count(), cells, result.outcome().name(),
                    fastSeconds, "the judge failed: " + Failures.message(e));
        }
    }

    private AccuracyRow judged(long index, double porosity, int cells, StaticsResult result, double fastSeconds,
            StaticsOptions options, StaticsProgress progress) {
        CpuClock clock = new CpuClock();
        Verification first = Verification.of(judge, result, options, progress);
        double seconds = clock.seconds();
        double least = first.largestDifference();
        double leastStrain = options.strain();
        String note = "";
        for (double divisor : LADDER) {
            if (least <= AccuracyRow.CLAIM || leaves(first)) {
                break;
            }
            double strain = options.strain() / divisor;
            double next;
            try {
                next = Verification.of(judge, result, options.withStrain(strain), progress).largestDifference();
            } catch (NanohookeException e) {
                Failures.requireOfTheStructure(e);
                note = String.format(Locale.ROOT, "; at %.1e the judge failed: %s", strain, Failures.message(e));
                break;
            }
            if (next < least || Double.isNaN(least)) {
                least = next;
                leastStrain = strain;
            }
        }
        return new AccuracyRow(index, porosity, result.relaxed().count(), cells, result.outcome().name(),
                first.largestDifference(), first.energyDifference(), least, leastStrain, first.evaluations(),
                fastSeconds, seconds, reason(first, least, leastStrain, options.strain()) + note);
    }

    private static boolean leaves(Verification judged) {
        return Math.abs(judged.energyDifference()) > LEFT;
    }

    private static String reason(Verification first, double least, double leastStrain, double strain) {
        if (first.largestDifference() <= AccuracyRow.CLAIM) {
            return "";
        }
        if (leaves(first)) {
            return String.format(Locale.ROOT, "the judge is in another minimum: its energy is %.2g eV from the given",
                    first.energyDifference());
        }
        if (first.outcome() != Outcome.STABLE) {
            return "the judge's own outcome is " + first.outcome().name() + ": " + first.outcome().meaning();
        }
        return least <= AccuracyRow.CLAIM
                ? String.format(Locale.ROOT, "knots of the tabulated potential: %.4f GPa at a strain of %.1e, %.4f at"
                        + " %.1e", first.largestDifference(), strain, least, leastStrain)
                : String.format(Locale.ROOT, "not explained by the strain: still %.4f GPa at %.1e", least, leastStrain);
    }
}
