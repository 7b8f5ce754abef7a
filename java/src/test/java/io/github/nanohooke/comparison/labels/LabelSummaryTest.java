// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.io.Csv;
import io.github.nanohooke.io.FileFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The arithmetic of the spread, on rows that are made up. */
class LabelSummaryTest {
    private static final double[] LABEL = IntStream.range(0, 13).mapToDouble(k -> 10 * k - 20).toArray();

    /** The label with all constants moved. */
    private static double[] moved(double by) {
        return Arrays.stream(LABEL).map(c -> c + by).toArray();
    }

    private static LabelEnd end(String way, double by) {
        return new LabelEnd(way, "STABLE", 1, -3, moved(by), 0.5, "");
    }

    private static LabelRow row(long place, String family, int cells, LabelEnd... ends) {
        return new LabelRow(place, family, 1, 100 + place, 30, cells, false, LABEL, List.of(ends));
    }

    private static LabelSummary summary() {
        return new LabelSummary(List.of(
                row(0, "circles", 1, end("again", 0), end("cg", 0.04), end("fire", 0)),
                row(1, "circles", 1, end("again", 0), end("cg", 3), end("fire", 0)),
                row(2, "slits", 1, end("again", 0), end("cg", 0), end("fire", -4)),
                row(3, "slits", 1, end("again", 0), end("cg", 9),
                        LabelEnd.without("fire", LabelEnd.GIVEN_UP, 60, "too long")),
                row(6, "slits", 1, end("again", 2), LabelEnd.without("cg", LabelEnd.GIVEN_UP, 60, "too long"),
                        LabelEnd.without("fire", LabelEnd.GIVEN_UP, 60, "too long")),
                new LabelRow(7, "slits", 1, 107, 30, 1, true, LABEL, List.of(end("again", 0), end("cg", 40))),
                row(4, "slits", 3, end("push", 0.06), end("cg", 7), end("fire", 7)),
                row(5, "foams", 3, end("push", 2), end("cg", 5),
                        new LabelEnd("fire", "UNSTABLE", 1, -3, moved(1), 1, "soft"))),
                List.of(new NetworkAnswer("network", IntStream.range(0, 8).boxed().collect(Collectors.toMap(
                        i -> (long) i, i -> moved(i + 1))))));
    }

    private static LabelSpread of(LabelGroup group, String family, String way) {
        return summary().spreads().stream().filter(spread -> spread.labels().equals(group.label())
                && spread.family().equals(family) && spread.way().equals(way)).findFirst().orElseThrow();
    }

    @Test
    void spreadsAreOverStructuresThatAnotherWayHasATensorFor() {
        LabelSpread cg = of(LabelGroup.ONE_CELL, "circles", "cg");
        assertThat(cg.structures()).isEqualTo(2);
        assertThat(cg.same()).isEqualTo(1);
        assertThat(cg.rmse()).isCloseTo(Math.sqrt((0.04 * 0.04 + 9) / 2), within(1e-12));
        assertThat(cg.median()).isCloseTo(0.04, within(1e-12));
        assertThat(cg.percentile95()).isCloseTo(3, within(1e-12));
        assertThat(cg.largest()).isCloseTo(3, within(1e-12));

        LabelSpread fire = of(LabelGroup.ONE_CELL, LabelSpread.ALL, "fire");
        assertThat(fire.structures()).isEqualTo(3);
        assertThat(fire.same()).isEqualTo(2);
        assertThat(fire.rmse()).isCloseTo(4 / Math.sqrt(3), within(1e-12));
        // Two ways of a structure are half a structure each, one alone is a whole one.
        LabelSpread others = of(LabelGroup.ONE_CELL, LabelSpread.ALL, LabelSpread.OTHERS);
        assertThat(others.structures()).isEqualTo(4);
        assertThat(others.same()).isEqualTo(1);
        assertThat(others.rmse()).isCloseTo(Math.sqrt((0.04 * 0.04 / 2 + 9 / 2.0 + 16 / 2.0 + 81) / 4), within(1e-12));
        assertThat(others.largest()).isCloseTo(9, within(1e-12));
        LabelSpread network = of(LabelGroup.ONE_CELL, LabelSpread.ALL, "network");
        assertThat(network.structures()).isEqualTo(4);
        assertThat(network.rmse()).isCloseTo(Math.sqrt((1 + 4 + 9 + 16) / 4.0), within(1e-12));
        assertThat(of(LabelGroup.ONE_CELL, LabelSpread.PAPER, "network").rmse())
                .isCloseTo(Math.sqrt(2.5), within(1e-12));
    }

