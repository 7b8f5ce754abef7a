// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.model;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.law.FaceLaw;
import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.Mesh;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A part, what it is made of, how it is held and what is done to it.
 *
 * <pre>{@code
 * Mesh mesh = StructuredMesh.of(ElementType.Q9, new double[] {405, 81}, new int[] {80, 16});
 * Problem beam = Problem.of(mesh, Section.PLANE_STRAIN)
 *         .material(new SaintVenantKirchhoffLaw(tensor))
 *         .step(Step.of("bend", 20,
 *                 new Displacement("left", 0, 0), new Displacement("left", 1, 0),
 *                 new Displacement("right", 0, 0), new Displacement("right", 1, -40)))
 *         .build();
 * }</pre>
 *
 * @param mesh    the part
 * @param section its extent along z
 * @param points  Gauss points along each axis of an element; 0: the element's own default
 * @param regions what it is made of; every element is in exactly one
 * @param faces   free faces with an energy of their own, of plane sections
 * @param ties    nodes that move alike, in all steps
 * @param steps   one after the other, at least one
 */
public record Problem(Mesh mesh, Section section, int points, List<Region> regions, List<Face> faces, List<Tie> ties,
        List<Step> steps) {

    /**
     * Checks the parts.
     *
     * @throws FemException when sets are missing, axes wrong or named twice, elements without material, numbers not
     *                      finite
     */
    public Problem {
        regions = List.copyOf(regions);
        faces = List.copyOf(faces);
        ties = List.copyOf(ties);
        steps = List.copyOf(steps);
        if (mesh.dimension() != section.dimension()) {
            throw new FemException("the section " + section.label() + " is for " + section.dimension()
                    + " dimensions, the mesh has " + mesh.dimension());
        }
        if (steps.isEmpty()) {
            throw new FemException("a problem needs at least one step");
        }
        if (!faces.isEmpty() && mesh.dimension() != 2) {
            throw new FemException("faces with an energy of their own are for plane sections");
        }
        faces.forEach(face -> mesh.nodeSet(face.nodeSet()));
        ProblemCheck.require(mesh, points, regions, ties, steps);
    }

    /** Begins a problem. */
    public static Builder of(Mesh mesh, Section section) {
        return new Builder(mesh, section);
    }

    /** Sets whose displacement is given in some step, in order of appearance. */
    public List<String> heldSets() {
        Collection<String> names = new LinkedHashSet<>();
        steps.forEach(step -> step.displacements().forEach(d -> names.add(d.nodeSet())));
        return List.copyOf(names);
    }

    /** Collects a problem's parts. */
    public static final class Builder {
        private final Mesh mesh;
        private final Section section;
        private int points;
        private final List<Region> regions = new ArrayList<>();
        private final List<Face> faces = new ArrayList<>();
        private final List<Tie> ties = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();

        private Builder(Mesh mesh, Section section) {
            this.mesh = mesh;
            this.section = section;
        }

        /** Gauss points along each axis of an element, where not the element's default. */
        public Builder points(int along) {
            points = along;
            return this;
        }

        /** All elements of one material. */
        public Builder material(MaterialLaw law) {
            return region(null, ConstitutiveField.uniform(law));
        }

        /** A set of elements of one material. */
        public Builder material(String elementSet, MaterialLaw law) {
            return region(elementSet, ConstitutiveField.uniform(law));
        }

        /** A set of elements (null: all) whose material may vary. */
        public Builder region(String elementSet, ConstitutiveField material) {
            regions.add(new Region(elementSet, material));
            return this;
        }

        /** Boundary edges within a set of nodes that have an energy of their own. */
        public Builder face(String nodeSet, FaceLaw law) {
            faces.add(new Face(nodeSet, law));
            return this;
        }

        /** Nodes that move alike along an axis. */
        public Builder tie(String nodeSet, int axis) {
            ties.add(new Tie(nodeSet, axis));
            return this;
        }

        public Builder step(Step step) {
            steps.add(step);
            return this;
        }

        /** @throws FemException as the record's constructor says */
        public Problem build() {
            return new Problem(mesh, section, points, regions, faces, ties, steps);
        }
    }
}
