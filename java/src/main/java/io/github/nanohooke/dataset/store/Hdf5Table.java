// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.tensor.ConstantBasis;
import io.github.nanohooke.tensor.TensorFrame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A merged file, or shards one after the other. */
record Hdf5Table(List<Path> files) implements DatasetTable {

    @Override
    public Map<String, Object> attributes() {
        return TableFile.attributes(files.get(0));
    }

    @Override
    public TensorFrame frame() {
        TensorFrame frame = TableFile.frame(files.get(0));
        for (Path file : files) {
            if (TableFile.frame(file) != frame) {
                throw new DatasetException(file + " holds tensors in the frame " + TableFile.frame(file).label() + ", "
                        + files.get(0) + " in " + frame.label() + ": the two must not be mixed");
            }
        }
        return frame;
    }

    @Override
    public ConstantBasis basis() {
        ConstantBasis basis = TableFile.basis(files.get(0));
        for (Path file : files) {
            if (!TableFile.basis(file).equals(basis)) {
                throw new DatasetException(file + " holds the constants " + TableFile.basis(file) + ", " + files.get(0)
                        + " holds " + basis + ": the two must not be mixed");
            }
        }
        return basis;
    }

    @Override
    public Object read(Column column) {
        List<Object> parts = new ArrayList<>();
        for (Path file : files) {
            parts.add(TableFile.read(file, List.of(column)).get(column));
        }
        return parts.size() == 1 ? parts.get(0) : Columns.concatenateArrays(parts);
    }

    @Override
    public String toString() {
        return files.size() == 1 ? files.get(0).toString() : files.size() + " shards";
    }
}
