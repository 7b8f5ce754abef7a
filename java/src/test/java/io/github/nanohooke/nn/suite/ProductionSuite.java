// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.suite;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.ParameterTable;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.source.StructureSources;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The sizes that networks have in use, each against the reference: images of structures of 256 x 256 pixels, whose
 * edges are few, 96 channels, batches that a backend takes in pieces. Seconds a case, so only for the fastest kernels.
 */
public abstract class ProductionSuite extends SuiteBase {

    static Stream<OperationCase> production() {
        return Stream.of(
                "1x256x256 conv20p4 relu pool dense13 batch=2 images=bits",
                "1x256x256 conv20z3 relu pool dense13 batch=1 images=bits",
                "1x32x32 conv7p96 relu pool conv5p96 relu pool dense13 batch=2",
                "1x32x32 conv20p6 relu pool dense13 batch=67 images=bits",
                "1x32x32 conv5p4 relu pool dense64 relu dense13 batch=150").map(OperationCase::parse);
    }

    /** Structures at the size of the case where it has bits; else its own continuous values. */
    private static ImageBatch images(OperationCase c) {
        int size = c.definition().input().width();
        if (!c.bits()) {
            return c.images();
        }
        int bytes = c.definition().input().packedBytes();
        byte[] all = new byte[c.batch() * bytes];
        for (int i = 0; i < c.batch(); i++) {
            var structure = StructureSources.of("mixed").draw(11, i, Lattice.aluminium(), new Cells(20, 20, 1))
                    .structure();
            System.arraycopy(StructureImage.of(structure.atoms(), structure.lattice(), size).packed(), 0, all,
                    i * bytes, bytes);
        }
        return ImageBatch.bits(c.batch(), all);
    }

    @ParameterizedTest
    @MethodSource("production")
    void resultsAndGradientsMatchTheReference(OperationCase c) {
        float[] d = c.results(1);
        ImageBatch images = images(c);
        float[][] results = new float[2][d.length];
        float[][] gradients = new float[2][];
        for (int k = 0; k < 2; k++) {
            try (NetworkSession session = openForTraining(k == 0 ? reference : backend(), c)) {
                session.forwardForTraining(images, results[k]);
                session.backward(d);
                gradients[k] = session.gradient();
            }
        }
        Comparison.close("results", results[0], results[1], c.tolerance(), repro(c));
        for (ParameterTable.Block block : c.definition().parameters().blocks()) {
            Comparison.close("gradient of " + block.name(), slice(gradients[0], block), slice(gradients[1], block),
                    c.tolerance(), repro(c));
        }
        float[] inference = new float[d.length];
        try (NetworkSession session = open(backend(), c, SessionOptions.inference(c.batch()))) {
            session.forward(images, inference);
        }
        Comparison.close("results of inference", results[0], inference, c.tolerance(), repro(c));
    }
}
