// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison.labels;

import io.github.nanohooke.comparison.labels.LabelSpread.Distance;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.io.FileFormatException;
import io.github.nanohooke.tensor.ElasticConstants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Labels, the tensors of other ways and a network's answers: a line for each sample and way. */
public final class LabelTable {
    private static final List<String> BEFORE_CONSTANTS = List.of("family", "seed", "index", "porosity", "label_cells",
            "cut", "way", "end", "cells", "energy", "cpu_seconds", "rms", "largest");
    private static final List<String> HEADINGS = Stream.of(BEFORE_CONSTANTS, ElasticConstants.names(), List.of("note"))
            .flatMap(List::stream).toList();
    private static final String LABEL = "label";

    private LabelTable() {
    }

    /** As comma-separated values; no constants where there is no tensor. */
    public static String csv(List<LabelRow> rows, List<NetworkAnswer> networks) {
        StringBuilder text = new StringBuilder(Csv.line(HEADINGS));
        for (LabelRow row : rows) {
            text.append(line(row, LABEL, List.of("", row.cells(), "", ""), row.label(), ""));
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

    /**
     * The rows of a table, to the four digits that it has, places in its order. What networks answered is left out.
     *
     * @throws FileFormatException naming file and line, when it is none of these tables
     */
    public static List<LabelRow> read(Path file) {
        List<List<String>> lines = Csv.read(file);
        if (lines.size() < 2 || !lines.get(0).equals(HEADINGS)) {
            throw new FileFormatException(file + " is no labels.csv: it needs the columns "
                    + String.join(",", HEADINGS) + " and a line of a label at least");
        }
        List<LabelRow> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                add(lines.get(i), rows);
            } catch (IllegalArgumentException e) { // a number that is none
                throw new FileFormatException(file + ", line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return rows;
    }

    /** A line of a label begins a row, each of a way belongs to the last one. */
    private static void add(List<String> fields, List<LabelRow> rows) {
        if (fields.size() != HEADINGS.size()) {
            throw new IllegalArgumentException(fields.size() + " fields, but the table has " + HEADINGS.size());
        }
        Function<String, String> of = heading -> fields.get(HEADINGS.indexOf(heading));
        double[] constants = constants(fields);
        String sample = String.join(",", fields.subList(0, 3));
        if (of.apply("way").equals(LABEL)) {
            if (constants.length == 0) {
                throw new IllegalArgumentException("the label of " + sample + " has no constants");
            }
            rows.add(new LabelRow(rows.size(), of.apply("family"), Long.parseLong(of.apply("seed")),
                    Long.parseLong(of.apply("index")), Double.parseDouble(of.apply("porosity")),
                    Integer.parseInt(of.apply("label_cells")), Boolean.parseBoolean(of.apply("cut")), constants,
                    List.of()));
            return;
        }
        LabelRow row = rows.isEmpty() ? null : rows.remove(rows.size() - 1);
        if (row == null || !sample.equals(row.family() + "," + row.seed() + "," + row.index())) {
            throw new IllegalArgumentException("no line of the label of " + sample + " is above");
        }
        if (!of.apply("end").isEmpty()) { // else a network, which is at no end
            row = row.with(new LabelEnd(of.apply("way"), of.apply("end"), Integer.parseInt(of.apply("cells")),
                    of.apply("energy").isEmpty() ? Double.NaN : Double.parseDouble(of.apply("energy")), constants,
                    Double.parseDouble(of.apply("cpu_seconds")), of.apply("note")));
        }
        rows.add(row);
    }

    private static double[] constants(List<String> fields) {
        List<String> there = fields.subList(BEFORE_CONSTANTS.size(), BEFORE_CONSTANTS.size() + ElasticConstants.COUNT);
        return there.stream().allMatch(String::isEmpty) ? new double[0]
                : there.stream().mapToDouble(Double::parseDouble).toArray();
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
