// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.io;

import io.github.nanohooke.fem.law.ContinuedLaw;
import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Jacobian;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.Quadrature;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Region;
import io.github.nanohooke.tensor.Voigt;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Strain and stress at the nodes of a state: worked out at each element's own nodes, with the law of the nearest
 * integration point, and averaged over the elements of a node. Where an element has no volume at a node (nodes of it
 * are one, or its angle is straight) they are those at the nearest integration point.
 *
 * @param strain Green-Lagrange strain (of the linear law: small strain), six a node: 11 22 33 23 13 12, E_12 and not
 *               twice that
 * @param stress Cauchy stress [GPa], six a node in the same order
 */
public record NodalFields(double[] strain, double[] stress) {
    /** Names of the six components. */
    public static final List<String> COMPONENTS = List.of("xx", "yy", "zz", "yz", "xz", "xy");
    private static final int[][] PAIRS = Voigt.pairs();
    /** Share of the volume at the nearest integration point below which that at a node is rounding. */
    private static final double FLAT = 1e-6;

    /** The fields of a problem's state. */
    public static NodalFields of(Problem problem, double[] displacements) {
        Mesh mesh = problem.mesh();
        double[] strain = new double[6 * mesh.nodes()];
        double[] stress = new double[6 * mesh.nodes()];
        int[] count = new int[mesh.nodes()];
        for (Region region : problem.regions()) {
            int[] members = region.elementSet() == null ? IntStream.range(0, mesh.elements()).toArray()
                    : mesh.elementSet(region.elementSet());
            for (int e : members) {
                element(problem, region, e, displacements, strain, stress, count);
            }
        }
        for (int k = 0; k < strain.length; k++) {
            strain[k] /= count[k / 6];
            stress[k] /= count[k / 6];
        }
        return new NodalFields(strain, stress);
    }

    /** Von Mises' equivalent of the stress [GPa], one a node. */
    public double[] vonMises() {
        double[] values = new double[stress.length / 6];
        for (int n = 0; n < values.length; n++) {
            double[] s = Arrays.copyOfRange(stress, 6 * n, 6 * n + 6);
            values[n] = Math.sqrt(0.5 * (square(s[0] - s[1]) + square(s[1] - s[2]) + square(s[2] - s[0]))
                    + 3 * (square(s[3]) + square(s[4]) + square(s[5])));
        }
        return values;
    }

    /** A component of the strain, counted as in {@link #COMPONENTS}, one a node. */
    public double[] strain(int component) {
        return component(strain, component);
    }

    /** A component of the stress [GPa], counted as in {@link #COMPONENTS}, one a node. */
    public double[] stress(int component) {
        return component(stress, component);
    }

    private static double[] component(double[] field, int which) {
        return IntStream.range(0, field.length / 6).mapToDouble(n -> field[6 * n + which]).toArray();
    }

    private static void element(Problem problem, Region region, int e, double[] u, double[] strain, double[] stress,
            int[] count) {
        Mesh mesh = problem.mesh();
        Section section = problem.section();
        ElementType type = mesh.type(e);
        int n = type.dimension();
        int[] nodes = mesh.element(e);
        double[] x = new double[nodes.length * n];
        double[] dNdX = new double[x.length];
        mesh.gather(e, x);
        List<Quadrature.Point> rule = type.rule(problem.points());
        for (int a = 0; a < nodes.length; a++) {
            double[] xi = IntStream.of(type.natural(a)).mapToDouble(v -> v).toArray();
            int point = nearest(rule, xi);
            gradients(type, x, xi, rule.get(point).xi(), dNdX);
            double[] f = new double[n * n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    f[n * i + j] = i == j ? 1 : 0;
                    for (int b = 0; b < nodes.length; b++) {
                        f[n * i + j] += u[nodes[b] * n + i] * dNdX[b * n + j];
                    }
                }
            }
            MaterialLaw law = asked(region.material().at(e, point));
            add(law, section.whole(law, f), nodes[a], strain, stress);
            count[nodes[a]]++;
        }
    }

    /** At a node; where nodes are one or an angle is straight there are none, and those of the point are taken. */
    private static void gradients(ElementType type, double[] x, double[] node, double[] point, double[] dNdX) {
        double[] dN = new double[x.length];
        type.derivatives(point, dN);
        double volume = Jacobian.determinant(type.dimension(), Jacobian.of(type, x, dN));
        type.derivatives(node, dN);
        if (!(Jacobian.gradients(type, x, dN, dNdX) > FLAT * volume)) {
            type.derivatives(point, dN);
            Jacobian.gradients(type, x, dN, dNdX);
        }
    }

    /** A law whose state the question moves is left as it is. */
    private static MaterialLaw asked(MaterialLaw law) {
        return law instanceof ContinuedLaw own ? own.copy() : law;
    }

    private static void add(MaterialLaw law, double[] f, int node, double[] strain, double[] stress) {
        double[] p = new double[9];
        law.stress(f, p);
        double volume = f[0] * (f[4] * f[8] - f[5] * f[7]) - f[1] * (f[3] * f[8] - f[5] * f[6])
                + f[2] * (f[3] * f[7] - f[4] * f[6]);
        for (int k = 0; k < 6; k++) {
            int i = PAIRS[k][0];
            int j = PAIRS[k][1];
            double green = i == j ? -1 : 0;
            double cauchy = 0;
            for (int m = 0; m < 3; m++) {
                green += f[3 * m + i] * f[3 * m + j];
                cauchy += p[3 * i + m] * f[3 * j + m];
            }
            boolean small = !law.isObjective();
            strain[6 * node + k] += small ? 0.5 * (f[3 * i + j] + f[3 * j + i]) - (i == j ? 1 : 0) : 0.5 * green;
            stress[6 * node + k] += small ? p[3 * i + j] : cauchy / volume;
        }
    }

    private static int nearest(List<Quadrature.Point> rule, double[] xi) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int q = 0; q < rule.size(); q++) {
            double distance = 0;
            for (int i = 0; i < xi.length; i++) {
                distance += square(rule.get(q).xi()[i] - xi[i]);
            }
            if (distance < least - 1e-12) {
                least = distance;
                best = q;
            }
        }
        return best;
    }

    private static double square(double x) {
        return x * x;
    }
}
