// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.statics;

import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.cli.structure.StructureInput;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.TableAverage;
import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.statics.potential.PotentialFile;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.atoms.Extrusion;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import io.github.nanohooke.tensor.TensorFrame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The JSON form of a result: one object, its units beside it. */
public final class ResultJson {
    private static final String SCHEMA = "nanohooke-result/2";

    private ResultJson() {
    }

    public static Map<String, Object> toMap(StructureInput input, Potential potential, StaticsResult result) {
        Map<String, Object> json = head(input.name());
        json.put("method", result.method());
        json.put("outcome", result.outcome().name());
        json.put("explanation", result.explanation());
        json.put("disconnected", result.disconnected());
        json.put("frame", TensorFrame.OF_STATICS.label());
        putTensor(json, result.tensor(), Extrusion.isAlongZ(input.atoms()));
        json.put("cell", cell(result.cell(), result.relaxed().cell()));
        json.put("porosity", input.porosity().orElse(null));
        json.put("dispersion", input.dispersion().orElse(null));
        json.put("atoms", input.atoms().count());
        json.put("relaxedAtoms", result.relaxed().count());
        json.put("surfaceAtoms", input.surfaceAtoms().orElse(null));
        json.put("energy", result.energy());
        json.put("residualStress", result.residualStress());
        json.put("maxForce", result.maxForce());
        json.put("symmetryResidual", result.symmetryResidual());
        json.put("positiveDefinite", isPositiveDefinite(result));
        json.put("converged", result.converged());
        json.put("evaluations", result.evaluations());
        json.put("seconds", result.seconds());
        json.put("cpuSeconds", result.cpuSeconds());
        json.put("warnings", warnings(input.warnings(), result.warnings()));
        putCertificate(json, result);
        json.put("potential", potentialOf(potential));
        json.put("units", units());
        return json;
    }

    /** The beginning of every result. */
    public static Map<String, Object> head(String structure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", SCHEMA);
        json.put("version", Version.number());
        json.put("structure", structure);
        return json;
    }

    /**
     * The entries of a tensor, null where there is none.
     *
     * @param extruded whether the cell is, so that thirteen of the 21 constants tell all
     */
    public static void putTensor(Map<String, Object> json, ElasticTensor tensor, boolean extruded) {
        json.put("stiffness", tensor == null ? null : tensor.toArray());
        json.put("constants", tensor == null ? null : constants(tensor, extruded));
        json.put("bulkModulus", tensor == null ? null : tensor.bulkModulus());
        json.put("moduli", tensor == null ? null : moduli(tensor));
        json.put("eigenvalues", tensor == null ? null : tensor.eigenvalues());
        json.put("zenerRatio", tensor == null || !tensor.isCubic() ? null : tensor.zenerRatio());
    }

    /** Of the input first, then of the calculation. */
    static List<Warning> warnings(List<Warning> input, List<Warning> result) {
        return Stream.concat(input.stream(), result.stream()).toList();
    }

    /** What statics tells beside a tensor: tables, stability. */
    public static void putCertificate(Map<String, Object> json, StaticsResult result) {
        putTables(json, result);
        result.stability().ifPresent(stability -> json.put("stability", stability));
    }

    /**
     * What the knots of the potential's table do, and of the sharp and the smooth tensor the one that is not told yet.
     */
    private static void putTables(Map<String, Object> json, StaticsResult result) {
        json.put("tableSensitivity", result.tables().map(TableAverage::sensitivity).orElse(null));
        if (result.tables().isEmpty()) {
            json.put("tableSensitivityReason", result.stability().isEmpty()
                    ? "the method " + result.method() + " measures differences over its strain, not second derivatives"
                    : result.tensor() == null ? "there is no tensor"
                    : "not asked for, or the averaged Hessian is not positive definite");
            return;
        }
        TableAverage tables = result.tables().get();
        boolean smooth = tables.smooth().equals(result.tensor());
        json.put(smooth ? "sharpTensor" : "smoothedTensor", (smooth ? tables.sharp() : tables.smooth()).toArray());
    }

    /** The cell before and after relaxation, rows a, b, c. */
    public static Map<String, Object> cell(Cell before, Cell after) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("before", before.rows());
        json.put("after", after.rows());
        return json;
    }

    // Reuss and Hill need the compliance, which a structure that meets some strain without resistance has not.
    private static Map<String, Object> moduli(ElasticTensor tensor) {
        Map<String, Object> json = new LinkedHashMap<>();
        boolean resists = tensor.isPositiveDefinite();
        json.put("voigt", tensor.voigt());
        json.put("reuss", resists ? tensor.reuss() : null);
        json.put("hill", resists ? tensor.hill() : null);
        return json;
    }

    // A method that measures differences cannot tell a zero from its own resolution: its outcome has the last word.
    private static boolean isPositiveDefinite(StaticsResult result) {
        return result.tensor() != null && result.outcome() != Outcome.UNSTABLE
                && result.outcome() != Outcome.DISCONNECTED && result.tensor().isPositiveDefinite();
    }

    private static Map<String, Double> constants(ElasticTensor tensor, boolean extruded) {
        double[] values = extruded ? ElasticConstants.of(tensor) : ElasticConstants.all(tensor);
        Map<String, Double> named = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            named.put(ElasticConstants.allNames().get(i), values[i]);
        }
        return named;
    }

    public static Map<String, Object> potentialOf(Potential potential) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", potential.name());
        json.put("pairStyle", potential.pairStyle());
        json.put("sha256", potential.file().map(PotentialFile::sha256).orElse(null));
        return json;
    }

    public static Map<String, String> units() {
        Map<String, String> units = new LinkedHashMap<>();
        units.put("stiffness", "GPa, Voigt order 11 22 33 23 13 12, engineering shear strains");
        units.put("constants", "GPa");
        units.put("bulkModulus", "GPa, Voigt's: eq. (5) of the paper");
        units.put("moduli", "GPa");
        units.put("eigenvalues", "GPa, Kelvin's notation, ascending");
        units.put("cell", "Å, rows a, b, c, in the axes of the input");
        units.put("porosity", "%");
        units.put("dispersion", "%");
        units.put("energy", "eV, of the relaxed atoms");
        units.put("residualStress", "GPa");
        units.put("maxForce", "eV/Å");
        units.put("symmetryResidual", "GPa");
        units.put("tableSensitivity", "% of the largest constant");
        units.put("smoothedTensor", "GPa, as stiffness");
        units.put("seconds", "s, wall time");
        units.put("cpuSeconds", "s, processor time");
        return units;
    }
}
