// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison.labels;

import io.github.nanohooke.comparison.labels.LabelSpread.Distance;
import io.github.nanohooke.structure.RandomStructures.Kind;
import io.github.nanohooke.structure.source.StructureSources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The spread of labels beside the errors of a network, by family. Each group of labels is measured over the structures
 * for which one of its other ways at least ended with what a dataset would keep, the network's answers over the same.
 */
public final class LabelSummary {
    private static final List<String> PAPER = Arrays.stream(Kind.values()).map(Kind::label).toList();

    private final List<LabelRow> rows;
    private final List<NetworkAnswer> networks;

    /** @param networks with an answer for each of the rows */
    public LabelSummary(List<LabelRow> rows, List<NetworkAnswer> networks) {
        this.rows = List.copyOf(rows);
        this.networks = List.copyOf(networks);
    }

    /** All lines of the table: groups, families in them, ways. */
    public List<LabelSpread> spreads() {
        List<LabelSpread> spreads = new ArrayList<>();
        for (LabelGroup group : LabelGroup.values()) {
            families(group).forEach((family, members) -> spreads.addAll(spreads(group, family, members)));
        }
        return spreads;
    }

    /** Families that a group has measured structures of, then those together. */
    private Map<String, List<LabelRow>> families(LabelGroup group) {
        Map<String, List<LabelRow>> families = new LinkedHashMap<>();
        for (String family : StructureSources.ids()) {
            put(families, family, group, row -> row.family().equals(family));
        }
        put(families, LabelSpread.PAPER, group, row -> PAPER.contains(row.family()));
        put(families, LabelSpread.ALL, group, row -> true);
        return families;
    }

    private void put(Map<String, List<LabelRow>> families, String name, LabelGroup group, Predicate<LabelRow> which) {
        List<LabelRow> members = rows.stream().filter(row -> group.has(row) && which.test(row)).toList();
        if (members.stream().anyMatch(row -> isMeasured(group, row))) {
            families.put(name, members);
        }
    }

    private static boolean isMeasured(LabelGroup group, LabelRow row) {
        return !group.others(row).isEmpty();
    }

    private List<LabelSpread> spreads(LabelGroup group, String family, List<LabelRow> members) {
        List<LabelRow> measured = members.stream().filter(row -> isMeasured(group, row)).toList();
        List<LabelSpread> spreads = new ArrayList<>();
        for (String way : group.ways()) {
            spreads.add(LabelSpread.of(group.label(), family, way, distances(measured, way)));
        }
        spreads.add(LabelSpread.of(group.label(), family, LabelSpread.OTHERS,
                measured.stream().map(row -> others(group, row)).toList()));
        for (NetworkAnswer network : networks) {
            spreads.add(LabelSpread.of(group.label(), family, network.way(), distances(measured, network)));
        }
        return spreads;
    }

    private static List<Distance> distances(List<LabelRow> measured, String way) {
        return measured.stream().flatMap(row -> row.end(way).stream().filter(LabelEnd::isLabel)
                .map(end -> Distance.of(end.constants(), row.label()))).toList();
    }

    private static Distance others(LabelGroup group, LabelRow row) {
        return Distance.ofAll(group.others(row).stream()
                .map(end -> Distance.of(end.constants(), row.label())).toList());
    }

    private static List<Distance> distances(List<LabelRow> measured, NetworkAnswer network) {
        return measured.stream().map(row -> Distance.of(network.constants().get(row.place()), row.label())).toList();
    }

