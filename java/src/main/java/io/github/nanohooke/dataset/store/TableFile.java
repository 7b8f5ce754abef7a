// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.tensor.ConstantBasis;
import io.github.nanohooke.tensor.TensorFrame;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tables as HDF5: one dataset for each {@link Column} at the root, chunked and compressed, with {@code units} and
 * {@code description}; what holds for the whole table is in the root's attributes. Equal tables make equal bytes.
 */
final class TableFile {
    static final String SCHEMA = "nanohooke-dataset/3";
    /** Was of one kind, which the root's attribute of that name tells. */
    private static final String OF_ONE_KIND = "nanohooke-dataset/2";
    /** Had neither cells nor a frame. */
    static final String WITHOUT_CELLS = "nanohooke-dataset/1";
    private static final List<String> KNOWN = List.of(SCHEMA, OF_ONE_KIND, WITHOUT_CELLS);
    static final String SCHEMA_ATTRIBUTE = "schema";
    /** The label of a {@link TensorFrame}. */
    static final String FRAME = "frame";
    /** Of the constants: those of a {@link ConstantBasis}. */
    static final String NAMES = "names";

    private TableFile() {
    }

    /**
     * @param file       must not exist
     * @param attributes text, numbers or arrays of these; empty text is left out
     * @throws IOException when the file cannot be written
     */
    static void write(Path file, Columns table, Map<String, Object> attributes) throws IOException {
        TableWriter.write(file, List.of(table), attributes);
    }

    /**
     * Some columns of a table.
     *
     * @throws DatasetException when the file is missing, no table of this schema, or damaged
     */
    static Map<Column, Object> read(Path file, Iterable<Column> columns) {
        return with(file, hdf -> arrays(hdf, columns, 0, size(hdf)));
    }

    private static Map<Column, Object> arrays(HdfFile hdf, Iterable<Column> columns, int from, int count) {
        Map<Column, Object> arrays = new EnumMap<>(Column.class);
        for (Column column : columns) {
            arrays.put(column, array(hdf, column, from, count));
        }
        return arrays;
    }

    private static Object array(HdfFile hdf, Column column, int from, int count) {
        String schema = (String) hdf.getAttribute(SCHEMA_ATTRIBUTE).getData();
        if (!schema.equals(SCHEMA)) {
            Optional<Object> unrecorded = column.unrecorded(schema, (long[]) rows(hdf, Column.INDEX, from, count),
                    String.valueOf(hdf.getAttribute("kind").getData()));
            if (unrecorded.isPresent()) {
                return unrecorded.get();
            }
        }
        int entries = hdf.getDatasetByPath(column.label()).getDimensions()[0];
        if (entries != size(hdf)) {
            throw new IllegalStateException("the column '" + column.label() + "' has " + entries + " entries for "
                    + size(hdf) + " samples; another program must have written it");
        }
        Object array = column.isImage() ? images(hdf, column, from, count) : rows(hdf, column, from, count);
        if (!column.holds(array)) {
            throw new IllegalStateException("the column '" + column.label() + "' is " + array.getClass().getSimpleName()
                    + ", which it is not here; another program must have written it");
        }
        return array;
    }

    private static int size(HdfFile hdf) {
        return hdf.getDatasetByPath(Column.INDEX.label()).getDimensions()[0];
    }

    private static Object rows(HdfFile hdf, Column column, int from, int count) {
        Dataset dataset = hdf.getDatasetByPath(column.label());
        int[] size = dataset.getDimensions();
        if (from == 0 && count == size[0]) {
            return dataset.getData();
        }
        size[0] = count;
        long[] offset = new long[size.length];
        offset[0] = from;
        return dataset.getData(offset, size);
    }

    /**
     * The frame of a table's tensors.
     *
     * @throws DatasetException when this version does not know it; else as for {@link #attributes}
     */
    static TensorFrame frame(Path file) {
        Object label = with(file, hdf -> Optional.ofNullable(hdf.getAttribute(FRAME)).map(Attribute::getData))
                .orElse(null);
        try {
            return TensorFrame.ofLabel(label == null ? null : label.toString());
        } catch (IllegalArgumentException e) {
            throw new DatasetException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * What a table's constants are, by their names.
     *
     * @throws DatasetException when this version does not know them; else as for {@link #attributes}
     */
    static ConstantBasis basis(Path file) {
        return with(file, hdf -> {
            Attribute names = hdf.getDatasetByPath(Column.CONSTANTS.label()).getAttribute(NAMES);
            try {
                return ConstantBasis.ofNames(List.of((String[]) names.getData()));
            } catch (IllegalArgumentException e) {
                throw new DatasetException(file + ": " + e.getMessage(), e);
            }
        });
    }

    /** A whole table. */
    static Columns read(Path file) {
        return new Columns(read(file, List.of(Column.values())));
    }

    /** How many rows a table has. */
    static int size(Path file) {
        return with(file, TableFile::size);
    }

    /** Some rows of a table, which has them. */
    static Columns read(Path file, int from, int count) {
        return with(file, hdf -> new Columns(arrays(hdf, List.of(Column.values()), from, count)));
    }

    /** The root's attributes, by name. */
    static Map<String, Object> attributes(Path file) {
        return with(file, hdf -> {
            Map<String, Object> attributes = new LinkedHashMap<>();
            hdf.getAttributes().values().stream().sorted(Comparator.comparing(Attribute::getName))
                    .forEach(attribute -> attributes.put(attribute.getName(), attribute.getData()));
            return attributes;
        });
    }

    // jhdf gives unsigned bytes as int; chunk by chunk that needs no more than a little memory.
    private static byte[][] images(HdfFile hdf, Column column, int from, int count) {
        byte[][] images = new byte[count][];
        for (int at = 0; at < count; at += ColumnWriter.ROWS_PER_IMAGE_CHUNK) {
            int some = Math.min(ColumnWriter.ROWS_PER_IMAGE_CHUNK, count - at);
            int[][] part = (int[][]) rows(hdf, column, from + at, some);
            for (int row = 0; row < some; row++) {
                byte[] image = new byte[part[row].length];
                for (int i = 0; i < image.length; i++) {
                    image[i] = (byte) part[row][i];
                }
                images[at + row] = image;
            }
        }
        return images;
    }

    private interface Reader<T> {
        T read(HdfFile hdf);
    }

    private static <T> T with(Path file, Reader<T> reader) {
        if (!Files.isRegularFile(file)) {
            throw new DatasetException("there is no dataset file " + file);
        }
        try (HdfFile hdf = open(file)) {
            Attribute schema = hdf.getAttribute(SCHEMA_ATTRIBUTE);
            if (schema == null || !KNOWN.contains(String.valueOf(schema.getData()))) {
                throw new DatasetException(file + " is not a dataset of this version: its attribute 'schema' is "
                        + (schema == null ? "missing" : "'" + schema.getData() + "'") + ", expected one of "
                        + String.join(", ", KNOWN));
            }
            return reader.read(hdf);
        } catch (DatasetException e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // A damaged size asks for any amount of memory at once, a damaged address for a path without an end.
            throw new DatasetException(file + " cannot be read as HDF5: " + rootMessage(e)
                    + "; is it damaged? Compare its SHA-256 with the .sha256 file beside it", e);
        }
    }

    /**
     * From memory where the file can be mapped: jhdf then refuses what lies beyond the end at once. From a channel it
     * allocates as much as a damaged size says, and reads the rest of the file again and again until that is filled.
     */
    private static HdfFile open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.size() > Integer.MAX_VALUE ? new HdfFile(file)
                    : HdfFile.fromByteBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        }
    }

    static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
