// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.file.AtomsFile;
import io.github.nanohooke.tensor.ElasticTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ten structures' tensors as LAMMPS measured them, which test-data/statics/lammps/make.py wrote down. */
class LammpsTensorsTest {
    private static final Path DATA = Path.of("..", "test-data", "statics", "lammps");
    /** The stress differences' own error: knots of the tabulated potential [GPa]. */
    private static final double AGREES = 0.02;

    @Test
    void tensorsAreThoseOfLammps() throws IOException {
        List<String> lines = Files.readAllLines(DATA.resolve("tensors.csv"));
        assertThat(lines).hasSize(11);
        try (ElasticCalculator calculator = ElasticCalculators.open("hessian")) {
            for (String line : lines.subList(1, 11)) {
                String[] words = line.split(",");
                StaticsResult result = calculator.calculate(AtomsFile.read(DATA.resolve(words[0])).atoms(),
                        StaticsOptions.defaults(), StaticsProgress.SILENT);
                assertThat(result.outcome()).as(words[0]).isEqualTo(Outcome.valueOf(words[1]));
                assertThat(result.energy()).as(words[0]).isCloseTo(Double.parseDouble(words[2]), within(1e-5));
                ElasticTensor tensor = result.tensor();
                int at = 3;
                for (int i = 0; i < 6; i++) {
                    for (int j = i; j < 6; j++) {
                        assertThat(tensor.get(i, j)).as("%s C%d%d", words[0], i + 1, j + 1)
                                .isCloseTo(Double.parseDouble(words[at++]), within(AGREES));
                    }
                }
            }
        }
    }
}
