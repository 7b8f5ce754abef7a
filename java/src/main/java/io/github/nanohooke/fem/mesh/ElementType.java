// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

import io.github.nanohooke.fem.FemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Quadrilaterals and hexahedra. Nodes in the order of VTK and Abaqus: corners counterclockwise (of a brick: below, then
 * above), then edge midpoints in the same order (of a brick: below, above, upright), then the centre.
 */
public enum ElementType {
    /** Four nodes, bilinear. */
    Q4(2, 1, 9, 2, 2),
    /** Eight nodes, quadratic serendipity. */
    Q8(2, 2, 23, 3, 2),
    /** Nine nodes, quadratic. */
    Q9(2, 2, 28, 3, 3),
    /** Eight nodes, trilinear. */
    H8(3, 1, 12, 2, 2),
    /** Twenty nodes, quadratic serendipity. */
    H20(3, 2, 25, 3, 2);

    private static final int MOST_POINTS = 3;

    private final int dimension;
    private final int degree;
    private final int vtkType;
    private final int points;
    private final int fewestPoints;
    private final int[][] natural;
    private final int[][] faces;

    ElementType(int dimension, int degree, int vtkType, int points, int fewestPoints) {
        this.dimension = dimension;
        this.degree = degree;
        this.vtkType = vtkType;
        this.points = points;
        this.fewestPoints = fewestPoints;
        int count = Integer.parseInt(name().substring(1));
        natural = Arrays.copyOf(dimension == 2 ? NaturalNodes.SQUARE : NaturalNodes.CUBE, count);
        faces = Faces.of(count, dimension);
    }

    /** 2 or 3. */
    public int dimension() {
        return dimension;
    }

    public int nodes() {
        return natural.length;
    }

    /** Of the complete polynomials in its shape functions: 1 or 2. */
    public int degree() {
        return degree;
    }

    /** Cell type in VTK's files. */
    public int vtkType() {
        return vtkType;
    }

    /** Gauss points along each axis where nobody says otherwise: what integrates the stiffness of a parallelogram. */
    public int defaultPoints() {
        return points;
    }

    /** Fewest Gauss points along each axis that leave an element only rigid modes, or shared hourglasses (Q8, H20). */
    public int fewestPoints() {
        return fewestPoints;
    }

    /**
     * Gauss' rule.
     *
     * @param along points along each axis; 0 for {@link #defaultPoints}
     * @throws FemException when that leaves deformations without energy, or is more than is known
     */
    public List<Quadrature.Point> rule(int along) {
        if (along != 0 && (along < fewestPoints || along > MOST_POINTS)) {
            throw new FemException("points must be " + fewestPoints + " to " + MOST_POINTS + " along each axis of a "
                    + this + ", got " + along + (along > MOST_POINTS ? ""
                            : ": fewer would leave it deformations without energy"));
        }
        return Quadrature.gauss(dimension, along == 0 ? points : along);
    }

    /** Natural coordinates of a node, each -1, 0 or 1. */
    public int[] natural(int node) {
        return natural[node].clone();
    }

    /** The nodes of each edge (plane) or face (solid): corners in order around it, then its other nodes. */
    public List<int[]> faces() {
        return Arrays.stream(faces).map(int[]::clone).toList();
    }

    /**
     * Derivatives of the shape functions.
     *
     * @param xi  natural coordinates
     * @param dN  receives dN_a/dxi_i at a * dimension + i
     */
    public void derivatives(double[] xi, double[] dN) {
        ShapeFunctions.derivatives(this, natural, xi, dN);
    }

    /** Shape functions at natural coordinates, one a node. */
    public double[] values(double[] xi) {
        return ShapeFunctions.values(this, natural, xi);
    }

    /** The type of a name such as {@code Q8} or {@code q8}. */
    public static Optional<ElementType> named(String name) {
        return Arrays.stream(values()).filter(t -> t.name().equals(name.toUpperCase(Locale.ROOT))).findFirst();
    }
}
