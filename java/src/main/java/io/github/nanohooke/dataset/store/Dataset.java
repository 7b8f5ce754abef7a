// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.plan.Share;
import io.github.nanohooke.dataset.slim.SlimFile;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.file.StructureFile;
import io.github.nanohooke.tensor.ConstantBasis;
import io.github.nanohooke.tensor.ElasticTensor;
import io.github.nanohooke.tensor.TensorFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A finished dataset, for training and evaluation. Samples are counted from 0 in the order of their indices; kept,
 * rejected and failed ones alike. What is asked for is read on first use and then held in memory: 8 KB for each image
 * of 256 x 256 pixels. Not for several threads until everything that they need was asked for once.
 */
public final class Dataset {

    /** Which picture of a sample. */
    public enum Image {
        /** After relaxation: the network's input (paper, section 3). */
        RELAXED(Column.IMAGE_RELAXED),
        /** The structure as it was cut, before relaxation. */
        DESIGNED(Column.IMAGE_DESIGNED);

        private final Column column;

        Image(Column column) {
            this.column = column;
        }
    }

    private final DatasetTable table;
    private final Map<String, Object> attributes;
    private final Map<Column, Object> loaded = new EnumMap<>(Column.class);

    private Dataset(DatasetTable table) {
        this.table = table;
        this.attributes = table.attributes();
    }

    private Dataset(List<Path> files) {
        this(new Hdf5Table(files));
    }

    /**
     * A shard of a dataset that need not be complete: what is asked for is read from its file alone.
     *
     * @throws DatasetException when it is missing, of another schema or of another dataset
     */
    public static Dataset ofShard(DatasetFolder folder, int shard) {
        folder.requirePlan(shard);
        return new Dataset(List.of(folder.shard(shard)));
    }

