// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.TestPlans;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableDataset;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableWriterTest {
    private static final DatasetPlan PLAN = TestPlans.small(70, 70);
    private static final Columns TABLE = Columns.of(PLAN, TestPlans.samples(PLAN, 0, PLAN.count()));
    private static final Map<String, Object> ATTRIBUTES =
            Map.of("seed", 7L, "kind", "mixed", "cells", new int[] {8, 8, 1});

    @TempDir
    private Path folder;

    /**
     * Of one chunk, of several, of chunks that end with a part, of parts in many chunks and of chunks of many parts.
     */
    @ParameterizedTest
    @CsvSource({"1, 1", "64, 64", "70, 70", "70, 1", "70, 32", "1024, 512", "2100, 100", "2100, 1999"})
    void partsMakeTheBytesOfJhdfsOwnWriter(int rows, int rowsOfPart) throws IOException {
        Columns whole = Columns.concatenate(Collections.nCopies(rows / TABLE.size() + 1, TABLE)).stretch(0, rows);
        List<Columns> parts = new ArrayList<>();
        for (int from = 0; from < rows; from += rowsOfPart) {
            parts.add(whole.stretch(from, Math.min(rowsOfPart, rows - from)));
        }
        Path file = folder.resolve("parts.h5");
        TableWriter.write(file, parts, ATTRIBUTES);
        assertThat(TableFile.read(file).differences(whole)).isEmpty();
        assertThat(file).hasSameBinaryContentAs(ofJhdf(whole));
    }

    @Test
    void rowsOfAnotherShapeAreRefused() {
        Columns other = Columns.of(PLAN, TestPlans.samples(TestPlans.small(2, 2), 0, 2));
        TableWriter.Part narrower = column -> column.isImage() ? new byte[2][127] : other.array(column);
        assertThatThrownBy(() -> TableWriter.write(folder.resolve("shapes.h5"), List.of(TABLE, narrower), ATTRIBUTES))
                .isInstanceOf(DatasetException.class).hasMessageContaining("image_").hasMessageContaining("shape");
    }

    /** Each column as one array, as jhdf has it. */
    private Path ofJhdf(Columns table) {
        Path file = folder.resolve("jhdf.h5");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            hdf.removeAttribute("_jHDF");
            hdf.putAttribute("schema", TableFile.SCHEMA);
            ATTRIBUTES.forEach(hdf::putAttribute);
            for (Column column : Column.values()) {
                Object array = table.array(column);
                WritableDataset dataset = hdf.putDataset(column.label(), array, options(column, array));
                dataset.putAttribute("description", column.description());
                if (!column.units().isEmpty()) {
                    dataset.putAttribute("units", column.units());
                }
                if (column == Column.CONSTANTS) {
                    dataset.putAttribute("names", column.entryNames().toArray(String[]::new));
                }
                if (column.isImage()) {
                    dataset.putAttribute("pixel_order", Column.PIXEL_ORDER);
                }
            }
        }
        return file;
    }

    private static DatasetCreationOptions options(Column column, Object array) {
        List<Integer> chunk = new ArrayList<>(List.of(Math.min(column.isImage() ? 64 : 1024, Array.getLength(array))));
        for (Object row = Array.get(array, 0); row.getClass().isArray(); row = Array.get(row, 0)) {
            chunk.add(Array.getLength(row));
        }
        DatasetCreationOptions.Builder options = DatasetCreationOptions.builder()
                .chunkDimensions(chunk.stream().mapToInt(Integer::intValue).toArray());
        if (column.isImage()) {
            options.unsigned();
        } else if (!(array instanceof String[])) {
            options.shuffle();
        }
        return options.deflate(6).build();
    }
}
