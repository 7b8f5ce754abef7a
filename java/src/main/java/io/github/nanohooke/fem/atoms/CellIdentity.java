// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.atoms;

import io.github.nanohooke.statics.hyperelastic.CellSpace;
import io.github.nanohooke.statics.hyperelastic.ReferenceCell;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.statics.potential.PotentialFile;
import io.github.nanohooke.structure.Atoms;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** One name for all that decides what a cell of atoms answers. */
final class CellIdentity {
    private CellIdentity() {
    }

    static String of(Atoms given, ReferenceCell.Kind kind, CellSpace space, Potential potential) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String words = kind + " " + space + " " + potential.name() + " " + potential.pairStyle() + " "
                    + potential.pairCoeffs() + " " + potential.file().map(PotentialFile::sha256).orElse("") + " "
                    + given.elements() + " " + Arrays.toString(given.types());
            digest.update(words.getBytes(StandardCharsets.UTF_8));
            for (double[] row : given.cell().rows()) {
                digest.update(bytes(row));
            }
            digest.update(bytes(given.positions()));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] bytes(double[] numbers) {
        ByteBuffer buffer = ByteBuffer.allocate(Double.BYTES * numbers.length);
        buffer.asDoubleBuffer().put(numbers);
        return buffer.array();
    }
}