    /**
     * Opens a merged file, a slim file ({@link io.github.nanohooke.dataset.slim.SlimFile}), or a dataset's folder: its
     * merged file where there is one, else its shards, all of which must be there.
     *
     * @throws DatasetException when it is missing, incomplete, damaged or of another schema, or a shard is of another
     *                          dataset
     */
    public static Dataset open(Path path) {
        if (!Files.isDirectory(path)) {
            return SlimFile.isOne(path) ? new Dataset(new SlimTable(path)) : new Dataset(List.of(path));
        }
        DatasetFolder folder = DatasetFolder.open(path);
        if (Files.exists(folder.merged())) {
            return new Dataset(List.of(folder.merged()));
        }
        try {
            List<Integer> missing = folder.missing(Share.whole());
            if (!missing.isEmpty()) {
                throw new DatasetException("the dataset in " + path + " is not complete: " + missing.size() + " of "
                        + folder.plan().shards() + " shards are missing or damaged; " + folder.resume());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        IntStream.range(0, folder.plan().shards()).forEach(folder::requirePlan);
        return new Dataset(IntStream.range(0, folder.plan().shards()).mapToObj(folder::shard).toList());
    }

    /** What holds for all samples: schema, kind, seed, potential and its SHA-256, tolerances, versions, units, ... */
    public Map<String, Object> attributes() {
        return attributes;
    }

    /**
     * The axes of its tensors.
     *
     * @throws DatasetException when its files differ in that, or this version does not know it
     */
    public TensorFrame frame() {
        return table.frame();
    }

    /**
     * What its constants are.
     *
     * @throws DatasetException when its files differ in that, or this version does not know it
     */
    public ConstantBasis basis() {
        return table.basis();
    }

    /**
     * Cell of the structure as it was cut, rows a, b, c [Å]; NaN where it was not recorded (files of the first
     * versions).
     */
    public double[][] cellBefore(int i) {
        return ((double[][][]) load(Column.CELL_BEFORE))[i];
    }

    /**
     * Cell of the minimum, rows a, b, c [Å], with as many cells along z as it has; NaN without a result or where it was
     * not recorded.
     */
    public double[][] cellAfter(int i) {
        return ((double[][][]) load(Column.CELL_AFTER))[i];
    }

    /** Number of samples, rejected and failed ones included. */
    public int size() {
        return ((long[]) load(Column.INDEX)).length;
    }

    /** The sample's number under the dataset's seed. */
    public long index(int i) {
        return ((long[]) load(Column.INDEX))[i];
    }

    /** The family of the sample's structure, see {@link io.github.nanohooke.structure.source.StructureSources}. */
    public String source(int i) {
        return ((String[]) load(Column.SOURCE))[i];
    }

    /** The sample's number in its family: with family and seed it determines the structure. */
    public long sourceIndex(int i) {
        return ((long[]) load(Column.SOURCE_INDEX))[i];
    }

    /** Whether the sample is one to train with. */
    public SampleStatus status(int i) {
        return SampleStatus.ofCode(((byte[]) load(Column.STATUS))[i]);
    }

    /** The calculator's own word, see {@link io.github.nanohooke.statics.Outcome}; empty without a result. */
    public String outcome(int i) {
        return ((String[]) load(Column.OUTCOME))[i];
    }

    /** Why a sample was rejected or failed; empty where it was kept. */
    public String reason(int i) {
        return ((String[]) load(Column.REASON))[i];
    }

    /** How the minimum was found, as far as the calculator said. */
    public String path(int i) {
        return ((String[]) load(Column.PATH))[i];
    }

    /** The part that the sample belongs to, whether it was kept or not. */
    public Part part(int i) {
        return Part.ofCode(((byte[]) load(Column.PART))[i]);
    }

    /** Kept samples of a part, in the dataset's shuffled order. */
    public int[] members(Part part) {
        long[] keys = (long[]) load(Column.SHUFFLE_KEY);
        return IntStream.range(0, size())
                .filter(i -> status(i) == SampleStatus.KEPT && part(i) == part)
                .boxed().sorted(Comparator.comparingLong(i -> keys[i]))
                .mapToInt(Integer::intValue).toArray();
    }

    /** Porosity by eq. (1) [%]. */
    public double porosity(int i) {
        return ((double[]) load(Column.POROSITY))[i];
    }

    /** Dispersion by eq. (2) [%]. */
    public double dispersion(int i) {
        return ((double[]) load(Column.DISPERSION))[i];
    }

    /** Energy of the minimum [eV]; NaN without result. */
    public double energy(int i) {
        return ((double[]) load(Column.ENERGY))[i];
    }

    /**
     * The constants [GPa] of {@link #basis()}, a copy; NaN where not measured.
     */
    public double[] constants(int i) {
        return ((double[][]) load(Column.CONSTANTS))[i].clone();
    }

    /**
     * The whole tensor.
     *
     * @throws DatasetException when none was measured
     */
    public ElasticTensor tensor(int i) {
        double[][] rows = ((double[][][]) load(Column.TENSOR))[i];
        if (Double.isNaN(rows[0][0])) {
            throw new DatasetException("sample " + index(i) + " has no tensor: " + reason(i));
        }
        return ElasticTensor.of(rows);
    }

    /** The structure as designed. */
    public PorousStructure structure(int i) {
        return StructureFile.parse(((String[]) load(Column.PORES))[i], "sample " + index(i));
    }

    /**
     * Pixels along an edge of the images.
     *
     * @throws DatasetException when its files do not tell
     */
    public int imageSize() {
        if (!(attributes.get("image_size") instanceof Number size)) {
            throw new DatasetException("the attribute 'image_size' of " + table + " is missing or no number");
        }
        return size.intValue();
    }

    /** Bytes of one packed image. */
    public int imageBytes() {
        return StructureImage.packedBytes(imageSize(), imageSize());
    }

    /**
     * One bit per pixel, 1 for solid, rows from the top: pixel (row, column) is bit column % 8, least significant
     * first, of byte row * ((size + 7) / 8) + column / 8. A copy.
     */
    public byte[] packedImage(int i, Image which) {
        return images(which)[i].clone();
    }

    /** {@link #packedImage} into a larger array, for batches. */
    public void copyImage(int i, Image which, byte[] target, int offset) {
        byte[] image = images(which)[i];
        System.arraycopy(image, 0, target, offset, image.length);
    }

    private byte[][] images(Image which) {
        return (byte[][]) load(which.column);
    }

    /** A whole column, not to be changed. */
    Object load(Column column) {
        return loaded.computeIfAbsent(column, table::read);
    }

    /** A whole column, not to be changed, for one use: it is not held in memory. */
    Object read(Column column) {
        Object array = loaded.get(column);
        return array == null ? table.read(column) : array;
    }

    @Override
    public String toString() {
        return size() + " samples in " + table;
    }
}
