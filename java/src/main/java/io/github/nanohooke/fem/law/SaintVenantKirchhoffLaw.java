// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

import io.github.nanohooke.tensor.ElasticTensor;

/** S = C : E with the Green-Lagrange strain E = (F' F - 1) / 2: any rotation, moderate strains. */
public final class SaintVenantKirchhoffLaw extends StrainLaw {
    private final double[] c;

    /** @throws IllegalArgumentException when the tensor's symmetric part is not positive definite */
    public SaintVenantKirchhoffLaw(ElasticTensor tensor) {
        c = Tensors.stiffness(tensor);
    }

    @Override
    public String name() {
        return "saint-venant-kirchhoff";
    }

    @Override
    double energyOf(double[] cauchyGreen) {
        return Tensors.energy(c, greenLagrange(cauchyGreen));
    }

    @Override
    void secondPiola(double[] cauchyGreen, double[] s) {
        Tensors.times(c, greenLagrange(cauchyGreen), s);
    }

    @Override
    void moduli(double[] cauchyGreen, double[] s, double[] d) {
        secondPiola(cauchyGreen, s);
        System.arraycopy(c, 0, d, 0, 36);
    }

    /** E with engineering shear. */
    private static double[] greenLagrange(double[] c) {
        return new double[] {0.5 * (c[0] - 1), 0.5 * (c[1] - 1), 0.5 * (c[2] - 1), c[3], c[4], c[5]};
    }
}
