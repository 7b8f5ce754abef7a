// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.cli.structure.StructureInput;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.surrogate.evaluate.TestErrors;
import io.github.nanohooke.surrogate.predict.Estimate;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFigureTest {
    private static final Pattern TEXT = Pattern.compile("<text [^>]*>([^<]*)</text>");

    @TempDir
    private Path folder;

    /** A perfect crystal of which a network is off by the same in every constant. */
    private static DemoRow row(String name, double error) {
        StructureInput input = StructureInput.of(name,
                new PorousStructure(Lattice.aluminium(), new Cells(3, 3, 1), List.of()), 1);
        try (ElasticCalculator calculator = ElasticCalculators.open("hessian")) {
            StaticsResult result = calculator.calculate(input.atoms(), StaticsOptions.defaults(),
                    StaticsProgress.SILENT);
            double[] constants = ElasticConstants.of(result.tensor());
            Arrays.setAll(constants, k -> constants[k] + error);
            ElasticTensor predicted = ElasticConstants.toTensor(constants);
            return new DemoRow(input, result, result, new DemoPrediction(Estimate.of(constants), predicted,
                    Optional.empty(), 1e-3), null);
        }
    }

    private List<String> texts(String model, Optional<TestErrors> tested, DemoRow... rows) throws IOException {
        Path file = folder.resolve("network.svg");
        DemoFigure.write(file, List.of(rows), model, tested);
        return TEXT.matcher(Files.readString(file)).results().map(found -> found.group(1)).toList();
    }

    @Test
    void namesTheModelItsErrorsAndThoseOfEachStructure() throws IOException {
        TestErrors tested = new TestErrors(589, 0.4431, false, Map.of());
        List<String> texts = texts("models/mine.safetensors", Optional.of(tested), row("one", 0.3), row("two", -0.5));
        assertThat(texts).contains("Network mine.safetensors against molecular statics",
                "RMSE over the thirteen constants: 0.41 GPa here, 0.44 GPa on 589 structures of the test part",
                "one", "RMSE 0.30 GPa", "two", "RMSE 0.50 GPa",
                "constant by molecular statics [GPa]", "network minus molecular statics [GPa]");
    }

    /** Errors of tenths and of tens of GPa fill the frame alike. */
    @Test
    void theAxisOfErrorsIsItsOwn() throws IOException {
        assertThat(texts("m", Optional.empty(), row("one", 0.3))).contains("0.30", "0.00")
                .doesNotContain("0.35", "1.0");
        assertThat(texts("m", Optional.empty(), row("one", -30))).contains("\u221230", "0").doesNotContain("\u221240");
        assertThat(texts("m", Optional.empty(), row("one", 0))).contains("RMSE 0.00 GPa", "0.0");
    }

    @Test
    void saysWhereAModelTellsNoErrorsAndShortensLongNames() throws IOException {
        String name = "x".repeat(200) + ".safetensors";
        List<String> texts = texts(name, Optional.empty(), row("one", 0.3));
        assertThat(texts).contains("RMSE over the thirteen constants: 0.30 GPa here, that of its test part is not in"
                + " the model file");
        Matcher title = Pattern.compile("Network (x+)\u2026 against molecular statics")
                .matcher(String.join("\n", texts));
        assertThat(title.find()).isTrue();
        assertThat(title.group(1)).hasSize(47);
    }
}
