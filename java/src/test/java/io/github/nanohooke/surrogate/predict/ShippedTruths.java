// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.io.JsonFields;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.structure.RandomStructures.Kind;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What test-data/model/make.py wrote when a model was put into the library: its validation error, and its predictions
 * of images of twenty structures as designed.
 */
record ShippedTruths(double rmse, long seed, List<double[]> predictions) {
    private static final Path DATA = Path.of("..", "test-data");
    /** Read once for the tests of both networks; a gigabyte that goes where it is needed otherwise. */
    private static SoftReference<List<Dataset>> datasets = new SoftReference<>(null);

    static ShippedTruths of(String shows) throws IOException {
        JsonFields shipped = JsonFields.parse(Files.readString(DATA.resolve("model/shipped.json")), "shipped.json",
                DatasetException::new);
        JsonFields model = shipped.object(shows);
        return new ShippedTruths(model.number("validation_rmse_GPa"), shipped.whole("seed"),
                model.rows("predictions_GPa", ElasticConstants.COUNT));
    }

    /** The validation part of the samples that both networks learnt from. */
    static synchronized DatasetSamples validation(Shows shows) {
        List<Dataset> known = datasets.get();
        if (known == null) {
            known = read();
            datasets = new SoftReference<>(known);
        }
        return DatasetSamples.of(known, Part.VALIDATION, shows);
    }

    private static List<Dataset> read() {
        return Stream.of("circles.nhs", "families/lattices-14.nhs",
                        "families/lattices-14-from-4500.nhs", "families/lattices-13.nhs", "mixed.nhs",
                        "families/from-20000.nhs", "families/from-40000.nhs", "rectangles.nhs", "families/slim-000.nhs",
                        "certified/slim-000.nhs", "certified/from-3000.nhs", "certified/from-12000.nhs",
                        "certified/from-14500.nhs", "certified/from-41000.nhs")
                .map(name -> Dataset.open(DATA.resolve("dataset").resolve(name))).toList();
    }

    void check(ElasticSurrogate surrogate) {
        assertThat(predictions).hasSize(20);
        for (int i = 0; i < predictions.size(); i++) {
            PorousStructure structure = RandomStructures.sample(Kind.MIXED, seed, i);
            ElasticTensor tensor = surrogate.assess(StructureImage.of(structure.atoms(), structure.lattice(),
                    surrogate.resolution())).tensor();
            assertThat(ElasticConstants.of(tensor)).as("structure %d", i)
                    .containsExactly(predictions.get(i), within(0.01));
        }
    }
}
