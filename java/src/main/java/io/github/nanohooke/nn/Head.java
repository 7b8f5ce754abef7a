// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import java.util.List;

/**
 * What follows the last layer in training: from the raw outputs of an image to the values that the loss compares with
 * targets. It belongs to the training step, so that a backend computes results, loss and derivative in one call; in
 * double precision, for it is some dozen numbers an image.
 */
public sealed interface Head {

    /** The raw outputs themselves. */
    Head DIRECT = new Direct();

    /**
     * The values of one image.
     *
     * @param raw    raw outputs
     * @param values receives as many values
     */
    void values(double[] raw, double[] values);

    /**
     * The chain rule: from the derivatives of some number by the values to those by the raw outputs.
     *
     * @param dRaw receives as many derivatives
     */
    void backward(double[] raw, double[] dValues, double[] dRaw);

    /** @throws NetworkException when the head is not one of a network with so many outputs */
    void requireOutputs(int outputs);

    /** value_k = raw_k. */
    record Direct() implements Head {

        @Override
        public void values(double[] raw, double[] values) {
            System.arraycopy(raw, 0, values, 0, raw.length);
        }

        @Override
        public void backward(double[] raw, double[] dValues, double[] dRaw) {
            System.arraycopy(dValues, 0, dRaw, 0, raw.length);
        }

        @Override
        public void requireOutputs(int outputs) {
            // right for any number
        }
    }

    /**
     * One product of two entries of a factor that is a term of a value's sum.
     *
     * @param output which value
     * @param left   which entry
     * @param right  which other one
     */
    record Product(int output, int left, int right) {
    }

    /**
     * Entries of a matrix that is a factor times its transpose: value_k = scale * sum over the products of k of
     * l_left l_right, with z = raw + offset and l_i = ln(1 + exp z_i) where the entry is positive, z_i where it is not.
     *
     * @param offset   one an output
     * @param positive one an output: whether the entry stands on the factor's diagonal
     * @param scale    positive
     * @param products in the order of summation
     */
    record SquaredFactor(List<Double> offset, List<Boolean> positive, double scale, List<Product> products)
            implements Head {

        /** @throws NetworkException when numbers are not finite or a product names an entry that is not there */
        public SquaredFactor {
            offset = List.copyOf(offset);
            positive = List.copyOf(positive);
            products = List.copyOf(products);
            int n = offset.size();
            if (positive.size() != n || products.isEmpty() || !(scale > 0) || Double.isInfinite(scale)
                    || !offset.stream().allMatch(Double::isFinite)) {
                throw new NetworkException("a squared factor needs finite offsets, as many signs, a positive scale and "
                        + "products; got offsets " + offset + ", " + positive.size() + " signs, scale " + scale
                        + " and " + products.size() + " products");
            }
            for (Product p : products) {
                if (Math.min(p.output(), Math.min(p.left(), p.right())) < 0
                        || Math.max(p.output(), Math.max(p.left(), p.right())) >= n) {
                    throw new NetworkException(p + " names an entry beyond the factor's " + n);
                }
            }
        }

        @Override
        public void values(double[] raw, double[] values) {
            double[] l = entries(raw);
            double[] sums = new double[l.length];
            for (Product p : products) {
                sums[p.output()] += l[p.left()] * l[p.right()];
            }
            for (int k = 0; k < l.length; k++) {
                values[k] = scale * sums[k];
            }
        }

        /** Each factor of a product receives the other one times the derivative. */
        @Override
        public void backward(double[] raw, double[] dValues, double[] dRaw) {
            double[] l = entries(raw);
            double[] dl = new double[l.length];
            for (Product p : products) {
                double d = scale * dValues[p.output()];
                dl[p.left()] += d * l[p.right()];
                dl[p.right()] += d * l[p.left()];
            }
            for (int k = 0; k < l.length; k++) {
                dRaw[k] = positive.get(k) ? logistic(raw[k] + offset.get(k)) * dl[k] : dl[k];
            }
        }

        @Override
        public void requireOutputs(int outputs) {
            if (outputs != offset.size()) {
                throw new NetworkException("this head is one of " + offset.size() + " outputs, the network has "
                        + outputs);
            }
        }

        private double[] entries(double[] raw) {
            double[] l = new double[offset.size()];
            for (int k = 0; k < l.length; k++) {
                double z = raw[k] + offset.get(k);
                l[k] = positive.get(k) ? softplus(z) : z;
            }
            return l;
        }

        /** ln(1 + exp z), without overflow. */
        private static double softplus(double z) {
            return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
        }

        /** The derivative of softplus. */
        private static double logistic(double z) {
            return 1 / (1 + Math.exp(-z));
        }
    }
}
