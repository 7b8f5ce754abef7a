// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.atoms.AtomsMaterial;
import io.github.nanohooke.fem.law.CrystalFrame;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.fem.solve.Increments;
import io.github.nanohooke.fem.solve.Listener;
import io.github.nanohooke.fem.solve.SolverOptions;
import io.github.nanohooke.fem.table.TableOptions;
import io.github.nanohooke.fem.table.TabulatedMaterial;
import io.github.nanohooke.fem.table.TabulatedMaterial.Outside;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.hyperelastic.Deformations;
import io.github.nanohooke.statics.hyperelastic.HyperelasticCalculator;
import io.github.nanohooke.statics.hyperelastic.ReferenceCell;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The beam with the law {@code atoms}: every integration point carries the beam's own unit cell, five lattice cells
 * squared with a pore of one, 96 atoms, at the crystal's period along z and free of stress in the plane. The beam is as
 * much shorter and lower than designed as that cell is; its length is the distance of the innermost held planes of
 * atoms. Eight-node elements with 2 x 2 points.
 */
public final class UnitCellBeam implements AutoCloseable {
    /** Name of the source and of the law. */
    public static final String SOURCE = AtomsMaterial.NAME;
    /** The same of a table of that law. */
    public static final String TABLE_SOURCE = TabulatedMaterial.NAME;
    /** Both. */
    public static final List<String> SOURCES = List.of(SOURCE, TABLE_SOURCE);
    /** Lattice cells of the paper's beam along its length, and how many times fewer across. */
    public static final int PAPER_CELLS = 1000;
    static final int ASPECT = 5;
    private static final double HELD_CELLS = 4;
    static final int POINTS = 2;
    /** Smaller elements would be smaller than the cell of atoms that they carry. */
    static final double GRADING = 0.8;

    private final BeamOptions options;
    private final double[] path;
    private final AtomsMaterial material;
    private final AtomsMaterial solid;
    /** Null where points carry the atoms themselves. */
    private final TabulatedMaterial table;
    private final Problem problem;
    private final BeamBounds bounds;
    /** Where the right side is once the beam has been let go [nm]. */
    private double freely;

    /** Without faces and solid ends. */
    public static UnitCellBeam of(int cells, double[] path, BeamOptions like) {
        return of(cells, path, like, BeamBounds.NONE);
    }

    /**
     * Relaxes the unit cell.
     *
     * @param cells     lattice cells along the beam, 1000 in the paper; a multiple of 5
     * @param path      displacements of the right side downwards, rising [nm], 0 before them or not; the end of
     *                  {@code like} where null
     * @param like      increments, end and mesh; length and height are the beam's own
     * @param bounds    faces and ends
     */
    public static UnitCellBeam of(int cells, double[] path, BeamOptions like, BeamBounds bounds) {
        return of(cells, path, like, bounds, atoms -> null);
    }

    /**
     * Without faces and solid ends, with the cell's law from a table; where it has nothing, atoms are relaxed.
     *
     * @param table    how far it goes and how fine it is
     * @param folder   where tables are kept; null for nowhere
     * @param progress of its building
     */
    public static UnitCellBeam tabulated(int cells, double[] path, BeamOptions like, TableOptions table, Path folder,
            StaticsProgress progress) {
        return of(cells, path, like, BeamBounds.NONE, atoms -> {
            try {
                return TabulatedMaterial.of(atoms, table, Outside.STATICS, folder, progress);
            } catch (RuntimeException e) {
                atoms.close();
                throw e;
            }
        });
    }

    private static UnitCellBeam of(int cells, double[] asked, BeamOptions like, BeamBounds bounds,
            Function<AtomsMaterial, TabulatedMaterial> tables) {
        if (cells < 2 * ASPECT || cells % ASPECT != 0) {
            throw new FemException("the beam has a multiple of " + ASPECT + " lattice cells along its length, at least "
                    + 2 * ASPECT + "; got " + cells);
        }
        // The undeformed state is there anyway.
        double[] path = asked != null && asked.length > 1 && asked[0] == 0
                ? Arrays.copyOfRange(asked, 1, asked.length) : asked;
        double longest = cells * Lattice.aluminium().constant() / 10;
        for (int k = 0; path != null && k < path.length; k++) {
            if (!(path[k] > (k == 0 ? 0 : path[k - 1]) && path[k] < longest)) {
                throw new FemException("displacements along a path must rise from 0 and end before the beam's length of"
                        + " " + longest + " nm, got " + Arrays.toString(asked));
            }
        }
        if (path == null && !(Math.abs(like.displacement()) < longest)) {
            throw new FemException("the displacement must be less than the beam's length of " + longest + " nm, got "
                    + like.displacement());
        }
        AtomsMaterial material = material(cell(), bounds.any());
        AtomsMaterial solid = bounds.solidEnds() ? material(new PorousStructure(Lattice.aluminium(), new Cells(1, 1, 1),
                List.of()).atoms(), true) : null;
        TabulatedMaterial table = tables.apply(material);
        double[] stretch = material.reference().stretch();
        double a = Lattice.aluminium().constant() / 10;
        double length = ((cells - HELD_CELLS) * a + 0.5 * a) * stretch[0];
        double height = cells / ASPECT * a * stretch[4];
        double end = path == null ? like.displacement() : path[path.length - 1];
        return new UnitCellBeam(cells, new BeamOptions(length, height, end, path == null ? like.increments()
                : path.length, like.end(), like.elementsX(), like.elementsY()), path, new Materials(material, solid,
                table), bounds);
    }

