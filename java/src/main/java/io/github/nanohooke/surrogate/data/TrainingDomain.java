// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.data;

import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.atoms.CrystalPeriods;
import io.github.nanohooke.structure.atoms.CubeAxes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What structures a network has learnt from, which its images do not show: the element and the lattice cells along an
 * edge. A network that sees another cell answers as if its pores had the size of those it knows.
 */
public final class TrainingDomain {
    private static final String ELEMENTS = "elements";
    private static final String CELLS = "cells";
    private static final String CONSTANTS = "lattice constants";
    private static final String CUT_SAMPLES = "cut samples";
    private static final String BETWEEN = ", ";
    private static final String BY = " x ";
    /**
     * Relaxation strains a crystal by less, and an edge too unless pores give way; another cell differs by more: a
     * twenty-first changes twenty by 5 %.
     */
    private static final double TOLERANCE = 0.025;
    /** A structure as designed has the cell that it was designed with. */
    private static final double EXACT = 0.001;
    /** Share of the walks around the cell that must pass the known number of lattice cells. */
    private static final double LEAST_WALKS = 0.5;
    /** Share of an edge's lattice cells that closed pores may have taken from all walks. */
    private static final double MOST_CLOSED = 0.1;
    /** Share of bonds along the cube's face diagonals below which a crystal is another one or lies otherwise. */
    private static final double LEAST_BONDS = 0.5;

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

    /**
     * For the provenance of a model that learnt from these datasets: their domain, how many samples of the training
     * part have a solid that is cut apart, and the plan of each.
     */
    public static Map<String, String> provenance(List<Dataset> datasets) {
        Map<String, String> provenance = new TreeMap<>(of(datasets).provenance());
        DatasetSamples training = DatasetSamples.of(datasets, Part.TRAINING);
        provenance.put(CUT_SAMPLES, Long.toString(IntStream.range(0, training.size()).filter(training::isCut).count()));
        for (int i = 0; i < datasets.size(); i++) {
            provenance.put("dataset " + (i + 1), String.valueOf(datasets.get(i).attributes().get("plan")));
        }
        return provenance;
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
                && count(entries.get(CELLS)) == count(entries.get(CONSTANTS))
                && count(entries.get(CELLS)) == count(entries.get(ELEMENTS));
        return whole ? Optional.of(new TrainingDomain(entries)) : Optional.empty();
    }

