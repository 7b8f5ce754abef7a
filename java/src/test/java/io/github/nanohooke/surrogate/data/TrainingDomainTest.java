// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingDomainTest {
    private static Optional<TrainingDomain> domain(String cells, String constants) {
        return TrainingDomain.of(Map.of("elements", constants.contains(",") ? "Al, Al" : "Al", "cells", cells,
                "lattice constants", constants, "epoch", "3"));
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

    private static final double A0 = 4.05;

    private static List<String> codes(List<Warning> warnings) {
        return warnings.stream().map(Warning::code).toList();
    }

    private static Atoms porous(int cells, double constant) {
        return new PorousStructure(new Lattice("Al", Lattice.Kind.FCC, constant), new Cells(cells, cells, 1),
                List.of(new Circle(30, 30, 15))).atoms();
    }

    private static Atoms strained(double along) {
        Atoms atoms = porous(20, A0);
        double[] positions = atoms.positions();
        for (int i = 0; i < positions.length; i += 3) {
            positions[i] *= along;
        }
        return atoms.moved(atoms.cell().scaled(along, 1, 1), positions);
    }

    /** A wall that its relaxation has bent, so that its cell is 4 % shorter: see CrystalPeriodsTest. */
    private static Atoms bentWall() {
        Atoms wall = new PorousStructure(Lattice.aluminium(), new Cells(20, 20, 1),
                List.of(new Rectangle(0, 81, 9.3, 81))).atoms();
        double shrunk = 0.96;
        double slope = 2 * Math.sqrt(1 / shrunk - 1);
        double[] positions = wall.positions();
        for (int i = 0; i < positions.length; i += 3) {
            double phase = 2 * Math.PI * positions[i] / 81;
            double angle = Math.atan(slope * Math.cos(phase));
            double off = positions[i + 1] - 4;
            positions[i] = positions[i] * shrunk - off * Math.sin(angle);
            positions[i + 1] = 40 + slope * 81 * shrunk / (2 * Math.PI) * Math.sin(phase) + off * Math.cos(angle);
        }
        return wall.moved(Cell.orthogonal(81 * shrunk, 81, A0), positions);
    }

    @Test
    void relaxedAtomsMayHaveShrunkAsFarAsTheirCrystalGoesOn() {
        TrainingDomain domain = domain("20 x 20", "4.05").orElseThrow();
        assertThat(domain.objection(bentWall().cell())).as("by its length alone").isPresent();
        assertThat(codes(domain.warnings(bentWall()))).isEmpty();
        assertThat(codes(domain.warnings(strained(0.98)))).isEmpty();
    }

    @Test
    void crystalsOfAnotherSizeConstantOrStrainAreForeign() {
        TrainingDomain domain = domain("20 x 20", "4.05").orElseThrow();
        assertThat(codes(domain.warnings(porous(21, A0)))).containsExactly("cell-size");
        assertThat(codes(domain.warnings(porous(19, A0)))).containsExactly("cell-size");
        assertThat(codes(domain.warnings(porous(20, 3.615)))).as("copper's constant").contains("lattice");
        assertThat(codes(domain.warnings(strained(1.05)))).contains("lattice");
        assertThat(codes(domain.warnings(strained(0.95)))).contains("lattice");
    }

    @Test
    void designsHaveExactlyTheirCell() {
        TrainingDomain domain = domain("20 x 20", "4.05").orElseThrow();
        assertThat(codes(domain.warningsOfDesign(porous(20, A0)))).isEmpty();
        assertThat(codes(domain.warningsOfDesign(porous(20, 4.09)))).containsExactly("cell-size");
        assertThat(codes(domain.warnings(porous(20, 4.09)))).as("relaxed, it could be").isEmpty();
    }
}
