// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.law.ContinuedLaw;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Region;
import java.util.ArrayList;
import java.util.List;

/**
 * Integration points of a state that are beyond what their material bears, and continue its last stable state by the
 * law's rule ({@link ContinuedLaw#isContinued()}).
 *
 * @param perElement how many each element has
 * @param places     of these points in the deformed part [nm], element by element
 * @param outside    points, continued or not, that their law's table has nothing for ({@link ContinuedLaw#isOutside()})
 */
public record ContinuedPoints(int[] perElement, List<double[]> places, int outside) {

    /** Whether a problem has laws that can be continued at all. */
    public static boolean arePossible(Problem problem) {
        for (Region region : problem.regions()) {
            int[] members = region.elementSet() == null ? new int[] {0}
                    : problem.mesh().elementSet(region.elementSet());
            if (members.length > 0 && region.material().at(members[0], 0) instanceof ContinuedLaw) {
                return true;
            }
        }
        return false;
    }

    /**
     * Those of a state, as points find it from where they last were: to be asked for when it has just been found.
     *
     * @param displacements of the state
     */
    public static ContinuedPoints of(Problem problem, double[] displacements) {
        Mesh mesh = problem.mesh();
        IntegrationPoints elements = new IntegrationPoints(problem);
        int n = mesh.dimension();
        int[] perElement = new int[mesh.elements()];
        List<double[]> places = new ArrayList<>();
        int outside = 0;
        for (int e = 0; e < mesh.elements(); e++) {
            for (int q = 0; q < elements.points(e); q++) {
                if (elements.law(e, q) instanceof ContinuedLaw law) {
                    ContinuedLaw asked = law.copy();
                    problem.section().energy(asked, elements.gradient(mesh, e, q, displacements));
                    outside += asked.isOutside() ? 1 : 0;
                    if (asked.isContinued()) {
                        perElement[e]++;
                        places.add(place(problem, e, q, displacements, n));
                    }
                }
            }
        }
        return new ContinuedPoints(perElement, List.copyOf(places), outside);
    }

    private static double[] place(Problem problem, int e, int q, double[] displacements, int n) {
        Mesh mesh = problem.mesh();
        ElementType type = mesh.type(e);
        double[] shape = type.values(type.rule(problem.points()).get(q).xi());
        double[] place = new double[n];
        int[] nodes = mesh.element(e);
        for (int a = 0; a < nodes.length; a++) {
            for (int i = 0; i < n; i++) {
                place[i] += shape[a] * (mesh.coordinate(nodes[a], i) + displacements[nodes[a] * n + i]);
            }
        }
        return place;
    }

    /** All together. */
    public int count() {
        return places.size();
    }
}
