// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.plot.FigureFile;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Options or paths that cannot be used as given. */
public final class BadUsageException extends NanohookeException {
    private static final long serialVersionUID = 1;

    public BadUsageException(String message) {
        super(message);
    }

    private BadUsageException(String message, Throwable cause) {
        super(message, cause);
    }

    /** @throws BadUsageException when a file's name does not say in which form to write a figure */
    public static void requireFigure(Path file) {
        checked(() -> {
            FigureFile.requireKnown(file);
            return file;
        });
    }

    /**
     * A value made of what the user gave. The class that takes it checks it, and its complaint is the user's; anywhere
     * else an {@link IllegalArgumentException} is a fault of this program.
     */
    public static <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new BadUsageException(e.getMessage(), e);
        }
    }
}