    /** Whether a model has learnt from cut solids; those of earlier versions do not tell, and had none. */
    public static boolean knowsCuts(Map<String, String> provenance) {
        return provenance.getOrDefault(CUT_SAMPLES, "0").matches("[1-9]\\d*");
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

    /** What of datasets, which have a domain of their own, this one does not have; for people. */
    public List<String> unknown(TrainingDomain datasets) {
        List<Plan> known = plans();
        List<Plan> given = datasets.plans();
        return IntStream.range(0, given.size()).filter(i -> known.stream().noneMatch(given.get(i)::isLike))
                .mapToObj(i -> "dataset " + (i + 1) + " is of " + given.get(i) + ", and the model learnt from "
                        + known.stream().distinct().map(Plan::toString).collect(Collectors.joining(BETWEEN))).toList();
    }

    /** What all structures of a dataset have. */
    private record Plan(String element, int first, int second, double constant) {
        boolean isLike(Plan other) {
            return element.equals(other.element) && isNear(first * constant, other.first * other.constant, TOLERANCE)
                    && isNear(second * constant, other.second * other.constant, TOLERANCE);
        }

        @Override
        public String toString() {
            return element + " in cells of " + first + BY + second + " lattice constants of " + constant + " Å";
        }
    }

    private List<Plan> plans() {
        String[] cells = entries.get(CELLS).split(BETWEEN);
        String[] constants = entries.get(CONSTANTS).split(BETWEEN);
        return IntStream.range(0, cells.length).mapToObj(i -> {
            String[] counts = cells[i].split(BY);
            return new Plan(elements().get(i), Integer.parseInt(counts[0]), Integer.parseInt(counts[1]),
                    Double.parseDouble(constants[i]));
        }).toList();
    }

    /** The cell that all datasets have, where they have one and it is square; what an image is taken to show. */
    public Optional<TrainedCell> cell() {
        List<Plan> different = plans().stream().distinct().toList();
        Plan plan = different.get(0);
        return different.size() == 1 && plan.first == plan.second
                ? Optional.of(new TrainedCell(plan.element, plan.first, plan.constant)) : Optional.empty();
    }

    /**
     * What is wrong with a cell, for people; empty where a dataset had cells of its size.
     *
     * @param cell of a structure whose pores have not given way in relaxation
     */
    public Optional<String> objection(Cell cell) {
        return objection(cell, (edge, cells, constant) -> isNear(cell.length(edge), cells * constant, TOLERANCE));
    }

    /** Whether an edge of a structure is one of so many lattice cells. */
    @FunctionalInterface
    private interface EdgeCheck {
        boolean fits(int edge, int cells, double latticeConstant);
    }

    private Optional<String> objection(Cell cell, EdgeCheck check) {
        if (plans().stream().anyMatch(plan -> check.fits(0, plan.first, plan.constant)
                && check.fits(1, plan.second, plan.constant))) {
            return Optional.empty();
        }
        return Optional.of(String.format(Locale.ROOT, "the cell is %.2f x %.2f Å, the network learnt from cells of %s "
                + "lattice constants of %s Å, and an image does not tell its size", cell.length(0), cell.length(1),
                entries.get(CELLS), entries.get(CONSTANTS)));
    }

    /**
     * What of a structure a network of this domain does not know: {@code element}, {@code cell-size}, and
     * {@code lattice} where the atoms are no fcc crystal of the known constant along the edges of their cell, as all
     * training data are.
     *
     * <p>Where pores give way, relaxation takes tens of percent off an edge. What is left of its lattice cells is
     * counted along the bonds ({@link CrystalPeriods}): an edge is known by its length or by its count.
     *
     * @param atoms relaxed or not
     */
    public List<Warning> warnings(Atoms atoms) {
        Cell cell = atoms.cell();
        Optional<CrystalPeriods> periods = cell().map(known -> CrystalPeriods.of(atoms, known.latticeConstant()));
        return warnings(atoms, periods, (edge, cells, constant) ->
                isNear(cell.length(edge), cells * constant, TOLERANCE)
                        || periods.filter(walks -> isLeftOf(walks, edge, cells)).isPresent());
    }

    /** By its walks: they pass the known number, or differ, where pores have closed, and the longest lack few cells. */
    private static boolean isLeftOf(CrystalPeriods walks, int edge, int cells) {
        return walks.share(edge, cells) >= LEAST_WALKS
                || walks.isBroken(edge) && Math.abs(walks.longest(edge) - cells) <= MOST_CLOSED * cells;
    }

    /** As {@link #warnings(Atoms)}, of a structure as designed, which has exactly the cell that it was given. */
    public List<Warning> warningsOfDesign(Atoms atoms) {
        Cell cell = atoms.cell();
        return warnings(atoms, Optional.empty(), (edge, cells, constant) -> isNear(cell.length(edge), cells * constant,
                EXACT));
    }

    private List<Warning> warnings(Atoms atoms, Optional<CrystalPeriods> periods, EdgeCheck check) {
        List<Warning> warnings = new ArrayList<>();
        unknownElements(elements(), atoms).ifPresent(warnings::add);
        objection(atoms.cell(), check).ifPresent(objection -> warnings.add(new Warning("cell-size", objection
                + ". Do not rely on the prediction")));
        boolean strained = periods.filter(p -> Math.abs(p.strain(0)) > TOLERANCE || Math.abs(p.strain(1)) > TOLERANCE)
                .isPresent();
        cell().map(TrainedCell::latticeConstant)
                .filter(a0 -> strained || CubeAxes.bondsAlong(atoms, a0) < LEAST_BONDS)
                .ifPresent(a0 -> warnings.add(new Warning("lattice", String.format(Locale.ROOT, "the atoms are no fcc "
                        + "crystal of %s Å with its cube axes along the cell, which the network learnt from, and an "
                        + "image does not tell. Do not rely on the prediction", a0))));
        return warnings;
    }

    /** A warning where atoms are of other elements than a network knows. */
    public static Optional<Warning> unknownElements(List<String> known, Atoms atoms) {
        return known.containsAll(atoms.elements()) ? Optional.empty() : Optional.of(new Warning("element",
                "it holds " + String.join(", ", atoms.elements()) + ": the image does not tell the network so. The "
                + "prediction is of the metal that the model was trained on (" + String.join(", ", new TreeSet<>(known))
                + ")"));
    }

    private static boolean isNear(double edge, double known, double tolerance) {
        return Math.abs(edge - known) <= tolerance * known;
    }
}
