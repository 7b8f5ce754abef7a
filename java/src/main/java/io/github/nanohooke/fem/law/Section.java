// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

/**
 * How a part extends along z, and with it which deformation gradients a law sees. Plane sections have gradients and
 * stresses of 2x2 = 4 components and a tangent of 4x4, a solid 9 and 9x9, all row by row.
 */
public enum Section {
    /** No displacement along z. */
    PLANE_STRAIN(2) {
        @Override
        public double energy(MaterialLaw law, double[] f) {
            return law.energy(widened(f));
        }

        @Override
        public void stress(MaterialLaw law, double[] f, double[] p) {
            double[] whole = new double[9];
            law.stress(widened(f), whole);
            narrow(whole, p);
        }

        @Override
        public void tangent(MaterialLaw law, double[] f, double[] p, double[] a) {
            double[] whole = new double[9];
            double[] moduli = new double[81];
            law.tangent(widened(f), whole, moduli);
            narrow(whole, p);
            for (int i = 0; i < 4; i++) {
                for (int k = 0; k < 4; k++) {
                    a[4 * i + k] = moduli[9 * IN_PLANE[i] + IN_PLANE[k]];
                }
            }
        }
    },
    /** A thin sheet whose faces along z are free: P_xz = P_yz = P_zz = 0. */
    PLANE_STRESS(2) {
        @Override
        public double energy(MaterialLaw law, double[] f) {
            return law.energy(PlaneStress.relaxed(law, f));
        }

        @Override
        public void stress(MaterialLaw law, double[] f, double[] p) {
            double[] whole = new double[9];
            law.stress(PlaneStress.relaxed(law, f), whole);
            narrow(whole, p);
        }

        @Override
        public void tangent(MaterialLaw law, double[] f, double[] p, double[] a) {
            double[] whole = new double[9];
            double[] moduli = new double[81];
            law.tangent(PlaneStress.relaxed(law, f), whole, moduli);
            narrow(whole, p);
            PlaneStress.condense(moduli, a);
        }
    },
    /** Three dimensions. */
    SOLID(3) {
        @Override
        public double energy(MaterialLaw law, double[] f) {
            return law.energy(f);
        }

        @Override
        public void stress(MaterialLaw law, double[] f, double[] p) {
            law.stress(f, p);
        }

        @Override
        public void tangent(MaterialLaw law, double[] f, double[] p, double[] a) {
            law.tangent(f, p, a);
        }
    };

    /** Places of the plane's components among the nine. */
    static final int[] IN_PLANE = {0, 1, 3, 4};

    private final int dimension;

    Section(int dimension) {
        this.dimension = dimension;
    }

    /** 2 or 3. */
    public int dimension() {
        return dimension;
    }

    /** Name in problem files: {@code plane-strain}, {@code plane-stress}, {@code solid}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** {@link MaterialLaw#energy} of this section's gradient. */
    public abstract double energy(MaterialLaw law, double[] f);

    /** {@link MaterialLaw#stress} of this section's gradient. */
    public abstract void stress(MaterialLaw law, double[] f, double[] p);

    /** {@link MaterialLaw#tangent} of this section's gradient. */
    public abstract void tangent(MaterialLaw law, double[] f, double[] p, double[] a);

    /** The whole deformation gradient of this section's one [9]; of a sheet with its thickness relaxed. */
    public double[] whole(MaterialLaw law, double[] f) {
        return this == SOLID ? f.clone() : this == PLANE_STRAIN ? widened(f) : PlaneStress.relaxed(law, f);
    }

    static double[] widened(double[] f) {
        return new double[] {f[0], f[1], 0, f[2], f[3], 0, 0, 0, 1};
    }

    private static void narrow(double[] whole, double[] p) {
        for (int i = 0; i < 4; i++) {
            p[i] = whole[IN_PLANE[i]];
        }
    }
}
