// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.figures;

import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.figures.paper.CaseResult;
import io.github.nanohooke.figures.paper.PaperCase;
import io.github.nanohooke.surrogate.trust.Uncertainty;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON form of the figures' numbers. */
final class FiguresJson {
    private FiguresJson() {
    }

    /** @param tests at most one of each kind of images */
    static Map<String, Object> of(List<CaseResult> results, List<TestPart> tests) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", "nanohooke-figures/1");
        json.put("version", Version.number());
        List<Object> figures = new ArrayList<>();
        Map<String, Object> largest = new LinkedHashMap<>();
        for (CaseResult result : results) {
            result.steps().forEach(step -> figures.add(step(result.paperCase(), step)));
            result.largestRelativeError().ifPresent(error -> largest.put(result.paperCase().name(), error));
        }
        json.put("figures", figures);
        json.put("largest", largest);
        Optional<TestPart> first = tests.stream().findFirst();
        json.put("images", first.map(test -> test.samples().shows().label()).orElse(null));
        put(json, first);
        if (tests.size() > 1) {
            Map<String, Object> designed = new LinkedHashMap<>();
            put(designed, Optional.of(tests.get(1)));
            json.put(tests.get(1).samples().shows().label(), designed);
        }
        json.put("units", Map.of("statics", "GPa", "network", "GPa", "uncertainty", "GPa", "porosity", "%",
                "relativeError", "%, largest of C11, C22 and C33 above 1 GPa; of the bulk modulus in fig4",
                "largest", "%, of all structures of a case", "largestError", "GPa, of the thirteen constants"));
        return json;
    }

    private static void put(Map<String, Object> json, Optional<TestPart> test) {
        json.put("errors", test.map(TestPart::evaluation).orElse(null));
        json.put("families", test.map(TestPart::families).orElse(null));
        json.put("reliability", test.flatMap(TestPart::reliability).orElse(null));
    }

    private static Map<String, Object> step(PaperCase paperCase, CaseResult.Step step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", paperCase.figure());
        json.put("case", paperCase.name());
        json.put("at", step.at());
        json.put("porosity", step.porosity());
        json.put("outcome", step.outcome());
        json.put("statics", constants(step.statics()));
        json.put("network", constants(step.network()));
        json.put("uncertainty", step.uncertainty().map(Uncertainty::gpa).orElse(null));
        json.put("relativeError", step.relativeError(paperCase));
        json.put("largestError", step.largestError());
        return json;
    }

    private static Map<String, Double> constants(ElasticTensor tensor) {
        Map<String, Double> named = new LinkedHashMap<>();
        double[] values = ElasticConstants.of(tensor);
        for (int k = 0; k < values.length; k++) {
            named.put(ElasticConstants.names().get(k), values[k]);
        }
        named.put(PaperCase.BULK_MODULUS, tensor.bulkModulus());
        return named;
    }
}
