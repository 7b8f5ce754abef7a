// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import io.github.nanohooke.io.FileWriteException;
import java.nio.file.Path;
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
     * @throws FileWriteException       when it cannot be written
     */
    public static void write(Path file, int width, int height, Consumer<FigureCanvas> drawing) {
        requireKnown(file);
        if (endsWith(file, ".png")) {
            try (PngCanvas canvas = new PngCanvas(width, height)) {
                drawing.accept(canvas);
                canvas.write(file);
            }
        } else {
            SvgCanvas canvas = new SvgCanvas(width, height);
            drawing.accept(canvas);
            canvas.write(file);
        }
    }

    private static boolean endsWith(Path file, String suffix) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(suffix);
    }
}
