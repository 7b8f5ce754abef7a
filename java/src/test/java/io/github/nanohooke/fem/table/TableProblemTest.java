// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.io.ProblemFile;
import io.github.nanohooke.fem.io.StateFields;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.fem.solve.NotConvergedException;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.file.StructureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The law atoms-table in a problem's file. */
class TableProblemTest {
    private static final String TABLE = "\"law\": \"atoms-table\", \"structure\": \"cell.json\", \"range\": 0.03,"
            + " \"tolerance\": 0.005, \"finest\": 0.01";

    @TempDir
    private Path folder;

    @BeforeEach
    void structure() throws IOException {
        double a = Lattice.aluminium().constant();
        Files.writeString(folder.resolve("cell.json"), StructureFile.toJson(new PorousStructure(Lattice.aluminium(),
                new Cells(3, 3, 1), List.of(new Rectangle(0.75 * a, 1.75 * a, 0.75 * a, 1.75 * a)))));
    }

    private Problem problem(String section, String materials, double pull) {
        return ProblemFile.parse("{\"section\": \"" + section + "\", \"mesh\": {\"element\": \"Q8\", \"size\": [6, 3],"
                + " \"elements\": [2, 1]}, \"points\": 2, \"elementSets\": {\"one\": {\"box\": [[0, 3], [0, 3]]},"
                + " \"two\": {\"box\": [[3, 6], [0, 3]]}}, \"materials\": [" + materials + "], \"steps\":"
                + " [{\"displacements\": [{\"nodes\": \"left\", \"x\": 0, \"y\": 0}, {\"nodes\": \"right\", \"x\": "
                + pull + ", \"y\": 0.02}]}]}", "problem.json", folder).problem();
    }

    private static double[] forces(Problem problem) {
        List<Increment> states = new FemSolver().solve(problem);
        Increment end = states.get(states.size() - 1);
        assertThat(StateFields.of(problem, end.displacements()).continued().count()).isZero();
        return new double[] {end.force(problem.mesh(), "right", 0), end.force(problem.mesh(), "right", 1)};
    }

    @Test
    void bendsAsTheAtomsDoTurnedOrNot() {
        for (String orientation : List.of("", ", \"orientation\": [30, 0, 0]")) {
            Problem table = problem("plane-strain", "{" + TABLE + orientation + ", \"cache\": \"tables\","
                    + " \"elements\": \"one\"}, {" + TABLE + orientation + ", \"elements\": \"two\"}", 0.06);
            double[] atoms = forces(problem("plane-strain", "{\"law\": \"atoms\", \"structure\": \"cell.json\""
                    + orientation + "}", 0.06));
            double[] tabulated = forces(table);
            assertThat(tabulated[0]).isCloseTo(atoms[0], within(0.002 * atoms[0]));
            assertThat(tabulated[1]).isCloseTo(atoms[1], within(0.005 * Math.abs(atoms[1])));
            assertThat(folder.resolve("tables")).isDirectoryContaining("glob:**/law-*.table");
        }
    }

    @Test
    void aPartThatLeavesTheTableSaysWhereAndWhatToDo() {
        Problem far = problem("plane-strain", "{" + TABLE + "}", 0.4);
        assertThatThrownBy(() -> new FemSolver().solve(far)).isInstanceOf(NotConvergedException.class)
                .hasMessageContaining("atoms-table").hasMessageContaining("0.03").hasMessageContaining("E11 = 0.0");
        double[] asked = forces(problem("plane-strain", "{" + TABLE + ", \"outside\": \"statics\"}", 0.4));
        double[] atoms = forces(problem("plane-strain", "{\"law\": \"atoms\", \"structure\": \"cell.json\"}", 0.4));
        assertThat(asked[0]).isCloseTo(atoms[0], within(1e-5 * atoms[0]));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> problem("plane-stress", "{" + TABLE + "}", 0.01)).isInstanceOf(FemException.class)
                .hasMessageContaining("plane-strain");
        assertThatThrownBy(() -> problem("plane-strain", "{" + TABLE + ", \"source\": \"network\"}", 0.01))
                .isInstanceOf(FemException.class).hasMessageContaining("source");
        assertThatThrownBy(() -> problem("plane-strain", "{" + TABLE + ", \"outside\": \"zero\"}", 0.01))
                .isInstanceOf(FemException.class).hasMessageContaining("statics");
        assertThatThrownBy(() -> problem("plane-strain", "{" + TABLE.replace("0.03", "3") + "}", 0.01))
                .isInstanceOf(FemException.class).hasMessageContaining("problem.json").hasMessageContaining("range");
        assertThatThrownBy(() -> problem("plane-strain", "{" + TABLE + ", \"orientation\": [0, 10, 0]}", 0.01))
                .isInstanceOf(FemException.class).hasMessageContaining("about z");
        assertThatThrownBy(() -> problem("plane-strain", "{\"law\": \"atoms\", \"structure\": \"cell.json\","
                + " \"range\": 0.1}", 0.01)).isInstanceOf(FemException.class).hasMessageContaining("range");
    }
}
