// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import io.github.nanohooke.surrogate.model.ModelFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Models in pieces of 15 MB at most, NAME.0, NAME.1 and so on, that {@code cat} puts together. */
final class ModelPieces {
    static final String ENDING = ".safetensors";
    private static final int PIECE = 15_000_000;

    private ModelPieces() {
    }

    /** Writes a model's pieces. */
    static void write(ModelFile model, Path file) throws IOException {
        Path whole = Files.createTempFile("nanohooke-model", ENDING);
        model.write(whole, ModelFile.Precision.SINGLE);
        byte[] bytes = Files.readAllBytes(whole);
        Files.delete(whole);
        for (int piece = 0; piece * PIECE < bytes.length; piece++) {
            Files.write(piece(file, piece), Arrays.copyOfRange(bytes, piece * PIECE,
                    Math.min((piece + 1) * PIECE, bytes.length)));
        }
    }

    /**
     * The model of that name, whole or in pieces; none where the name is empty.
     *
     * @throws io.github.nanohooke.nn.NetworkException when it is missing or damaged
     */
    static Optional<ModelFile> named(String name) throws IOException {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Path file = Path.of(name);
        if (Files.exists(file) || !Files.exists(piece(file, 0))) {
            return Optional.of(ModelFile.read(file));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int piece = 0; Files.exists(piece(file, piece)); piece++) {
            bytes.write(Files.readAllBytes(piece(file, piece)));
        }
        return Optional.of(ModelFile.read(name, bytes.toByteArray()));
    }

    private static Path piece(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
