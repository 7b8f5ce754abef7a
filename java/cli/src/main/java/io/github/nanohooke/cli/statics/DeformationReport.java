// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.statics;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.cli.structure.StructureInput;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.plot.StructurePlot;
import io.github.nanohooke.statics.hyperelastic.Deformations;
import io.github.nanohooke.statics.hyperelastic.HyperelasticResult;
import io.github.nanohooke.statics.hyperelastic.ReferenceCell;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.structure.file.ExtendedXyz;
import io.github.nanohooke.structure.file.LammpsData;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A structure at a deformation: what it is asked by, and its forms for people and programs. */
final class DeformationReport {
    private DeformationReport() {
    }

    /** The gradient that the options ask for, nine numbers; null where none does. */
    static double[] asked(double[] deformation, double[] stretch) {
        if (deformation != null && stretch != null) {
            throw new BadUsageException("give --deformation or --stretch, not both");
        }
        double[] f = deformation;
        if (stretch != null) {
            if (stretch.length != 6) {
                throw new BadUsageException("--stretch takes six numbers U11,U22,U33,U23,U13,U12; got "
                        + stretch.length + "; 1,1,1,0,0,0 deforms nothing");
            }
            f = Deformations.stretch(stretch);
            Deformations.requireStretch(f);
        }
        if (f == null) {
            return null;
        }
        if (f.length != 9) {
            throw new BadUsageException("--deformation takes the nine numbers of F row by row; got " + f.length
                    + "; 1,0,0,0,1,0,0,0,1 deforms nothing");
        }
        Deformations.require(f);
        return f;
    }

    static Map<String, Object> toMap(StructureInput input, Potential potential, ReferenceCell reference,
            HyperelasticResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", "nanohooke-deformation/1");
        json.put("version", Version.number());
        json.put("structure", input.name());
        json.put("method", "hessian");
        json.put("outcome", result.outcome().name());
        json.put("explanation", result.explanation());
        json.put("asked", rows(result.asked(), 3));
        json.put("deformation", rows(result.deformation(), 3));
        json.put("fraction", result.fraction());
        json.put("W", result.energy());
        json.put("P", rows(result.piola(), 3));
        json.put("cauchy", rows(result.cauchy(), 3));
        json.put("A", result.tangentRows());
        json.put("pressure", result.pressure());
        Map<String, Object> stability = new LinkedHashMap<>();
        stability.put("atoms", result.atomStability());
        stability.put("breaksInversion", result.breaksInversion());
        stability.put("cell", result.cellStability());
        stability.put("softestStrain", result.softestStrain());
        json.put("stability", stability);
        Map<String, Object> path = new LinkedHashMap<>();
        path.put("from", result.from());
        path.put("steps", result.steps());
        path.put("evaluations", result.evaluations());
        json.put("path", path);
        json.put("referenceCell", reference.atoms().cell().rows());
        json.put("referenceEnergy", reference.energy());
        json.put("cell", result.atoms().cell().rows());
        json.put("atoms", result.atoms().count());
        json.put("seconds", result.seconds());
        json.put("potential", ResultJson.potentialOf(potential));
        Map<String, String> units = new LinkedHashMap<>();
        units.put("deformation", "F = dx/dX from the zero-stress cell, row by row");
        units.put("W", "GPa, per volume of the zero-stress cell");
        units.put("P", "GPa, first Piola-Kirchhoff stress dW/dF, row by row");
        units.put("cauchy", "GPa");
        units.put("A", "GPa, dP/dF, row 3 i + J, column 3 k + L");
        units.put("stability", "smallest eigenvalues: eV/Å² of the atoms, GPa of the cell (Kelvin's notation);"
                + " softestStrain: of the latter, 11 22 33 23 13 12, unit length");
        units.put("cell", "Å, rows a, b, c");
        json.put("units", units);
        return json;
    }

    private static double[][] rows(double[] numbers, int columns) {
        double[][] rows = new double[numbers.length / columns][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = Arrays.copyOfRange(numbers, columns * r, columns * (r + 1));
        }
        return rows;
    }

    static String table(StructureInput input, HyperelasticResult result) {
        StringBuilder text = new StringBuilder();
        ResultTable.line(text, "structure", input.name() + ", " + input.atoms().count() + " atoms");
        ResultTable.line(text, "outcome", result.outcome() + ": " + result.explanation());
        ResultTable.line(text, "energy", String.format(Locale.ROOT, "W = %.8f GPa", result.energy()));
        ResultTable.line(text, "pressure", String.format(Locale.ROOT, "%.6f GPa", result.pressure()));
        for (Map.Entry<String, double[]> entry : List.of(Map.entry("deformation gradient F", result.deformation()),
                Map.entry("first Piola-Kirchhoff stress P [GPa]", result.piola()),
                Map.entry("Cauchy stress [GPa]", result.cauchy()))) {
            text.append(String.format("%n%s%n", entry.getKey()));
            matrix(text, rows(entry.getValue(), 3), 6);
        }
        text.append(String.format("%nA = dP/dF [GPa], components 11 12 13 21 22 23 31 32 33%n"));
        matrix(text, result.tangentRows(), 3);
        return text.toString().stripTrailing();
    }

    private static void matrix(StringBuilder text, double[][] rows, int digits) {
        for (double[] row : rows) {
            for (double value : row) {
                text.append(String.format(Locale.ROOT, "%" + (digits + 7) + "." + digits + "f",
                        Math.abs(value) < 0.5 * Math.pow(10, -digits) ? 0 : value));
            }
            text.append(System.lineSeparator());
        }
    }

    static void write(OutputFolder folder, StructureInput input, HyperelasticResult result, String json) {
        boolean[] fcc = input.fcc(result.atoms()).orElse(null);
        AtomicFile.writeText(folder.file("deformation.json"), json + "\n");
        ExtendedXyz.write(folder.file("deformed.xyz"), result.atoms(), List.of());
        LammpsData.write(folder.file("deformed.data"), result.atoms());
        StructurePlot.write(result.atoms(), fcc, input.diskRadius(), folder.file("deformed.png"),
                input.name() + ", deformed");
    }
}
