// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.atoms.AtomsMaterial;
import io.github.nanohooke.fem.atoms.CrystalFace;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The beam of unit cells with its faces and solid ends, on the perfect lattice. Planes of atoms are half a lattice
 * constant apart, each with a quarter to either side: of the two held cells at an end, 1.75 lattice constants lie
 * beyond the innermost held plane. From there to the pores' first unit cell it is a quarter on the left and 1.25 on the
 * right.
 */
final class BoundedBeam {
    /** Sets that are held once the beam has been let go. */
    static final String LEFT = "left-held";
    static final String RIGHT = "right-held";
    /** Name of the step that lets it go. */
    static final String FREE = "free";
    private static final double HELD = 1.75;
    private static final double LEFT_SOLID = 0.25;
    private static final double RIGHT_SOLID = 1.25;

    private final int cells;
    private final double a;
    private final double height;
    private final BeamBounds bounds;
    private final BeamOptions options;

    /**
     * A beam.
     *
     * @param a      lattice constant [nm]
     * @param height in lattice constants
     */
    BoundedBeam(int cells, double a, double height, BeamBounds bounds, BeamOptions options) {
        if (options.end() != BeamEnd.CLAMPED) {
            throw new FemException("faces and solid ends are for a clamped beam, not for " + options.end().label());
        }
        this.cells = cells;
        this.a = a;
        this.height = height;
        this.bounds = bounds;
        this.options = options;
    }

    /** The problem: the beam is let go, then moved to one displacement after the other. */
    Problem problem(AtomsMaterial porous, AtomsMaterial solid, double[] path, int increments) {
        Mesh mesh = mesh();
        Problem.Builder builder = Problem.of(mesh, Section.PLANE_STRAIN).points(UnitCellBeam.POINTS)
                .region("porous", porous);
        if (bounds.solidEnds()) {
            builder.region("solid", solid);
        }
        if (bounds.faces()) {
            CrystalFace face = CrystalFace.of(porous);
            builder.face("bottom-face", face).face("top-face", face);
        }
        builder.step(Step.of(FREE, 1, new Displacement("left-middle", 0, 0), new Displacement("left-middle", 1, 0),
                new Displacement("right-middle", 1, 0)));
        double at = 0;
        for (double u : path) {
            builder.step(Step.of("to " + u + " nm", increments, new Displacement(LEFT, 0, 0, true),
                    new Displacement(LEFT, 1, 0, true), new Displacement(RIGHT, 0, 0, true),
                    new Displacement(RIGHT, 1, at - u, true)));
            at = u;
        }
        return builder.build();
    }

    private Mesh mesh() {
        double left = HELD * a;
        double right = (cells - HELD) * a;
        double from = bounds.solidEnds() ? left + LEFT_SOLID * a : left;
        double to = bounds.solidEnds() ? right - RIGHT_SOLID * a : right;
        double even = (to - from) / options.elementsX();
        double grading = bounds.faces() ? Math.max(0, Math.min(UnitCellBeam.GRADING, 1 - UnitCellBeam.ASPECT * a
                / even))
                : UnitCellBeam.GRADING;
        double[] pores = StructuredMesh.graded(to - from, options.elementsX(), grading);
        double[] y = StructuredMesh.graded(height * a, options.elementsY(), UnitCellBeam.GRADING);
        // The last place is the end itself: no element of rounding's width beyond it.
        DoubleStream between = IntStream.range(0, pores.length).mapToDouble(k -> k == pores.length - 1 ? to
                : from + pores[k]);
        double[] x = DoubleStream.concat(DoubleStream.concat(DoubleStream.of(0, left), between),
                DoubleStream.of(right, cells * a)).distinct().toArray();
        Mesh mesh = StructuredMesh.between(ElementType.Q8, x, y);
        double slack = 1e-6 * a;
        IntPredicate inPores = e -> !bounds.solidEnds() || middle(mesh, e) > from && middle(mesh, e) < to;
        Mesh named = mesh.withElementSet("porous", IntStream.range(0, mesh.elements()).filter(inPores).toArray())
                .withNodeSet(LEFT, nodes(mesh, n -> mesh.coordinate(n, 0) <= left + slack))
                .withNodeSet(RIGHT, nodes(mesh, n -> mesh.coordinate(n, 0) >= right - slack))
                .withNodeSet("left-middle", nearest(mesh, left));
        for (String side : List.of("bottom", "top")) {
            named = named.withNodeSet(side + "-face", IntStream.of(mesh.nodeSet(side)).filter(n ->
                    mesh.coordinate(n, 0) >= from - slack && mesh.coordinate(n, 0) <= to + slack).toArray());
        }
        if (!named.nodeSets().containsKey("right-middle")) {
            named = named.withNodeSet("right-middle", nearest(mesh, right));
        }
        return bounds.solidEnds() ? named.withElementSet("solid", IntStream.range(0, mesh.elements())
                .filter(inPores.negate()).toArray()) : named;
    }

    private static double middle(Mesh mesh, int e) {
        return IntStream.of(mesh.element(e)).mapToDouble(n -> mesh.coordinate(n, 0)).average().orElse(0);
    }

    private static int[] nodes(Mesh mesh, IntPredicate wanted) {
        return IntStream.range(0, mesh.nodes()).filter(wanted).toArray();
    }

    /** The one node at half height next to a plane. */
    private int[] nearest(Mesh mesh, double x) {
        List<Integer> all = new ArrayList<>(IntStream.range(0, mesh.nodes()).boxed().toList());
        all.sort(Comparator.comparingDouble(n -> Math.hypot(mesh.coordinate(n, 0) - x,
                mesh.coordinate(n, 1) - 0.5 * height * a)));
        return new int[] {all.get(0)};
    }
}
