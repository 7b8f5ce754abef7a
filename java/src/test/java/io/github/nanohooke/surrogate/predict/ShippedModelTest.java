// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.dataset.Dataset;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.SquareSymmetry;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.data.TrainingDomain;
import io.github.nanohooke.surrogate.evaluate.ErrorStatistics;
import io.github.nanohooke.surrogate.evaluate.TestErrors;
import io.github.nanohooke.surrogate.model.DefaultModel;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import io.github.nanohooke.tensor.TensorFrame;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The model in the library: it is what its file says of it. */
class ShippedModelTest {
    private static ElasticSurrogate surrogate;
    private static DatasetSamples validation;
    private static double[][] predicted;

    @BeforeAll
    static void predict() {
        surrogate = ElasticSurrogate.of(DefaultModel.RESOURCE,
                DefaultModel.find(Map.of(), DefaultModel.shipped()).model(), SurrogateOptions.defaults());
        List<Dataset> datasets = Stream.of("mixed", "circles", "rectangles")
                .map(name -> Dataset.open(Path.of("..", "test-data", "dataset", name))).toList();
        validation = DatasetSamples.of(datasets, Part.VALIDATION);
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
        assertThat(surrogate.definition().name()).isEqualTo("periodic");
        assertThat(surrogate.provenance()).containsKeys("command", "version", "dataset 1", "dataset 2", "dataset 3");
        assertThat(surrogate.provenance().get("validation data")).isEqualTo(validation.fingerprint());
        // Its data come from before tensors were in the axes of the input.
        assertThat(surrogate.frame()).isEqualTo(TensorFrame.LAMMPS_CELL).isEqualTo(validation.frame());
        assertThat(TrainingDomain.of(surrogate.provenance()).orElseThrow().elements()).containsOnly("Al");
    }

    @Test
    void hasTheErrorsThatItsFileTells() {
        ErrorStatistics.Collector errors = new ErrorStatistics.Collector();
        for (int i = 0; i < validation.size(); i++) {
            errors.add(predicted[i], validation.constants(i));
        }
        assertThat(errors.statistics().rmse())
                .isCloseTo(surrogate.metrics().get("validation_rmse_GPa"), within(0.01));
    }

    @Test
    void tellsItsErrorsOnStructuresItNeverSaw() {
        TestErrors errors = surrogate.testErrors().orElseThrow();
        assertThat(errors.samples()).isEqualTo(589);
        assertThat(errors.rmse()).isCloseTo(0.443, within(1e-3));
        for (int porosity = 0; porosity < 90; porosity += 10) {
            assertThat(errors.at(porosity)).as("%d %%", porosity).isPresent();
        }
        assertThat(TestErrors.of(surrogate.metrics(), true).orElseThrow().rmse()).isCloseTo(0.361, within(1e-3));
    }

    /** Images of the training data are whole, show atoms, and are told so; those of cut structures have their zeros. */
    @Test
    void raisesNoFalseAlarm() {
        for (int i = 0; i < validation.size(); i += 20) {
            Prediction prediction = surrogate.assess(validation.image(i));
            assertThat(prediction.outcome()).isEqualTo(Prediction.Outcome.PREDICTED);
            assertThat(prediction.warnings()).as("sample %d", i).isEmpty();
            assertThat(prediction.expected()).isPresent();
            assertThat(ElasticConstants.of(prediction.tensor())).isEqualTo(predicted[i]);
        }
    }

    @Test
    void averagesTurnExactlyWithTheImageCutOrNot() {
        ModelFile model = DefaultModel.find(Map.of(), DefaultModel.shipped()).model();
        Atoms slit = new PorousStructure(Lattice.aluminium(), new Cells(20, 20, 1),
                List.of(new Rectangle(10, 30, 0, 81), new Circle(60, 20, 8))).atoms();
        try (ElasticSurrogate average = ElasticSurrogate.of("average", model,
                SurrogateOptions.defaults().withAverage(true))) {
            for (StructureImage image : List.of(validation.image(0), StructureImage.of(slit, 256))) {
                Prediction prediction = average.assess(image);
                for (SquareSymmetry symmetry : SquareSymmetry.values()) {
                    Prediction turned = average.assess(image.transformed(symmetry));
                    assertThat(turned.tensor()).isEqualTo(prediction.tensor().transformed(symmetry));
                    assertThat(turned.outcome()).isEqualTo(prediction.outcome());
                }
            }
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
