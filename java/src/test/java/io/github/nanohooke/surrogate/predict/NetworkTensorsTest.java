// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.statics.NoTensorException;
import io.github.nanohooke.statics.StaticsTensors;
import io.github.nanohooke.statics.TensorAnswer;
import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Polygon;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.StructureException;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.evaluate.TestErrors;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.TestModels;
import io.github.nanohooke.surrogate.trust.Calibration;
import io.github.nanohooke.surrogate.trust.Calibrations;
import io.github.nanohooke.surrogate.trust.Uncertainty;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network as a source of tensors, by networks of random weights and that of the library for designs. */
class NetworkTensorsTest {
    private static final double ANGLE = Math.toRadians(30);
    private static final double[][] TURN = {{Math.cos(ANGLE), -Math.sin(ANGLE), 0},
        {Math.sin(ANGLE), Math.cos(ANGLE), 0}, {0, 0, 1}};

    @TempDir
    private Path folder;

    private static PorousStructure box(double constant, int x, int y, Pore pore) {
        return new PorousStructure(new Lattice("Al", Lattice.Kind.FCC, constant), new Cells(x, y, 1), List.of(pore));
    }

    private static PorousStructure eight() {
        return box(4.05, 8, 8, new Polygon(List.of(new Polygon.Vertex(6, 6), new Polygon.Vertex(20, 9),
                new Polygon.Vertex(11, 22))));
    }

    private Path model(String name, ModelFile model) {
        Path file = folder.resolve(name);
        model.write(file, ModelFile.Precision.SINGLE);
        return file;
    }

    private static NetworkTensors designs(Path model) {
        return new NetworkTensors(false, Optional.of(model));
    }

    private static String identity(Path model) {
        try (NetworkTensors source = designs(model)) {
            return source.identity();
        }
    }

    /** A file that is written again by another training is another network, and a copy of it is none. */
    @Test
    void isKnownByItsContentAndNotByItsName() {
        ModelFile first = TestModels.random("direct", 1);
        String one = identity(model("mine", first));
        assertThat(identity(model("copy", first.with(Map.of(ModelFile.LICENCE, "Apache-2.0"), Map.of()))))
                .isEqualTo(one);
        assertThat(identity(model("mine", TestModels.random("direct", 2)))).isNotEqualTo(one);
        float[] parameters = first.parameters().clone();
        parameters[parameters.length - 1] = Math.nextUp(parameters[parameters.length - 1]);
        assertThat(identity(model("mine", new ModelFile(first.definition(), first.head(), parameters,
                first.provenance(), first.metrics())))).isNotEqualTo(one);
        // What decides how sure it is, and in whose axes.
        Calibration calibration = new Calibration(0.5, List.of(), List.of(0.95), List.of(2.0),
                Collections.nCopies(ElasticConstants.COUNT, 1.0), 50, 0);
        for (Map<String, String> more : List.of(Map.of(ModelFile.FRAME, "input-axes"), Shows.DESIGNED.provenance(),
                Map.of("cut samples", "3"), Map.of("elements", "Al", "cells", "20 x 20", "lattice constants", "4.05"),
                new Calibrations(Map.of()).with(Shows.DESIGNED, false, calibration).provenance())) {
            assertThat(identity(model("mine", first.with(more, Map.of())))).as(more.toString()).isNotEqualTo(one);
        }
        try (NetworkTensors relaxed = new NetworkTensors(true, Optional.of(model("mine", first)), 1);
                HybridTensors hybrid = new HybridTensors(2, Optional.of(folder.resolve("mine")), 1);
                HybridTensors copy = new HybridTensors(2, Optional.of(folder.resolve("copy")), 1)) {
            assertThat(relaxed.identity()).isNotEqualTo(one);
            assertThat(hybrid.identity()).isEqualTo(copy.identity()).contains(one);
        }
    }

