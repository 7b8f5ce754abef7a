// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.StaticsTensors;
import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.SquareSymmetry;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.trust.Calibration;
import io.github.nanohooke.surrogate.trust.Uncertainty;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model in the library for relaxed structures: it is what its file says of it. */
class ShippedModelTest extends ShippedNetworkCases {
    ShippedModelTest() {
        super(Shows.RELAXED);
    }

    /**
     * Images of the training data show atoms, and are told so, but for the few in a thousand that test-data/model tells
     * of; those of cut structures have their zeros.
     */
    @Test
    void raisesHardlyAFalseAlarm() {
        int cut = 0;
        int alarms = 0;
        int oblique = 0;
        for (int i = 0; i < validation.size(); i += 20) {
            Prediction prediction = surrogate.assess(validation.image(i));
            boolean apart = validation.isCut(i);
            cut += apart ? 1 : 0;
            assertThat(prediction.outcome()).as("sample %d", i)
                    .isEqualTo(apart ? Prediction.Outcome.DISCONNECTED : Prediction.Outcome.PREDICTED);
            List<String> warnings = prediction.warnings().stream().map(Warning::code).toList();
            alarms += warnings.stream().anyMatch(code -> code.startsWith("image-")) ? 1 : 0;
            assertThat(warnings).as("sample %d", i).filteredOn(code -> !code.startsWith("image-"))
                    .isEqualTo(apart ? List.of("not-percolating") : List.of());
            assertThat(prediction.expected()).isPresent();
            // The network has learnt from cut solids: what a cut does not set to zero is what it says, but for zeros that
            // an oblique cut turns away from the axes.
            if (!List.of("x", "y").containsAll(prediction.disconnected())) {
                oblique++;
                continue;
            }
            double[] kept = ElasticConstants.of(prediction.tensor());
            for (int k = 0; k < kept.length; k++) {
                assertThat(kept[k]).isEqualTo(apart && kept[k] == 0 ? 0 : predicted[i][k]);
            }
        }
        assertThat(cut).isGreaterThan(oblique);
        assertThat(alarms).isLessThanOrEqualTo(validation.size() / 20 / 100);
    }

