// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison.labels;

import io.github.nanohooke.comparison.labels.LabelSpread.Distance;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Labels, the tensors of other ways and a network's answers: a line for each sample and way. */
public final class LabelTable {
    private LabelTable() {
    }

    /** As comma-separated values; no constants where there is no tensor. */
    public static String csv(List<LabelRow> rows, List<NetworkAnswer> networks) {
        List<Object> headings = new ArrayList<>(List.of("family", "seed", "index", "porosity", "label_cells", "cut",
                "way", "end", "cells", "energy", "cpu_seconds", "rms", "largest"));
        headings.addAll(ElasticConstants.names());
        headings.add("note");
        StringBuilder text = new StringBuilder(Csv.line(headings));
        for (LabelRow row : rows) {
            text.append(line(row, "label", List.of("", row.cells(), "", ""), row.label(), ""));
            for (LabelEnd end : row.ends()) {
                text.append(line(row, end.way(), List.of(end.end(), end.cells(), rounded(end.energy()),
                        rounded(end.cpuSeconds())), end.constants(), end.note()));
            }
            for (NetworkAnswer network : networks) {
                text.append(line(row, network.way(), List.of("", "", "", ""), network.constants().get(row.place()),
                        ""));
            }
        }
        return text.toString();
    }

    private static String line(LabelRow row, String way, List<?> end, double[] constants, String note) {
        boolean measured = constants.length > 0;
        Distance distance = measured ? Distance.of(constants, row.label()) : null;
        Object[] numbers = measured ? Arrays.stream(constants).mapToObj(LabelTable::rounded).toArray()
                : new Object[ElasticConstants.COUNT];
        return Csv.line(row.family(), row.seed(), row.index(), rounded(row.porosity()), row.cells(), row.cut(), way,
                end, measured ? rounded(distance.rms()) : null, measured ? rounded(distance.largest()) : null, numbers,
                Csv.quoted(note));
    }

    private static String rounded(double value) {
        // What is added takes the sign off a zero.
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", Math.rint(value * 1e4) / 1e4 + 0.0);
    }
}
