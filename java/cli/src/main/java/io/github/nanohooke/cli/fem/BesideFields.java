// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.fem.beam.UnitCellBeam;
import io.github.nanohooke.fem.beam.atoms.AtomBeam;
import io.github.nanohooke.fem.beam.atoms.AtomBeamField;
import io.github.nanohooke.fem.io.StateFields;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.figures.FieldPicture;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Displacements and strains of finite elements beside those of all atoms, in the states that are shown.
 *
 * @param pairs one a curve and state
 * @param atoms for people
 */
record BesideFields(List<Pair> pairs, String atoms) {
    /** A curve's state, and the atoms in it. */
    private record Pair(String name, double u, Mesh mesh, double[] displacements, StateFields fields,
            AtomBeamField atoms, AtomBeamField.Difference difference) {
    }

    /** Of curves at large displacements; empty where no state of the atoms is known. */
    static BesideFields of(BeamReport report) {
        List<Pair> pairs = new ArrayList<>();
        AtomBeam beam = report.beside().fields().isEmpty() ? null : AtomBeam.of(report.beside().cells());
        for (BeamReport.Named named : report.curves()) {
            for (int k = 1; beam != null && !named.law().equals("linear") && k < named.curve().states().size(); k++) {
                double u = named.curve().displacement(k);
                AtomBeamField atoms = report.beside().field(u).orElse(null);
                if (atoms != null) {
                    StateFields fields = named.fields(k);
                    Mesh mesh = named.curve().problem().mesh();
                    double[] displacements = named.curve().states().get(k).displacements();
                    pairs.add(new Pair(named.name(), u, mesh, displacements, fields, atoms,
                            atoms.from(beam, mesh, displacements, fields.nodal().strain(0))));
                }
            }
        }
        return new BesideFields(List.copyOf(pairs), report.beside().name());
    }

    /** As JSON: root mean squares over the corners of the cells of the pores. */
    List<Map<String, Object>> differences() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Pair pair : pairs) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", pair.name());
            one.put("u", pair.u());
            one.put("displacement", pair.difference().displacement());
            one.put("largestDisplacement", pair.difference().largest());
            one.put("strain", pair.difference().strain());
            all.add(one);
        }
        return all;
    }

    /** For people; empty where there is nothing. */
    String table() {
        if (pairs.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(String.format("%n%-44s%10s%10s%12s%n", "root mean square off all atoms",
                "at", "u [nm]", "strain Exx"));
        for (Pair pair : pairs) {
            text.append(String.format(Locale.ROOT, "%-44s%10s%10.4f%12.6f%n", pair.name(), shortest(pair.u()) + " nm",
                    pair.difference().displacement(), pair.difference().strain()));
        }
        return text.toString();
    }

    /** A picture a state: all atoms above, below the first curve, and the law of the atoms. */
    void write(OutputFolder folder) {
        for (double u : pairs.stream().mapToDouble(Pair::u).distinct().toArray()) {
            List<Pair> there = pairs.stream().filter(pair -> pair.u() == u).toList();
            AtomBeamField field = there.get(0).atoms();
            List<FieldPicture.Field> all = new ArrayList<>(List.of(new FieldPicture.Field(atoms, field.mesh(),
                    field.displacements(), field.strain())));
            there.stream().filter(pair -> pair == there.get(0) || pair.name().equals(UnitCellBeam.SOURCE))
                    .forEach(pair -> all.add(new FieldPicture.Field(pair.name(), pair.mesh(), pair.displacements(),
                            pair.fields().nodal().strain(0))));
            FieldPicture.write(folder.file("strain-" + shortest(u) + "-nm-beside-atoms.png"), "strain E_xx at "
                    + shortest(u) + " nm, all atoms and finite elements", all, "", FieldPicture.Marks.NONE);
        }
    }

    private static String shortest(double u) {
        return new BigDecimal(u, new MathContext(4)).stripTrailingZeros().toPlainString();
    }
}
