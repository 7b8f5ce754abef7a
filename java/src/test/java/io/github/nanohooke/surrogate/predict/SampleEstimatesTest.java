// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.nn.Initialisation;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.evaluate.FamilyErrors;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.surrogate.trust.Calibration;
import io.github.nanohooke.surrogate.trust.Footing;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Predictions of a dataset's samples with a small network of random weights. */
class SampleEstimatesTest {
    private static final List<Dataset> DATA = List.of(Dataset.open(Path.of("..", "test-data", "earlier-dataset")));

    private static ElasticSurrogate surrogate(String frame) {
        return surrogate(Map.of("frame", frame), Map.of());
    }

    private static ElasticSurrogate surrogate(Map<String, String> provenance, Map<String, Double> metrics) {
        NetworkDefinition network = Presets.network("tiny", 256, 3, new int[] {2, 2}, Padding.PERIODIC, new int[] {4},
                13);
        return ElasticSurrogate.of("tiny", new ModelFile(network, new OutputHead.Direct(Collections.nCopies(13, 20.0),
                10), Initialisation.he(network, 1), provenance, metrics),
                SurrogateOptions.defaults().withThreads(1));
    }

    @Test
    void areThePredictionsAndTheirErrors() {
        DatasetSamples samples = DatasetSamples.of(DATA, Part.TRAINING);
        try (ElasticSurrogate surrogate = surrogate("lammps-cell")) {
            SampleEstimates estimates = SampleEstimates.of(surrogate, samples);
            double[][] plain = SamplePredictions.of(surrogate, samples);
            assertThat(estimates.predicted()).isDeepEqualTo(plain);
            for (int k = 0; k < 13; k++) {
                assertThat(estimates.errors()[3][k]).isEqualTo(plain[3][k] - samples.constants(3)[k]);
            }
            assertThat(estimates.cut()).isZero();
            Calibration calibration = estimates.calibration();
            assertThat(calibration.samples()).isEqualTo(samples.size());
            assertThat(estimates.reliability(calibration).coverage()).allSatisfy(
                    c -> assertThat(c.found()).isCloseTo(c.said(), within(0.06)));
            List<FamilyErrors> families = FamilyErrors.of(estimates.predicted(), samples);
            assertThat(families).hasSize(1);
            assertThat(families.get(0).family()).isEqualTo("mixed");
        }
    }

    /** As predict has it: of a model that tells nothing no sample is, of another those that are as porous as tested. */
    @Test
    void boundsStandOnWhatTheModelTells() {
        DatasetSamples samples = DatasetSamples.of(DATA, Part.TEST);
        int from = (int) (samples.porosity(0) / 10) * 10;
        String tested = "test_porosity_" + from + "_" + (from + 10);
        Map<String, Double> metrics = Map.of("test_samples", 9.0, "test_rmse_GPa", 1.0, tested + "_samples", 9.0,
                tested + "_rmse_GPa", 1.0);
        Map<String, String> domain = Map.of("elements", "Al", "cells", "20 x 20", "lattice constants", "4.05");
        try (ElasticSurrogate silent = surrogate("lammps-cell");
                ElasticSurrogate telling = surrogate(domain, metrics)) {
            assertThat(SampleEstimates.of(silent, samples).footings()).hasSize(samples.size())
                    .noneMatch(Footing::known).noneMatch(Footing::cut);
            List<Footing> footings = SampleEstimates.of(telling, samples).footings();
            for (int i = 0; i < samples.size(); i++) {
                double porosity = samples.porosity(i);
                assertThat(footings.get(i).known()).as("%.1f %%", porosity)
                        .isEqualTo(porosity >= from && porosity < from + 10);
            }
            assertThat(footings).anyMatch(Footing::known).anyMatch(footing -> !footing.known());
        }
    }

    @Test
    void ofDesignedStructuresAreOthers() {
        DatasetSamples relaxed = DatasetSamples.of(DATA, Part.TEST);
        DatasetSamples designed = DatasetSamples.of(DATA, Part.TEST, Shows.DESIGNED);
        assertThat(designed.constants(3)).isEqualTo(relaxed.constants(3));
        assertThat(designed.image(3)).isNotEqualTo(relaxed.image(3));
        assertThat(designed.fingerprint()).contains("designed images").isNotEqualTo(relaxed.fingerprint());
    }

    /** The samples of the first versions do not tell how their cells lie. */
    @Test
    void areRefusedInOtherAxes() {
        DatasetSamples samples = DatasetSamples.of(DATA, Part.TEST);
        try (ElasticSurrogate surrogate = surrogate("input-axes")) {
            assertThatThrownBy(() -> SampleEstimates.of(surrogate, samples)).isInstanceOf(SurrogateException.class)
                    .hasMessageContaining("predicts tensors in the frame input-axes");
        }
    }
}
