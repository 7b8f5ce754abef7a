// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.image.ImageException;
import io.github.nanohooke.image.StructureImage;
import java.nio.ByteBuffer;

/**
 * What a network takes for an image: the size that it has, or is brought to, some solid, and the form of packed ones.
 *
 * @param resolution  pixels along an edge
 * @param packedBytes bytes of one packed image
 * @param resample    whether images of another size are brought to this one
 */
record NetworkImages(int resolution, int packedBytes, boolean resample) {

    /** The image in the network's size, where {@link #requireUsable} found that to be possible. */
    StructureImage sized(StructureImage image) {
        return resample ? image.resampled(resolution) : image;
    }

    /** @throws ImageException when the network cannot answer for the image, one of so many */
    void requireUsable(int index, int count, StructureImage image) {
        try {
            StructureImage sized = resample ? image.resampled(resolution)
                    : image.requireResolution(resolution);
            if (sized.isEmpty()) {
                throw new ImageException("the image has no solid pixel: no network knows such a material, its "
                        + "constants are zero; are solid (white) and pore (black) the wrong way round?");
            }
        } catch (ImageException e) {
            throw count == 1 ? e : new ImageException(place(index, count) + ": " + e.getMessage(), e);
        }
    }

    /** An image from its place in a buffer, whose position stays. */
    StructureImage unpacked(ByteBuffer packed, int from) {
        byte[] bytes = new byte[packedBytes];
        packed.get(from, bytes);
        return StructureImage.fromPacked(resolution, resolution, bytes);
    }

    /** Which image, for messages. */
    static String place(int index, int count) {
        return count == 1 ? "the image" : "image " + index + " of " + count;
    }
}
