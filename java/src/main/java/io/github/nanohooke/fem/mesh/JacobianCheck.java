// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

import io.github.nanohooke.fem.FemException;
import java.util.Arrays;
import java.util.List;

/**
 * Whether elements of one type fit a mesh and map the natural square or cube without folding it: the determinant is
 * positive at the points of the type's own rule and not negative at the corners. It may be zero there, where nodes are
 * one or an angle is straight.
 */
final class JacobianCheck {
    /** Share of the largest determinant that files' few digits may take a straight angle below zero by. */
    private static final double ROUNDING = 1e-3;

    private final ElementType type;
    private final MeshNumbers numbers;
    private final List<Quadrature.Point> points;
    private final double[][] corners;
    private final double[] x;
    private final double[] dN;

    JacobianCheck(ElementType type, MeshNumbers numbers) {
        this.type = type;
        this.numbers = numbers;
        points = type.rule(0);
        corners = new double[1 << type.dimension()][];
        Arrays.setAll(corners, corner -> Arrays.stream(type.natural(corner)).asDoubleStream().toArray());
        x = new double[type.nodes() * type.dimension()];
        dN = new double[type.nodes() * type.dimension()];
    }

    void require(Mesh mesh, int element) {
        int[] nodes = mesh.element(element);
        String who = "element " + numbers.element().apply(element) + ", a " + type + ",";
        if (type.dimension() != mesh.dimension()) {
            throw new FemException(who + " has " + type.dimension() + " dimensions in a mesh of " + mesh.dimension());
        }
        if (nodes.length != type.nodes()) {
            throw new FemException(who + " has " + nodes.length + " nodes");
        }
        for (int node : nodes) {
            if (node < 0 || node >= mesh.nodes()) {
                throw new FemException(who + " names node " + node + ", which the mesh does not have");
            }
        }
        mesh.gather(element, x);
        double largest = 0;
        for (Quadrature.Point point : points) {
            double determinant = determinant(point.xi());
            if (!(determinant > 0)) {
                throw new FemException(who + " near " + Jacobian.centre(type, x) + " is inverted or flat: its "
                        + "volume is not positive everywhere. Number its nodes counterclockwise (of a brick: the "
                        + "lower face seen from above), and keep edge midpoints near the middle");
            }
            largest = Math.max(largest, determinant);
        }
        for (int corner = 0; corner < corners.length; corner++) {
            if (!(determinant(corners[corner]) >= -ROUNDING * largest)) {
                throw new FemException(who + " near " + Jacobian.centre(type, x) + " is folded at its corner "
                        + numbers.node().apply(nodes[corner]) + ": keep angles there below 180 degrees, and edge "
                        + "midpoints near the middle");
            }
        }
    }

    private double determinant(double[] xi) {
        type.derivatives(xi, dN);
        return Jacobian.determinant(type.dimension(), Jacobian.of(type, x, dN));
    }
}