    @Test
    void averagesTurnExactlyWithTheImageCutOrNot() {
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

    @Test
    void tellsHowUncertainItIs() {
        int kept = 0;
        int asked = 0;
        int flagged = 0;
        for (int i = 0; i < validation.size(); i += 8) {
            Prediction prediction = surrogate.assess(validation.image(i));
            Uncertainty uncertainty = prediction.uncertainty().orElseThrow();
            if (uncertainty.basis() == Uncertainty.Basis.OUTSIDE) {
                flagged++;
                continue;
            }
            double[] truth = validation.constants(i);
            double[] said = ElasticConstants.of(prediction.tensor());
            double error = IntStream.range(0, truth.length).mapToDouble(k -> Math.abs(said[k] - truth[k])).max()
                    .orElseThrow();
            asked++;
            kept += error <= uncertainty.gpa() ? 1 : 0;
        }
        assertThat((double) kept / asked).isCloseTo(Calibration.LEVEL, within(0.05));
        // Of pictures of cells that relaxation sheared or folded up, a few in a thousand look like no atoms.
        assertThat(flagged).isLessThanOrEqualTo(asked / 50);
    }

    /** A photograph, noise, text and a drawing are none of atoms: of these the network says that it knows nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"photograph", "noise", "text", "drawing", "smaller cell"})
    void knowsNothingOfForeignImages(String kind) {
        Prediction prediction = surrogate.assess(foreign(kind));
        Uncertainty uncertainty = prediction.uncertainty().orElseThrow();
        assertThat(uncertainty.basis()).isEqualTo(Uncertainty.Basis.OUTSIDE);
        assertThat(uncertainty.gpa()).isGreaterThan(20);
        assertThat(prediction.warnings()).extracting(Warning::code)
                .containsAnyOf("image-not-atoms", "image-smooth", "image-scale", "image-inverted");
    }

    private static StructureImage foreign(String kind) {
        if (kind.equals("smaller cell")) {
            Atoms atoms = new PorousStructure(Lattice.aluminium(), new Cells(8, 8, 1),
                    List.of(new Circle(12, 12, 5), new Rectangle(20, 28, 18, 26))).atoms();
            return StructureImage.of(atoms, 256);
        }
        BufferedImage picture = new BufferedImage(256, 256, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D g = picture.createGraphics();
        Random random = new Random(1);
        for (int y = 0; y < 256; y++) {
            for (int x = 0; x < 256; x++) {
                int grey = switch (kind) {
                    case "noise" -> random.nextInt(4) == 0 ? 0 : 255;
                    // Light, shade and grain, as of a surface under a microscope.
                    case "photograph" -> 128 + (int) (90 * Math.sin(x / 23.0) * Math.cos(y / 17.0)
                            + 30 * random.nextGaussian());
                    default -> 255;
                };
                picture.getRaster().setSample(x, y, 0, Math.min(255, Math.max(0, grey)));
            }
        }
        g.setColor(Color.BLACK);
        if (kind.equals("text")) {
            g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 48));
            g.drawString("Elastic", 20, 100);
            g.drawString("moduli", 30, 180);
        } else if (kind.equals("drawing")) {
            g.fillOval(60, 60, 90, 90);
            g.fillRect(160, 150, 60, 50);
        }
        g.dispose();
        byte[] packed = new byte[StructureImage.packedBytes(256, 256)];
        for (int i = 0; i < 256 * 256; i++) {
            packed[i / 8] |= picture.getRaster().getSample(i % 256, i / 256, 0) >= 128 ? (byte) (1 << i % 8) : 0;
        }
        return StructureImage.fromPacked(256, 256, packed);
    }

    /** Constants that a cut sets to zero are exact; the others have a bound that rests on cut samples, too. */
    @Test
    void isSureOfTheZerosOfCuts() {
        Atoms slit = new PorousStructure(Lattice.aluminium(), new Cells(20, 20, 1),
                List.of(new Rectangle(30, 40, 0, 81))).atoms();
        Prediction prediction = surrogate.assess(StructureImage.of(slit, 256));
        assertThat(prediction.disconnected()).containsExactly("x");
        Uncertainty uncertainty = prediction.uncertainty().orElseThrow();
        assertThat(uncertainty.basis()).isEqualTo(Uncertainty.Basis.CALIBRATED);
        ElasticTensor truth;
        try (StaticsTensors statics = new StaticsTensors()) {
            truth = statics.tensors(List.of(slit)).get(0);
        }
        double[] said = ElasticConstants.of(prediction.tensor());
        double[] right = ElasticConstants.of(truth);
        for (String name : List.of("C11", "C12", "C13", "C55", "C66")) {
            int k = ElasticConstants.indexOf(name);
            assertThat(said[k]).as(name).isZero();
            assertThat(right[k]).as(name).isCloseTo(0, within(1e-9));
            assertThat(uncertainty.constants().get(k)).as(name).isZero();
        }
        int k = ElasticConstants.indexOf("C33");
        assertThat(uncertainty.constants().get(k)).isPositive();
        assertThat(said[k]).isCloseTo(right[k], within(2 * uncertainty.constants().get(k)));
    }

    /** An image that the training data do not have: nothing is removed. */
    @Test
    void knowsThePerfectCrystalRoughly() {
        Atoms crystal = new PorousStructure(Lattice.aluminium(), new Cells(20, 20, 1), List.of()).atoms();
        ElasticTensor tensor = surrogate.predict(StructureImage.of(crystal, surrogate.resolution()));
        assertThat(tensor.distance(ElasticTensor.cubic(113.8, 61.6, 31.6))).isLessThan(20);
    }
}
