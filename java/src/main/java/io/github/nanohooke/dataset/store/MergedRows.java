// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import java.nio.file.Path;

/**
 * The rows of a table's file, one after the other, to be compared with others; some of them are in memory at a time.
 */
final class MergedRows {
    /** Whole chunks of images, which are most of a table, so that none is unpacked twice. */
    private static final int WINDOW = 4 * ColumnWriter.ROWS_PER_IMAGE_CHUNK;

    private final Path file;
    private final int size;
    private Columns window;
    private int windowStart;
    private int at;

    /** @throws io.github.nanohooke.dataset.DatasetException when it is no table */
    MergedRows(Path file) {
        this.file = file;
        this.size = TableFile.size(file);
    }

    /** Whether the next rows are these, bit for bit. */
    boolean goesOnWith(Columns table) {
        boolean same = true;
        for (int from = 0; from < table.size(); ) {
            if (isAtEnd()) {
                return false;
            }
            if (window == null || at == windowStart + window.size()) {
                windowStart = at;
                window = null; // two need not be held
                window = TableFile.read(file, at, Math.min(WINDOW, size - at));
            }
            int some = Math.min(table.size() - from, windowStart + window.size() - at);
            same &= window.stretch(at - windowStart, some).sameAs(table.stretch(from, some));
            from += some;
            at += some;
        }
        return same;
    }

    boolean isAtEnd() {
        return at == size;
    }
}
