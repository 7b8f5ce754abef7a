// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.suite;

import java.util.Locale;

/** Compares arrays by their largest error relative to the largest expected value, and mistrusts arrays of zeros. */
public final class Comparison {
    private static final double ZEROS_ALLOWED = 0.75;

    private Comparison() {
    }

    /**
     * @param what  names the array in the message
     * @param repro the line that reproduces the problem, last in the message
     * @throws AssertionError when the arrays differ, or when the expected one is so full of zeros that agreement would
     *                        prove little
     */
    public static void close(String what, float[] expected, float[] actual, double tolerance, String repro) {
        if (expected.length != actual.length) {
            throw new AssertionError(what + ": " + expected.length + " values expected, got " + actual.length
                    + "\nREPRODUCE: " + repro);
        }
        double scale = 0;
        int zeros = 0;
        int worst = 0;
        double error = -1;
        for (int i = 0; i < expected.length; i++) {
            scale = Math.max(scale, Math.abs(expected[i]));
            zeros += expected[i] == 0 ? 1 : 0;
            double difference = Math.abs((double) expected[i] - actual[i]);
            if (!(difference <= error) && !Double.isNaN(error)) {
                error = difference;
                worst = i;
            }
        }
        if (zeros > ZEROS_ALLOWED * expected.length) {
            throw new AssertionError(String.format(Locale.ROOT, "%s: MISTRUSTED, %d of %d expected values are zero%n"
                    + "REPRODUCE: %s", what, zeros, expected.length, repro));
        }
        if (!(error <= tolerance * scale)) {
            throw new AssertionError(String.format(Locale.ROOT, "%s: error %.3g of the largest value %.3g, allowed "
                    + "%.1g; worst at %d of %d: expected %.9g, got %.9g%nREPRODUCE: %s", what, error / scale, scale,
                    tolerance, worst, expected.length, expected[worst], actual[worst], repro));
        }
    }
}
