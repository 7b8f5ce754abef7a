// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

/**
 * Divided differences of scalar functions of the eigenvalues of a symmetric tensor C, from which the derivatives of the
 * tensor functions follow (Higham 2008, section 3.2): in the eigenbasis df_ab = f[a, b] dC_ab, and the second
 * derivative has f[a, b, c]. Stable where eigenvalues coincide.
 */
enum SpectralFunction {
    /** ln(x) / 2: the logarithm of the stretch of C = U U. */
    LOG_STRETCH {
        @Override
        double value(double x) {
            return 0.5 * Math.log(x);
        }

        @Override
        double coefficient(int n) {
            return (n % 2 == 1 ? 0.5 : -0.5) / n;
        }

        @Override
        double power(int n, double m) {
            return Math.pow(m, -n);
        }
    },
    /** 1 / sqrt(x): the inverse stretch. */
    INVERSE_STRETCH {
        @Override
        double value(double x) {
            return 1 / Math.sqrt(x);
        }

        @Override
        double coefficient(int n) {
            double c = 1;
            for (int k = 0; k < n; k++) {
                c *= (-0.5 - k) / (k + 1);
            }
            return c;
        }

        @Override
        double power(int n, double m) {
            return Math.pow(m, -0.5 - n);
        }
    };

    /** When and how far a Taylor series about the arguments' mean is summed. */
    private static final class Series {
        /** The largest relative spread of the arguments. */
        static final double NEAR = 0.1;
        static final int TERMS = 18;
    }

    private final double[] coefficients = new double[Series.TERMS + 2];

    SpectralFunction() {
        for (int n = 1; n < coefficients.length; n++) {
            coefficients[n] = coefficient(n);
        }
    }

    abstract double value(double x);

    /** f^(n)(m) / n! = coefficient(n) power(n, m). */
    abstract double coefficient(int n);

    abstract double power(int n, double m);

    /** f[a, b] */
    double first(double a, double b) {
        double m = 0.5 * (a + b);
        if (Math.abs(a - b) > Series.NEAR * m) {
            return (value(a) - value(b)) / (a - b);
        }
        return series(1, (a - m) / m, (b - m) / m, Double.NaN, m);
    }

    /** f[a, b, c] */
    double second(double a, double b, double c) {
        double low = Math.min(a, Math.min(b, c));
        double high = Math.max(a, Math.max(b, c));
        double m = (a + b + c) / 3;
        if (high - low > Series.NEAR * m) {
            double middle = a + b + c - low - high;
            middle = middle < low ? low : Math.min(middle, high);
            return (first(high, middle) - first(middle, low)) / (high - low);
        }
        return series(2, (a - m) / m, (b - m) / m, (c - m) / m, m);
    }

    /** Sum over n >= order of f^(n)/n! times the complete homogeneous symmetric polynomial of degree n - order. */
    private double series(int order, double x, double y, double z, double m) {
        // h_k(x, y) = sum of x^i y^(k-i); h_k(x, y, z) = h_k(x, y) + z h_(k-1)(x, y, z).
        double power = 1;
        double two = 1;
        double three = 1;
        double sum = coefficients[order];
        for (int k = 1; k < Series.TERMS; k++) {
            power *= x;
            two = power + y * two;
            three = two + z * three;
            sum += coefficients[k + order] * (order == 1 ? two : three);
        }
        return sum * power(order, m);
    }
}
