// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.slim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.plan.PlanJson;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.source.HeldOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The samples of test-data/dataset, which the networks of the library are trained and tested with. */
class CommittedSamplesTest {
    /** Families whose draws may be a case of the paper's by chance; of the others a few are drawn. */
    private static final List<String> LIKELY = List.of("rectangles", "mixed");
    private static final int FEW = 512;

    /** Drawn again, as the paper's cases are told from training data. */
    @Test
    void noneIsACaseThatThePaperShowsItsNetworkBy() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of("..", "test-data", "dataset"))) {
            files = all.filter(SlimFile::isOne).sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(10);
        for (Path file : files) {
            SlimFile samples = SlimFile.read(file);
            DatasetPlan plan = PlanJson.read(new ObjectMapper().readTree((String) samples.attributes().get("plan")),
                    null);
            List<Long> cases = IntStream.range(0, samples.size())
                    .filter(i -> LIKELY.contains(samples.source(i)) || i % FEW == 0).parallel()
                    .filter(i -> isCase(samples, i, plan)).mapToObj(samples::index).toList();
            assertThat(cases).as("%s: cases of the paper's", file).isEmpty();
        }
    }

    private static boolean isCase(SlimFile samples, int i, DatasetPlan plan) {
        PorousStructure structure = plan.draw(samples.index(i)).structure();
        assertThat(structure.porosity()).as("the structure of sample %d", samples.index(i))
                .isEqualTo(samples.porosity(i));
        return HeldOut.reason(structure).isPresent();
    }
}
