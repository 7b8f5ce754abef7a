// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.potential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.capi.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reader of libnanohooke_c takes the files that this one takes, to the last bit, and refuses the others. */
class EamReadersTest {

    static Stream<Path> files() throws IOException {
        Path bundled = Path.of("src/main/resources/io/github/nanohooke/statics/potential/Al99.eam.alloy");
        List<Path> toys;
        try (Stream<Path> all = Files.list(Path.of("..", "test-data", "potentials"))) {
            toys = all.filter(file -> file.toString().contains(".eam")).sorted().toList();
        }
        return Stream.concat(Stream.of(bundled), toys.stream());
    }

    @ParameterizedTest
    @MethodSource("files")
    void bothReadersAgree(Path file) {
        EamTables tables;
        try {
            tables = Potential.fromFile(file).eam().orElseThrow();
        } catch (PotentialException e) {
            assertThatThrownBy(() -> Probe.run("potential", file, "Al")).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file.toString());
            return;
        }
        for (String element : tables.elements()) {
            EamFunctions ours = tables.of(element);
            if (ours.objection().isPresent()) {
                assertThatThrownBy(() -> Probe.run("potential", file, element))
                        .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("5 ");
                continue;
            }
            List<double[]> theirs = Probe.run("potential", file, element);
            assertThat(theirs.get(0)).containsExactly(ours.mass(), ours.cutoff(), ours.densitySpacing(),
                    ours.distanceSpacing());
            assertThat(theirs.get(1)).containsExactly(ours.embedding());
            assertThat(theirs.get(2)).containsExactly(ours.density());
            assertThat(theirs.get(3)).containsExactly(ours.product());
        }
    }
}
