// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.statics.ElasticTensor;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.TensorFrame;
import io.github.nanohooke.surrogate.ElasticSurrogate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON form of a prediction: the object of {@link ResultJson}, with null for what only a relaxation knows where
 * there was none, and the model, the backend and the image beside it.
 */
final class PredictionJson {
    private PredictionJson() {
    }

    /** @param seconds wall time of this image in the network [s] */
    static Map<String, Object> toMap(PredictInput input, ElasticSurrogate surrogate, ElasticTensor tensor,
            double seconds) {
        Map<String, Object> json = ResultJson.head(input.name());
        json.put("method", "network");
        json.put("outcome", PredictionBatch.outcome(input, tensor).name());
        json.put("explanation", PredictionBatch.explanation(input, tensor));
        // A network learns the constants of the cell that its training data are told in.
        json.put("frame", TensorFrame.LAMMPS_CELL.label());
        ResultJson.putTensor(json, tensor, true);
        json.put("cell", input.atoms().map(atoms -> ResultJson.cell(atoms.atoms().cell(),
                input.relaxed().map(r -> r.relaxed().cell()).orElse(atoms.atoms().cell()))).orElse(null));
        json.put("porosity", input.porosity().orElse(null));
        json.put("dispersion", input.atoms().flatMap(StructureInput::dispersion).orElse(null));
        json.put("atoms", input.atoms().map(atoms -> atoms.atoms().count()).orElse(null));
        json.put("relaxedAtoms", input.relaxed().map(result -> result.relaxed().count()).orElse(null));
        json.put("surfaceAtoms", input.atoms().map(StructureInput::surfaceAtoms).orElse(null));
        json.put("energy", input.relaxed().map(StaticsResult::energy).orElse(null));
        json.put("residualStress", input.relaxed().map(StaticsResult::residualStress).orElse(null));
        json.put("maxForce", input.relaxed().map(StaticsResult::maxForce).orElse(null));
        json.put("symmetryResidual", null);
        json.put("positiveDefinite", tensor.isPositiveDefinite());
        json.put("converged", input.relaxed().map(StaticsResult::converged).orElse(null));
        json.put("evaluations", input.relaxed().map(StaticsResult::evaluations).orElse(null));
        json.put("seconds", seconds);
        json.put("cpuSeconds", null);
        json.put("warnings", List.of());
        json.put("potential", input.relaxed()
                .map(result -> ResultJson.potentialOf(PredictInput.RELAXATION.potential())).orElse(null));
        json.put("model", model(surrogate));
        json.put("backend", surrogate.backend());
        json.put("image", image(input));
        json.put("units", ResultJson.units());
        return json;
    }

    private static Map<String, Object> model(ElasticSurrogate surrogate) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", surrogate.name());
        json.put("network", surrogate.definition().name());
        json.put("parameters", surrogate.definition().parameters().count());
        json.put("pixels", surrogate.resolution());
        json.put("metrics", surrogate.metrics());
        return json;
    }

    private static Map<String, Object> image(PredictInput input) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("shows", input.state().label());
        json.put("width", input.image().width());
        json.put("height", input.image().height());
        json.put("porosity", input.image().porosity());
        json.put("relaxation", input.relaxed().map(PredictionJson::relaxation).orElse(null));
        return json;
    }

    private static Map<String, Object> relaxation(StaticsResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("method", result.method());
        json.put("outcome", result.outcome().name());
        json.put("explanation", result.explanation());
        json.put("seconds", result.seconds());
        return json;
    }
}
