// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.paper;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.file.StructureFile;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What statics found for one structure, as far as the figures need it.
 *
 * @param structure {@link #key}
 * @param method    of statics
 * @param outcome   its word
 * @param porosity  as designed [%]
 * @param constants thirteen, in the axes of the input [GPa]; empty where there is no tensor
 * @param cell      of the minimum, rows a, b, c [Å]
 * @param pixels    along an edge of the image
 * @param image     of the minimum, packed, base 64
 * @param seconds   of the calculation
 */
public record StaticsRow(long structure, String method, String outcome, double porosity, List<Double> constants,
        List<List<Double>> cell, int pixels, String image, double seconds) {

    static StaticsRow of(PorousStructure structure, StaticsResult result, int pixels) {
        StructureImage image = StructureImage.of(result.relaxed(), structure.lattice(), pixels);
        return new StaticsRow(key(structure), result.method(), result.outcome().name(), structure.porosity(),
                result.tensor() == null ? List.of()
                        : Arrays.stream(ElasticConstants.of(result.tensor())).boxed().toList(),
                Arrays.stream(result.relaxed().cell().rows())
                        .map(row -> Arrays.stream(row).boxed().toList()).toList(),
                pixels, Base64.getEncoder().encodeToString(image.packed()), result.seconds());
    }

    /** The same for equal structures: of the hash of what its file would hold. */
    static long key(PorousStructure structure) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(StructureFile.toJson(structure)
                    .getBytes(StandardCharsets.UTF_8))).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    boolean hasTensor() {
        return !constants.isEmpty();
    }

    ElasticTensor tensor() {
        return ElasticConstants.toTensor(constants.stream().mapToDouble(Double::doubleValue).toArray());
    }

    StructureImage relaxedImage() {
        return StructureImage.fromPacked(pixels, pixels, Base64.getDecoder().decode(image));
    }

    Cell relaxedCell() {
        return Cell.of(cell.stream().map(row -> row.stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new));
    }
}
