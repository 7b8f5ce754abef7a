// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.RestrictedFrame;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.SquareSymmetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructureImageTest {
    private static final double R = Lattice.aluminium().diskRadius();

    /** At 40 and 200 pixel centres fall on the points where four disks meet. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 40, 64, 100, 128, 200, 256, 500, 1024})
    void thePerfectCrystalIsWhite(int resolution) {
        Atoms crystal = TestCrystals.fcc(20, 20, 1);
        assertThat(StructureImage.of(crystal, resolution).porosity()).isZero();
        Atoms aside = TestCrystals.moved(crystal, 0.37, -1.91, 0.2);
        assertThat(StructureImage.of(aside, resolution).porosity()).isZero();
    }

    @Test
    void aSmallerRadiusLeavesHoles() {
        assertThat(StructureImage.of(TestCrystals.fcc(20, 20, 1), 1024, 1024, 0.99 * R).porosity()).isPositive();
    }

    /** Whatever cubic lattice: its disks cover the crystal and smaller ones do not, and bare atoms get the same. */
    @ParameterizedTest
    @EnumSource
    void theDisksOfEveryLatticeCoverItExactly(Lattice.Kind kind) {
        Lattice lattice = new Lattice("W", kind, 3.165);
        Atoms crystal = PorousStructure.perfect(lattice, new Cells(7, 7, 2)).atoms();
        for (int resolution : new int[] {64, 210, 256, 1120}) {
            assertThat(StructureImage.of(crystal, lattice, resolution).porosity()).isZero();
            assertThat(StructureImage.of(crystal, resolution)).isEqualTo(
                    StructureImage.of(crystal, lattice, resolution));
        }
        assertThat(StructureImage.of(crystal, 1120, 1120, 0.98 * lattice.diskRadius()).porosity()).isPositive();
    }

    /** To the last bit: images of datasets that are made, and models that learned from them, have this radius. */
    @Test
    void theRadiusOfAluminiumIsThatOfTheDatasets() {
        assertThat(R).isEqualTo(4.05 * Math.sqrt(2) / 4);
        assertThat(StructureImage.diskRadius(TestCrystals.withSquareHole(3, 9))).isEqualTo(R);
    }

    /**
     * m x m sites of the square lattice with spacing h = a0/2 are missing. The disks around reach over the middle line
     * to the missing sites by circular segments of area h² (π/8 - 1/4), one for each of the 4m sites at the edge.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 9})
    void theHoleHasItsAnalyticArea(int cells) {
        int m = 2 * cells;
        double sites = m * m - 4 * m * (Math.PI / 8 - 0.25);
        double expected = 100 * sites / 1600;
        Atoms atoms = TestCrystals.withSquareHole(5, cells);
        assertThat(StructureImage.of(atoms, 256).porosity()).isCloseTo(expected, within(0.05));
        assertThat(StructureImage.of(atoms, 2048).porosity()).isCloseTo(expected, within(0.005));
    }

    @Test
    void everyPixelAgreesWithTheDistanceToTheNearestAtomAlsoInATiltedCell() {
        Box box = new Box(11, 9, 4, 1.7, -0.9, 0.6);
        Atoms atoms = TestCrystals.scattered(box.cell(), 7, 5);
        int width = 61;
        int height = 43;
        StructureImage image = StructureImage.of(atoms, width, height, R);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double b = 1 - (row + 0.5) / height;
                double x = (column + 0.5) / width * box.lx() + b * box.xy();
                assertThat(image.solid(row, column))
                        .as("row %d column %d", row, column)
                        .isEqualTo(nearest(atoms, x, b * box.ly()) <= R);
            }
        }
        assertThat(image.porosity()).isBetween(10.0, 90.0);
    }

    /** Distance from a point to the nearest atom seen along c, by trying all periodic images around. */
    private static double nearest(Atoms atoms, double x, double y) {
        Box box = RestrictedFrame.of(atoms.cell()).box();
        double best = Double.MAX_VALUE;
        for (int i = 0; i < atoms.count(); i++) {
            double c = atoms.z(i) / box.lz();
            for (int m = -4; m <= 4; m++) {
                for (int n = -4; n <= 4; n++) {
                    double dx = atoms.x(i) - c * box.xz() + m * box.lx() + n * box.xy() - x;
                    double dy = atoms.y(i) - c * box.yz() + n * box.ly() - y;
                    best = Math.min(best, Math.hypot(dx, dy));
                }
            }
        }
        return best;
    }

    @Test
    void latticeVectorsLeaveTheImageUnchanged() {
        Box box = new Box(31, 29, 4, 0.8, 0.3, -0.2);
        Atoms atoms = TestCrystals.scattered(box.cell(), 60, 9);
        StructureImage image = StructureImage.of(atoms, 128, 128, R);
        assertThat(StructureImage.of(TestCrystals.moved(atoms, box.lx(), 0, 0), 128, 128, R)).isEqualTo(image);
        assertThat(StructureImage.of(TestCrystals.moved(atoms, box.xy(), box.ly(), 0), 128, 128, R)).isEqualTo(image);
        assertThat(StructureImage.of(TestCrystals.moved(atoms, box.xz(), box.yz(), box.lz()), 128, 128, R))
                .isEqualTo(image);
    }

    @Test
    void rowZeroIsAtTheTop() {
        Atoms one = Atoms.of("Al", Cell.orthogonal(20, 20, 4), new double[] {5, 16, 0});
        StructureImage image = StructureImage.of(one, 20, 20, R);
        assertThat(image.solid(4, 5)).isTrue();
        assertThat(image.solid(16, 5)).isFalse();
        assertThat(image.solid(4, 15)).isFalse();
    }

    @Test
    void movingTheAtomsByWholePixelsShiftsTheImage() {
        Box box = Box.orthogonal(81, 81, 4.05);
        Atoms atoms = TestCrystals.scattered(box.cell(), 300, 1);
        StructureImage image = StructureImage.of(atoms, 256, 256, R);
        for (int[] by : new int[][] {{1, 0}, {0, 1}, {-3, 77}, {200, -255}, {256, 512}}) {
            Atoms moved = TestCrystals.moved(atoms, by[1] * 81.0 / 256, -by[0] * 81.0 / 256, 0);
            assertThat(StructureImage.of(moved, 256, 256, R)).isEqualTo(image.shifted(by[0], by[1]));
        }
        assertThat(image.shifted(5, 9)).isNotEqualTo(image);
        assertThat(image.shifted(5, 9).shifted(-5, -9)).isEqualTo(image);
    }

    @ParameterizedTest
    @EnumSource
    void theImageOfTheTransformedAtomsIsTheTransformedImage(SquareSymmetry s) {
        Atoms atoms = TestCrystals.scattered(new Box(31, 23, 4, 2.5, 0.4, 0.1).cell(), 50, 3);
        StructureImage image = StructureImage.of(atoms, 90, 71, R);
        Atoms transformed = s.apply(atoms);
        StructureImage expected = s.swapsAxes() ? StructureImage.of(transformed, 71, 90, R)
                : StructureImage.of(transformed, 90, 71, R);
        assertThat(image.transformed(s)).isEqualTo(expected);
        assertThat(image.transformed(s).transformed(s.inverse())).isEqualTo(image);
        for (SquareSymmetry t : SquareSymmetry.values()) {
            assertThat(image.transformed(s).transformed(t)).isEqualTo(image.transformed(t.after(s)));
        }
    }

    @Test
    void packedThereAndBack() {
        StructureImage image = StructureImage.of(TestCrystals.scattered(Cell.orthogonal(20, 20, 4), 20, 2), 21, 17, R);
        byte[] packed = image.packed();
        assertThat(packed).hasSize(17 * 3);
        assertThat(StructureImage.fromPacked(21, 17, packed)).isEqualTo(image).hasSameHashCodeAs(image);
        for (int row = 0; row < 17; row++) {
            for (int column = 0; column < 21; column++) {
                assertThat((packed[3 * row + column / 8] >> column % 8 & 1) == 1)
                        .isEqualTo(image.solid(row, column));
            }
        }
        packed[0] ^= 1;
        assertThat(image.packed()).isNotEqualTo(packed);
        assertThatThrownBy(() -> StructureImage.fromPacked(21, 16, packed)).hasMessageContaining("48 bytes, got 51");
        packed[5] |= (byte) 0x80;
        assertThatThrownBy(() -> StructureImage.fromPacked(21, 17, packed)).hasMessageContaining("row 1");
    }

    @Test
    void resamplingKeepsTheMajority() {
        StructureImage fine = StructureImage.fromPacked(4, 4, new byte[] {
            0b0011, 0b1001, 0b0100, 0b1000});
        // Quarters: 3 of 4 solid, 1 of 4, none, 2 of 4.
        assertThat(fine.resampled(2).packed()).containsExactly(0b01, 0b10);
        assertThat(fine.resampled(8).resampled(4)).isEqualTo(fine);
        assertThat(fine.resampled(4)).isEqualTo(fine);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 200, 300, 513})
    void resamplingIsCloseToDrawingAtThatSize(int resolution) {
        Atoms atoms = TestCrystals.withSquareHole(3, 9);
        StructureImage direct = StructureImage.of(atoms, 256);
        StructureImage resampled = StructureImage.of(atoms, resolution).resampled(256);
        int different = 0;
        for (int row = 0; row < 256; row++) {
            for (int column = 0; column < 256; column++) {
                different += direct.solid(row, column) == resampled.solid(row, column) ? 0 : 1;
            }
        }
        // The hole's rim is about 4 * 9 * 13 pixels long and may be off by a good pixel at the coarsest.
        assertThat(different).isLessThan(700);
        assertThat(resampled.porosity()).isCloseTo(direct.porosity(), within(0.3));
    }

    @Test
    void badInputIsNamed() {
        Atoms atoms = TestCrystals.fcc(2, 2, 1);
        assertThatThrownBy(() -> StructureImage.of(atoms, 0)).hasMessageContaining("at least one pixel");
        assertThatThrownBy(() -> StructureImage.of(atoms, 100000)).hasMessageContaining("larger than");
        assertThatThrownBy(() -> StructureImage.of(atoms, 8, 8, -1)).hasMessageContaining("radius");
        assertThatThrownBy(() -> StructureImage.of(atoms, 8, 8, Double.NaN)).hasMessageContaining("radius");
        assertThatThrownBy(() -> StructureImage.of(atoms, 8).solid(8, 0)).hasMessageContaining("row 8");
        StructureImage wide = StructureImage.of(atoms, 16, 8, R);
        assertThatThrownBy(() -> wide.resampled(8)).isInstanceOf(ImageException.class)
                .hasMessageContaining("not square: 16 x 8");
        assertThatThrownBy(() -> wide.requireResolution(8)).hasMessageContaining("not square");
        StructureImage small = StructureImage.of(atoms, 16);
        assertThatThrownBy(() -> small.requireResolution(8)).hasMessageContaining("16 x 16").hasMessageContaining("8");
        assertThat(small.requireResolution(16)).isSameAs(small);
    }
}
