// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

import io.github.nanohooke.tensor.ElasticTensor;

/** Small displacements: P = C : sym(F - 1). Not objective; the dashed lines of the paper's Fig. 7. */
public final class LinearLaw implements MaterialLaw {
    private final double[] c;

    /** @throws IllegalArgumentException when the tensor's symmetric part is not positive definite */
    public LinearLaw(ElasticTensor tensor) {
        c = Tensors.stiffness(tensor);
    }

    @Override
    public String name() {
        return "linear";
    }

    @Override
    public boolean isObjective() {
        return false;
    }

    @Override
    public double energy(double[] f) {
        return Tensors.energy(c, strain(f));
    }

    @Override
    public void stress(double[] f, double[] p) {
        double[] s = new double[6];
        Tensors.times(c, strain(f), s);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                p[3 * i + j] = s[StrainLaw.VOIGT[i][j]];
            }
        }
    }

    @Override
    public void tangent(double[] f, double[] p, double[] a) {
        stress(f, p);
        for (int i = 0; i < 9; i++) {
            for (int k = 0; k < 9; k++) {
                a[9 * i + k] = c[6 * StrainLaw.VOIGT[i / 3][i % 3] + StrainLaw.VOIGT[k / 3][k % 3]];
            }
        }
    }

    private static double[] strain(double[] f) {
        return new double[] {f[0] - 1, f[4] - 1, f[8] - 1, f[5] + f[7], f[2] + f[6], f[1] + f[3]};
    }
}
