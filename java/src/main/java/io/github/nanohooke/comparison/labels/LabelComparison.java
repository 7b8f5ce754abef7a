// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison.labels;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.comparison.Failures;
import io.github.nanohooke.comparison.MinimaComparison;
import io.github.nanohooke.comparison.labels.LabelSamples.LabelSample;
import io.github.nanohooke.random.Mixing;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StabilityReport;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Minimiser;
import io.github.nanohooke.statics.StaticsOptions.Periods;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.hessian.HessianElasticCalculator;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.source.StructureSource;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * Where other ways down lead from the structures of a dataset: how far a label would be off if it had been made
 * differently, which no network that sees the structure can know.
 *
 * <p>A label of one cell along z is held against itself made again, and against LAMMPS' conjugate gradients and FIRE,
 * each polished and measured by the exact second derivatives under the label's own rule for the cells along z. A label
 * of three cells depends on the seeded push that starts its relaxation: it is held against another seed. LAMMPS keeps
 * the one cell, which is not stable there; its minima are told where that is asked for, as they are.
 */
public final class LabelComparison {
    /** The label's own way, once more. */
    public static final String AGAIN = "again";
    /** LAMMPS, conjugate gradients. */
    public static final String CG = "cg";
    /** LAMMPS, FIRE. */
    public static final String FIRE = "fire";
    /** The label's own way, by another seed of the push into three cells. */
    public static final String PUSH = "push";

    /** Force [eV/Å] and stress [GPa] that polishing leaves, as in {@link MinimaComparison}. */
    private static final double POLISHED = 1e-7;

    private final LabelSamples samples;
    private final ElasticCalculator judge;
    private final HessianElasticCalculator fast;
    private final double mostSeconds;
    private final boolean heldAsOne;

    /**
     * @param judge       runs {@link Minimiser#CG} and {@link Minimiser#FIRE}; stays the caller's
     * @param fast        what labels are made by; stays the caller's
     * @param mostSeconds processor time after which a way down is given up [s]
     * @param heldAsOne   whether the judge relaxes structures whose labels have three cells too, as one
     */
    public LabelComparison(LabelSamples samples, ElasticCalculator judge, HessianElasticCalculator fast,
            double mostSeconds, boolean heldAsOne) {
        if (!(mostSeconds > 0)) {
            throw new IllegalArgumentException("a way down needs some processor time, got " + mostSeconds + " s");
        }
        this.samples = samples;
        this.judge = judge;
        this.fast = fast;
        this.mostSeconds = mostSeconds;
        this.heldAsOne = heldAsOne;
    }

    /**
     * One sample's row; a way that cannot be carried out, or takes too long, is told in it.
     *
     * @throws NanohookeException when the machine is at fault, or the structure is not the one that was stored
     */
    public LabelRow compare(long place, StaticsProgress progress) {
        LabelSample sample = samples.get(place);
        StructureSource.Drawn drawn = sample.draw();
        Atoms start = drawn.structure().atoms();
        StaticsOptions options = sample.plan().options(sample.index());
        int cells = sample.cells();
        List<LabelEnd> ends = new ArrayList<>();
        if (cells == 1) {
            ends.add(gone(AGAIN, progress, limit -> fast.calculate(start, options, limit)));
        } else {
            long other = Mixing.of(options.seed(), 1) >>> 1;
            ends.add(gone(PUSH, progress, limit -> fast.calculate(start, options.withSeed(other), limit)));
        }
        if (cells == 1 || heldAsOne) {
            ends.addAll(judged(start, options, cells, progress));
        }
        return new LabelRow(place, sample.family(), sample.plan().seed(), sample.index(),
                drawn.structure().porosity(), cells, isCut(sample), sample.dataset().constants(sample.place()), ends);
    }

    /** LAMMPS' ways. Where the label has three cells, its minimum is measured as the one cell that it is. */
    private List<LabelEnd> judged(Atoms start, StaticsOptions options, int cells, StaticsProgress progress) {
        StaticsOptions measured = options.withPeriods(cells == 1 ? options.periods() : Periods.ONE)
                .withForceTolerance(Math.min(POLISHED, options.forceTolerance()))
                .withStressTolerance(Math.min(POLISHED, options.stressTolerance()));
        return List.of(
                gone(CG, progress, limit -> judged(start, options.withMinimiser(Minimiser.CG), measured, limit)),
                gone(FIRE, progress, limit -> judged(start, options.withMinimiser(Minimiser.FIRE), measured, limit)));
    }

    private static boolean isCut(LabelSample sample) {
        return sample.dataset().outcome(sample.place()).equals(Outcome.DISCONNECTED.name());
    }

    private StaticsResult judged(Atoms start, StaticsOptions options, StaticsOptions measured, StaticsProgress limit) {
        return fast.calculate(judge.relax(start, options, limit).atoms(), measured, limit);
    }

    private LabelEnd gone(String way, StaticsProgress progress, Function<StaticsProgress, StaticsResult> descent) {
        CpuLimit limit = new CpuLimit(progress, mostSeconds);
        try {
            return end(way, descent.apply(limit), limit.used());
        } catch (CancellationException e) {
            if (!limit.exceeded()) {
                throw e;
            }
            return LabelEnd.without(way, LabelEnd.GIVEN_UP, limit.used(),
                    "took more than " + mostSeconds + " s of processor time");
        } catch (MissingLibraryException e) {
            throw e;
        } catch (NanohookeException e) {
            if (e.isEnvironmental()) {
                throw e;
            }
            return LabelEnd.without(way, LabelEnd.FAILED, limit.used(), Failures.message(e));
        }
    }

    private static LabelEnd end(String way, StaticsResult result, double seconds) {
        int cells = result.stability().map(StabilityReport::cells).orElse(1);
        boolean measured = result.tensor() != null && result.converged();
        return new LabelEnd(way, result.outcome().name(), cells, result.energy() / cells,
                measured ? ElasticConstants.of(result.tensor()) : new double[0], seconds,
                result.outcome().isSound() ? "" : result.explanation());
    }
}