    /** For people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        line(text, "%d samples; labels of one cell along z: %d, of three: %d, of cells that are cut apart: %d",
                rows.size(), count(LabelGroup.ONE_CELL::has), count(LabelGroup.THREE_CELLS::has),
                count(LabelGroup.CUT::has));
        line(text, "Differences from the labels in GPa: RMSE over the thirteen constants of all structures; median and"
                + " 95 %% of the%nstructures' own. Same: no constant is off by more than %.2f GPa.", LabelSpread.SAME);
        for (LabelGroup group : LabelGroup.values()) {
            block(text, group);
        }
        return text.toString().stripTrailing();
    }

    private void block(StringBuilder text, LabelGroup group) {
        List<LabelRow> members = rows.stream().filter(group::has).toList();
        if (members.stream().allMatch(row -> group.ways().stream().allMatch(way -> row.end(way).isEmpty()))) {
            return;
        }
        line(text, "%n%s", group.title());
        List<String> ways = group.ways().stream().filter(way -> !way.equals(LabelComparison.AGAIN)).toList();
        List<String> columns = Stream.concat(Stream.of(LabelSpread.OTHERS), networks.stream().map(NetworkAnswer::way))
                .toList();
        line(text, "%-12s %10s %s %s %s %s", "", "", headed("same", ways.size(), "%9s"),
                headed("RMSE", columns.size(), "%9s"), headed("median", columns.size(), "%9s"),
                headed("95 %", columns.size(), "%9s"));
        line(text, "%-12s %10s %s %s %s %s", "family", "structures", cells(ways, "%9s"), cells(columns, "%9s"),
                cells(columns, "%9s"), cells(columns, "%9s"));
        families(group).forEach((family, of) -> {
            Map<String, LabelSpread> spreads = spreads(group, family, of).stream()
                    .collect(Collectors.toMap(LabelSpread::way, spread -> spread));
            line(text, "%-12s %10d %s %s %s %s", family, spreads.get(LabelSpread.OTHERS).structures(),
                    cells(ways.stream().map(way -> spreads.get(way).same() + "/" + spreads.get(way).structures())
                            .toList(), "%9s"),
                    cells(columns.stream().map(way -> spreads.get(way).rmse()).toList(), "%9.3f"),
                    cells(columns.stream().map(way -> spreads.get(way).median()).toList(), "%9.3f"),
                    cells(columns.stream().map(way -> spreads.get(way).percentile95()).toList(), "%9.3f"));
        });
        List<LabelRow> measured = members.stream().filter(row -> isMeasured(group, row)).toList();
        if (group.ways().contains(LabelComparison.AGAIN)) {
            // Of all members: those without another end are the hard ones, where rounding may decide the minimum.
            LabelSpread again = LabelSpread.of("", "", "", distances(members, LabelComparison.AGAIN));
            line(text, "made again, the label is the same in %d of %d, largest difference of a constant %.4f GPa",
                    again.same(), again.structures(), again.largest());
        }
        divided(text, group, measured);
        missing(text, group, members);
    }

    private static String headed(String title, int columns, String cell) {
        return cells(Stream.concat(Stream.of(title), Collections.nCopies(columns - 1, "").stream()).toList(), cell);
    }

    private static String cells(List<?> values, String cell) {
        return values.stream().map(value -> String.format(Locale.ROOT, cell, value)).collect(Collectors.joining());
    }

    /** Whether a network errs where labels do. */
    private void divided(StringBuilder text, LabelGroup group, List<LabelRow> measured) {
        Map<Boolean, List<LabelRow>> parts = measured.stream()
                .collect(Collectors.partitioningBy(row -> others(group, row).isSame()));
        for (NetworkAnswer network : networks) {
            List<String> told = new ArrayList<>();
            parts.forEach((same, some) -> {
                if (!some.isEmpty()) {
                    LabelSpread spread = LabelSpread.of("", "", "", distances(some, network));
                    told.add(String.format(Locale.ROOT, "%.3f (median %.3f) where %s (%d)", spread.rmse(),
                            spread.median(), same ? "all are the label's" : "a tensor is not the label's",
                            spread.structures()));
                }
            });
            line(text, "RMSE of %s: %s", network.way(), String.join("; ", told));
        }
    }

    private static void missing(StringBuilder text, LabelGroup group, List<LabelRow> members) {
        Map<String, Long> reasons = new TreeMap<>();
        for (LabelRow row : members) {
            for (String way : group.ways()) {
                row.end(way).filter(end -> !end.isLabel()).ifPresent(end ->
                        reasons.merge(way + " " + end.end(), 1L, Long::sum));
            }
        }
        if (!reasons.isEmpty()) {
            line(text, "ends that a dataset would not keep: %s; %d structures have no other one and are left out",
                    reasons.entrySet().stream().map(reason -> reason.getKey() + " " + reason.getValue())
                            .collect(Collectors.joining(", ")),
                    members.stream().filter(row -> !isMeasured(group, row)).count());
        }
    }

    private long count(Predicate<LabelRow> which) {
        return rows.stream().filter(which).count();
    }

    private static void line(StringBuilder text, String pattern, Object... values) {
        text.append(String.format(Locale.ROOT, pattern, values).stripTrailing()).append('\n');
    }
}
