// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.io.Npz;
import io.github.nanohooke.tensor.ElasticConstants;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Datasets for other programs: everything as NPZ, numbers without images and pores as CSV. */
public final class DatasetExport {
    private static final List<Column> CSV_COLUMNS = List.of(Column.INDEX, Column.SOURCE,
            Column.SOURCE_INDEX, Column.STATUS, Column.PART,
            Column.TARGET_POROSITY, Column.POROSITY, Column.DISPERSION, Column.ATOMS, Column.SURFACE_ATOMS,
            Column.CONSTANTS, Column.CELL_BEFORE, Column.CELL_AFTER, Column.OUTCOME, Column.PATH,
            Column.SYMMETRY_RESIDUAL, Column.RESIDUAL_STRESS,
            Column.MAX_FORCE, Column.ENERGY, Column.EVALUATIONS, Column.SMALLEST_PIVOT, Column.CERTIFICATE,
            Column.CERTIFICATE_PIVOT, Column.ISLANDS, Column.ISLAND_ATOMS, Column.OTHER_MINIMUM, Column.RELAXED_CELLS,
            Column.REASON);

    /** What a dataset's folder holds; other files that lie there may be written over. */
    private static final Set<String> OWN = Set.of("shards", "journals", "manifest.json", "dataset.h5",
            "dataset.h5.sha256", "timings.csv");

    private DatasetExport() {
    }

    /**
     * Requires that a file to be written is none that the dataset consists of: what is in it took hours.
     *
     * @param dataset a dataset's folder, its merged or a slim file
     * @throws DatasetException when it is
     * @throws IOException      when the places cannot be looked at
     */
    public static void requireElsewhere(Path target, Path dataset) throws IOException {
        if (!Files.exists(target) || !Files.exists(dataset)) {
            return;
        }
        Path file = target.toRealPath();
        Path whole = dataset.toRealPath();
        if (file.equals(whole)
                || file.startsWith(whole) && OWN.contains(whole.relativize(file).getName(0).toString())) {
            throw new DatasetException(target + " is of the dataset that is to be exported; give another name or"
                    + " folder");
        }
    }

    /**
     * Every column under its name, images bit-packed as unsigned bytes, text as UTF-8 bytes.
     *
     * @throws FileWriteException when it cannot be written
     */
    public static void npz(Dataset dataset, Path file) {
        AtomicFile.write(file, out -> {
            Npz npz = new Npz(out);
            for (Column column : Column.values()) {
                npz.add(column.label(), dataset.read(column), column.isImage());
            }
            npz.add("frame", new String[] {dataset.frame().label()}, false);
            npz.add("constant_names", ElasticConstants.names().toArray(String[]::new), false);
            npz.finish();
        });
    }

    /**
     * One line for each sample, a header with units in square brackets. Numbers in full precision; NaN where unknown;
     * text in double quotes.
     *
     * @throws FileWriteException when it cannot be written
     */
    public static void csv(Dataset dataset, Path file) {
        AtomicFile.writeText(file, out -> {
            out.write(Csv.line(CSV_COLUMNS.stream().map(DatasetExport::headings).toList()));
            for (int i = 0; i < dataset.size(); i++) {
                out.write(line(dataset, i));
            }
        });
    }

    private static List<String> headings(Column column) {
        if (column == Column.CONSTANTS) {
            return ElasticConstants.names().stream().map(name -> name + " [GPa]").toList();
        }
        if (column.isCell()) {
            return Stream.of("ax", "ay", "az", "bx", "by", "bz", "cx", "cy", "cz")
                    .map(entry -> column.label() + " " + entry + " [" + column.units() + "]").toList();
        }
        boolean plain = column.units().isEmpty() || column.units().equals("1");
        return List.of(column.label() + (plain ? "" : " [" + column.units() + "]"));
    }

    private static String line(Dataset dataset, int i) {
        return Csv.line(CSV_COLUMNS.stream().map(column -> {
            Object value = Array.get(dataset.load(column), i);
            return value instanceof String text ? Csv.quoted(text) : value;
        }).toList());
    }
}