    @Test
    void hasNoAnswerForCellsThatAreNotSquare() {
        PorousStructure oblong = box(4.05, 8, 4, new Circle(12, 8, 4));
        List<PorousStructure> mixed = List.of(eight(), oblong, eight());
        for (boolean relax : new boolean[] {false, true}) {
            try (NetworkTensors source = new NetworkTensors(relax,
                    Optional.of(model("m", TestModels.random("direct", 1))), 1)) {
                List<TensorAnswer> answers = source.answersOf(mixed.stream().map(PorousStructure::atoms).toList());
                assertThat(answers).hasSameSizeAs(mixed);
                for (int k = 0; k < mixed.size(); k++) {
                    boolean square = !mixed.get(k).equals(oblong);
                    assertThat(answers.get(k).tensor().isPresent()).as("%d", k).isEqualTo(square);
                    assertThat(answers.get(k).reason().contains("networks know square cells alone")).isNotEqualTo(square);
                    if (square) {
                        assertThat(answers.get(k).required().tensor())
                                .isEqualTo(source.tensors(List.of(mixed.get(k).atoms())).get(0));
                    }
                }
                assertThatThrownBy(() -> source.tensors(List.of(oblong.atoms()))).isInstanceOf(NoTensorException.class)
                        .hasMessageContaining("32.40 x 16.20").hasMessageContaining("square cells alone");
                assertThatThrownBy(() -> source.tensorsOfPorous(mixed)).isInstanceOf(NoTensorException.class);
                assertThatThrownBy(() -> source.uncertain(mixed)).isInstanceOf(NoTensorException.class);
                assertThatThrownBy(() -> source.jacobian().orElseThrow().of(oblong.atoms()))
                        .isInstanceOf(NoTensorException.class);
                TensorAnswer[] all = answers(source, mixed);
                assertThat(all[1].reason()).contains("square cells alone");
                ElasticTensor alone = source.tensorsOfPorous(List.of(eight())).get(0);
                assertThat(all[0].required().tensor()).isEqualTo(all[2].required().tensor())
                        .isEqualTo(alone);
            }
        }
    }

    private static TensorAnswer[] answers(NetworkTensors source, List<PorousStructure> structures) {
        TensorAnswer[] all = new TensorAnswer[structures.size()];
        source.answer(structures, false, (index, answer) -> all[index] = answer);
        return all;
    }

    /** Bare atoms that statics and predict refuse; a network would answer for their picture. */
    @Test
    void refusesAtomsThatNoneCanBe() {
        Atoms atoms = eight().atoms();
        double[] nanometres = DoubleStream.of(atoms.positions()).map(x -> x / 10).toArray();
        try (NetworkTensors source = designs(model("m", TestModels.random("direct", 1)))) {
            assertThatThrownBy(() -> source.tensors(List.of(atoms.moved(atoms.cell().scaled(0.1, 0.1, 0.1),
                    nanometres)))).isInstanceOf(StructureException.class).hasMessageContaining("lengths are in Å");
        }
    }

    @Test
    void hasTheZerosOfCuts() {
        PorousStructure slit = box(4.05, 20, 20, new Rectangle(30, 40, 0, 81));
        try (NetworkTensors source = new NetworkTensors(false)) {
            for (ElasticTensor tensor : List.of(source.tensorsOfPorous(List.of(slit)).get(0),
                    source.tensors(List.of(slit.atoms())).get(0),
                    source.uncertain(List.of(slit)).get(0).tensor())) {
                double[] constants = ElasticConstants.of(tensor);
                for (String name : List.of("C11", "C12", "C13", "C55", "C66")) {
                    assertThat(constants[ElasticConstants.indexOf(name)]).as(name).isZero();
                }
                assertThat(constants[ElasticConstants.indexOf("C33")]).isGreaterThan(20);
            }
            ElasticTensor deviation = source.uncertain(List.of(slit)).get(0).deviation().orElseThrow();
            assertThat(deviation.get(0, 0)).isZero();
            assertThat(deviation.get(2, 2)).isPositive();
        }
    }

    /** As those of statics are: a network knows the axes of its picture alone. */
    @Test
    void tensorsAreInTheAxesOfTheAtoms() {
        Atoms atoms = eight().atoms();
        double[] positions = atoms.positions();
        for (int i = 0; i < positions.length; i += 3) {
            double x = positions[i];
            positions[i] = TURN[0][0] * x + TURN[0][1] * positions[i + 1];
            positions[i + 1] = TURN[1][0] * x + TURN[1][1] * positions[i + 1];
        }
        Cell turned = atoms.cell().transformed(TURN);
        for (String frame : List.of("input-axes", "lammps-cell")) {
            ModelFile random = TestModels.random("direct", 1).with(Map.of(ModelFile.FRAME, frame), Map.of());
            try (NetworkTensors source = designs(model(frame, random))) {
                ElasticTensor straight = source.tensors(List.of(atoms)).get(0);
                ElasticTensor said = source.tensors(List.of(atoms.moved(turned, positions))).get(0);
                assertThat(said.distance(straight.rotated(TURN))).as(frame).isLessThan(1e-2);
                assertThat(said.distance(straight)).as(frame).isGreaterThan(0.1);
            }
        }
    }

