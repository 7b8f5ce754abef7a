// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.trust;

import io.github.nanohooke.surrogate.SurrogateException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How well a calibration keeps its word on samples that it has not seen, and what asking statics above a limit gives.
 *
 * @param samples  of the test
 * @param coverage what share of them each level's bound held for
 * @param triage   by the limit on the uncertainty
 */
public record Reliability(int samples, List<Coverage> coverage, List<Triage> triage) {
    /** Limits that are told of [GPa]. */
    private static final double[] LIMITS = {0.25, 0.5, 1, 2, 4};

    /**
     * One point of a reliability diagram.
     *
     * @param said  share of samples for which the bound was to hold
     * @param found share for which it did
     */
    public record Coverage(double said, double found) {
    }

    /**
     * What {@code predict --max-uncertainty LIMIT --fallback statics} gives.
     *
     * @param limit     [GPa]
     * @param answered  share of samples that the network answers
     * @param within    share of all whose largest error ends within the limit, statics' own taken as none
     * @param rmse      of the network's answers [GPa]; null where there are none
     */
    public record Triage(double limit, double answered, double within, Double rmse) {
    }

    public Reliability {
        coverage = List.copyOf(coverage);
        triage = List.copyOf(triage);
    }

    /**
     * Measures.
     *
     * @param errors   [sample][constant], predicted less true [GPa]
     * @param spreads  of the samples
     * @param footings of the samples: of those that are unlike the calibration's the network is not sure
     * @throws SurrogateException when there are no samples
     */
    public static Reliability of(Calibration calibration, double[][] errors, List<AnswerSpread> spreads,
            List<Footing> footings) {
        if (errors.length == 0) {
            throw new SurrogateException("there are no samples to measure a calibration by");
        }
        List<Coverage> coverage = calibration.levels().stream().map(level -> new Coverage(level, share(errors.length,
                i -> Calibration.max(errors[i]) <= calibration.bound(level, spreads.get(i))))).toList();
        List<Triage> triage = new ArrayList<>();
        for (double limit : LIMITS) {
            boolean[] asked = new boolean[errors.length];
            double squares = 0;
            int answered = 0;
            for (int i = 0; i < errors.length; i++) {
                asked[i] = footings.get(i).uncertainty(calibration, spreads.get(i)).gpa() > limit;
                if (!asked[i]) {
                    answered++;
                    for (double error : errors[i]) {
                        squares += error * error / errors[i].length;
                    }
                }
            }
            double within = share(errors.length, i -> asked[i] || Calibration.max(errors[i]) <= limit);
            triage.add(new Triage(limit, (double) answered / errors.length, within,
                    answered == 0 ? null : Math.sqrt(squares / answered)));
        }
        return new Reliability(errors.length, coverage, triage);
    }

    private static double share(int count, IntPredicate holds) {
        return (double) IntStream.range(0, count).filter(holds).count() / count;
    }
}
