// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate;

import io.github.nanohooke.dataset.Dataset;
import io.github.nanohooke.structure.Cell;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What structures a network has learnt from, which its images do not show: the element and the lattice cells along an
 * edge. A network that sees another cell answers as if its pores had the size of those it knows.
 */
public final class TrainingDomain {
    private static final String ELEMENTS = "elements";
    private static final String CELLS = "cells";
    private static final String CONSTANTS = "lattice constants";
    private static final String BETWEEN = ", ";
    private static final String BY = " x ";
    /** Relaxation changes an edge by less, another cell by more: a twenty-first changes twenty by 5 %. */
    private static final double TOLERANCE = 0.025;

    private final Map<String, String> entries;

    private TrainingDomain(Map<String, String> entries) {
        this.entries = entries;
    }

    /** Of datasets' attributes. */
    public static TrainingDomain of(List<Dataset> datasets) {
        return new TrainingDomain(Map.of(
                ELEMENTS, joined(datasets, a -> String.valueOf(a.get("element"))),
                CONSTANTS, joined(datasets, a -> String.valueOf(a.get("lattice_constant"))),
                CELLS, joined(datasets, a -> ((int[]) a.get("cells"))[0] + BY + ((int[]) a.get("cells"))[1])));
    }

    private static String joined(List<Dataset> datasets, Function<Map<String, Object>, String> text) {
        return datasets.stream().map(dataset -> text.apply(dataset.attributes())).collect(Collectors.joining(BETWEEN));
    }

    /** Of a model's provenance; empty where it does not tell (models of earlier versions) or not in this form. */
    public static Optional<TrainingDomain> of(Map<String, String> provenance) {
        Map<String, String> entries = new TreeMap<>(provenance);
        entries.keySet().retainAll(List.of(ELEMENTS, CONSTANTS, CELLS));
        boolean whole = entries.size() == 3
                && entries.get(CELLS).matches("[1-9]\\d{0,5} x [1-9]\\d{0,5}(, [1-9]\\d{0,5} x [1-9]\\d{0,5})*")
                && entries.get(CONSTANTS).matches("\\d+\\.\\d+(, \\d+\\.\\d+)*")
                && count(entries.get(CELLS)) == count(entries.get(CONSTANTS));
        return whole ? Optional.of(new TrainingDomain(entries)) : Optional.empty();
    }

    private static int count(String list) {
        return list.split(BETWEEN).length;
    }

    /** For a model's provenance: {@code elements}, {@code lattice constants} [Å] and {@code cells}, one a dataset. */
    public Map<String, String> provenance() {
        return entries;
    }

    /** The elements, one a dataset. */
    public List<String> elements() {
        return List.of(entries.get(ELEMENTS).split(BETWEEN));
    }

    /**
     * What is wrong with a cell, for people; empty where a dataset had cells of its size.
     *
     * @param cell of a structure, relaxed or not
     */
    public Optional<String> objection(Cell cell) {
        String[] cells = entries.get(CELLS).split(BETWEEN);
        String[] constants = entries.get(CONSTANTS).split(BETWEEN);
        for (int i = 0; i < cells.length; i++) {
            String[] counts = cells[i].split(BY);
            double constant = Double.parseDouble(constants[i]);
            if (isNear(cell.length(0), Integer.parseInt(counts[0]) * constant)
                    && isNear(cell.length(1), Integer.parseInt(counts[1]) * constant)) {
                return Optional.empty();
            }
        }
        return Optional.of(String.format(Locale.ROOT, "the cell is %.2f x %.2f Å, the network learnt from cells of %s "
                + "lattice constants of %s Å, and an image does not tell its size", cell.length(0), cell.length(1),
                entries.get(CELLS), entries.get(CONSTANTS)));
    }

    private static boolean isNear(double edge, double known) {
        return Math.abs(edge - known) <= TOLERANCE * known;
    }
}
