// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.evaluate.ErrorStatistics;
import io.github.nanohooke.surrogate.evaluate.TestErrors;
import io.github.nanohooke.surrogate.model.DefaultModel;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.trust.Calibrations;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.TensorFrame;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The model in the library for structures as designed: it is what its file says, without bias. */
class ShippedDesignedModelTest {
    /** The families of the paper, whose cells keep nearly their shape when they are relaxed. */
    private static final Set<String> SMOOTH = Set.of("circles", "rectangles", "mixed");

    private static ModelFile model;
    private static ElasticSurrogate surrogate;
    private static DatasetSamples validation;
    private static double[][] predicted;

    @BeforeAll
    static void predict() {
        model = DefaultModel.findForDesigned(Map.of(), DefaultModel.shippedForDesigned(), DefaultModel.shipped())
                .model();
        surrogate = ElasticSurrogate.of(DefaultModel.RESOURCE_FOR_DESIGNED, model, SurrogateOptions.defaults());
        validation = ShippedTruths.validation(Shows.DESIGNED);
        predicted = SamplePredictions.of(surrogate, validation);
    }

    @AfterAll
    static void close() {
        if (surrogate != null) {
            surrogate.close();
        }
    }

    @Test
    void tellsHowItWasMade() {
        assertThat(surrogate.provenance()).containsKeys("command", "version", "dataset 1", "dataset 4");
        assertThat(Shows.of(surrogate.provenance())).isEqualTo(Shows.DESIGNED);
        assertThat(surrogate.frame()).isEqualTo(TensorFrame.INPUT_AXES).isEqualTo(validation.frame());
        for (boolean averaged : new boolean[] {false, true}) {
            assertThat(Calibrations.of(model).of(Shows.DESIGNED, averaged).orElseThrow().samples())
                    .isEqualTo(validation.size());
            assertThat(TestErrors.of(model.metrics(), averaged, true).orElseThrow().samples()).isEqualTo(740);
        }
    }

    @Test
    void isNotWorseThanTheOneThatWasPutHere() throws IOException {
        ErrorStatistics.Collector errors = new ErrorStatistics.Collector();
        for (int i = 0; i < validation.size(); i++) {
            errors.add(predicted[i], validation.constants(i));
        }
        assertThat(errors.statistics().rmse())
                .isCloseTo(surrogate.metrics().get("validation_rmse_GPa"), within(0.02))
                .isLessThan(ShippedTruths.of("designed").rmse() + 0.02);
    }

    /** An error of one sign at every point of a part does not average out in its force. */
    @Test
    void hasNoBias() {
        for (String name : new String[] {"C11", "C22", "C12", "C33"}) {
            int k = ElasticConstants.indexOf(name);
            double sum = 0;
            int samples = 0;
            for (int i = 0; i < validation.size(); i++) {
                if (SMOOTH.contains(validation.family(i))) {
                    sum += predicted[i][k] - validation.constants(i)[k];
                    samples++;
                }
            }
            assertThat(sum / samples).as(name).isCloseTo(0, within(0.25));
        }
    }

    @Test
    void predictsWhatItDidWhenItWasPutHere() throws IOException {
        ShippedTruths.of("designed").check(surrogate);
    }
}
