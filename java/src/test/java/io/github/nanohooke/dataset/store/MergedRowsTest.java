// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.dataset.TestPlans;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a table of several windows, in parts of 100 rows that lie across their borders. */
class MergedRowsTest {
    private static final int ROWS = 2100;
    private static final DatasetPlan PLAN = TestPlans.small(70, 70);

    @TempDir
    private static Path folder;
    private static Columns table;
    private static Path file;

    @BeforeAll
    static void write() throws IOException {
        Columns some = Columns.of(PLAN, TestPlans.samples(PLAN, 0, PLAN.count()));
        table = Columns.concatenate(Collections.nCopies(ROWS / some.size(), some));
        file = folder.resolve("merged.h5");
        TableFile.write(file, table, Map.of("kind", "mixed"));
    }

    @Test
    void theSameRowsGoOnToTheEnd() {
        MergedRows rows = new MergedRows(file);
        for (int from = 0; from < ROWS; from += 100) {
            assertThat(rows.isAtEnd()).isFalse();
            assertThat(rows.goesOnWith(table.stretch(from, 100))).isTrue();
        }
        assertThat(rows.isAtEnd()).isTrue();
        assertThat(rows.goesOnWith(table.stretch(0, 1))).as("beyond the end").isFalse();
    }

    @Test
    void oneOtherBitIsSeenInEveryWindow() {
        for (int row : new int[] {0, 255, 256, 2099}) {
            MergedRows rows = new MergedRows(file);
            for (int from = 0; from < ROWS; from += 100) {
                boolean changed = row >= from && row < from + 100;
                Columns part = table.stretch(from, 100);
                assertThat(rows.goesOnWith(changed ? withOtherImage(part, row - from) : part)).isEqualTo(!changed);
            }
        }
    }

    private static Columns withOtherImage(Columns table, int row) {
        Map<Column, Object> arrays = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            arrays.put(column, table.array(column));
        }
        byte[][] images = ((byte[][]) table.array(Column.IMAGE_RELAXED)).clone();
        images[row] = images[row].clone();
        images[row][127] ^= (byte) 0x80;
        arrays.put(Column.IMAGE_RELAXED, images);
        return new Columns(arrays);
    }
}
