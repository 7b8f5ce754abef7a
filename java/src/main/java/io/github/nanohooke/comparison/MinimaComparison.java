// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.comparison.MinimaRow.Descent;
import io.github.nanohooke.comparison.MinimaRow.Gap;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.Relaxation;
import io.github.nanohooke.statics.StabilityReport;
import io.github.nanohooke.statics.StaticsOptions.Minimiser;
import io.github.nanohooke.statics.StaticsOptions.Periods;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.hessian.HessianElasticCalculator;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.source.StructureSource;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Relaxes random structures by LAMMPS' two gentle minimisers, the paper's path, and by the fast route, and says which
 * of them end in the same minimum.
 *
 * <p>All three keep one cell along z: the seeded push that starts a three-cell relaxation would decide for itself. Each
 * end is polished and measured by the exact second derivatives, so that tolerances and strain differences do not blur
 * the verdict.
 */
public final class MinimaComparison {
    private static final Logger LOG = LoggerFactory.getLogger(MinimaComparison.class);
    /**
     * Force [eV/Å] and stress [GPa] that polishing leaves. A soft structure's tensor still moves by some 0.01 GPa
     * between two states that are relaxed to 1e-5.
     */
    private static final double POLISHED = 1e-7;

    private final DatasetPlan plan;
    private final ElasticCalculator judge;
    private final HessianElasticCalculator fast;

    /**
     * @param plan  the structures, potential and tolerances
     * @param judge runs {@link Minimiser#CG} and {@link Minimiser#FIRE}; stays the caller's
     * @param fast  the fast route; stays the caller's
     */
    public MinimaComparison(DatasetPlan plan, ElasticCalculator judge, HessianElasticCalculator fast) {
        this.plan = plan;
        this.judge = judge;
        this.fast = fast;
    }

    /** An end with what the table does not hold. */
    private record End(String name, Descent descent, ElasticTensor tensor, StabilityReport stability, String note) {
        Gap to(End other) {
            double distance = tensor == null || other.tensor == null ? Double.NaN : tensor.distance(other.tensor);
            return new Gap(distance, descent.energy() - other.descent.energy());
        }
    }

    /** One structure's row; a structure or a way down that cannot be carried out is told in it. */
    public MinimaRow compare(long index, StaticsProgress progress) {
        StructureSource.Drawn drawn;
        Atoms start;
        try {
            drawn = plan.draw(index);
            start = drawn.structure().atoms();
        } catch (NanohookeException | IllegalArgumentException e) {
            Descent none = Descent.failed();
            Gap far = new Gap(Double.NaN, Double.NaN);
            return new MinimaRow(index, Double.NaN, 0, null, 0, 0, none, none, none, far, far, far,
                    "the structure cannot be made: " + Failures.message(e));
        }
        StaticsOptions options = plan.options(index).withPeriods(Periods.ONE);
        Boolean startStable = startStable(index, start, options);
        End own = orFailed("fast", () -> own(start, options, progress));
        End cg = orFailed("cg", () -> judged("cg", start, options.withMinimiser(Minimiser.CG), progress));
        End fire = orFailed("fire", () -> judged("fire", start, options.withMinimiser(Minimiser.FIRE), progress));
        return new MinimaRow(index, drawn.structure().porosity(), start.count(), startStable, cells(own),
                own.stability == null ? 0 : own.stability.islands(), cg.descent, fire.descent, own.descent,
                cg.to(fire), own.to(fire), own.to(cg), reason(startStable, cg, fire, own));
    }

    /** Unknown where the kernel refuses the lattice; the ways down then say why, each for itself. */
    private Boolean startStable(long index, Atoms start, StaticsOptions options) {
        try {
            return fast.hasStableHessian(start, options);
        } catch (NanohookeException e) {
            Failures.requireOfTheStructure(e);
            LOG.warn("structure {}: the unrelaxed lattice has no Hessian: {}", index, e.getMessage());
            return null;
        }
    }

    private static int cells(End own) {
        if (own.stability == null || own.stability.certificate() == null) {
            return 0;
        }
        return own.stability.certificate() ? 1 : 3;
    }

    private End own(Atoms start, StaticsOptions options, StaticsProgress progress) {
        CpuClock clock = new CpuClock();
        StaticsResult end = fast.calculate(start, options, progress);
        double seconds = clock.seconds();
        StaticsResult polished = polished(end.relaxed(), options, progress);
        Descent descent = new Descent(polished.outcome().name(), polished.tensor() != null, end.converged(),
                polished.energy(), end.energy() - polished.energy(), end.maxForce(), end.residualStress(),
                end.evaluations(), seconds);
        // Certificate and path are those of the descent, which is what the fast route delivers.
        return new End("fast", descent, polished.tensor(), end.stability().orElse(null), polished.explanation());
    }

    private End judged(String name, Atoms start, StaticsOptions options, StaticsProgress progress) {
        CpuClock clock = new CpuClock();
        Relaxation end = judge.relax(start, options, progress);
        double seconds = clock.seconds();
        StaticsResult polished = polished(end.atoms(), options, progress);
        Descent descent = new Descent(polished.outcome().name(), polished.tensor() != null, end.converged(),
                polished.energy(), end.energy() - polished.energy(), end.maxForce(), end.residualStress(),
                end.evaluations(), seconds);
        return new End(name, descent, polished.tensor(), polished.stability().orElse(null), polished.explanation());
    }

    private StaticsResult polished(Atoms end, StaticsOptions options, StaticsProgress progress) {
        return fast.calculate(end, options.withForceTolerance(Math.min(POLISHED, options.forceTolerance()))
                .withStressTolerance(Math.min(POLISHED, options.stressTolerance())), progress);
    }

    private static End orFailed(String name, Supplier<End> way) {
        try {
            return way.get();
        } catch (NanohookeException | IllegalArgumentException e) {
            Failures.requireOfTheStructure(e);
            return new End(name, Descent.failed(), null, null, Failures.message(e));
        }
    }

    private static String reason(Boolean startStable, End cg, End fire, End own) {
        List<End> ends = List.of(cg, fire, own);
        if (cg.to(fire).same() && own.to(fire).same() && own.to(cg).same()) {
            return "";
        }
        List<String> reasons = new ArrayList<>();
        for (End end : ends) {
            if (end.tensor == null) {
                reasons.add(end.name + " has no tensor (" + end.note + ")");
            }
            if (end.descent.polish() > MinimaRow.SAME_ENERGY) {
                reasons.add(String.format(Locale.ROOT, "%s did not end at a minimum: %.2g eV above it, largest force"
                        + " %.1e eV/Å", end.name, end.descent.polish(), end.descent.maxForce()));
            }
            if (end.stability != null && end.stability.otherMinimumKnown()) {
                reasons.add(end.name + " came off a saddle");
            }
        }
        reasons.add(String.format(Locale.ROOT, "energies cg %.4f, fire %.4f, fast %.4f eV; %s",
                cg.descent.energy(), fire.descent.energy(), own.descent.energy(), path(startStable)));
        return String.join("; ", reasons);
    }

    private static String path(Boolean startStable) {
        if (startStable == null) {
            return "the kernel refuses the unrelaxed lattice";
        }
        return startStable ? "the unrelaxed lattice is stable, an instability met on the way decides"
                : "the unrelaxed lattice is unstable, so that the path decides";
    }
}
