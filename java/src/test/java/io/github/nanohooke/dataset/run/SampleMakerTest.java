// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.dataset.FakeCalculator;
import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.TestPlans;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.io.CheckedLine;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.RandomStructures.Kind;
import io.github.nanohooke.structure.RandomStructures.Sizes;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.structure.file.StructureFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SampleMakerTest {
    private static final DatasetPlan PLAN = TestPlans.small(60, 10);

    @Test
    void samplesDependOnTheirIndexAloneNotOnOrderOrCompany() {
        List<Sample> upwards = new ArrayList<>();
        try (SampleMaker maker = new SampleMaker(PLAN)) {
            LongStream.range(0, 20).forEach(i -> upwards.add(maker.make(i)));
        }
        List<Sample> downwards = new ArrayList<>();
        try (SampleMaker maker = new SampleMaker(PLAN)) {
            LongStream.range(0, 20).forEach(i -> downwards.add(0, maker.make(19 - i)));
        }
        assertThat(upwards.stream().map(SampleMakerTest::lineWithoutTime))
                .containsExactlyElementsOf(downwards.stream().map(SampleMakerTest::lineWithoutTime).toList());
    }

    private static String lineWithoutTime(Sample s) {
        return CheckedLine.write(new Sample(s.index(), s.status(), s.reason(), s.workerLost(), s.geometry(),
                s.measurement(), s.frame(), 0));
    }

    @Test
    void theFilterKeepsPositiveDefiniteTensorsOnly() {
        int kept = 0;
        int unstable = 0;
        int unfinished = 0;
        int failed = 0;
        try (SampleMaker maker = new SampleMaker(PLAN)) {
            for (long index = 0; index < PLAN.count(); index++) {
                Sample sample = maker.make(index);
                long seed = PLAN.options(index).seed();
                if (FakeCalculator.throwsFor(seed)) {
                    assertThat(sample.status()).isEqualTo(SampleStatus.FAILED);
                    assertThat(sample.reason()).isEqualTo("StaticsException: the fake cannot do this one");
                    assertThat(sample.measurement().hasTensor()).isFalse();
                    failed++;
                } else if (FakeCalculator.doesNotConvergeFor(seed)) {
                    assertThat(sample.status()).isEqualTo(SampleStatus.REJECTED);
                    assertThat(sample.reason()).startsWith("not converged: ");
                    assertThat(sample.measurement().hasTensor()).isTrue();
                    unfinished++;
                } else if (sample.geometry().porosity() < FakeCalculator.UNSTABLE_FROM) {
                    assertThat(sample.status()).isEqualTo(SampleStatus.KEPT);
                    assertThat(sample.reason()).isEmpty();
                    kept++;
                } else {
                    assertThat(sample.status()).isEqualTo(SampleStatus.REJECTED);
                    assertThat(sample.reason()).startsWith("not positive definite: smallest eigenvalue -");
                    unstable++;
                }
            }
        }
        assertThat(List.of(kept, unstable, unfinished, failed)).allMatch(n -> n > 0);
    }

    @Test
    void geometryIsThatOfTheRandomStructure() {
        RandomStructures.Sample drawn = RandomStructures.draw(Kind.MIXED, PLAN.seed(), 3, PLAN.lattice(), PLAN.cells(),
                Sizes.defaults());
        try (SampleMaker maker = new SampleMaker(PLAN)) {
            Sample.Geometry geometry = maker.make(3).geometry();
            PorousStructure back = StructureFile.parse(geometry.pores(), "test");
            assertThat(back).isEqualTo(drawn.structure());
            assertThat(geometry.pores()).doesNotContain("\n");
            assertThat(geometry.porosity()).isEqualTo(drawn.structure().porosity());
            assertThat(geometry.targetPorosity()).isEqualTo(drawn.targetPorosity());
            assertThat(geometry.atoms()).isEqualTo(drawn.structure().atoms().count());
        }
    }

    @Test
    void packedBitsAreLeastSignificantFirstFromTheTopLeft() {
        StructureImage image = StructureImage.of(RandomStructures.sample(Kind.MIXED, 7, 3).atoms(), 20);
        byte[] packed = image.packed();
        assertThat(packed).hasSize(StructureImage.packedBytes(20, 20)).hasSize(3 * 20);
        for (int row = 0; row < 20; row++) {
            for (int column = 0; column < 20; column++) {
                boolean bit = (packed[3 * row + column / 8] >> column % 8 & 1) == 1;
                assertThat(bit).isEqualTo(image.solid(row, column));
            }
        }
    }

    @Test
    void aMethodThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new SampleMaker(TestPlans.of("nosuch", 1, 1)))
                .isInstanceOf(MissingLibraryException.class).hasMessageContaining("nosuch");
    }
}
