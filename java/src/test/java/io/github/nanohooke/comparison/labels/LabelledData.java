// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison.labels;

import io.github.nanohooke.dataset.store.Dataset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Datasets of the repository. */
final class LabelledData {
    private LabelledData() {
    }

    static List<Dataset> open(String... names) {
        return Arrays.stream(names).map(name -> Dataset.open(Path.of("..", "test-data", "dataset", "families", name)))
                .toList();
    }
}
