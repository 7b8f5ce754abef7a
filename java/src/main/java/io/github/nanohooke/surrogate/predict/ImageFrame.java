// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.RestrictedFrame;
import io.github.nanohooke.structure.Rotations;
import io.github.nanohooke.tensor.ElasticTensor;
import io.github.nanohooke.tensor.TensorFrame;

/**
 * The axes in which a network tells the tensor of an image, and the way to those of the atoms that were drawn. An image
 * shows a cell along its own vectors, a to the right and b up, whatever way it lies.
 */
public final class ImageFrame {
    private ImageFrame() {
    }

    /**
     * A network's tensor in the axes of the atoms.
     *
     * @param predicted what the network said of the image
     * @param frame     of the tensors that it learnt from
     * @param drawn     the cell whose image it saw, in the axes that are asked for
     */
    public static ElasticTensor inAxesOf(Cell drawn, TensorFrame frame, ElasticTensor predicted) {
        RestrictedFrame restricted = RestrictedFrame.of(drawn);
        ElasticTensor inCellsFrame = frame == TensorFrame.LAMMPS_CELL ? predicted
                : predicted.rotated(turnOfASquare(restricted.box()));
        return inCellsFrame.rotated(Rotations.inverse(restricted.rotation()));
    }

    // What a network learns from are stretched squares whose crystal lies along x and y. Seen from the restricted frame
    // of the stretched cell the crystal is turned.
    private static double[][] turnOfASquare(Box box) {
        double edge = Math.sqrt(box.lx() * box.ly());
        return Rotations.ofDeformation(new double[][] {
            {box.lx() / edge, box.xy() / edge, 0}, {0, box.ly() / edge, 0}, {0, 0, 1}});
    }
}
