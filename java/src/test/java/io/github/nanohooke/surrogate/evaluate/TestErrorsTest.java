// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.nn.file.Safetensors;
import io.github.nanohooke.surrogate.evaluate.Evaluation.Errors;
import io.github.nanohooke.surrogate.evaluate.Evaluation.PorosityClass;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.TestModels;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestErrorsTest {
    private static final Evaluation EVALUATION = new Evaluation(30, "the training part", new Errors(0.5, 0.3, 14),
            Map.of("C11", new Errors(0.7, 0.4, 24)), List.of(new PorosityClass(0, 10, 10, new Errors(0.25, 0.1, 30)),
                    new PorosityClass(30, 40, 20, new Errors(0.75, 0.4, 5))));

    @Test
    void whatAnEvaluationStoresIsRead() {
        Map<String, Double> metrics = TestErrors.metrics(EVALUATION, false);
        assertThat(metrics).containsEntry("test_C11_rmse_GPa", 0.7).containsEntry("test_porosity_30_40_samples", 20.0);
        TestErrors errors = TestErrors.of(metrics, false).orElseThrow();
        assertThat(errors.rmse()).isEqualTo(0.5);
        assertThat(errors.samples()).isEqualTo(30);
        assertThat(errors.at(39.999)).contains(new TestErrors.AtPorosity(30, 40, 20, 0.75));
        assertThat(errors.at(0)).map(TestErrors.AtPorosity::rmse).contains(0.25);
        assertThat(errors.at(40)).as("no sample there").isEmpty();
        assertThat(errors.at(10)).isEmpty();
    }

    @Test
    void averagedPredictionsHaveTheirOwnWhereTheyAreStored() {
        Map<String, Double> metrics = new HashMap<>(TestErrors.metrics(EVALUATION, false));
        assertThat(TestErrors.of(metrics, true).orElseThrow().averaged()).as("those of plain ones").isFalse();
        Evaluation averaged = new Evaluation(30, "the training part", new Errors(0.4, 0.2, 14), Map.of(), List.of());
        metrics.putAll(TestErrors.metrics(averaged, true));
        assertThat(TestErrors.of(metrics, true).orElseThrow().rmse()).isEqualTo(0.4);
        assertThat(TestErrors.of(metrics, false).orElseThrow().rmse()).isEqualTo(0.5);
        assertThat(TestErrors.of(Map.of("validation_rmse_GPa", 1.0), true)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void annotatingAModelTouchesNoWeight(ModelFile.Precision precision, @TempDir Path folder) {
        Path file = folder.resolve("model.safetensors");
        TestModels.random("direct", 1).write(file, precision);
        Safetensors before = Safetensors.read(file);
        ModelFile.annotate(file, file, Map.of("frame", "input-axes"), TestErrors.metrics(EVALUATION, false));
        Safetensors after = Safetensors.read(file);
        assertThat(after.tensors().keySet()).containsExactlyElementsOf(before.tensors().keySet());
        before.tensors().forEach((name, tensor) -> {
            assertThat(after.tensor(name).type()).isEqualTo(tensor.type());
            assertThat(after.tensor(name).data()).as(name).isEqualTo(tensor.data());
        });
        ModelFile model = ModelFile.read(file);
        assertThat(model.provenance()).containsEntry("frame", "input-axes").containsEntry("seed", "1");
        assertThat(model.metrics()).containsEntry("validation_rmse_GPa", 50.0).containsEntry("test_rmse_GPa", 0.5);
    }
}
