// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.dataset;

import io.github.nanohooke.dataset.report.DatasetStatistics.PorosityClass;
import io.github.nanohooke.dataset.report.DatasetStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/** A dataset's outcomes by porosity: kept samples by the way their minimum was found, the others by their reason. */
final class OutcomeTable {
    private static final int CLASS_WIDTH = 10;

    private OutcomeTable() {
    }

    /** A heading and the number below it in each class. */
    private record Heading(String text, ToIntFunction<PorosityClass> number) {
        String cell(Object value) {
            return String.format("  %" + Math.max(6, text.length()) + "s", value);
        }
    }

    static String of(DatasetStatistics statistics) {
        List<PorosityClass> classes = statistics.byPorosity();
        List<Heading> headings = headings(classes);
        StringBuilder text = new StringBuilder("porosity [%]");
        headings.forEach(heading -> text.append(heading.cell(heading.text)));
        for (int k = 0; k < classes.size(); k++) {
            PorosityClass porosityClass = classes.get(k);
            text.append(String.format("%n%4d to %3d ", CLASS_WIDTH * k, CLASS_WIDTH * (k + 1)));
            headings.forEach(heading -> text.append(heading.cell(heading.number.applyAsInt(porosityClass))));
        }
        text.append(String.format("%n%-12s", "all"));
        headings.forEach(heading -> text.append(heading.cell(classes.stream().mapToInt(heading.number).sum())));
        return text.append(System.lineSeparator()).toString();
    }

    private static List<Heading> headings(List<PorosityClass> classes) {
        Set<String> paths = new TreeSet<>();
        Set<String> reasons = new TreeSet<>();
        for (PorosityClass porosityClass : classes) {
            paths.addAll(porosityClass.kept().keySet());
            reasons.addAll(porosityClass.reasons().keySet());
        }
        List<Heading> headings = new ArrayList<>();
        headings.add(new Heading("samples", PorosityClass::samples));
        for (String path : paths) {
            headings.add(new Heading(title(path), c -> c.kept().getOrDefault(path, 0)));
        }
        for (String reason : reasons) {
            headings.add(new Heading(reason, c -> c.reasons().getOrDefault(reason, 0)));
        }
        return headings;
    }

    private static String title(String path) {
        return switch (path) {
            case "" -> "kept";
            case "planar" -> "kept, one cell";
            case "three-cell" -> "kept, three cells";
            default -> "kept, " + path;
        };
    }
}
