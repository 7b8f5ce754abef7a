// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.data.TrainingDomain;
import io.github.nanohooke.surrogate.evaluate.ErrorStatistics;
import io.github.nanohooke.surrogate.evaluate.TestErrors;
import io.github.nanohooke.surrogate.model.DefaultModel;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.trust.Calibration;
import io.github.nanohooke.surrogate.trust.Calibrations;
import io.github.nanohooke.tensor.ElasticTensor;
import io.github.nanohooke.tensor.TensorFrame;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What must hold of each network in the library: it is what its file says of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ShippedNetworkCases {
    final Shows shows;
    ModelFile model;
    ElasticSurrogate surrogate;
    DatasetSamples validation;
    double[][] predicted;

    ShippedNetworkCases(Shows shows) {
        this.shows = shows;
    }

    @BeforeAll
    void predict() {
        DefaultModel found = shows == Shows.RELAXED ? DefaultModel.find(Map.of(), DefaultModel.shipped())
                : DefaultModel.findForDesigned(Map.of(), DefaultModel.shippedForDesigned(), DefaultModel.shipped());
        model = found.model();
        surrogate = ElasticSurrogate.of(found.name(), model, SurrogateOptions.defaults());
        validation = ShippedTruths.validation(shows);
        predicted = SamplePredictions.of(surrogate, validation);
    }

    @AfterAll
    void close() {
        if (surrogate != null) {
            surrogate.close();
        }
    }

    @Test
    void tellsHowItWasMade() {
        assertThat(surrogate.definition().name()).isEqualTo("periodic");
        assertThat(surrogate.provenance()).containsKeys("command", "version", "dataset 1", "dataset 14");
        assertThat(Shows.of(surrogate.provenance())).isEqualTo(shows);
        assertThat(model.licence()).contains("Apache-2.0");
        String samples = validation.fingerprint();
        assertThat(surrogate.provenance().get("validation data")).startsWith(samples.substring(0,
                samples.indexOf("sha256")));
        assertThat(surrogate.frame()).isEqualTo(TensorFrame.INPUT_AXES).isEqualTo(validation.frame());
        assertThat(TrainingDomain.of(surrogate.provenance()).orElseThrow().elements()).containsOnly("Al");
        assertThat(TrainingDomain.knowsCuts(surrogate.provenance())).isTrue();
    }

    @Test
    void hasTheErrorsThatItsFileTellsAndIsNotWorseThanTheOneThatWasPutHere() throws IOException {
        ErrorStatistics.Collector errors = new ErrorStatistics.Collector();
        for (int i = 0; i < validation.size(); i++) {
            errors.add(predicted[i], validation.constants(i));
        }
        assertThat(errors.statistics().rmse())
                .isCloseTo(surrogate.metrics().get("validation_rmse_GPa"), within(0.01))
                .isLessThan(ShippedTruths.of(shows.label()).rmse() + 0.005);
    }

    @Test
    void predictsWhatItDidWhenItWasPutHere() throws IOException {
        ShippedTruths.of(shows.label()).check(surrogate);
    }

    @Test
    void tellsItsErrorsOnStructuresItNeverSawAndItsBounds() {
        for (boolean averaged : new boolean[] {false, true}) {
            TestErrors errors = TestErrors.of(model.metrics(), averaged, shows == Shows.DESIGNED).orElseThrow();
            assertThat(errors.samples()).isEqualTo(866);
            for (int porosity = 0; porosity < 90; porosity += 10) {
                assertThat(errors.at(porosity)).as("%d %%", porosity).isPresent();
            }
            Calibration calibration = Calibrations.of(model).of(shows, averaged).orElseThrow();
            // Without those of structures that one cell stands for, which are easier than random ones.
            assertThat(calibration.samples()).isEqualTo(901);
            assertThat(calibration.weights()).isNotEmpty();
            assertThat(calibration.levels()).contains(0.5, 0.95, 0.99);
        }
    }

    /** Bounds are fitted to predictions: these must not depend on whether there are bounds already. */
    @Test
    void calibrationChangesNoPrediction() {
        Map<String, String> uncalibrated = new TreeMap<>(model.provenance());
        uncalibrated.remove(Calibrations.KEY);
        int sample = IntStream.range(0, validation.size()).filter(validation::isCut).findFirst().orElseThrow();
        ElasticTensor tensor = surrogate.assess(validation.image(sample), shows).tensor();
        try (ElasticSurrogate before = ElasticSurrogate.of("before", new ModelFile(model.definition(), model.head(),
                model.parameters(), uncalibrated, model.metrics()), SurrogateOptions.defaults())) {
            assertThat(before.calibration(shows)).isEmpty();
            assertThat(before.assess(validation.image(sample), shows).tensor()).isEqualTo(tensor);
        }
    }
}
