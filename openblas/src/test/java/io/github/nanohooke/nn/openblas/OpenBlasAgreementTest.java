// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.openblas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.random.Xoshiro256;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.surrogate.data.TrainingData;
import io.github.nanohooke.surrogate.model.TargetStatistics;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import io.github.nanohooke.surrogate.train.RunOptions;
import io.github.nanohooke.surrogate.train.Training;
import io.github.nanohooke.surrogate.train.TrainingListener;
import io.github.nanohooke.surrogate.train.TrainingOptions;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.TensorFrame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network of the library on images of structures, and a run's losses, by this backend and by {@code cpu}. */
class OpenBlasAgreementTest {
    @TempDir
    private Path folder;

    private static StructureImage image(int index, int pixels) {
        return StructureImage.of(RandomStructures.sample(RandomStructures.Kind.MIXED, 5, index).atoms(), pixels);
    }

    @Test
    void predictionsAgree() {
        double[] cpu = predictions("cpu");
        double[] openblas = predictions("openblas");
        assertThat(openblas).isNotEqualTo(cpu).containsExactly(cpu, within(1e-3));
    }

    private static double[] predictions(String backend) {
        double[] constants = new double[3 * ElasticConstants.COUNT];
        try (ElasticSurrogate surrogate = ElasticSurrogate.loadDefault(SurrogateOptions.defaults()
                .withBackend(backend).withThreads(1))) {
            assertThat(surrogate.backend()).startsWith(backend + ": ");
            surrogate.predict(IntStream.range(0, 3).mapToObj(i -> image(i, surrogate.resolution())).toList(),
                    constants);
        }
        return constants;
    }

    /**
     * Random pixels, more or fewer of them solid; stiffer the more there are. In uniform regions, as structures have
     * them, maxima are exact ties, which either backend's rounding decides in its own way: each is right, and after
     * some steps of Adam the losses differ in the fourth digit.
     */
    private record Porous(int pixels, int from, int size) implements TrainingData {
        @Override
        public StructureImage image(int i) {
            Xoshiro256 random = new Xoshiro256(6, from + i);
            byte[] packed = new byte[pixels * pixels / 8];
            for (int bit = 0; bit < pixels * pixels; bit++) {
                boolean solid = random.nextInt(40) < 10 + from + i;
                packed[bit / 8] |= (byte) (solid ? 1 << bit % 8 : 0);
            }
            return StructureImage.fromPacked(pixels, pixels, packed);
        }

        @Override
        public double[] constants(int i) {
            double solid = 1 - image(i).porosity() / 100;
            return new double[] {114 * solid, 114 * solid, 114 * solid, 60 * solid, 60 * solid, 60 * solid, 31 * solid,
                31 * solid, 30 * solid, 0, 0, 0, 0};
        }

        @Override
        public TensorFrame frame() {
            return TensorFrame.OF_STATICS;
        }

        @Override
        public String fingerprint() {
            return toString();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "cholesky"})
    void lossesOfTwentyStepsAgree(String head) {
        List<Double> cpu = losses(head, "cpu");
        List<Double> openblas = losses(head, "openblas");
        assertThat(cpu).hasSize(20);
        assertThat(openblas).hasSize(20);
        for (int step = 0; step < 20; step++) {
            assertThat(openblas.get(step)).as("loss before step %d", step + 1)
                    .isCloseTo(cpu.get(step), withinPercentage(1e-2));
        }
    }

    private List<Double> losses(String head, String backend) {
        NetworkDefinition network = Presets.network("n", 64, 20, new int[] {3, 4}, Padding.PERIODIC, new int[] {16},
                13);
        Porous samples = new Porous(64, 0, 20);
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void step(int epoch, long step, long steps, double rmse) {
                losses.add(rmse * rmse);
            }
        };
        new Training(network, TargetStatistics.of(samples).head(head),
                TrainingOptions.defaults().withEpochs(4).withBatch(4), samples, new Porous(64, 20, 4))
                .run(Backends.open(backend), RunOptions.threads(1), folder.resolve(backend), false, listener,
                        () -> false);
        return losses;
    }
}
