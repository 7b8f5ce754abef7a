// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.structure.Cell;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingDomainTest {
    private static Optional<TrainingDomain> domain(String cells, String constants) {
        return TrainingDomain.of(Map.of("elements", "Al, Al", "cells", cells, "lattice constants", constants, "epoch",
                "3"));
    }

    @ParameterizedTest
    @CsvSource({"81, 81, true", "80.2, 81.5, true", "85.05, 85.05, false", "81, 40.5, false", "40.5, 40.5, true",
        "32.4, 32.4, false"})
    void cellsOfAnyDatasetAreKnownAndNoOthers(double lx, double ly, boolean known) {
        TrainingDomain domain = domain("20 x 20, 10 x 10", "4.05, 4.05").orElseThrow();
        Optional<String> objection = domain.objection(Cell.orthogonal(lx, ly, 4.05));
        assertThat(objection.isEmpty()).isEqualTo(known);
        objection.ifPresent(text -> assertThat(text).contains("20 x 20, 10 x 10"));
        assertThat(TrainingDomain.of(domain.provenance())).as("its own entries are whole").isPresent();
        assertThat(domain.provenance()).doesNotContainKey("epoch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "20 x", "0 x 20", "20 x 20", "20 x 20, ", "9999999 x 1, 1 x 1"})
    void entriesOfAnotherFormTellNothing(String cells) {
        assertThat(domain(cells, "4.05, 4.05")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"129, true", "1, true", "0, false", "none, false"})
    void cutSolidsAreKnownWhereTheTrainingPartHadSome(String samples, boolean known) {
        assertThat(TrainingDomain.knowsCuts(Map.of("cut samples", samples))).isEqualTo(known);
        assertThat(TrainingDomain.knowsCuts(Map.of())).isFalse();
    }

    @Test
    void modelsOfEarlierVersionsTellNothing() {
        assertThat(TrainingDomain.of(Map.of("elements", "Al"))).isEmpty();
    }
}
