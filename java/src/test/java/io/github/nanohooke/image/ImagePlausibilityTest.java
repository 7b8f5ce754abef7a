// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.nanohooke.image.ImagePlausibility.Finding;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.ReferenceStructures;
import io.github.nanohooke.structure.SquareSymmetry;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagePlausibilityTest {
    private static final int N = StructureImage.DEFAULT_RESOLUTION;

    private static Optional<Finding> judge(StructureImage image) {
        return ImagePlausibility.of(image, ImagePlausibility.CALIBRATED);
    }

    private static StructureImage atoms(int cells, Pore... pores) {
        return StructureImage.of(new PorousStructure(Lattice.aluminium(), new Cells(cells, cells, 1), List.of(pores))
                .atoms(), N);
    }

    private static StructureImage porous() {
        return atoms(20, new Circle(20, 22, 12), new Rectangle(40, 60, 45, 70), new Circle(70, 10, 7));
    }

    private interface Pixel {
        boolean isSolid(int row, int column);
    }

    private static StructureImage drawn(Pixel pixel) {
        StructureImage image = new StructureImage(N, N);
        for (int row = 0; row < N; row++) {
            for (int column = 0; column < N; column++) {
                if (pixel.isSolid(row, column)) {
                    image.setSolid(row, column, 1);
                }
            }
        }
        return image;
    }

    @ParameterizedTest
    @EnumSource
    void randomStructuresAreImagesOfAtoms(RandomStructures.Kind kind) {
        for (int i = 0; i < 12; i++) {
            StructureImage image = StructureImage.of(RandomStructures.sample(kind, 11, i).atoms(), N);
            SquareSymmetry symmetry = SquareSymmetry.values()[i % 8];
            assertThat(judge(image.shifted(3 * i, 7 * i).transformed(symmetry))).as("%s %d", kind, i).isEmpty();
        }
    }

    @Test
    void fewPoresAreImagesOfAtoms() {
        assertThat(judge(atoms(20))).as("perfect").isEmpty();
        assertThat(judge(atoms(20, new Circle(20.25, 20.25, 1)))).as("a vacancy").isEmpty();
        assertThat(judge(atoms(20, new Rectangle(0, 81, 10, 30), new Rectangle(10, 30, 0, 81)))).as("a rod").isEmpty();
    }

    /** The sixteen pores of one cell of the paper's Fig. 4, and two of them alone: hollow edges with few bumps. */
    @Test
    void smallPoresAreImagesOfAtoms() {
        PorousStructure sixteen = ReferenceStructures.fig4(1).get(2).structure();
        assertThat(sixteen.pores()).hasSize(16);
        assertThat(judge(StructureImage.of(sixteen.atoms(), N))).isEmpty();
        assertThat(judge(atoms(20, sixteen.pores().get(0), sixteen.pores().get(5)))).isEmpty();
    }

    /** Vacancies far apart: cusps without an edge. */
    @Test
    void poresOfOneAtomInALatticeAreImagesOfAtoms() {
        Pore[] pores = new Pore[16];
        for (int k = 0; k < pores.length; k++) {
            pores[k] = new Circle(10.125 + k % 4 * 20.25, 10.125 + k / 4 * 20.25, 1.5);
        }
        assertThat(judge(atoms(20, pores))).isEmpty();
    }

    @Test
    void specksInAPoreAndThinLinesAreNot() {
        StructureImage image = porous();
        assertThat(image.solid(256 - 70, 63)).as("in a pore").isFalse();
        assertThat(judge(drawn((row, column) -> image.solid(row, column)
                || Math.abs(row - 186) < 3 && Math.abs(column - 63) < 3))).contains(Finding.NO_ATOMS);
        assertThat(judge(drawn((row, column) -> row % 40 > 2))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 0.8})
    void noiseIsNot(double share) {
        Random random = new Random(3);
        assertThat(judge(drawn((row, column) -> random.nextDouble() < share))).contains(Finding.NO_ATOMS);
    }

    @Test
    void aThousandthOfNoiseIsNot() {
        StructureImage image = porous();
        Random random = new Random(3);
        assertThat(judge(drawn((row, column) -> image.solid(row, column) != random.nextDouble() < 1e-3)))
                .contains(Finding.NO_ATOMS);
    }

    @Test
    void blackAndWhiteExchangedIsNamed() {
        StructureImage image = porous();
        assertThat(judge(drawn((row, column) -> !image.solid(row, column)))).contains(Finding.INVERTED);
    }

    @Test
    void linesAreNot() {
        assertThat(judge(drawn((row, column) -> row % 32 > 4 || column % 40 < 30))).as("wide bars").isPresent();
        assertThat(judge(drawn((row, column) -> row % 16 < 5))).as("text lines").contains(Finding.NO_ATOMS);
    }

    @Test
    void drawingsOfPoresAreNamed() {
        assertThat(judge(drawn((row, column) -> Math.hypot(row - 100, column - 90) > 40))).contains(Finding.SMOOTH);
        assertThat(judge(drawn((row, column) -> row < 80 || row > 160 || column < 70 || column > 150)))
                .contains(Finding.SMOOTH);
    }

    @Test
    void atomsOfAnotherScaleAreNamed() {
        assertThat(judge(atoms(10, new Circle(12, 12, 6), new Rectangle(25, 33, 22, 36)))).contains(Finding.TOO_LARGE);
        assertThat(judge(atoms(8, new Rectangle(5, 20, 6, 18)))).contains(Finding.TOO_LARGE);
        assertThat(judge(atoms(40, new Circle(60, 60, 30), new Circle(110, 30, 18)))).contains(Finding.NO_ATOMS);
    }

    @Test
    void otherDisksAreNotJudged() {
        assertThat(ImagePlausibility.isCalibrated(9.05)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> ImagePlausibility.of(porous(), 9.05));
    }
}
