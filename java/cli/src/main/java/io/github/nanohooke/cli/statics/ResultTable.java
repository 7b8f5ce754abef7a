// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.statics;

import io.github.nanohooke.cli.structure.StructureInput;
import io.github.nanohooke.statics.MinimaSpread;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.Verification;
import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.structure.atoms.Extrusion;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A result for people. */
public final class ResultTable {
    private ResultTable() {
    }

    static String of(StructureInput input, StaticsResult result) {
        StringBuilder text = new StringBuilder();
        line(text, "structure", input.name() + ", " + input.atoms().count() + " atoms"
                + input.surfaceAtoms().map(n -> ", " + n + " of them at surfaces").orElse("")
                + percent(", porosity ", input.porosity())
                + percent(", dispersion ", input.dispersion()));
        line(text, "outcome", result.outcome() + ": " + result.explanation());
        line(text, "minimum", minimum(result));
        line(text, "effort", String.format(Locale.ROOT, "%s, %d force evaluations, %.1f s (processor %.1f s)",
                result.method(), result.evaluations(), result.seconds(), result.cpuSeconds()));
        for (Warning warning : ResultJson.warnings(input.warnings(), result.warnings())) {
            line(text, "warning", warning.message());
        }
        if (result.tensor() != null) {
            tensor(text, result.tensor(), Extrusion.isAlongZ(input.atoms()), " in the axes of the input");
            line(text, "symmetry", String.format(Locale.ROOT, "largest |Cij - Cji| %.1e GPa",
                    result.symmetryResidual()));
        }
        return text.toString();
    }

    public static String minimum(StaticsResult result) {
        return String.format(Locale.ROOT, "energy %.6f eV, largest force %.1e eV/Å, largest stress %.1e GPa",
                result.energy(), result.maxForce(), result.residualStress());
    }

    /** What {@code --verify} and {@code --spread} found, for people. */
    static String extra(Map<String, Object> extra) {
        StringBuilder text = new StringBuilder();
        if (extra.get("verification") instanceof Verification check) {
            line(text, "verified", String.format(Locale.ROOT, "by %s at this minimum: largest difference %.4f GPa, "
                    + "energy %.1e eV apart, %s, %.1f s", check.method(), check.largestDifference(),
                    check.energyDifference(), check.outcome(), check.seconds()));
        }
        if (extra.get("spread") instanceof MinimaSpread spread) {
            line(text, "spread", String.format(Locale.ROOT, "%d of %d starts stable, energies within %.1e eV "
                    + "per atom, constants within %.3f GPa", spread.stable(), spread.starts(),
                    spread.highestEnergy() - spread.lowestEnergy(), spread.largest()));
        }
        return text.toString();
    }

    public static void tensor(StringBuilder text, ElasticTensor tensor, boolean extruded, String frame) {
        text.append(String.format("%nElastic tensor [GPa]%s, Voigt order 11 22 33 23 13 12%n", frame));
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                text.append(String.format(Locale.ROOT, "%12.3f", noNegativeZero(tensor.get(i, j))));
            }
            text.append(System.lineSeparator());
        }
        text.append(System.lineSeparator());
        double[] constants = extruded ? ElasticConstants.of(tensor) : ElasticConstants.all(tensor);
        for (int i = 0; i < constants.length; i++) {
            text.append(String.format(Locale.ROOT, "  %s %9.3f", ElasticConstants.allNames().get(i),
                    noNegativeZero(constants[i])));
            if (i % 5 == 4) {
                text.append(System.lineSeparator());
            }
        }
        text.append(String.format("%n%n"));
        line(text, "bulk modulus", String.format(Locale.ROOT, "%.3f GPa (Voigt's, eq. 5)",
                tensor.bulkModulus()));
        line(text, "eigenvalues", Arrays.stream(tensor.eigenvalues())
                .mapToObj(e -> String.format(Locale.ROOT, "%.3f", noNegativeZero(e)))
                .collect(Collectors.joining(" ", "", " GPa")));
    }

    public static void line(StringBuilder text, String label, String value) {
        text.append(String.format("%-13s %s%n", label, value));
    }

    public static String percent(String label, Optional<Double> value) {
        return value.map(v -> String.format(Locale.ROOT, "%s%.2f %%", label, v)).orElse("");
    }

    private static double noNegativeZero(double value) {
        return Math.abs(value) < 5e-4 ? 0 : value;
    }
}
