// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.dataset.slim.SlimFile;
import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.TestTensors;
import io.github.nanohooke.fem.source.KnownSource;
import io.github.nanohooke.fem.source.SourceTensors;
import io.github.nanohooke.fem.source.StructureTensors;
import io.github.nanohooke.statics.NoTensorException;
import io.github.nanohooke.statics.StaticsTensors;
import io.github.nanohooke.statics.TensorAnswer;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.statics.UncertainTensor;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.file.AtomsFile;
import io.github.nanohooke.tensor.ElasticTensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradedCantileverTest {
    private final GradedCantilever part = new GradedCantilever(new GradedCantilever.Options(100, 40, 2, 4, 1, 5, 40, 3,
            "saint-venant-kirchhoff"));

    @TempDir
    private Path folder;

    @Test
    void porosityGrowsAlongThePart() {
        List<PorousStructure> structures = part.structures();
        assertThat(structures).hasSize(36).doesNotHaveDuplicates();
        assertThat(structures.get(0).porosity()).isBetween(5.0, 8.0);
        assertThat(structures.get(35).porosity()).isBetween(37.0, 41.0);
        GradedCantilever again = new GradedCantilever(
                new GradedCantilever.Options(100, 40, 2, 4, 1, 5, 40, 3, "hencky"));
        assertThat(again.structures()).isEqualTo(structures);
    }

    /** All tensors c times as stiff, c times the force: the first-order error of a common scale is exact. */
    @Test
    void errorsOfTensorsBecomeErrorsOfTheForce() {
        ElasticTensor tensor = TestTensors.sixteenPores();
        GradedCantilever small = new GradedCantilever(new GradedCantilever.Options(100, 40, 1e-3, 4, 1, 5, 40, 3,
                "saint-venant-kirchhoff"));
        GradedCantilever.Result exact = small.bend(Collections.nCopies(36, tensor), p -> 0);
        assertThat(exact.independent()).isZero();
        GradedCantilever.Result uncertain = small.bend(Collections.nCopies(36, tensor), p -> 1);
        double[][] c = tensor.toArray();
        c[0][0] += 1e-3;
        double stiffer = small.bend(Collections.nCopies(36, ElasticTensor.of(c)), p -> 0).force();
        double slope = (stiffer - exact.force()) / 1e-3;
        assertThat(slope).isPositive().isLessThan(uncertain.common());
        assertThat(uncertain.independent()).isLessThan(uncertain.common()).isGreaterThan(0.1 * slope);
    }

    /** Statics at some points tells what it would give at all; here the truth is known, and of first order. */
    @Test
    void aSampleOfPointsTellsTheForceOfAll() {
        double[][] c = TestTensors.sixteenPores().toArray();
        List<UncertainTensor> own = new ArrayList<>();
        List<ElasticTensor> truth = new ArrayList<>();
        for (int k = 0; k < 36; k++) {
            own.add(UncertainTensor.exact(ElasticTensor.of(c)));
            double[][] other = TestTensors.sixteenPores().toArray();
            other[0][0] += 0.2 + 0.1 * (k % 5);
            truth.add(ElasticTensor.of(other));
        }
        GradedCantilever.Result result = part.bend(own);
        double wanted = part.bend(truth, p -> 0).force();
        SampledForce all = SampledForce.of(result, own, part.drawn(36),
                part.drawn(36).stream().map(truth::get).toList());
        assertThat(all.standardError()).isZero();
        assertThat(all.force() - result.force()).isCloseTo(wanted - result.force(),
                within(0.02 * Math.abs(wanted - result.force())));
        assertThat(all.bias().get(0)).isCloseTo(-0.4, within(0.02));
        assertThat(all.bias().get(1)).isZero();
        List<Integer> drawn = part.drawn(18);
        assertThat(part.drawn(36)).startsWith(drawn.toArray(Integer[]::new)).doesNotHaveDuplicates();
        SampledForce half = SampledForce.of(result, own, drawn, drawn.stream().map(truth::get).toList());
        assertThat(half.standardError()).isPositive();
        assertThat(half.force()).isCloseTo(all.force(), within(4 * half.standardError()));
    }

    @Test
    void whatIsNotKnownHasNoBand() {
        GradedCantilever.Result result = part.bend(Collections.nCopies(36,
                UncertainTensor.unknown(TestTensors.sixteenPores())));
        assertThat(result.independent()).isNaN();
        assertThat(result.common()).isNaN();
    }

    /** Bounds of each structure by the network in the library: its tensors the same, its errors its own. */
    @Test
    void eachStructureHasItsOwnError() {
        List<PorousStructure> two = List.of(part.structures().get(0), part.structures().get(35));
        Path file = folder.resolve("uncertain.csv");
        try (TensorSource designed = KnownSource.DESIGNED_NETWORK.open();
                TensorSource sure = KnownSource.HYBRID.open(100);
                TensorSource statics = KnownSource.STATICS.open()) {
            List<ElasticTensor> plain = new StructureTensors(designed, file).of(two, done -> true);
            List<UncertainTensor> said = new StructureTensors(designed, file).uncertain(two, done -> true);
            List<UncertainTensor> hybrid = sure.uncertain(two);
            for (int k = 0; k < 2; k++) {
                assertThat(said.get(k).tensor().distance(plain.get(k))).isLessThan(1e-3);
                assertThat(said.get(k).deviation().orElseThrow().get(0, 0)).isBetween(0.1, 10.0);
                assertThat(hybrid.get(k).deviation()).hasValueSatisfying(d -> assertThat(d.get(0, 0)).isPositive());
            }
            assertThat(said.get(0).deviation()).isNotEqualTo(said.get(1).deviation());
            assertThat(new StructureTensors(designed, file).uncertain(two, done -> true)).isEqualTo(said);
            assertThat(statics.uncertain(two.subList(0, 1)).get(0).deviation().orElseThrow().get(0, 0)).isZero();
        }
    }

    /**
     * One structure for each column of points, for statics takes its time: of one tensor the network is off by one to
     * two per cent in the median, by eight or more in one of twenty; of all points of a part it is a fraction of one.
     */
    @Test
    void theNetworkAgreesWithStatics() {
        GradedCantilever small = new GradedCantilever(
                new GradedCantilever.Options(60, 40, 2, 1, 1, 5, 40, 3, "hencky"));
        List<PorousStructure> byPorosity = small.structures().stream()
                .sorted(Comparator.comparingDouble(PorousStructure::porosity)).toList();
        List<PorousStructure> three = List.of(byPorosity.get(1), byPorosity.get(4), byPorosity.get(7));
        try (TensorSource designed = KnownSource.DESIGNED_NETWORK.open();
                TensorSource relaxed = KnownSource.NETWORK.open();
                TensorSource statics = KnownSource.STATICS.open();
                TensorSource hybrid = KnownSource.HYBRID.open(0)) {
            List<ElasticTensor> exact = statics.tensorsOfPorous(three);
            double byStatics = force(small, three, exact);
            assertThat(force(small, three, relaxed.tensorsOfPorous(three))).isCloseTo(byStatics,
                    within(0.03 * byStatics));
            assertThat(force(small, three, designed.tensorsOfPorous(three))).isCloseTo(byStatics,
                    within(0.04 * byStatics));
            assertThat(hybrid.tensorsOfPorous(three.subList(2, 3))).isEqualTo(exact.subList(2, 3));
        }
    }

    @Test
    void tensorsAreKeptByTheContentOfTheirStructures() throws IOException {
        Path file = folder.resolve("tensors.csv");
        Counting counting = new Counting();
        StructureTensors first = new StructureTensors(counting, file);
        List<PorousStructure> twice = List.of(part.structures().get(0), part.structures().get(1),
                part.structures().get(0));
        assertThat(first.of(twice, done -> true)).hasSize(3);
        assertThat(counting.count).isEqualTo(2);
        StructureTensors second = new StructureTensors(counting, file);
        assertThat(second.of(twice, done -> true).get(2)).isEqualTo(TestTensors.sixteenPores());
        assertThat(counting.count).isEqualTo(2);
        counting.identity = "another model";
        assertThat(second.of(twice, done -> true)).hasSize(3);
        assertThat(counting.count).isEqualTo(4);
        assertThatThrownBy(() -> second.of(part.structures(), done -> done < 0.1))
                .isInstanceOf(CancellationException.class);
        assertThat(new StructureTensors(counting, file).of(part.structures(), done -> true)).hasSize(36);
        Files.writeString(file, "nonsense\n");
        assertThatThrownBy(() -> new StructureTensors(counting, file)).isInstanceOf(FemException.class)
                .hasMessageContaining("line 1");
        assertThatThrownBy(() -> new StructureTensors(counting, folder)).isInstanceOf(FemException.class)
                .hasMessageContaining("is a folder").hasMessageNotContaining("remove");
    }

    /** Two processes that have the same file: neither writes over what the other has found. */
    @Test
    void aFileKeepsWhatOthersHaveWritten() throws IOException {
        Path file = folder.resolve("shared.csv");
        Counting one = new Counting();
        Counting other = new Counting();
        StructureTensors first = new StructureTensors(one, file);
        StructureTensors second = new StructureTensors(other, file);
        first.of(part.structures().subList(0, 2), done -> true);
        second.of(part.structures().subList(1, 3), done -> true);
        first.of(part.structures().subList(3, 4), done -> true);
        assertThat(Files.readAllLines(file)).hasSize(4);
        new StructureTensors(one, file).of(part.structures().subList(0, 4), done -> true);
        assertThat(one.count + other.count).isEqualTo(5);
    }

    /** Many that write in the same moment: each finds what the others have written. */
    @Test
    void aFileKeepsWhatOthersWriteAtOnce() throws IOException {
        Path file = folder.resolve("shared.csv");
        IntStream.range(0, 12).parallel().forEach(k -> new StructureTensors(new Counting(), file)
                .of(part.structures().subList(3 * k, 3 * k + 3), done -> true));
        assertThat(Files.readAllLines(file)).hasSize(36);
    }

    /** Sources of one part that have a file in common know what it is to keep, also where it was removed. */
    @Test
    void sourcesShareAFile() throws IOException {
        Path file = folder.resolve("tensors.csv");
        SourceTensors.Choice one = new SourceTensors.Choice(KnownSource.HYBRID, 100, file);
        SourceTensors.Choice other = new SourceTensors.Choice(KnownSource.HYBRID, 90, file);
        List<AtomsFile.Loaded> files = part.structures().subList(0, 2).stream().map(structure ->
                new AtomsFile.Loaded(structure.atoms(), Optional.of(structure))).toList();
        try (SourceTensors sources = new SourceTensors()) {
            sources.ofFiles(one, files.subList(0, 1), done -> true);
            sources.ofFiles(other, files.subList(0, 1), done -> true);
            Files.delete(file);
            sources.ofFiles(one, files.subList(1, 2), done -> true);
        }
        assertThat(Files.readAllLines(file)).hasSize(3);
    }

    /** Why a structure has no tensor is kept as tensors are, and asked no second time. */
    @Test
    void structuresWithoutATensorAreKeptWithTheirReason() throws IOException {
        Path file = folder.resolve("tensors.csv");
        List<PorousStructure> three = part.structures().subList(0, 3);
        Counting source = new Counting();
        source.refused = three.get(1);
        List<TensorAnswer> first = new StructureTensors(source, file).answers(three, false, done -> true);
        assertThat(first.get(0).tensor()).isPresent();
        assertThat(first.get(1)).isEqualTo(TensorAnswer.none("not stable, \"at all\" "));
        assertThat(first.get(2).tensor()).isPresent();
        assertThat(Files.readAllLines(file)).hasSize(3);
        assertThat(source.count).isEqualTo(3);
        StructureTensors again = new StructureTensors(source, file);
        assertThat(again.answers(three, false, done -> true)).isEqualTo(first);
        assertThat(source.count).isEqualTo(3);
        assertThatThrownBy(() -> again.of(three, done -> true)).isInstanceOf(NoTensorException.class)
                .hasMessageContaining("1 of 3").hasMessageContaining("no. 1").hasMessageContaining("at all");
    }

    /** The seed of every committed dataset, from which networks may have learnt. */
    @Test
    void noNetworkHasLearntFromTheStandardPart() throws IOException {
        List<Path> datasets;
        try (Stream<Path> files = Files.walk(Path.of("../test-data/dataset"))) {
            datasets = files.filter(SlimFile::isOne).toList();
        }
        assertThat(datasets).hasSizeGreaterThanOrEqualTo(4);
        for (Path dataset : datasets) {
            assertThat(SlimFile.read(dataset).attributes().get("seed")).as(dataset.toString())
                    .isNotEqualTo(GradedCantilever.Options.standard().seed());
        }
    }

    /** Keys, and with them the structures, have not changed since; no point is calculated here. */
    @Test
    void theTensorsOfTheStandardPartAreInTheTestData() throws IOException {
        Path file = folder.resolve("statics.csv");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(
                Path.of("../test-data/fem/graded/statics.csv.gz")))) {
            Files.copy(in, file);
        }
        GradedCantilever standard = new GradedCantilever(GradedCantilever.Options.standard());
        List<PorousStructure> every50th = IntStream.range(0, 108).mapToObj(k -> standard.structures().get(50 * k))
                .toList();
        byte[] before = Files.readAllBytes(file);
        try (StaticsTensors statics = new StaticsTensors()) {
            StructureTensors kept = new StructureTensors(statics, file);
            List<TensorAnswer> answers = kept.answers(every50th, true, done -> {
                throw new AssertionError("asked for a structure that should be known");
            });
            // Stiffer near the clamp, where there are fewer pores; exact.
            assertThat(answers.get(0).required().tensor().get(0, 0)).isGreaterThan(90);
            assertThat(answers.get(107).required().tensor().get(0, 0)).isLessThan(60);
            assertThat(answers).allMatch(a -> standard.refusal(a.required().tensor()).isEmpty());
            assertThat(kept.answers(List.of(standard.structures().get(4479)), false, done -> false).get(0).reason())
                    .contains("UNSTABLE");
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void placesOfPointsMoveWithThePart() {
        double[] still = part.place(0);
        assertThat(still[0]).isCloseTo(100.0 / 4 * (1 - Math.sqrt(0.6)) / 2, within(1e-12));
        assertThat(still[1]).isCloseTo(40 * (1 - Math.sqrt(0.6)) / 2, within(1e-12));
        GradedCantilever.Result bent = part.bend(Collections.nCopies(36, TestTensors.sixteenPores()), p -> 0);
        double[] there = part.place(35, bent.state().displacements());
        assertThat(there[1] - part.place(35)[1]).isBetween(-2.0, -1.5);
        assertThat(part.porosity(35)).isCloseTo(5 + 35 * part.place(35)[0] / 100, within(1e-9));
    }

    @Test
    void noUncertaintyIsBelowZero() {
        for (double limit : new double[] {-1, Double.NaN}) {
            assertThatThrownBy(() -> KnownSource.HYBRID.open(limit)).isInstanceOf(FemException.class)
                    .hasMessageContaining("zero or more GPa");
        }
    }

    @Test
    void impossiblePartsAreRefused() {
        assertThatThrownBy(() -> new GradedCantilever.Options(100, 40, 2, 4, 1, 0, 40, 3, "hencky"))
                .isInstanceOf(FemException.class).hasMessageContaining("2 to 60 %");
    }

    /** Each point has the tensor of the structure that is as porous. */
    private static double force(GradedCantilever part, List<PorousStructure> structures, List<ElasticTensor> tensors) {
        return part.bend(part.structures().stream().map(own -> {
            int nearest = 0;
            for (int k = 1; k < structures.size(); k++) {
                if (Math.abs(structures.get(k).porosity() - own.porosity())
                        < Math.abs(structures.get(nearest).porosity() - own.porosity())) {
                    nearest = k;
                }
            }
            return tensors.get(nearest);
        }).toList(), porosity -> 0).force();
    }

    /** Tells how often it was asked. */
    private static final class Counting implements TensorSource {
        private int count;
        private String identity = "model";
        private PorousStructure refused;

        @Override
        public void answer(List<PorousStructure> structures, boolean deviations, TensorAnswer.Listener listener) {
            if (refused == null) {
                TensorSource.super.answer(structures, deviations, listener);
                return;
            }
            // Backwards: answers come in any order.
            for (int k = structures.size() - 1; k >= 0; k--) {
                count++;
                listener.answered(k, structures.get(k).equals(refused) ? TensorAnswer.none("not stable, \"at all\" ")
                        : TensorAnswer.of(UncertainTensor.unknown(TestTensors.sixteenPores())));
            }
        }

        @Override
        public List<TensorAnswer> answersOf(List<Atoms> structures) {
            count += structures.size();
            return Collections.nCopies(structures.size(), TensorAnswer.of(UncertainTensor.unknown(
                    TestTensors.sixteenPores())));
        }

        @Override
        public String identity() {
            return identity;
        }

        @Override
        public int batch() {
            return 4;
        }

        @Override
        public void close() {
            count = -1;
        }
    }
}
