// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.paper;

import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.surrogate.trust.Uncertainty;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A case by statics and by the network.
 *
 * @param paperCase what it is
 * @param steps     those of its steps that have a tensor by statics
 */
public record CaseResult(PaperCase paperCase, List<Step> steps) {
    /** Below this a constant of a cut cell counts as zero, of which there is no relative error [GPa]. */
    private static final double NONE = 1;
    private static final List<String> STIFF = List.of("C11", "C22", "C33");

    /**
     * One structure.
     *
     * @param at          on the case's axis
     * @param porosity    [%]
     * @param outcome     of statics
     * @param statics     [GPa]
     * @param network     of the image of the relaxed structure, in the axes of the input [GPa]
     * @param uncertainty of the network's tensor, where its model tells
     */
    public record Step(double at, double porosity, String outcome, ElasticTensor statics, ElasticTensor network,
            Optional<Uncertainty> uncertainty) {

        /** Largest relative error [%] of those that a case is measured by. */
        public double relativeError(PaperCase measured) {
            if (measured.paper().of().equals(Optional.of(PaperCase.BULK_MODULUS))) {
                return 100 * Math.abs(network.bulkModulus() / statics.bulkModulus() - 1);
            }
            return STIFF.stream().filter(name -> value(statics, name) > NONE)
                    .mapToDouble(name -> 100 * Math.abs(value(network, name) / value(statics, name) - 1)).max()
                    .orElse(0);
        }

        /** Largest error of the thirteen constants [GPa]. */
        public double largestError() {
            double[] a = ElasticConstants.of(statics);
            double[] b = ElasticConstants.of(network);
            double largest = 0;
            for (int k = 0; k < a.length; k++) {
                largest = Math.max(largest, Math.abs(a[k] - b[k]));
            }
            return largest;
        }

        /** Whether the network says that it knows nothing of such a structure. */
        boolean isOutside() {
            return uncertainty.map(u -> u.basis() == Uncertainty.Basis.OUTSIDE).orElse(false);
        }

        /** Half length of a constant's error bar [GPa]; 0 where nothing is known. */
        double bar(String name) {
            // Of the bulk modulus there is no bound of its own; that of any constant is no smaller than its.
            return uncertainty.filter(u -> !isOutside()).map(u -> name.equals(PaperCase.BULK_MODULUS) ? u.gpa()
                    : u.constants().get(ElasticConstants.indexOf(name))).orElse(0.0);
        }
    }

    public CaseResult {
        steps = List.copyOf(steps);
    }

    /** A constant by name, or the bulk modulus [GPa]. */
    static double value(ElasticTensor tensor, String name) {
        return name.equals(PaperCase.BULK_MODULUS) ? tensor.bulkModulus()
                : ElasticConstants.of(tensor)[ElasticConstants.indexOf(name)];
    }

    /** Largest relative error of all steps [%]. */
    public OptionalDouble largestRelativeError() {
        return steps.stream().mapToDouble(step -> step.relativeError(paperCase)).max();
    }

    /** Largest error of a constant in all steps [GPa]. */
    public OptionalDouble largestError() {
        return steps.stream().mapToDouble(Step::largestError).max();
    }

    /** What is said of C11 of the box that the case's pore cuts; empty where the paper tells nothing of it. */
    Optional<String> cut() {
        return steps.stream().filter(step -> step.outcome().equals(Outcome.DISCONNECTED.name()))
                .filter(step -> paperCase.paper().cutC11().isPresent()).findFirst()
                .map(step -> String.format(Locale.ROOT, "%s: of the box that is cut, C11 is %.2f GPa by statics, %.2f by "
                        + "the network and %.1f by the paper's.", paperCase.title(), value(step.statics(), "C11"),
                        value(step.network(), "C11"), paperCase.paper().cutC11().getAsDouble()));
    }

    /** How it compares with the paper, for people: some lines. */
    public List<String> verdict() {
        String of = paperCase.paper().of().equals(Optional.of(PaperCase.BULK_MODULUS)) ? "K" : "C11, C22, C33";
        String paper = paperCase.paper().largestRelativeError().isPresent() ? String.format(Locale.ROOT,
                " (paper %.1f %%)", paperCase.paper().largestRelativeError().getAsDouble()) : "";
        return List.of(String.format(Locale.ROOT, "largest error of %s: %.1f %%%s", of,
                largestRelativeError().orElse(Double.NaN), paper),
                String.format(Locale.ROOT, "of any constant: %.2f GPa", largestError().orElse(Double.NaN)));
    }
}
