// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.nanohooke.nn.Head;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.tensor.ConstantBasis;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.List;

/**
 * What the thirteen raw numbers of a network mean: how they become elastic constants [GPa], in the order of
 * {@link ElasticConstants}. Offset and scale come from the training data and keep the raw numbers of order one.
 *
 * <p>Training minimises the mean over images and constants of ((C - target) / {@link #scale()})^2: the mean squared
 * error of the paper (section 3.2), with one scale for all constants, so that a GPa counts the same in each.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = OutputHead.Direct.class, name = "direct"),
    @JsonSubTypes.Type(value = OutputHead.Cholesky.class, name = "cholesky")
})
public sealed interface OutputHead {

    /** The constants that the raw numbers become. */
    @JsonIgnore
    default ConstantBasis basis() {
        return ConstantBasis.EXTRUDED;
    }

    /** Its name: {@code direct} or {@code cholesky}. */
    @JsonIgnore
    String label();

    /** Added to the raw numbers' result (direct) or to the raw numbers (cholesky), one per constant. */
    List<Double> offset();

    /** One GPa scale for all constants. */
    double scale();

    /**
     * The constants of one image.
     *
     * @param raw       thirteen raw numbers
     * @param constants receives thirteen constants [GPa]
     */
    void constants(double[] raw, double[] constants);

    /**
     * The chain rule: from the derivatives of some number by the constants to those by the raw numbers.
     *
     * @param raw        thirteen raw numbers
     * @param dConstants thirteen derivatives [1/GPa]
     * @param dRaw       receives thirteen derivatives
     */
    void backward(double[] raw, double[] dConstants, double[] dRaw);

    /**
     * What training computes with: a head whose values are compared with {@link #target}, so that the loss is the mean
     * of ((C - target) / scale)^2.
     */
    Head training();

    /** A constant [GPa] in the units of {@link #training()}'s values. */
    double target(int k, double constant);

    /** C_k = offset_k + scale raw_k: the thirteen numbers themselves. */
    record Direct(List<Double> offset, double scale) implements OutputHead {

        /** @throws SurrogateException when offset or scale is not usable */
        public Direct {
            offset = checked(offset, scale);
        }

        @Override
        public String label() {
            return "direct";
        }

        @Override
        public void constants(double[] raw, double[] constants) {
            for (int k = 0; k < ElasticConstants.COUNT; k++) {
                constants[k] = offset.get(k) + scale * raw[k];
            }
        }

        @Override
        public void backward(double[] raw, double[] dConstants, double[] dRaw) {
            for (int k = 0; k < ElasticConstants.COUNT; k++) {
                dRaw[k] = scale * dConstants[k];
            }
        }

        @Override
        public Head training() {
            return Head.DIRECT;
        }

        @Override
        public double target(int k, double constant) {
            return (constant - offset.get(k)) / scale;
        }
    }

    /**
     * C = modulus L L^T with a lower triangular L of positive diagonal: every tensor is positive definite by
     * construction (to rounding: beyond a condition of 1e15 the smallest eigenvalue may come out as zero), as the
     * paper's outlook asks (its reference 91: Xu, Huang and Darve, J. Comput. Phys. 428, 110072, 2021).
     *
     * <p>The thirteen constants couple 11, 22, 33 and 12 with each other, and 23 with 13; L has the same zeros as C's
     * lower triangle, because a factor's rows mix only what the tensor's rows mix. With z = raw + offset, entry k of z
     * gives the entry of L where constant k stands in C's lower triangle: L_kk = ln(1 + exp z) on the diagonal, z
     * itself below it.
     *
     * @param offset  added to the raw numbers
     * @param scale   of the training objective [GPa]
     * @param modulus of the factor [GPa]
     */
    record Cholesky(List<Double> offset, double scale, double modulus) implements OutputHead {

        /** @throws SurrogateException when offset, scale or modulus is not usable */
        public Cholesky {
            offset = checked(offset, scale);
            checked(offset, modulus);
        }

        /**
         * The head whose raw zeros give these constants. Its modulus is chosen so that a raw number changes a constant
         * about as much as in the direct head: a change dz of a diagonal entry changes C = modulus z^2 by
         * 2 sqrt(modulus C) dz, which is scale dz for modulus = scale^2 / (4 C); C is the mean of C11, C22, C33, C44,
         * C55 and C66.
         *
         * @throws SurrogateException when they are those of no positive definite tensor
         */
        public static Cholesky around(double[] constants, double scale) {
            double diagonal = 0;
            for (String name : List.of("C11", "C22", "C33", "C44", "C55", "C66")) {
                diagonal += constants[ElasticConstants.indexOf(name)] / 6;
            }
            double modulus = scale * scale / (4 * diagonal);
            return new Cholesky(MonoclinicFactor.rawOf(constants, modulus), scale, modulus);
        }

        @Override
        public String label() {
            return "cholesky";
        }

        @Override
        public void constants(double[] raw, double[] constants) {
            MonoclinicFactor.squared(offset, modulus).values(raw, constants);
        }

        @Override
        public void backward(double[] raw, double[] dConstants, double[] dRaw) {
            MonoclinicFactor.squared(offset, modulus).backward(raw, dConstants, dRaw);
        }

        @Override
        public Head training() {
            return MonoclinicFactor.squared(offset, modulus / scale);
        }

        @Override
        public double target(int k, double constant) {
            return constant / scale;
        }
    }

    private static List<Double> checked(List<Double> offset, double scale) {
        if (offset == null || offset.size() != ElasticConstants.COUNT || !offset.stream().allMatch(Double::isFinite)) {
            throw new SurrogateException("an output head needs 13 finite offsets, got " + offset);
        }
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new SurrogateException("an output head needs a positive scale [GPa], got " + scale);
        }
        return List.copyOf(offset);
    }
}
