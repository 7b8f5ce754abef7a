// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.law.Laws;
import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.Quadrature;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.statics.UncertainTensor;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A cantilever with a random structure of its own at every integration point, more porous towards its tip: the part
 * that takes thousands of different tensors. Clamped on its left, its right side moved down and free along x, plane
 * strain.
 */
public final class GradedCantilever {
    /** A seed that no dataset of this project has, so that no network has learnt from the structures. */
    public static final long UNSEEN = 7;

    private static final int POINTS = 3;
    private final Options options;
    private final List<Quadrature.Point> rule = Quadrature.gauss(2, POINTS);
    private final Mesh mesh;
    private final List<PorousStructure> structures;
    private final double[] porosities;

    /**
     * The part.
     *
     * @param length       [nm]
     * @param height       [nm]
     * @param displacement of the right side, downwards [nm]
     * @param elementsX    nine-node elements along it, nine points each
     * @param elementsY    nine-node elements across it
     * @param porosityFrom at the clamp [%]
     * @param porosityTo   at the tip [%]
     * @param seed         of the structures, which are random ones of it: with that of a dataset a network has learnt
     *                     from some of them, and looks better than it is
     * @param law          one of {@link Laws#names()}
     */
    public record Options(double length, double height, double displacement, int elementsX, int elementsY,
            double porosityFrom, double porosityTo, long seed, String law) {

        public Options {
            if (!(porosityFrom >= 2 && porosityFrom <= 60 && porosityTo >= 2 && porosityTo <= 60)) {
                throw new FemException("porosities must be 2 to 60 %, got " + porosityFrom + " and " + porosityTo);
            }
            if (!(displacement != 0 && Double.isFinite(displacement))) {
                throw new FemException("the displacement must be a number of nm other than zero, got " + displacement);
            }
        }

        /** 400 x 80 nm, 60 x 10 elements (5,400 points), 5 to 45 %, moved by 10 nm, {@link #UNSEEN}. */
        public static Options standard() {
            return new Options(400, 80, 10, 60, 10, 5, 45, UNSEEN, "saint-venant-kirchhoff");
        }
    }

    /**
     * What one source of tensors makes of the part.
     *
     * @param problem    the part
     * @param state      moved
     * @param force      on the right side, downwards [N/m]
     * @param independent standard deviation of the force by errors of the tensors that know nothing of each other [N/m]
     * @param common     the same where all tensors err alike and as bad as can be [N/m]
     * @param sensitivity what else errors of the tensors do to the force
     */
    public record Result(Problem problem, Increment state, double force, double independent, double common,
            ForceSensitivity sensitivity) {
    }

    public GradedCantilever(Options options) {
        this.options = options;
        mesh = StructuredMesh.of(ElementType.Q9, new double[] {options.length(), options.height()},
                new int[] {options.elementsX(), options.elementsY()});
        porosities = porosities();
        structures = GradedStructures.of(porosities, options.seed());
    }

    /** Of all points, element by element. */
    public List<PorousStructure> structures() {
        return structures;
    }

    /** How porous a point is meant to be [%]; its structure is within one per cent of it. */
    public double porosity(int point) {
        return porosities[point];
    }

    /** Where a point is in the undeformed part [nm]. */
    public double[] place(int point) {
        return place(point, new double[2 * mesh.nodes()]);
    }

    /** Where a point is in the part whose nodes are displaced [nm]. */
    public double[] place(int point, double[] displacements) {
        int element = point / (POINTS * POINTS);
        double[] n = mesh.type(element).values(rule.get(point % (POINTS * POINTS)).xi());
        double[] place = new double[2];
        for (int a = 0; a < n.length; a++) {
            int node = mesh.element(element)[a];
            for (int i = 0; i < 2; i++) {
                place[i] += n[a] * (mesh.coordinate(node, i) + displacements[2 * node + i]);
            }
        }
        return place;
    }

    /** Why the part's law cannot be made of a tensor; empty where it can. */
    public Optional<String> refusal(ElasticTensor tensor) {
        try {
            Laws.of(options.law(), tensor);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** So many of the points, drawn at random by the part's seed; those of a smaller number are among them. */
    public List<Integer> drawn(int count) {
        List<Integer> points = IntStream.range(0, structures.size()).boxed().collect(Collectors.toList());
        Collections.shuffle(points, new Random(options.seed()));
        return List.copyOf(points.subList(0, Math.min(count, points.size())));
    }

    /**
     * Bends the part.
     *
     * @param tensors of {@link #structures()} [GPa]
     * @param error   root mean square error of a constant at a porosity in % [GPa]; zero for exact tensors, NaN where
     *                it is not known
     */
    public Result bend(List<ElasticTensor> tensors, DoubleUnaryOperator error) {
        return bend(IntStream.range(0, tensors.size()).mapToObj(k -> UncertainTensor.evenly(tensors.get(k),
                error.applyAsDouble(porosities[k]))).toList());
    }

    /** As {@link #bend(List, DoubleUnaryOperator)}, with errors of its own for each tensor. */
    public Result bend(List<UncertainTensor> tensors) {
        List<MaterialLaw> laws = tensors.stream().map(t -> Laws.of(options.law(), t.tensor())).toList();
        int perElement = POINTS * POINTS;
        Problem problem = Problem.of(mesh, Section.PLANE_STRAIN).points(POINTS)
                .region(null, (element, point) -> laws.get(element * perElement + point))
                .step(Step.of("bend", 2, new Displacement("left", 0, 0), new Displacement("left", 1, 0),
                        new Displacement("right", 1, -options.displacement()))).build();
        List<Increment> states = new FemSolver().solve(problem);
        Increment last = states.get(states.size() - 1);
        ForceSensitivity sensitivity = ForceSensitivity.of(problem, last.displacements(), options.displacement());
        ForceSensitivity.Band band = sensitivity.band(tensors);
        return new Result(problem, last, -last.force(mesh, "right", 1), band.independent(), band.common(), sensitivity);
    }

    private double[] porosities() {
        double[] rest = new double[mesh.nodes() * 2];
        return IntStream.range(0, mesh.elements() * rule.size()).mapToDouble(point -> options.porosityFrom()
                + place(point, rest)[0] / options.length() * (options.porosityTo() - options.porosityFrom()))
                .toArray();
    }
}
