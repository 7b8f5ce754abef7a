// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.io.FileFormatException;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.structure.ReferenceStructures;
import io.github.nanohooke.structure.source.HeldOut;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the paper's cases. */
class PaperCaseTest {
    private static final Path FILES = Path.of("..", "test-data", "paper");

    @Test
    void areThosePapersAndHeldOutOfTraining() {
        Map<String, PaperCase> cases = PaperCase.readAll(FILES).stream()
                .collect(Collectors.toMap(PaperCase::name, c -> c));
        assertThat(cases).containsOnlyKeys("size-effect", "square", "triangle", "two-squares", "two-rectangles",
                "slit");
        for (PaperCase paperCase : cases.values()) {
            for (PaperCase.Step step : paperCase.steps()) {
                // The last slit cuts the box; two pores that overlap are one hole of another shape.
                boolean other = paperCase.name().equals("slit") && step.at() == 8.1
                        || paperCase.name().equals("two-squares") && step.at() > 13
                        || paperCase.name().equals("two-rectangles") && step.at() > 10;
                assertThat(HeldOut.reason(step.structure()).isPresent() || other)
                        .as("%s at %s", paperCase.name(), step.at()).isTrue();
                if (paperCase.axis().startsWith("porosity")) {
                    assertThat(step.at()).as(paperCase.name()).isCloseTo(step.structure().porosity(), within(1.5));
                }
            }
        }
        assertThat(last(cases.get("square"))).isCloseTo(81, within(1e-9));
        assertThat(last(cases.get("two-squares"))).isCloseTo(37, within(1.0));
    }

    private static double last(PaperCase paperCase) {
        return paperCase.steps().get(paperCase.steps().size() - 1).structure().porosity();
    }

    /** Fig. 4's boxes are those of {@code demo}. */
    @Test
    void sizeEffectHasTheBoxesOfTheDemonstration() {
        PaperCase sizes = PaperCase.read(FILES.resolve("size-effect.json"));
        List<ReferenceStructures.Named> boxes = ReferenceStructures.fig4();
        for (int i = 0; i < 3; i++) {
            assertThat(sizes.steps().get(i).structure().atoms().count())
                    .isEqualTo(boxes.get(i).structure().atoms().count());
        }
        assertThat(sizes.paper().continuum()).hasValue(67.0);
    }

    /** A smaller cell looks like one that the network knows; its atoms tell that it is none. */
    @Test
    void aCaseOfAnotherCellHasNoBars(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("cells.json");
        String text = """
                {"figure": "fig4", "title": "cells", "sizes": "ours", "axis": "radius", "shown": "C11", "paper": {},
                 "latticeConstant": 4.05, "cells": [%d, %d, 1], "steps": [
                 {"at": 8, "pores": [{"shape": "circle", "center": [30, 30], "radius": 8}]}]}
                """;
        try (CaseStatics statics = CaseStatics.open(folder.resolve("statics.jsonl"), 256);
                ElasticSurrogate network = ElasticSurrogate.loadDefault(SurrogateOptions.defaults())) {
            for (int cells : new int[] {20, 19}) {
                Files.writeString(file, text.formatted(cells, cells));
                List<PaperCase> one = List.of(PaperCase.read(file));
                statics.calculate(one.get(0).steps().get(0).structure(), StaticsProgress.SILENT);
                CaseResult.Step step = statics.compared(one, network).get(0).steps().get(0);
                assertThat(step.isOutside()).as("%d cells", cells).isEqualTo(cells == 19);
                assertThat(step.bar("C11") > 0).isEqualTo(cells == 20);
            }
        }
    }

    @Test
    void saysWhatIsWrongWithAFile(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> PaperCase.readAll(folder)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("no cases");
        String text = Files.readString(FILES.resolve("square.json"));
        Path file = Files.writeString(folder.resolve("square.json"), text.replace("fig5", "fig9"));
        assertThatThrownBy(() -> PaperCase.readAll(folder)).isInstanceOf(FileFormatException.class)
                .hasMessageContainingAll("square.json", "figure");
        Files.writeString(file, text.replaceFirst("\"rectangle\"", "\"ellipse\""));
        assertThatThrownBy(() -> PaperCase.readAll(folder)).hasMessageContainingAll("square.json", "ellipse");
    }

    /** Before statics takes its minutes. */
    @Test
    void saysWhichConstantIsNone(@TempDir Path folder) throws IOException {
        String text = Files.readString(FILES.resolve("square.json"));
        String pattern = "\"shown\": *\"[^\"]*\"";
        assertThat(text).containsPattern(pattern);
        Path file = folder.resolve("square.json");
        for (String shown : List.of("C11 C99", "C11,C22", "c11", "")) {
            Files.writeString(file, text.replaceFirst(pattern, "\"shown\": \"" + shown + "\""));
            assertThatThrownBy(() -> PaperCase.read(file)).as(shown).isInstanceOf(FileFormatException.class)
                    .hasMessageContainingAll("square.json", "shown", "C11", "bulkModulus");
        }
        Files.writeString(file, text.replaceFirst(pattern, "\"shown\": \" C11  C45 bulkModulus \""));
        assertThat(PaperCase.read(file).shown()).containsExactly("C11", "C45", "bulkModulus");
    }
}
