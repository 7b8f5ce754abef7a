// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.function.Consumer;

/** Draws a figure into a file, which appears whole or not at all. */
public final class FigureFile {
    private FigureFile() {
    }

    /**
     * Whether a file's name says in which form to write a figure.
     *
     * @throws IllegalArgumentException when it does not
     */
    public static void requireKnown(Path file) {
        if (!endsWith(file, ".png") && !endsWith(file, ".svg")) {
            throw new IllegalArgumentException("figures are written as .png or .svg, not as " + file.getFileName());
        }
    }

    /**
     * Draws and writes.
     *
     * @param file   ends in .png (two pixels of the file for one of the figure) or .svg
     * @param width  of the figure [pixels]
     * @param height of the figure [pixels]
     * @throws IllegalArgumentException when the file's name ends otherwise
     * @throws IOException              when it cannot be written
     */
    public static void write(Path file, int width, int height, Consumer<FigureCanvas> drawing) throws IOException {
        requireKnown(file);
        Path aside = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            if (endsWith(file, ".png")) {
                try (PngCanvas canvas = new PngCanvas(width, height)) {
                    drawing.accept(canvas);
                    canvas.write(aside);
                }
            } else {
                SvgCanvas canvas = new SvgCanvas(width, height);
                drawing.accept(canvas);
                canvas.write(aside);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static boolean endsWith(Path file, String suffix) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(suffix);
    }
}
