// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.suite;

import java.util.List;
import java.util.stream.Stream;

/** The catalogue of {@link OperationCase}s. A new operation or a new corner is one more line here. */
public final class OperationCases {

    private static final List<String> LINES = List.of(
            // dense layers alone
            "1x3x4 dense5 batch=1",
            "2x3x5 dense7 relu dense4 relu dense3 batch=4",
            "1x8x8 dense33 relu dense17 batch=19",
            // one convolution: kernels of one pixel, even, odd, wider than the image; both paddings
            "1x8x8 conv1z2 dense3 batch=2",
            "1x8x8 conv2z2 dense3 batch=2",
            "1x8x8 conv2p2 dense3 batch=2",
            "1x9x7 conv3z2 relu dense3 batch=2",
            "1x9x7 conv3p2 relu dense3 batch=2",
            "1x12x20 conv5z3 relu pool dense4 batch=3",
            "1x12x20 conv5p3 relu pool dense4 batch=3",
            "1x16x16 conv20z3 relu pool dense4 batch=2",
            "1x16x16 conv20p3 relu pool dense4 batch=2",
            "1x32x32 conv20z2 relu pool dense4 batch=1",
            "1x32x32 conv20p2 relu pool dense4 batch=1",
            "1x6x6 conv13p2 dense3 batch=2",
            "1x6x6 conv13z2 dense3 batch=2",
            // a kernel that reaches further than the image is wide
            "1x4x4 conv12z2 dense3 batch=2",
            "2x5x3 conv9z2 relu dense3 batch=2",
            // a pool without a ReLU, a ReLU without a pool, neither
            "1x16x16 conv4p3 pool dense4 batch=2",
            "1x16x16 conv4p3 relu dense4 batch=2",
            "1x16x16 conv4p3 dense4 batch=2",
            // channels in, odd numbers of channels, odd batches
            "3x16x16 conv7z5 relu pool dense4 batch=3",
            "3x16x16 conv7p5 relu pool dense4 batch=5",
            "5x14x18 conv6p9 relu pool dense4 batch=1",
            "4x24x24 conv9z1 relu pool dense2 batch=2",
            // stacks: what flows between layers, and sizes without fast transforms
            "1x32x32 conv5z2 relu pool conv20z3 relu pool dense16 relu dense13 batch=2",
            "1x32x32 conv5p2 relu pool conv20p3 relu pool dense16 relu dense13 batch=2",
            "1x22x26 conv4p3 relu conv3z4 relu pool dense6 batch=2",
            "2x28x20 conv3p4 relu pool conv5p6 relu pool dense8 relu dense3 batch=4",
            // heads: of one entry, of a whole triangle, of one that ends inside a row
            "1x4x4 dense5 relu dense1 head=factor batch=3",
            "1x8x8 conv3p2 relu pool dense6 head=factor batch=4",
            "1x16x16 conv20z3 relu pool dense9 relu dense13 head=factor batch=2",
            // binary images, also with rows that end inside a byte
            "1x16x16 conv5p3 relu pool dense4 batch=3 images=bits",
            "1x24x20 conv20p2 relu pool dense4 batch=2 images=bits",
            "1x32x32 conv20z2 relu pool conv5z3 relu pool dense4 batch=2 images=bits",
            "1x7x13 conv3z2 relu dense4 batch=2 images=bits",
            "1x16x16 conv5p3 relu pool dense6 head=factor batch=3 images=bits",
            "1x8x8 dense5 relu dense3 batch=2 images=bits",
            "1x7x13 dense5 relu dense3 batch=3 images=bits",
            "1x4x4 dense5 relu dense3 loss=relative batch=3",
            "1x8x8 conv3p2 relu pool dense6 head=factor loss=relative batch=4",
            "1x16x16 conv5p3 relu pool dense40 loss=relative batch=5 images=bits");

    private OperationCases() {
    }

    /** All cases, or the one line of the system property {@code nanohooke.case}. */
    public static Stream<OperationCase> all() {
        String one = System.getProperty("nanohooke.case");
        return (one == null ? LINES.stream() : Stream.of(one)).map(OperationCase::parse);
    }
}
