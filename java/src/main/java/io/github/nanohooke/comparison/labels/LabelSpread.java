// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison.labels;

import io.github.nanohooke.comparison.Quantiles;
import java.util.List;

/**
 * How far from the labels one way leads, over some structures. RMSE is over their thirteen constants; median and 95th
 * percentile are of the structures' own root mean squares over the thirteen.
 *
 * @param labels       which labels, see {@link LabelGroup}
 * @param family       or {@link #ALL}, or {@link #PAPER}
 * @param way          of {@link LabelComparison}, {@link #OTHERS}, or a network's name
 * @param structures   of which the way has a tensor; of a network and {@link #OTHERS}, of which any other way has
 * @param same         of them, those whose tensor is the label's within {@link #SAME}
 * @param rmse         [GPa]
 * @param median       [GPa]
 * @param percentile95 [GPa]
 * @param largest      difference of a constant [GPa]
 */
public record LabelSpread(String labels, String family, String way, int structures, int same, double rmse,
        double median, double percentile95, double largest) {
    /** All families together. */
    public static final String ALL = "all";
    /** All ways but the label's own, as many as a structure has. */
    public static final String OTHERS = "others";
    /** The paper's three families together. */
    public static final String PAPER = "the paper's";
    /**
     * Two tensors are the same where no constant is off by more [GPa]: a label is relaxed to 1e-5 eV/Å, which leaves a
     * soft structure's constants some 0.01 GPa from those of its minimum.
     */
    public static final double SAME = 0.05;

    /** A structure's difference from its label: root mean square over the constants, and the largest [GPa]. */
    public record Distance(double rms, double largest) {
        /** @param label as many constants as there are in the other [GPa] */
        public static Distance of(double[] constants, double[] label) {
            double squares = 0;
            double largest = 0;
            for (int k = 0; k < label.length; k++) {
                double difference = constants[k] - label[k];
                squares += difference * difference;
                largest = Math.max(largest, Math.abs(difference));
            }
            return new Distance(Math.sqrt(squares / label.length), largest);
        }

        /** Of several ways of one structure, which count alike. */
        static Distance ofAll(List<Distance> ways) {
            return new Distance(Math.sqrt(ways.stream().mapToDouble(d -> d.rms * d.rms).average().orElse(Double.NaN)),
                    ways.stream().mapToDouble(Distance::largest).max().orElse(Double.NaN));
        }

        boolean isSame() {
            return largest <= SAME;
        }
    }

    static LabelSpread of(String labels, String family, String way, List<Distance> distances) {
        Quantiles rms = new Quantiles(distances.stream().mapToDouble(Distance::rms).toArray());
        return new LabelSpread(labels, family, way, distances.size(),
                (int) distances.stream().filter(Distance::isSame).count(),
                Math.sqrt(distances.stream().mapToDouble(d -> d.rms() * d.rms()).average().orElse(Double.NaN)),
                rms.median(), rms.at(0.95), distances.stream().mapToDouble(Distance::largest).max().orElse(Double.NaN));
    }
}
