// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.statics.ElasticConstants;
import io.github.nanohooke.statics.ElasticTensor;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.Potential;
import io.github.nanohooke.statics.SetflFile;
import io.github.nanohooke.statics.StaticsResult;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON form of a result: one object, its units beside it. */
final class ResultJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA = "nanohooke-result/1";

    private ResultJson() {
    }

    static Map<String, Object> toMap(StructureInput input, Potential potential, StaticsResult result) {
        Map<String, Object> json = head(input.name());
        json.put("method", result.method());
        json.put("outcome", result.outcome().name());
        json.put("explanation", result.explanation());
        putTensor(json, result.tensor());
        json.put("porosity", input.porosity().orElse(null));
        json.put("dispersion", input.dispersion().orElse(null));
        json.put("atoms", input.atoms().count());
        json.put("relaxedAtoms", result.relaxed().count());
        json.put("surfaceAtoms", input.surfaceAtoms());
        json.put("energy", result.energy());
        json.put("residualStress", result.residualStress());
        json.put("maxForce", result.maxForce());
        json.put("symmetryResidual", result.symmetryResidual());
        json.put("positiveDefinite", isPositiveDefinite(result));
        json.put("converged", result.converged());
        json.put("evaluations", result.evaluations());
        json.put("seconds", result.seconds());
        result.stability().ifPresent(stability -> json.put("stability", stability));
        json.put("potential", potentialOf(potential));
        json.put("units", units());
        return json;
    }

    /** The beginning of every result. */
    static Map<String, Object> head(String structure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", SCHEMA);
        json.put("version", Version.number());
        json.put("structure", structure);
        return json;
    }

    /** The entries of a tensor, null where there is none. */
    static void putTensor(Map<String, Object> json, ElasticTensor tensor) {
        json.put("stiffness", tensor == null ? null : tensor.toArray());
        json.put("constants", tensor == null ? null : constants(tensor));
        json.put("bulkModulus", tensor == null ? null : tensor.bulkModulus());
    }

    static String toJson(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of numbers and text always have a JSON form", e);
        }
    }

    // A method that measures differences cannot tell a zero from its own resolution: its outcome has the last word.
    private static boolean isPositiveDefinite(StaticsResult result) {
        return result.tensor() != null && result.outcome() != Outcome.UNSTABLE && result.tensor().isPositiveDefinite();
    }

    private static Map<String, Double> constants(ElasticTensor tensor) {
        double[] values = ElasticConstants.of(tensor);
        Map<String, Double> named = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            named.put(ElasticConstants.names().get(i), values[i]);
        }
        return named;
    }

    static Map<String, Object> potentialOf(Potential potential) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", potential.name());
        json.put("pairStyle", potential.pairStyle());
        json.put("sha256", potential.setfl().map(SetflFile::sha256).orElse(null));
        return json;
    }

    static Map<String, String> units() {
        Map<String, String> units = new LinkedHashMap<>();
        units.put("stiffness", "GPa, Voigt order 11 22 33 23 13 12, engineering shear strains");
        units.put("constants", "GPa");
        units.put("bulkModulus", "GPa");
        units.put("porosity", "%");
        units.put("dispersion", "%");
        units.put("energy", "eV, of the relaxed atoms");
        units.put("residualStress", "GPa");
        units.put("maxForce", "eV/Å");
        units.put("symmetryResidual", "GPa");
        units.put("seconds", "s");
        return units;
    }
}
