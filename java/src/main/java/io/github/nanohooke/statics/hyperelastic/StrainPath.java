// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hyperelastic;

import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.tensor.Voigt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoublePredicate;

/**
 * A crystal on a proportional path of stretches U = I + t D: a stress-strain curve up to the first instability. That is
 * looked for from step to step: a cell that gives way and recovers between two of them, as shells of neighbours enter
 * the cutoff, goes unseen.
 *
 * @param direction   D, components 11, 22, 33, 23, 13, 12 of a symmetric tensor, the largest 1 in size
 * @param to          last t of the whole path
 * @param states      at rest, the undeformed one first; only stable ones
 * @param instability the first one, where the path meets it
 */
public record StrainPath(double[] direction, double to, List<State> states, Optional<Instability> instability) {
    /** Share of the critical strain to which it is found. */
    public static final double RESOLUTION = 5e-4;
    private static final int[][] PAIR = Voigt.pairs();

    /**
     * A state on the path.
     *
     * @param strain  t
     * @param stress  dW/dt [GPa]: the first Piola-Kirchhoff stress along the direction
     * @param tangent d2W/dt2 [GPa]
     * @param result  everything else
     */
    public record State(double strain, double stress, double tangent, HyperelasticResult result) {
    }

    /**
     * Where the path loses its stability.
     *
     * @param strain  largest t that was found stable; the smallest that is not lies less than 0.1 % beyond
     * @param kind    what gives way: {@link HyperelasticOutcome#BEYOND_INSTABILITY} the atoms, or the outcome of the
     *                first state beyond
     * @param state   the last stable one
     */
    public record Instability(double strain, HyperelasticOutcome kind, State state) {
        /**
         * Where it gives way: the softest strain on top of that state, components 11, 22, 33, 23, 13, 12 of a tensor of
         * unit length. (How atoms move is the state's {@link HyperelasticResult#softestMotion()}.)
         */
        public double[] direction() {
            return state.result().softestStrain();
        }

        /** For people. */
        public String explanation() {
            return String.format(Locale.ROOT, "first instability at a strain of %.6g (%s), stress %.4f GPa, pressure"
                    + " %.4f GPa; smallest eigenvalue there %.3g eV/Å² of the atoms, %.3g GPa of the cell", strain,
                    switch (kind) {
                        case CELL_UNSTABLE -> String.format(Locale.ROOT,
                                "the cell gives way to the strain %s on top of it",
                                describe(direction()));
                        case SYMMETRY_UNSTABLE -> "atoms break the cell's inversion symmetry";
                        default -> "the atoms give way";
                    }, state.stress(), state.result().pressure(), state.result().atomStability(),
                    state.result().cellStability());
        }
    }

    /** Components worth a word. */
    private static String describe(double[] strain) {
        List<String> words = new ArrayList<>();
        for (int t = 0; t < 6; t++) {
            if (Math.abs(strain[t]) > 0.005) {
                words.add(String.format(Locale.ROOT, "%d%d: %.2f", PAIR[t][0] + 1, PAIR[t][1] + 1, strain[t]));
            }
        }
        return "(" + String.join(", ", words) + ")";
    }

    /**
     * Follows the path.
     *
     * @param direction six components; scaled so that the largest is 1 in size
     * @param to        last t, of either sign
     * @param steps     even ones, at least one
     * @param progress  told the share that is done; false stops: the path is that which was followed
     * @throws StaticsException when the direction is none, or the path turns matter inside out
     */
    public static StrainPath follow(HyperelasticCalculator crystal, double[] direction, double to, int steps,
            DoublePredicate progress) {
        double largest = 0;
        for (double d : direction) {
            largest = Math.max(largest, Math.abs(d));
        }
        if (direction.length != 6 || !(largest > 0) || !Double.isFinite(largest)) {
            throw new StaticsException("a direction of strain has six finite components, not all zero");
        }
        if (steps < 1 || to == 0 || !Double.isFinite(to)) {
            throw new StaticsException("a path needs an end other than 0 and at least one step, got " + to + " in "
                    + steps);
        }
        double[] d = direction.clone();
        for (int t = 0; t < 6; t++) {
            d[t] /= largest;
        }
        Deformations.requireStretch(stretched(d, to));
        List<State> states = new ArrayList<>();
        HyperelasticResult at = crystal.deform(Deformations.none());
        states.add(state(d, 0, at));
        if (at.outcome() != HyperelasticOutcome.STABLE) {
            throw new StaticsException("the undeformed cell is not stable: " + at.explanation());
        }
        for (int k = 1; k <= steps; k++) {
            if (!progress.test((double) (k - 1) / steps)) {
                break;
            }
            double strain = k == steps ? to : to * k / steps;
            at = crystal.deform(stretched(d, strain), at);
            if (at.outcome() != HyperelasticOutcome.STABLE) {
                Instability found = first(crystal, d, to * (k - 1) / steps, strain, at.outcome());
                states.add(found.state());
                return new StrainPath(d, to, List.copyOf(states), Optional.of(found));
            }
            states.add(state(d, strain, at));
        }
        return new StrainPath(d, to, List.copyOf(states), Optional.empty());
    }

    /** Whether it was followed to its end or to an instability; else it was stopped. */
    public boolean isComplete() {
        return instability.isPresent() || states.get(states.size() - 1).strain() == to;
    }

    /** By halves, each from the undeformed state. */
    private static Instability first(HyperelasticCalculator crystal, double[] d, double stable, double beyond,
            HyperelasticOutcome outcome) {
        HyperelasticResult best = crystal.deform(stretched(d, stable));
        HyperelasticOutcome kind = outcome;
        double low = stable;
        double high = beyond;
        while (Math.abs(high - low) > RESOLUTION * Math.abs(high)) {
            double middle = 0.5 * (low + high);
            HyperelasticResult tried = crystal.deform(stretched(d, middle));
            if (tried.outcome() == HyperelasticOutcome.STABLE) {
                low = middle;
                best = tried;
            } else {
                high = middle;
                kind = tried.outcome();
            }
        }
        return new Instability(low, kind, state(d, low, best));
    }

    private static double[] stretched(double[] d, double t) {
        return Deformations.stretch(1 + t * d[0], 1 + t * d[1], 1 + t * d[2], t * d[3], t * d[4], t * d[5]);
    }

    private static State state(double[] d, double strain, HyperelasticResult result) {
        double[] along = Deformations.stretch(d);
        double stress = 0;
        double tangent = 0;
        for (int q = 0; q < 9; q++) {
            stress += along[q] * result.piola()[q];
            for (int r = 0; r < 9; r++) {
                tangent += along[q] * result.tangent()[9 * q + r] * along[r];
            }
        }
        return new State(strain, stress, tangent, result);
    }
}