    @Test
    void labelsOfThreeCellsAreToldApart() {
        assertThat(of(LabelGroup.THREE_CELLS, LabelSpread.ALL, "push").rmse())
                .isCloseTo(Math.sqrt((0.06 * 0.06 + 4) / 2), within(1e-12));
        assertThat(of(LabelGroup.THREE_CELLS, LabelSpread.ALL, "push").same()).isZero();
        assertThat(of(LabelGroup.CUT, LabelSpread.ALL, LabelSpread.OTHERS).rmse()).isCloseTo(40, within(1e-12));
        // What is not stable is none that a dataset would keep.
        assertThat(of(LabelGroup.HELD_AS_ONE, LabelSpread.ALL, "cg").structures()).isEqualTo(2);
        assertThat(of(LabelGroup.HELD_AS_ONE, LabelSpread.ALL, "fire").structures()).isEqualTo(1);
        assertThat(of(LabelGroup.HELD_AS_ONE, LabelSpread.ALL, "fire").rmse()).isCloseTo(7, within(1e-12));
    }

    @Test
    void oneConstantCountsAsAThirteenth() {
        double[] constants = LABEL.clone();
        constants[3] += 1.3;
        LabelSpread.Distance distance = LabelSpread.Distance.of(constants, LABEL);
        assertThat(distance.rms()).isCloseTo(1.3 / Math.sqrt(13), within(1e-12));
        assertThat(distance.largest()).isCloseTo(1.3, within(1e-12));
    }

    @Test
    void theTextTellsWhatIsLeftOutAndNoLocaleChangesIt() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            String text = summary().toString();
            assertThat(text).startsWith("8 samples; labels of one cell along z: 5, of three: 2, of cells that")
                    .contains("cg GIVEN_UP 1, fire GIVEN_UP 2; 1 structures have no other one", "fire UNSTABLE 1",
                            "0.05 GPa",
                            "RMSE of network: 3.109 (median 3.000) where a tensor is not the label's (3);"
                                    + " 1.000 (median 1.000) where all are the label's (1)",
                            "made again, the label is the same in 4 of 5, largest difference of a constant 2.0000");
            assertThat(text.lines()).allSatisfy(line -> assertThat(line).doesNotContain("NaN", "null"));
            assertThat(LabelTable.csv(List.of(row(1, "foams", 1, end("cg", -0.5))), List.of()))
                    .contains("30.0000,1,false,cg,STABLE,1,-3.0000,0.5000,0.5000,0.5000,-20.5000");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theTableHasALineForEachSampleAndWay() {
        LabelRow row = row(7, "foams", 1, end("cg", 0.00001),
                LabelEnd.without("fire", LabelEnd.FAILED, 1, "says \"no\", twice"));
        List<String> lines = LabelTable.csv(List.of(row),
                List.of(new NetworkAnswer("network", Map.of(7L, moved(-1e-9))))).lines().toList();
        List<List<String>> fields = lines.stream().map(Csv::fields).toList();
        int way = fields.get(0).indexOf("way");
        int c33 = fields.get(0).indexOf("C33");
        assertThat(fields).extracting(line -> line.get(way))
                .containsExactly("way", "label", "cg", "fire", "network");
        assertThat(fields).allSatisfy(line -> assertThat(line).hasSameSizeAs(fields.get(0)));
        // C33 is zero here, and no number is "-0.0000".
        assertThat(fields).extracting(line -> line.get(c33)).containsExactly("C33", "0.0000", "0.0000", "", "0.0000");
        assertThat(fields.get(3).get(fields.get(0).indexOf("note"))).isEqualTo("says \"no\", twice");
    }

    @Test
    void aTableIsReadAsItWasWritten(@TempDir Path folder) throws IOException {
        List<LabelRow> rows = List.of(row(0, "foams", 1, end("cg", 0.5),
                LabelEnd.without("fire", LabelEnd.FAILED, 1, "says \"no\", twice")),
                row(1, "slits", 3, end("push", 2)));
        String table = LabelTable.csv(rows,
                List.of(new NetworkAnswer("network", Map.of(0L, moved(1), 1L, moved(2)))));
        Path file = Files.writeString(folder.resolve("labels.csv"), table);
        assertThat(LabelTable.read(file)).usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class).isEqualTo(rows); // an end of no energy is NaN

        List<String> lines = table.lines().toList();
        for (List<String> wrong : List.of(lines.subList(0, 1), lines.subList(1, 3), List.of(lines.get(0), lines.get(2)),
                List.of(lines.get(0), lines.get(1), lines.get(6)), List.of(lines.get(0), lines.get(1) + ",1"),
                List.of(lines.get(0), lines.get(1).replace("20.0000", "twenty")))) {
            Files.write(file, wrong);
            assertThatThrownBy(() -> LabelTable.read(file)).as(wrong.toString())
                    .isInstanceOf(FileFormatException.class).hasMessageContaining(file.toString());
        }
    }
}
