// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import io.github.nanohooke.cli.statics.ResultJson;
import io.github.nanohooke.cli.structure.ImageInput;
import io.github.nanohooke.cli.structure.StructureInput;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.evaluate.TestErrors;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.Prediction;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The JSON form of a prediction: the object of {@link ResultJson}, with null for what only a relaxation knows where
 * there was none, and the model, the backend and the image beside it.
 */
public final class PredictionJson {
    private PredictionJson() {
    }

    public static Map<String, Object> toMap(PredictedFile file) {
        ImageInput input = file.input();
        ElasticSurrogate surrogate = file.surrogate();
        ElasticTensor tensor = file.tensor();
        Map<String, Object> json = ResultJson.head(input.name());
        json.put("method", file.method());
        json.put("answeredBy", file.answer().isPresent() ? "statics" : "network");
        json.put("outcome", file.outcome());
        json.put("explanation", file.explanation());
        json.put("disconnected", file.disconnected());
        json.put("frame", file.frame().label());
        ResultJson.putTensor(json, tensor, file.isExtruded());
        json.put("cell", input.atoms().map(atoms -> ResultJson.cell(atoms.atoms().cell(),
                file.statics().map(r -> r.relaxed().cell()).orElse(atoms.atoms().cell()))).orElse(null));
        json.put("porosity", input.porosity().orElse(null));
        json.put("dispersion", input.atoms().flatMap(StructureInput::dispersion).orElse(null));
        json.put("atoms", input.atoms().map(atoms -> atoms.atoms().count()).orElse(null));
        json.put("relaxedAtoms", file.statics().map(result -> result.relaxed().count()).orElse(null));
        json.put("surfaceAtoms", input.atoms().flatMap(StructureInput::surfaceAtoms).orElse(null));
        json.put("energy", file.statics().map(StaticsResult::energy).orElse(null));
        json.put("residualStress", file.statics().map(StaticsResult::residualStress).orElse(null));
        json.put("maxForce", file.statics().map(StaticsResult::maxForce).orElse(null));
        json.put("symmetryResidual", file.answer().map(StaticsResult::symmetryResidual).orElse(null));
        json.put("positiveDefinite", tensor.isPositiveDefinite());
        json.put("converged", file.statics().map(StaticsResult::converged).orElse(null));
        json.put("evaluations", file.statics().map(StaticsResult::evaluations).orElse(null));
        json.put("seconds", file.answer().map(StaticsResult::seconds).orElse(file.seconds()));
        json.put("cpuSeconds", file.answer().map(StaticsResult::cpuSeconds).orElse(null));
        json.put("warnings", file.warnings());
        file.answer().ifPresent(result -> ResultJson.putCertificate(json, result));
        json.put("potential", file.statics()
                .map(result -> ResultJson.potentialOf(ImageInput.relaxation().potential())).orElse(null));
        json.put("expectedError", file.answer().isPresent() ? null : expected(file.prediction()));
        json.put("uncertainty", file.answer().isPresent() ? null : uncertainty(file.prediction()));
        json.put("network", file.answer().isPresent() ? network(file) : null);
        json.put("model", model(surrogate, input.shows()));
        json.put("backend", surrogate.backend());
        json.put("image", image(file));
        Map<String, String> units = ResultJson.units();
        units.put("expectedError", "GPa, root mean square over all constants; porosity in %");
        units.put("uncertainty", "GPa, of the largest error of the thirteen and of each in the axes of the image, "
                + "below which it stays for a share 'level' of structures like those of the calibration");
        units.put("testError", "GPa, root mean square over all constants");
        json.put("units", units);
        return json;
    }

    private static Map<String, Object> model(ElasticSurrogate surrogate, Shows shows) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", surrogate.name());
        json.put("network", surrogate.definition().name());
        json.put("parameters", surrogate.definition().parameters().count());
        json.put("pixels", surrogate.resolution());
        json.put("learntFrom", surrogate.shows().label());
        json.put("frame", surrogate.frame().label());
        json.put("testError", surrogate.testErrors(shows).map(PredictionJson::test).orElse(null));
        json.put("metrics", surrogate.metrics());
        return json;
    }

    private static Map<String, Object> uncertainty(Prediction prediction) {
        return prediction.uncertainty().map(uncertainty -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("GPa", uncertainty.gpa());
            json.put("constants", uncertainty.constants());
            json.put("level", uncertainty.level());
            json.put("basis", uncertainty.basis().name().toLowerCase(Locale.ROOT));
            return json;
        }).orElse(null);
    }

    /** What the network said where statics answered. */
    private static Map<String, Object> network(PredictedFile file) {
        Prediction prediction = file.prediction();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("outcome", prediction.outcome().name());
        double[] constants = ElasticConstants.of(prediction.tensor());
        Map<String, Double> named = new LinkedHashMap<>();
        for (int k = 0; k < constants.length; k++) {
            named.put(ElasticConstants.names().get(k), constants[k]);
        }
        json.put("constants", named);
        json.put("expectedError", expected(prediction));
        json.put("uncertainty", uncertainty(prediction));
        json.put("seconds", file.seconds());
        json.put("warnings", file.warningsOfNetwork());
        return json;
    }

    private static Map<String, Object> test(TestErrors errors) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rmse", errors.rmse());
        json.put("samples", errors.samples());
        json.put("averaged", errors.averaged());
        return json;
    }

    /** The model's error on structures like this one that it never saw. */
    private static Map<String, Object> expected(Prediction prediction) {
        return prediction.expected().map(error -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("rmse", error.rmse());
            json.put("porosityFrom", error.from());
            json.put("porosityTo", error.to());
            json.put("samples", error.samples());
            return json;
        }).orElse(null);
    }

    private static Map<String, Object> image(PredictedFile file) {
        ImageInput input = file.input();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("shows", input.state().label());
        json.put("structure", input.shows().label());
        json.put("width", input.image().width());
        json.put("height", input.image().height());
        json.put("porosity", input.image().porosity());
        // Pictures have no scale: what the network takes them for.
        json.put("takenAs", file.takenAs().orElse(null));
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
