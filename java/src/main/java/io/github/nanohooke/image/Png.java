// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.FileWriteException;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** PNG files through ImageIO, without its temporary files, and with errors that name the file. */
public final class Png {
    /** Most pixels of a picture (8192 x 8192): a small file can announce far more than memory holds. */
    public static final long MAX_PIXELS = 1L << 26;

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private Png() {
    }

    /** {@link #write(RenderedImage, Path)} for classes that load in a Java without AWT, where no type is another. */
    static void write(BufferedImage picture, Path file) {
        write((RenderedImage) picture, file);
    }

    /**
     * Writes a picture.
     *
     * @throws FileWriteException when the file cannot be written
     */
    public static void write(RenderedImage picture, Path file) {
        AtomicFile.write(file, stream -> write(picture, stream));
    }

    /** As {@link #write(RenderedImage, Path)}, with a text under a keyword. */
    static void write(BufferedImage picture, String keyword, String text, Path file) {
        AtomicFile.write(file, stream -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            write(picture, bytes);
            stream.write(PngText.with(bytes.toByteArray(), keyword, text));
        });
    }

    private static void write(RenderedImage picture, OutputStream stream) throws IOException {
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(stream)) {
            if (!ImageIO.write(picture, "png", out)) {
                throw new IllegalStateException("this Java has no PNG writer for " + picture);
            }
        }
    }

    /** The text of a keyword; empty where the file has none. */
    static Optional<String> text(Path file, String keyword) {
        return PngText.of(bytes(file), keyword);
    }

    /**
     * Reads a picture.
     *
     * @throws ImageException when the file cannot be read, is empty, is not a PNG, is damaged, or has more than
     *     {@link #MAX_PIXELS} pixels
     */
    public static BufferedImage read(Path file) {
        byte[] bytes = bytes(file);
        if (bytes.length == 0) {
            throw new ImageException(file + " is empty");
        }
        if (bytes.length < SIGNATURE.length || !Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0,
                SIGNATURE.length)) {
            throw new ImageException(file + " is not a PNG file; convert the picture to PNG first");
        }
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > MAX_PIXELS) {
                throw new ImageException(file + " has " + reader.getWidth(0) + " x " + reader.getHeight(0)
                        + " pixels, more than " + MAX_PIXELS + "; scale it down first");
            }
            return reader.read(0);
        } catch (ImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // On damaged chunks ImageIO's reader throws what happens to go wrong inside it, not only IOException.
            throw new ImageException(file + " is a damaged PNG file: " + e.getMessage(), e);
        } finally {
            reader.dispose();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new ImageException("no such picture: " + file, e);
        } catch (IOException e) {
            throw new ImageException("cannot read the picture " + file + ": "
                    + (Files.isDirectory(file) ? "it is a folder" : e.getMessage()), e);
        }
    }
}