    private static AtomsMaterial material(Atoms cell, boolean fromDesigned) {
        return AtomsMaterial.of(cell, ReferenceCell.Kind.GIVEN_PERIOD, Section.PLANE_STRAIN, CrystalFrame.NONE,
                StaticsOptions.defaults(), fromDesigned);
    }

    private record Materials(AtomsMaterial pores, AtomsMaterial solid, TabulatedMaterial table) {
    }

    private UnitCellBeam(int cells, BeamOptions options, double[] path, Materials materials, BeamBounds bounds) {
        this.options = options;
        this.path = path;
        material = materials.pores();
        solid = materials.solid();
        table = materials.table();
        this.bounds = bounds;
        problem = bounds.any() ? new BoundedBeam(cells, Lattice.aluminium().constant() / 10, (double) cells / ASPECT,
                bounds, options).problem(material, solid, path == null ? new double[] {options.displacement()} : path,
                        path == null ? options.increments() : 1) : made();
    }

    /** The unit cell as designed. */
    public static Atoms cell() {
        double a = Lattice.aluminium().constant();
        int middle = ASPECT / 2;
        double from = (middle - 0.25) * a;
        return new PorousStructure(Lattice.aluminium(), new Cells(ASPECT, ASPECT, 1),
                List.of(new Rectangle(from, from + a, from, from + a))).atoms();
    }

    /** Length, height and mesh that it is solved with. */
    public BeamOptions options() {
        return options;
    }

    public AtomsMaterial material() {
        return material;
    }

    /** Of the atoms' law, where points go by one. */
    public Optional<TabulatedMaterial> table() {
        return Optional.ofNullable(table);
    }

    /** Points whose last answer goes on beyond a stable state. */
    public int continuedPoints() {
        return table != null ? table.continuedPoints()
                : material.continuedPoints() + (solid == null ? 0 : solid.continuedPoints());
    }

    /**
     * 40 x 12 elements: their force at 40 nm is within 0.1 % of finer meshes'. With faces, elements along them are no
     * shorter than the cell whose period their law has.
     */
    public static int[] mesh(int cells, BeamBounds bounds) {
        return new int[] {bounds.faces() ? Math.max(1, Math.min(40, (cells - 2 * ASPECT) / ASPECT)) : 40, 12};
    }

    /** Forces are balanced to 1e-7: the atoms' own tolerances leave 1e-8 of them. */
    public static SolverOptions solverOptions() {
        SolverOptions standard = SolverOptions.defaults();
        return new SolverOptions(1e-7, standard.maxIterations(), standard.smallestCut());
    }

    /** The undeformed cell's elastic tensor [GPa]. */
    public ElasticTensor tensor() {
        try (HyperelasticCalculator crystal = HyperelasticCalculator.of(material.reference(),
                StaticsOptions.defaults())) {
            return crystal.deform(Deformations.none()).tensor();
        }
    }

    /**
     * Follows the beam's path.
     *
     * @throws io.github.nanohooke.fem.solve.NotConvergedException when it comes to no end
     */
    public BeamCurve bend(FemSolver solver, Listener listener) {
        return bendAsFarAsItGoes(solver, listener).whole();
    }

    /** As {@link #bend}; where the path comes to no end or is stopped, the states before that are the curve. */
    public BeamCurve bendAsFarAsItGoes(FemSolver solver, Listener listener) {
        // With faces and ends, the beam that was let go takes the place of the undeformed one.
        List<Increment> before = bounds.any() ? List.of() : List.of(Increments.undeformed(problem));
        return BeamCurve.follow(problem, moved(), before, solver, listener.withStates(state -> {
            if (bounds.any() && state.step() == 0) {
                freely = -state.displacement(problem.mesh(), moved(), 1);
                return true;
            }
            return listener.found(state);
        }));
    }

    private String moved() {
        return bounds.any() ? BoundedBeam.RIGHT : options.end().moved();
    }

    /** Displacement of the right side downwards in a state [nm]. */
    public double displacement(Increment state) {
        return 0 - state.displacement(problem.mesh(), moved(), 1) - freely;
    }

    /** The beam as a problem. */
    public Problem problem() {
        return problem;
    }

    private Problem made() {
        Mesh mesh = StructuredMesh.of(ElementType.Q8, new double[] {options.length(), options.height()},
                new int[] {options.elementsX(), options.elementsY()}, new double[] {GRADING, GRADING});
        Problem.Builder builder = Problem.of(mesh, Section.PLANE_STRAIN).points(POINTS).region(null,
                table == null ? material : table);
        options.end().tie(builder);
        if (path == null) {
            return builder.step(step("bend", options.displacement(), options.increments())).build();
        }
        for (double displacement : path) {
            builder.step(step("to " + displacement + " nm", displacement, 1));
        }
        return builder.build();
    }

    private Step step(String name, double displacement, int increments) {
        return new Step(name, increments, options.end().given(displacement), List.of(), List.of());
    }

    @Override
    public void close() {
        material.close();
        if (solid != null) {
            solid.close();
        }
    }
}