    /** Aluminium on a lattice that is too wide: what it relaxes to is drawn as what it was designed on. */
    @Test
    void drawsTheDisksOfTheLatticeThatAtomsWereDesignedOn() {
        PorousStructure wide = box(4.2, 8, 8, new Circle(16, 16, 5));
        Path file = model("m", TestModels.random(Presets.network("fine", 128, 5, new int[] {3, 4}, Padding.PERIODIC,
                new int[] {16}, ElasticConstants.COUNT), "direct", 3));
        try (NetworkTensors source = new NetworkTensors(true, Optional.of(file), 1);
                StaticsTensors statics = new StaticsTensors(1);
                ElasticSurrogate network = ElasticSurrogate.load(file, SurrogateOptions.defaults().withAverage(true))) {
            Atoms relaxed = statics.calculate(wide.atoms()).relaxed();
            StructureImage image = StructureImage.of(relaxed, wide.lattice(), network.resolution());
            assertThat(image).isNotEqualTo(StructureImage.of(relaxed, network.resolution()));
            double[] wanted = ElasticConstants.of(ImageFrame.inAxesOf(relaxed.cell(), network.frame(),
                    network.predict(image)));
            for (ElasticTensor tensor : List.of(source.tensorsOfPorous(List.of(wide)).get(0),
                    answers(source, List.of(wide))[0].required().tensor(),
                    source.tensors(List.of(wide.atoms())).get(0))) {
                assertThat(ElasticConstants.of(tensor)).containsExactly(wanted, within(1e-3));
            }
        }
    }

    private static List<String> codes(Prediction prediction) {
        return prediction.warnings().stream().map(Warning::code).toList();
    }

    @Test
    void tellsWhatTheNetworkDoesNotKnow() {
        try (NetworkTensors source = new NetworkTensors(false);
                NetworkTensors ofRelaxed = designs(model("m", TestModels.random("direct", 1)))) {
            PorousStructure known = box(4.05, 20, 20, new Circle(30, 30, 15));
            PorousStructure wider = box(4.09, 20, 20, new Circle(30, 30, 15));
            List<PorousStructure> three = List.of(known, wider, box(4.05, 10, 10, new Circle(15, 15, 7)));
            List<List<Optional<Prediction>>> both = List.of(source.assessPorous(three),
                    source.assess(three.stream().map(PorousStructure::atoms).toList()));
            for (List<Optional<Prediction>> said : both) {
                Prediction first = said.get(0).orElseThrow();
                assertThat(codes(first)).isEmpty();
                assertThat(first.known()).isTrue();
                // A design has exactly its cell, 1 % is another one.
                for (Optional<Prediction> other : said.subList(1, 3)) {
                    assertThat(codes(other.orElseThrow())).contains("cell-size").doesNotContain("lattice");
                    assertThat(other.orElseThrow().known()).isFalse();
                    assertThat(other.orElseThrow().uncertainty().orElseThrow().basis())
                            .isEqualTo(Uncertainty.Basis.OUTSIDE);
                }
            }
            assertThat(source.uncertain(three).get(2).deviation().orElseThrow().get(0, 0))
                    .isGreaterThan(5 * source.uncertain(three).get(0).deviation().orElseThrow().get(0, 0));
            assertThat(codes(ofRelaxed.assessPorous(List.of(known)).get(0).orElseThrow()))
                    .containsExactly("not-relaxed", "domain-unknown");
        }
    }

    /** Atoms' disks cover more than the atoms' share: an image is less porous than its design. */
    @Test
    void judgesADesignByItsOwnPorosity() {
        try (NetworkTensors source = new NetworkTensors(false)) {
            List<PorousStructure> between = new ArrayList<>();
            for (double radius = 10; radius < 35; radius += 0.25) {
                PorousStructure structure = box(4.05, 20, 20, new Circle(40, 40, radius));
                double seen = StructureImage.of(structure.atoms(), structure.lattice(), 256).porosity();
                if ((int) (seen / 10) < (int) (structure.porosity() / 10)) {
                    between.add(structure);
                }
            }
            assertThat(between).isNotEmpty();
            for (PorousStructure structure : between.subList(0, 1)) {
                TestErrors.AtPorosity expected = source.assessPorous(List.of(structure)).get(0).orElseThrow().expected()
                        .orElseThrow();
                assertThat(structure.porosity()).isBetween((double) expected.from(), (double) expected.to());
            }
        }
    }
}
