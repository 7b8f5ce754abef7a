// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import io.github.nanohooke.tensor.TensorFrame;
import org.junit.jupiter.api.Test;

class ImageFrameTest {
    private static final ElasticTensor TENSOR = ElasticConstants.toTensor(
            new double[] {90, 80, 100, 40, 45, 42, 25, 27, 22, 3, -2, 1, 0.5});
    private static final Cell SQUARE = Cell.orthogonal(81, 81, 4.05);

    @Test
    void ofADesignTheAxesAreThoseOfTheCell() {
        for (TensorFrame frame : TensorFrame.values()) {
            assertThat(ImageFrame.inAxesOf(SQUARE, frame, TENSOR).distance(TENSOR)).isLessThan(1e-12);
        }
    }

    /** A relaxed cell is a symmetric stretch of the square: nothing is turned, be it sheared or not. */
    @Test
    void ofAPureStretchTheAxesAreThoseOfTheInput() {
        Cell stretched = SQUARE.transformed(new double[][] {{0.99, 0.02, 0}, {0.02, 0.97, 0}, {0, 0, 0.995}});
        assertThat(ImageFrame.inAxesOf(stretched, TensorFrame.INPUT_AXES, TENSOR).distance(TENSOR)).isLessThan(1e-10);
        // The old frame had a of that cell along x: turned by atan(0.02 / 0.99).
        double angle = Math.atan2(0.02, 0.99);
        double[][] turn = {{Math.cos(angle), -Math.sin(angle), 0}, {Math.sin(angle), Math.cos(angle), 0}, {0, 0, 1}};
        ElasticTensor old = ImageFrame.inAxesOf(stretched, TensorFrame.LAMMPS_CELL, TENSOR);
        assertThat(old.distance(TENSOR.rotated(turn))).isLessThan(1e-10);
        assertThat(old.distance(TENSOR)).isGreaterThan(0.1);
    }

    @Test
    void aTurnedCellHasATurnedTensor() {
        double c = Math.cos(0.7);
        double s = Math.sin(0.7);
        double[][] turn = {{c, -s, 0}, {s, c, 0}, {0, 0, 1}};
        Cell stretched = SQUARE.transformed(new double[][] {{0.99, 0.02, 0}, {0.02, 0.97, 0}, {0, 0, 0.995}});
        assertThat(ImageFrame.inAxesOf(stretched.transformed(turn), TensorFrame.INPUT_AXES, TENSOR)
                .distance(TENSOR.rotated(turn))).isLessThan(1e-10);
    }

    /** The same image, told of another cell that is the first one's mirror: the material is the mirrored one. */
    @Test
    void aCellWithBToTheRightAndAUpIsTheOtherWayRound() {
        Cell swapped = Cell.of(new double[][] {{0, 81, 0}, {81, 0, 0}, {0, 0, 4.05}});
        double[][] diagonal = {{0, 1, 0}, {1, 0, 0}, {0, 0, 1}};
        assertThat(ImageFrame.inAxesOf(swapped, TensorFrame.INPUT_AXES, TENSOR).distance(TENSOR.rotated(diagonal)))
                .isLessThan(1e-10);
        assertThat(new Box(81, 81, 4.05, 0, 0, 0).cell()).isEqualTo(SQUARE);
    }
}
