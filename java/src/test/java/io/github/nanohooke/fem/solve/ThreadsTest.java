// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.fem.TestTensors;
import io.github.nanohooke.fem.law.HenckyLaw;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    @Test
    void threadsChangeNoBit() {
        Problem block = Problem.of(StructuredMesh.of(ElementType.H20, new double[] {6, 2, 2}, new int[] {8, 4, 4}),
                Section.SOLID).material(new HenckyLaw(TestTensors.triclinic(4)))
                .step(Step.of("s", 2, new Displacement("left", 0, 0), new Displacement("left", 1, 0),
                        new Displacement("left", 2, 0), new Displacement("right", 1, -1))).build();
        List<Increment> alone = solve(block, 1);
        List<Increment> shared = solve(block, 3);
        assertThat(shared).hasSameSizeAs(alone);
        for (int k = 0; k < alone.size(); k++) {
            assertThat(shared.get(k).displacements()).isEqualTo(alone.get(k).displacements());
            assertThat(shared.get(k).forces()).isEqualTo(alone.get(k).forces());
        }
    }

    @Test
    void noThreadsAreRefused() {
        assertThatThrownBy(() -> NativeSparseSolver.onThreads(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("threads must be 1 to 1024");
    }

    private static List<Increment> solve(Problem problem, int threads) {
        return new FemSolver(SolverOptions.defaults(), NativeSparseSolver.onThreads(threads)).solve(problem);
    }
}
