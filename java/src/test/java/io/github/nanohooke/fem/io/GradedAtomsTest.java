// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.solve.ContinuedPoints;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.fem.solve.NativeSparseSolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of a beam whose regions carry different cells of atoms, on one lattice. */
class GradedAtomsTest {
    private static final Path FOLDER = Path.of("..", "test-data", "fem", "graded-atoms");

    private static String example() throws IOException {
        return Files.readString(FOLDER.resolve("beam.json"));
    }

    private static double[] bent(String json) {
        ProblemFile file = ProblemFile.parse(json, "beam.json", FOLDER);
        Problem problem = file.problem();
        List<Increment> states = new FemSolver(file.options(), NativeSparseSolver::new).solve(problem);
        Increment free = states.get(0);
        Increment end = states.get(states.size() - 1);
        assertThat(free.force(problem.mesh(), "left", 0)).isCloseTo(0, within(1e-4));
        assertThat(ContinuedPoints.of(problem, end.displacements()).count()).isZero();
        return new double[] {-end.force(problem.mesh(), "right", 1), free.displacement(problem.mesh(), "right", 0)};
    }

    @Test
    void stiffnessAndShrinkageLieBetweenThoseOfEvenBeams() throws IOException {
        double[] graded = bent(example());
        double[] dense = bent(example().replace("cell-4", "cell-5").replace("cell-3", "cell-5"));
        double[] porous = bent(example().replace("cell-5", "cell-3").replace("cell-4", "cell-3"));
        assertThat(graded[0]).isBetween(porous[0] * 1.02, dense[0] * 0.999);
        assertThat(graded[1]).isBetween(porous[1], dense[1]);
        // An even beam has the shrinkage of its cell, 0.4945 %.
        assertThat(dense[1]).isCloseTo(-0.004945 * 60, within(1e-3 * 60 * 0.004945));
    }

    @Test
    void regionsOfOneStructureShareItsCell() throws IOException {
        Problem problem = ProblemFile.parse(example().replace("cell-3", "cell-5"), "beam.json", FOLDER).problem();
        assertThat(problem.regions().get(2).material()).isSameAs(problem.regions().get(0).material());
        assertThat(problem.regions().get(1).material()).isNotSameAs(problem.regions().get(0).material());
    }

    @Test
    void facesComeFromAStructureToo() throws IOException {
        String text = example().replace("\"steps\":", "\"faces\": [{\"nodes\": \"top\", \"structure\": \"cell-5.json\","
                + " \"undeformed\": \"designed\"}], \"steps\":");
        Problem problem = ProblemFile.parse(text, "beam.json", FOLDER).problem();
        assertThat(problem.faces()).hasSize(1);
        assertThat(problem.faces().get(0).law().at(0)[1]).isCloseTo(0.54, within(0.01));
        assertThatThrownBy(() -> ProblemFile.parse(text.replace("\"nodes\": \"top\"", "\"nodes\": \"topp\""),
                "beam.json",
                FOLDER)).isInstanceOf(FemException.class).hasMessageContaining("topp");
    }
}
