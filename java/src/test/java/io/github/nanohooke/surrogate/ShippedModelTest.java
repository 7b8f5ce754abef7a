// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.dataset.Dataset;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.ElasticConstants;
import io.github.nanohooke.statics.ElasticTensor;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The model in the library: it is what its file says of it. */
class ShippedModelTest {
    private static final double PUBLISHED_RMSE = 2.4;

    private static ElasticSurrogate surrogate;
    private static DatasetSamples validation;
    private static double[][] predicted;

    @BeforeAll
    static void predict() {
        surrogate = ElasticSurrogate.of(DefaultModel.RESOURCE, DefaultModel.find(Map.of(),
                ElasticSurrogate.class.getResource(DefaultModel.RESOURCE)).model(), SurrogateOptions.defaults());
        List<Dataset> datasets = Stream.of("mixed", "circles", "rectangles")
                .map(name -> Dataset.open(Path.of("..", "test-data", "dataset", name))).toList();
        validation = DatasetSamples.of(datasets, Part.VALIDATION);
        predicted = Predictions.of(surrogate, validation);
    }

    @AfterAll
    static void close() {
        surrogate.close();
    }

    @Test
    void tellsHowItWasMade() {
        assertThat(surrogate.definition().name()).isEqualTo("periodic");
        assertThat(surrogate.provenance()).containsKeys("command", "version", "dataset 1", "dataset 2", "dataset 3");
        assertThat(surrogate.provenance().get("validation data")).isEqualTo(validation.fingerprint());
        assertThat(TrainingDomain.of(surrogate.provenance()).orElseThrow().elements()).containsOnly("Al");
    }

    @Test
    void hasTheErrorsThatItsFileTells() {
        double squares = 0;
        for (int i = 0; i < validation.size(); i++) {
            double[] constants = validation.constants(i);
            for (int k = 0; k < constants.length; k++) {
                squares += Math.pow(predicted[i][k] - constants[k], 2);
            }
        }
        double rmse = Math.sqrt(squares / validation.size() / ElasticConstants.COUNT);
        assertThat(rmse).isCloseTo(surrogate.metrics().get("validation_rmse_GPa"), within(0.01))
                .isLessThan(PUBLISHED_RMSE);
    }

    @Test
    void everyTensorIsPositiveDefinite() {
        for (double[] constants : predicted) {
            assertThat(ElasticConstants.toTensor(constants).isPositiveDefinite()).isTrue();
        }
    }

    /** An image that the training data do not have: nothing is removed. */
    @Test
    void knowsThePerfectCrystalRoughly() {
        Atoms crystal = new PorousStructure(Lattice.aluminium(), new Cells(20, 20, 1), List.of()).atoms();
        ElasticTensor tensor = surrogate.predict(StructureImage.of(crystal, surrogate.resolution()));
        assertThat(tensor.distance(ElasticTensor.cubic(113.8, 61.6, 31.6))).isLessThan(20);
    }
}
