// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.fem.beam.BeamCurve;
import io.github.nanohooke.fem.beam.BeamOptions;
import io.github.nanohooke.fem.beam.UnitCellBeam;
import io.github.nanohooke.fem.beam.atoms.AtomBeam;
import io.github.nanohooke.fem.io.StateFields;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.fem.table.TableSummary;
import io.github.nanohooke.figures.FieldPicture;
import io.github.nanohooke.figures.PathFigure;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.tensor.ElasticTensor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The curves of {@code beam}, as table, JSON, figure and fields.
 *
 * @param options of the beam whose curves come first
 * @param curves  at least one
 * @param wanted  how many were asked for
 * @param tensors by source
 * @param beside  all atoms, or null
 */
record BeamReport(BeamOptions options, List<Named> curves, int wanted, Map<String, ElasticTensor> tensors,
        AtomBeamResult beside) {
    /** Displacements at which the paper shows fields [nm]. */
    private static final double[] SHOWN = {6, 40};
    /** What the paper says that finite elements are off by at the end of the way [%]. */
    private static final double PAPER_DIFFERENCE = 5.2;

    /**
     * What is known of points with a memory.
     *
     * @param continued how many are beyond their last stable state, one a state
     * @param fields    of the states that are shown, by their place on the path
     * @param outside   how many asked atoms, as the law's table has nothing there, one a state
     * @param table     of the law; null where it has none
     */
    record Points(List<Integer> continued, Map<Integer, StateFields> fields, List<Integer> outside,
            TableSummary table) {
    }

    /** A curve with its name; points are null where the law has no memory. */
    record Named(String source, String law, BeamCurve curve, Points points) {
        String name() {
            return source.equals(law) ? source : source + ", " + law;
        }

        /** Fields of a state that is shown. */
        StateFields fields(int state) {
            return points == null ? StateFields.of(curve.problem(), curve.states().get(state).displacements())
                    : points.fields().get(state);
        }

        double[] all(IntToDoubleFunction value) {
            return IntStream.range(0, curve.states().size()).mapToDouble(value).toArray();
        }
    }

    /** As JSON. */
    Map<String, Object> toMap() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("schema", "nanohooke-beam/1");
        all.put("version", Version.number());
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Named named : curves) {
            BeamCurve curve = named.curve();
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("name", named.name());
            line.put("law", named.law());
            line.put("source", named.source());
            line.put("u", named.all(curve::displacement));
            line.put("Fy", named.all(curve::forceY));
            line.put("Fx", named.all(curve::forceX));
            if (named.points() != null) {
                line.put("continuedPoints", named.points().continued());
                if (named.points().table() != null) {
                    line.put("outsidePoints", named.points().outside());
                    line.put("table", named.points().table());
                }
            }
            line.put("complete", curve.deadEnd() == null);
            line.put("failure", curve.deadEnd() == null ? null : curve.deadEnd().getMessage());
            line.put("iterations", curve.iterations());
            line.put("seconds", curve.seconds());
            lines.add(line);
        }
        all.put("curves", lines);
        all.put("complete", !isStopped() && deadEnds().isEmpty());
        if (beside != null) {
            all.put("atoms", Map.of("file", beside.file().toString(), "atoms", beside.atoms(), "u", beside.u(), "Fy",
                    beside.fy()));
            all.put("differences", differences());
            all.put("fieldDifferences", BesideFields.of(this).differences());
        }
        all.put("beam", options);
        Map<String, Object> meshed = new LinkedHashMap<>();
        meshed.put("element", curves.get(0).points() == null ? "Q9, plane strain, 3 x 3 points"
                : "Q8, plane strain, 2 x 2 points");
        meshed.put("elements", new int[] {options.elementsX(), options.elementsY()});
        all.put("mesh", meshed);
        all.put("unknowns", FemSolver.unknowns(curves.get(0).curve().problem()));
        all.put("seconds", curves.stream().mapToDouble(c -> c.curve().seconds()).sum());
        Map<String, Object> stiffness = new LinkedHashMap<>();
        tensors.forEach((source, tensor) -> stiffness.put(source, tensor.toArray()));
        all.put("stiffness", stiffness);
        all.put("units", Map.of("u", "nm, of the right side, downwards", "Fy", "N/m, per length along z, downwards",
                "Fx", "N/m, tension of the beam", "seconds", "s, wall time of the solutions", "stiffness",
                "GPa, Voigt order 11 22 33 23 13 12, engineering shear strains", "percent",
                "of the force of all atoms"));
        return all;
    }

    /** How far each curve is from all atoms, at every displacement that both have. */
    private List<Map<String, Object>> differences() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Named named : curves) {
            for (int k = 1; k < named.curve().states().size(); k++) {
                double u = named.curve().displacement(k);
                double force = named.curve().forceY(k);
                beside.at(u).ifPresent(atoms -> all.add(Map.of("name", named.name(), "u", u, "percent",
                        100 * (force / atoms - 1))));
            }
        }
        return all;
    }

    /** Of curves that end before their way does: which, and why. */
    List<String> deadEnds() {
        return curves.stream().filter(named -> named.curve().deadEnd() != null)
                .map(named -> named.name() + ": " + named.curve().deadEnd().getMessage()).toList();
    }

    /** Whether the run was, so that the last curve does not come to its end or others are missing. */
    boolean isStopped() {
        return curves.size() < wanted || curves.stream().anyMatch(named -> named.curve().isStopped());
    }

    /** The first of the longest: the others may have come to a dead end. */
    private BeamCurve longest() {
        return curves.stream().map(Named::curve).max(Comparator.comparingInt(curve -> curve.states().size()))
                .orElseThrow();
    }

    /** For people: forces at a quarter, half and all of the way. */
    String table() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "beam of %.4g x %.4g nm, %s, %d unknowns; "
                + "forces in N/m%n%n%-44s", options.length(), options.height(), options.end().label(),
                FemSolver.unknowns(curves.get(0).curve().problem()), "force Fy at a displacement of"));
        BeamCurve whole = longest();
        int last = whole.states().size() - 1;
        int[] shown = IntStream.of((last + 2) / 4, (last + 1) / 2, last).filter(k -> k > 0).distinct().toArray();
        for (int k : shown) {
            text.append(String.format(Locale.ROOT, "%10s", String.format(Locale.ROOT, "%.4g nm",
                    whole.displacement(k))));
        }
        text.append(String.format("%10s%9s%n", "Fx, end", "seconds"));
        for (Named named : curves) {
            text.append(String.format("%-44s", named.name()));
            for (int k : shown) {
                text.append(k < named.curve().states().size()
                        ? String.format(Locale.ROOT, "%10.5g", named.curve().forceY(k)) : String.format("%10s", "-"));
            }
            double pull = named.curve().forceX(named.curve().states().size() - 1);
            text.append(String.format(Locale.ROOT, "%10.2f%9.2f%n", Math.abs(pull) < 0.005 ? 0 : pull,
                    named.curve().seconds()));
        }
        if (beside != null) {
            besideAtoms(text, shown);
        }
        return text.toString().stripTrailing();
    }

    private void besideAtoms(StringBuilder text, int[] shown) {
        text.append(String.format("%-44s", beside.name()));
        for (int k : shown) {
            text.append(beside.at(longest().displacement(k)).stream()
                    .mapToObj(force -> String.format(Locale.ROOT, "%10.5g", force)).findFirst()
                    .orElse(String.format("%10s", "-")));
        }
        text.append(String.format("%n%n%-44s%n", "per cent of the force of all atoms, more or less"));
        for (Named named : curves) {
            text.append(String.format("%-44s", named.name()));
            for (int k : shown) {
                if (k >= named.curve().states().size()) {
                    text.append(String.format("%10s", "-"));
                    continue;
                }
                double force = named.curve().forceY(k);
                text.append(beside.at(named.curve().displacement(k)).stream()
                        .mapToObj(atoms -> String.format(Locale.ROOT, "%+10.2f", 100 * (force / atoms - 1)))
                        .findFirst().orElse(String.format("%10s", "-")));
            }
            text.append(String.format("%n"));
        }
        if (beside.cells() == AtomBeam.PAPER_CELLS) {
            text.append(String.format(Locale.ROOT, "%-44s%10s%10s%10.1f%n", "the paper's finite elements", "", "",
                    PAPER_DIFFERENCE));
        }
        text.append(BesideFields.of(this).table());
    }

    /** Writes tables, curves and fields. */
    void write(OutputFolder folder, String json) {
        AtomicFile.writeText(folder.file("beam.json"), json + "\n");
        AtomicFile.writeText(folder.file("curves.csv"), csv());
        List<PathFigure.Line> lines = new ArrayList<>();
        for (Named named : curves) {
            if (named.curve().states().size() < 2) {
                continue;
            }
            lines.add(new PathFigure.Line(named.name(), colour(named), style(named),
                    named.all(named.curve()::displacement), named.all(named.curve()::forceY)));
        }
        if (beside != null) {
            lines.add(new PathFigure.Line(beside.name(), 0, PathFigure.Style.MARKERS, beside.u(), beside.fy()));
        }
        for (String file : lines.isEmpty() ? List.<String>of() : List.of("curves.png", "curves.svg")) {
            PathFigure.write(folder.file(file), "Bending of the nanoporous beam", "displacement downwards [nm]",
                    "force per length along z [N/m]", lines);
        }
        BeamCurve first = curves.get(0).curve();
        for (int k = 1; k < first.states().size(); k++) {
            if (isShown(options, first.displacement(k))) {
                field(folder, curves.get(0), k, first.displacement(k));
            }
        }
        if (beside != null) {
            AtomicFile.writeText(folder.file("differences.csv"), differencesCsv());
            BesideFields.of(this).write(folder);
        }
    }

    /** The table of differences beside what the paper says of its own. */
    private String differencesCsv() {
        StringBuilder text = new StringBuilder(Csv.line("curve", "u_nm", "percent_of_all_atoms"));
        differences().forEach(row -> text.append(Csv.line(row.get("name"), row.get("u"), row.get("percent"))));
        return beside.cells() != AtomBeam.PAPER_CELLS ? text.toString()
                : text.append(Csv.line("the paper's finite elements", SHOWN[1], PAPER_DIFFERENCE)).toString();
    }

    private PathFigure.Style style(Named named) {
        return named.law().equals("linear") ? PathFigure.Style.DASHES
                : named.law().equals(UnitCellBeam.TABLE_SOURCE) ? PathFigure.Style.OVERLAY : PathFigure.Style.LINE;
    }

    /** The paper's states, and the last one. */
    static boolean isShown(BeamOptions options, double displacement) {
        return Math.abs(displacement - options.displacement()) < 1e-6
                || DoubleStream.of(SHOWN).anyMatch(shown -> Math.abs(displacement - shown) < 1e-6);
    }

    /** One for each curve of large displacements; the dashed line of a source has that of its first. */
    private int colour(Named named) {
        List<Named> solid = curves.stream().filter(other -> !other.law().equals("linear")).toList();
        for (int k = 0; k < solid.size(); k++) {
            if (solid.get(k).source().equals(named.source())
                    && (named.law().equals("linear") || solid.get(k).law().equals(named.law()))) {
                return k;
            }
        }
        return 0;
    }

    private String csv() {
        StringBuilder text = new StringBuilder(Csv.line("source", "law", "u_nm", "Fy_N_per_m", "Fx_N_per_m"));
        for (Named named : curves) {
            for (int k = 0; k < named.curve().states().size(); k++) {
                text.append(Csv.line(named.source(), named.law(), named.curve().displacement(k),
                        named.curve().forceY(k), named.curve().forceX(k)));
            }
        }
        return text.toString();
    }

    private static void field(OutputFolder folder, Named named, int state, double displacement) {
        Increment increment = named.curve().states().get(state);
        StateFields fields = named.fields(state);
        FieldPicture.write(folder.file("strain-" + new BigDecimal(displacement, new MathContext(4)).stripTrailingZeros()
                .toPlainString() + "-nm.png"),
                String.format(Locale.ROOT, "strain E_xx at %.4g nm (%s)", displacement, named.name()),
                named.curve().problem().mesh(), increment.displacements(), fields.nodal().strain(0), "",
                FieldPicture.Marks.of(fields.continued()));
    }
}
