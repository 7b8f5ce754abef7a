// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.lammps.StressOracle.State;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Minimiser;
import io.github.nanohooke.statics.StaticsOptions.Strains;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * Stress differences over one strain, or over strains each a quarter of the one before until two of them agree.
 *
 * <p>A derivative does not depend on the strain; what depends on it is the potential's doing: knots of its tables and
 * shells of neighbours at its cutoff that the strain carries pairs across, more of them the larger it is. Too small a
 * strain drowns in what force the relaxation leaves. Two sizes that agree are neither.
 */
final class StrainSizes {
    /**
     * How many times its tolerance a strained cell's force may be: a line search may end at the energy's last digit
     * just above it, which costs the tensor 0.01 GPa; one that is stuck far above costs tenths and counts as not
     * converged.
     */
    static final double SLACK = 2;
    /** Difference of a component up to which two sizes agree [GPa]. */
    static final double AGREED = 0.01;
    /** Difference of a component beyond which the result carries a warning [GPa]. */
    static final double NOTABLE = 0.05;
    /** Share of the largest constant by which the two signs of a strain may differ. */
    private static final double SIGNS_DISAGREE = 0.02;
    /** Sizes that are tried at most. */
    private static final int MOST = 3;
    /** Strains of one size: both signs of six components. */
    private static final int STRAINS = 12;
    private static final double NEXT = 0.25;
    /**
     * Force tolerance of strained cells per strain [eV/Å]: the stresses' difference shrinks with the strain and their
     * error must shrink along. Chosen so that C errs by less than 0.01 GPa (docs/statics.md).
     */
    private static final double FORCE_PER_STRAIN = 0.02;
    /** The same where the descent ends right at the tolerance, which conjugate gradients mostly overshoot. */
    private static final double FORCE_PER_STRAIN_TO_THE_POINT = 0.005;
    /**
     * How many times the tolerance of strained cells the minimum's own force may be before it is brought to rest, so
     * that what its forces still move is not taken for the strain's doing.
     */
    private static final double FELT = 25;

    private final StressOracle oracle;
    private final StaticsOptions options;

    StrainSizes(StressOracle oracle, StaticsOptions options) {
        this.oracle = oracle;
        this.options = options;
    }

    /** Largest force component that cells under that strain may keep [eV/Å]. */
    static double forceTolerance(StaticsOptions options, double strain) {
        boolean toThePoint = options.minimiser() == Minimiser.PRECONDITIONED
                || options.minimiser() == Minimiser.FIRE;
        double perStrain = toThePoint ? FORCE_PER_STRAIN_TO_THE_POINT : FORCE_PER_STRAIN;
        return Math.min(options.forceTolerance(), strain * perStrain);
    }

    /**
     * What strains of one size gave.
     *
     * @param forceTolerance of its cells [eV/Å]
     */
    record Size(double strain, double forceTolerance, StrainDifferences.Result differences) {
        boolean isRelaxed() {
            return differences.maxForce() <= SLACK * forceTolerance;
        }

        /** In the axes of LAMMPS' cell, not symmetrised. */
        ElasticTensor tensor() {
            return ElasticTensor.of(differences.stiffness());
        }

        double distance(Size other) {
            return tensor().symmetric().distance(other.tensor().symmetric());
        }
    }

    /**
     * The size that is taken, and the one that it was held against.
     *
     * @param other null where there was one size alone
     * @param first the largest
     */
    record Choice(Size taken, Size other, Size first) {
        /** Largest difference of a component between the two [GPa]; NaN where they cannot be compared. */
        double difference() {
            return other != null && other.isRelaxed() ? taken.distance(other) : Double.NaN;
        }

        /** For the result's explanation; empty for one size. */
        String explanation() {
            return other == null ? "" : other.isRelaxed()
                    ? format("; strains of %.2e (taken) and %.2e differ by %.4f GPa", taken.strain, other.strain,
                            difference())
                    : format("; measured with a strain of %.2e alone: cells under %.2e kept a force of %.1e eV/Å"
                            + " (tolerance %.1e)", taken.strain, other.strain, other.differences.maxForce(),
                            other.forceTolerance);
        }

        /** The result with warnings where signs or sizes disagree, or sizes could not be compared. */
        StaticsResult warned(StaticsResult result) {
            StaticsResult warned = signsWarned(result);
            if (other == null) {
                return warned;
            }
            if (!other.isRelaxed()) {
                return warned.with(new Warning("strain-sizes-unchecked", explanation().substring(2)
                        + "; no second size tells whether it is small enough"));
            }
            return difference() <= NOTABLE ? warned : warned.with(new Warning("strain-sizes-disagree", format(
                    "strains of %.2e and %.2e give constants that differ by %.3f GPa, other sizes by more: a shell of"
                    + " neighbours lies at the potential's cutoff, where its energy jumps, or knots of its table lie"
                    + " close; the tensor is that of %.2e", taken.strain, other.strain, difference(),
                    taken.strain)));
        }

        /**
         * A smooth energy gives the two signs of a small strain the same constants, but for third derivatives. The
         * largest strain tells: it meets most jumps, and the force that the minimum keeps weighs least.
         */
        private StaticsResult signsWarned(StaticsResult result) {
            ElasticTensor c = taken.tensor();
            double largest = 1; // GPa: a share of less means nothing
            for (int i = 0; i < 6; i++) {
                largest = Math.max(largest, Math.abs(c.get(i, i)));
            }
            double signs = first.differences.signs();
            if (signs <= SIGNS_DISAGREE * largest) {
                return result;
            }
            return result.with(new Warning("strain-signs-disagree", format("strains of +%.1e and -%.1e give constants"
                    + " that differ by %.1f GPa: a shell of neighbours lies at the potential's cutoff, where its energy"
                    + " jumps, or atoms moved to other places; ", first.strain, first.strain, signs)
                    + (taken == first ? "measure with a --strain a hundred times smaller or larger"
                            : format("the tensor is that of %.2e", taken.strain))));
        }
    }

    /**
     * @param minimum  at zero force and stress
     * @param listener told which strain comes next, and the share done
     * @return the larger of the first two sizes that agree; where none do, the smaller of the two that differ least,
     *         which crosses fewer jumps. The first size alone where its cells do not come to rest
     */
    Choice run(State minimum, BiConsumer<String, Double> listener) {
        int most = options.strains() == Strains.ONE ? 1 : MOST;
        Size last = measure(0, most, minimum, listener);
        Choice best = new Choice(last, null, last);
        double least = Double.POSITIVE_INFINITY;
        for (int k = 1; k < most && last.isRelaxed() && least > AGREED; k++) {
            Size next = measure(k, most, minimum, listener);
            double difference = next.isRelaxed() ? next.distance(last) : Double.NaN;
            if (difference < least) {
                least = difference;
                best = difference <= AGREED ? new Choice(last, next, best.first) : new Choice(next, last, best.first);
            } else if (best.other == null) {
                best = new Choice(last, next, best.first);
            }
            last = next;
        }
        return best;
    }

    private Size measure(int k, int most, State minimum, BiConsumer<String, Double> listener) {
        double strain = options.strain() * Math.pow(NEXT, k);
        double tolerance = forceTolerance(options, strain);
        State rest = minimum.maxForce() <= FELT * tolerance ? minimum
                : oracle.relax(minimum.box(), minimum.positions(), tolerance);
        return new Size(strain, tolerance, new StrainDifferences(oracle, strain, tolerance).run(rest,
                (name, done) -> listener.accept(name, (k + (double) done / STRAINS) / most)));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
