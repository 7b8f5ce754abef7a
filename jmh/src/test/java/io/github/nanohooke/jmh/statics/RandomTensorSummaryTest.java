// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.statics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RandomTensorSummaryTest {

    private static TensorRow row(long position, String outcome, int cells, double energy, double cpu, double c11) {
        double[] tensor = new double[36];
        tensor[0] = c11;
        return new TensorRow(position, 100 + position, 20, position != 1, outcome, 900, cells, energy, 2 * cpu, cpu,
                tensor, "");
    }

    @Test
    void differencesAreToldApartByTheirReason() {
        TensorRow fast = row(0, "STABLE", 1, -10, 0.1, 50);
        assertThat(Verdict.of(fast, row(0, "STABLE", 1, -10, 9, 50.019), null)).isEqualTo(Verdict.SAME);
        assertThat(Verdict.of(fast, row(0, "STABLE", 3, -10, 9, 50.019), null)).isEqualTo(Verdict.SAME);
        assertThat(Verdict.of(fast, row(0, "STABLE", 1, -10, 9, 50.021), null)).isEqualTo(Verdict.WRONG);
        assertThat(Verdict.of(fast, row(0, "STABLE", 1, -10.01, 9, 50.021), null)).isEqualTo(Verdict.OTHER_MINIMUM);
        assertThat(Verdict.of(fast, row(0, "NOT_CONVERGED", 1, -10, 9, 51), null)).isEqualTo(Verdict.NO_TENSOR);
        assertThat(Verdict.of(row(0, "STABLE", 3, -11, 1, 52), row(0, "STABLE", 1, -10, 9, 51), null))
                .isEqualTo(Verdict.OTHER_PERIOD);
        TensorRow wide = row(0, "STABLE", 1, -10, 9, 50.1);
        Confirmation yes = new Confirmation(0, fast.tensor(), 5e-6, 0.01);
        assertThat(Verdict.of(fast, wide, yes)).isEqualTo(Verdict.KNOTS);
        assertThat(Verdict.of(fast, wide, new Confirmation(0, fast.tensor(), 5e-6, 0.4))).isEqualTo(Verdict.WRONG);
        assertThat(Verdict.of(fast, row(0, "STABLE", 1, -10, 9, 51), yes)).as("too far for knots")
                .isEqualTo(Verdict.WRONG);
        assertThat(Verdict.of(fast, row(0, "STABLE", 1, -10, 9, Double.NaN), yes)).isEqualTo(Verdict.WRONG);
        assertThat(Verdict.of(row(0, "STABLE", 1, -10, 0.1, 49.9), row(0, "STABLE", 1, -10, 9, 50), yes))
                .as("confirmed was another tensor").isEqualTo(Verdict.WRONG);
        TensorRow none = new TensorRow(0, 0, 0, true, "UNSTABLE", 1, 1, -10, 1, 1, null, "");
        assertThat(Verdict.of(fast, none, null)).isEqualTo(Verdict.NO_TENSOR);
    }

    @Test
    void ratiosRestOnTheSameTensorsAlone() {
        RandomTensorSummary summary = new RandomTensorSummary(Map.of(
                "hessian", List.of(row(0, "STABLE", 1, -10, 0.1, 50), row(1, "STABLE", 1, -10, 0.2, 40),
                        row(2, "STABLE", 3, -10, 2, 30), row(3, "STABLE", 1, -10, 0.4, 20)),
                "plain", List.of(row(0, "STABLE", 1, -10, 30, 50.001), row(1, "STABLE", 1, -10, 20, 40.002),
                        row(2, "STABLE", 1, -9, 10, 31))), List.of());
        assertThat(summary.lines()).hasSize(4);
        assertThat(summary.lines().get(0).ratio()).isCloseTo(300, within(1e-9));
        assertThat(summary.lines().get(2).verdict()).isEqualTo("other period");
        assertThat(summary.lines().get(3).method()).isEmpty();
        assertThat(summary.wrong()).isEmpty();
        assertThat(summary.toString()).contains("plain against hessian on 3 structures: {other period=1, same=2}",
                "on the 2 with the same tensor: median 100, least 100, most 300")
                .containsPattern("hessian, one cell \\(certificate included\\) +3 +0.200")
                .containsPattern("of these, unrelaxed lattice unstable +1 +0.200")
                .containsPattern("hessian, three cells +1 +2.000");
    }

    @Test
    void wrongResultsAreListed() {
        RandomTensorSummary summary = new RandomTensorSummary(Map.of(
                "hessian", List.of(row(7, "STABLE", 1, -10, 0.1, 50)),
                "lammps", List.of(row(7, "STABLE", 1, -10, 5, 50.5))), List.of());
        assertThat(summary.wrong()).hasSize(1);
        assertThat(summary.toString()).contains("WRONG: structure 107 (lammps): 0.5000 GPa");
    }
}
