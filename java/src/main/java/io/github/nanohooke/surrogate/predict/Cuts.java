// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.image.Percolation;
import io.github.nanohooke.tensor.ElasticTensor;
import io.github.nanohooke.tensor.TractionFree;
import java.util.List;

/** Along which directions of a square cell a solid is cut, and what that does to its tensor. */
record Cuts(Percolation percolation) {

    /** {@code x}, {@code y}, both, or the one direction that lies across a strip that runs obliquely. */
    List<String> directions() {
        if (percolation.windings().isEmpty()) {
            return List.of("x", "y");
        }
        if (percolation.isWhole()) {
            return List.of();
        }
        int x = nx();
        int y = ny();
        return List.of(y == 0 ? "x" : x == 0 ? "y" : "[" + x + " " + y + " 0]");
    }

    /** @param rows dropped, where the network has learnt from cut solids */
    ElasticTensor applyTo(ElasticTensor tensor, TractionFree.Rows rows) {
        if (percolation.isWhole()) {
            return tensor;
        }
        return percolation.windings().isEmpty() ? TractionFree.rod(tensor, rows)
                : TractionFree.cutAlong(nx(), ny(), tensor, rows);
    }

    /** The normal of a strip with translation (p, q) is (q, -p), with the sign that makes its first number positive. */
    private int nx() {
        return Math.abs(percolation.windings().get(0).y());
    }

    private int ny() {
        Percolation.Winding along = percolation.windings().get(0);
        return along.y() == 0 ? 1 : -along.x() * Integer.signum(along.y());
    }
}
