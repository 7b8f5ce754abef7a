// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.slim.SlimFile;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.tensor.TensorFrame;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A {@link SlimFile} as a dataset, all of whose samples are kept. */
final class SlimTable implements DatasetTable {
    private final Path path;
    private final SlimFile file;
    private byte[][][] images;

    SlimTable(Path path) {
        this.path = path;
        this.file = SlimFile.read(path);
    }

    @Override
    public Map<String, Object> attributes() {
        return file.attributes();
    }

    @Override
    public TensorFrame frame() {
        try {
            return TensorFrame.ofLabel((String) attributes().get(TableFile.FRAME));
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new DatasetException(path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Object read(Column column) {
        int n = file.size();
        long seed = (Long) attributes().get("seed");
        return switch (column) {
            case INDEX -> IntStream.range(0, n).mapToLong(file::index).toArray();
            case SOURCE -> all(new String[n], file::source);
            case SOURCE_INDEX -> IntStream.range(0, n).mapToLong(file::sourceIndex).toArray();
            case SHUFFLE_KEY -> IntStream.range(0, n).mapToLong(i -> Part.shuffleKey(seed, file.sourceIndex(i)))
                    .toArray();
            case STATUS -> new byte[n]; // every sample is kept
            case REASON, PATH -> all(new String[n], i -> "");
            case OUTCOME -> all(new String[n], i -> (file.cut(i) ? Outcome.DISCONNECTED : Outcome.STABLE).name());
            case PART -> parts(n);
            case POROSITY -> IntStream.range(0, n).mapToDouble(file::porosity).toArray();
            case CONSTANTS -> all(new double[n][], file::constants);
            case CELL_BEFORE -> all(new double[n][][], file::cellBefore);
            case CELL_AFTER -> all(new double[n][][], file::cellAfter);
            case IMAGE_DESIGNED -> images()[0];
            case IMAGE_RELAXED -> images()[1];
            default -> throw new DatasetException(path + " is a slim dataset and does not hold " + column.label()
                    + ": " + column.description() + "; use the shards or the merged file");
        };
    }

    private byte[] parts(int n) {
        byte[] parts = new byte[n];
        for (int i = 0; i < n; i++) {
            parts[i] = file.part(i);
        }
        return parts;
    }

    private static <T> T[] all(T[] column, IntFunction<T> value) {
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(i);
        }
        return column;
    }

    private byte[][][] images() {
        if (images == null) {
            images = file.images();
        }
        return images;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
