// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.model;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.mesh.Mesh;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What a problem must fulfil before anything is calculated. */
final class ProblemCheck {
    private final Mesh mesh;

    private ProblemCheck(Mesh mesh) {
        this.mesh = mesh;
    }

    static void require(Mesh mesh, int points, List<Region> regions, List<Tie> ties, List<Step> steps) {
        ProblemCheck check = new ProblemCheck(mesh);
        check.points(points);
        check.regions(regions);
        Set<String> tied = new HashSet<>();
        ties.forEach(tie -> check.component("a tie", tie.nodeSet(), tie.axis(), 0, tied));
        for (Step step : steps) {
            String where = "step \"" + step.name() + "\"";
            Set<String> given = new HashSet<>();
            step.displacements().forEach(d -> check.component(where + ", displacement", d.nodeSet(), d.axis(),
                    d.value(), given));
            step.forces().forEach(f -> check.component(where + ", force", f.nodeSet(), f.axis(), f.total(), given));
            step.tractions().forEach(t -> check.component(where + ", traction", t.nodeSet(), t.axis(), t.value(),
                    given));
        }
    }

    private void points(int points) {
        for (int e = 0; e < mesh.elements(); e++) {
            mesh.type(e).rule(points);
        }
    }

    private void regions(List<Region> regions) {
        BitSet covered = new BitSet(mesh.elements());
        for (Region region : regions) {
            int[] members = region.elementSet() == null ? IntStream.range(0, mesh.elements()).toArray()
                    : mesh.elementSet(region.elementSet());
            for (int e : members) {
                if (covered.get(e)) {
                    throw new FemException("element " + e + " (counted from 0) has two materials; regions must not "
                            + "overlap" + (region.elementSet() == null ? "" : ": see " + region.elementSet()));
                }
                covered.set(e);
            }
        }
        if (covered.cardinality() < mesh.elements()) {
            throw new FemException(mesh.elements() - covered.cardinality() + " of " + mesh.elements()
                    + " elements have no material (the first is number " + covered.nextClearBit(0)
                    + ", counted from 0): give a region for them");
        }
    }

    /** @param given what was there before; of two values one would be lost */
    private void component(String what, String set, int axis, double value, Set<String> given) {
        mesh.nodeSet(set);
        if (axis < 0 || axis >= mesh.dimension()) {
            throw new FemException(what + " of \"" + set + "\": axis must be 0 to " + (mesh.dimension() - 1)
                    + ", got " + axis);
        }
        if (!Double.isFinite(value)) {
            throw new FemException(what + " of \"" + set + "\" is " + value + ", not a finite number");
        }
        if (!given.add(what + " " + axis + " " + set)) {
            throw new FemException(what + " of \"" + set + "\" along " + "xyz".charAt(axis)
                    + " is there twice; give it once");
        }
    }
}
