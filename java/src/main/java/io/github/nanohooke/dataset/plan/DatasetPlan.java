// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.plan;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.random.Mixing;
import io.github.nanohooke.statics.StaticsOptions.Strains;
import io.github.nanohooke.statics.StaticsOptions.Tables;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.RandomStructures.Kind;
import io.github.nanohooke.structure.StructureException;
import io.github.nanohooke.structure.source.StructureSource;
import io.github.nanohooke.tensor.TensorFrame;
import java.util.HashSet;
import java.util.Set;

/**
 * Everything that the content of a dataset depends on. Two runs with equal plans make equal datasets, however many
 * machines and interruptions they had.
 *
 * @param mix       which families of structures, and how many of each
 * @param seed      of structures, perturbations and the split into parts
 * @param count     samples 0 to count - 1
 * @param shardSize samples in one file; the unit of work that array tasks share out
 * @param lattice   the crystal, fcc
 * @param cells     the box
 * @param imageSize pixels along an edge of the images
 * @param method    the calculator's name
 * @param options   of the calculator, with one size of strain; each sample gets a seed of its own, made from this one
 * @param software  name and version of what made it, for example {@code nanohooke 0.1.0}
 * @param frame     axes of its tensors
 */
public record DatasetPlan(
        StructureMix mix,
        long seed,
        int count,
        int shardSize,
        Lattice lattice,
        Cells cells,
        int imageSize,
        String method,
        StaticsOptions options,
        String software,
        TensorFrame frame) {

    /** Of an image's edge, in all files. */
    public static final int MOST_PIXELS = 4096;
    private static final long PERTURBATION = 0x506572747571L;

    /** @throws DatasetException when a number makes no sense or the lattice is not fcc */
    public DatasetPlan {
        options = options.withStrains(Strains.ONE);
        if (count < 1) {
            throw new DatasetException("a dataset has at least one sample, got a count of " + count);
        }
        if (mix.total() != count) {
            throw new DatasetException("the kinds are " + mix.total() + " samples, but the count is " + count);
        }
        if (shardSize < 1) {
            throw new DatasetException("a shard has at least one sample, got a shard size of " + shardSize);
        }
        if (imageSize < 8 || imageSize > MOST_PIXELS) {
            throw new DatasetException("images have 8 to " + MOST_PIXELS + " pixels along an edge, got " + imageSize);
        }
        if (lattice.kind() != Lattice.Kind.FCC) {
            throw new DatasetException("datasets are of fcc crystals: dispersion and images are defined for fcc only,"
                    + " got " + lattice.kind().label());
        }
    }

    /** How many shards there are. */
    public int shards() {
        return (count + shardSize - 1) / shardSize;
    }

    /** The first sample of a shard. */
    public int firstIndex(int shard) {
        return shard * shardSize;
    }

    /** Samples in a shard; the last one may be smaller. */
    public int samplesIn(int shard) {
        return Math.min(shardSize, count - firstIndex(shard));
    }

    /** Bytes of one packed image. */
    public int imageBytes() {
        return StructureImage.packedBytes(imageSize, imageSize);
    }

    /** Radius of the disks that images are drawn with [Å]. */
    public double diskRadius() {
        return lattice.diskRadius();
    }

    /** A plan of one of the paper's kinds whose samples are made now, in the frame of statics. */
    public DatasetPlan(Kind kind, long seed, int count, int shardSize, Lattice lattice, Cells cells, int imageSize,
            String method, StaticsOptions options, String software) {
        this(StructureMix.of(kind, Math.max(1, count)), seed, count, shardSize, lattice, cells, imageSize, method,
                options, software, TensorFrame.OF_STATICS);
    }

    /** A plan of several families whose samples are made now, in the frame of statics. */
    public DatasetPlan(StructureMix mix, long seed, int shardSize, Lattice lattice, Cells cells, int imageSize,
            String method, StaticsOptions options, String software) {
        this(mix, seed, mix.total(), shardSize, lattice, cells, imageSize, method, options, software,
                TensorFrame.OF_STATICS);
    }

    /** @throws DatasetException when samples of it can no longer be made: calculators give tensors in another frame */
    public void requireMakeable() {
        if (frame != TensorFrame.OF_STATICS) {
            throw new DatasetException("no sample can be added to a dataset whose tensors are in the frame "
                    + frame.label() + " (" + frame.meaning() + "): this version makes them in "
                    + TensorFrame.OF_STATICS.label() + " (" + TensorFrame.OF_STATICS.meaning()
                    + "), and the two must not be mixed. Begin a new dataset in another folder");
        }
    }

    /**
     * Whether there are such structures, by the first sample of each family.
     *
     * @throws DatasetException when one cannot be drawn, for example because the cell is too small for its pores
     */
    public void requireDrawable() {
        Set<String> drawn = new HashSet<>();
        for (long index = 0; index < count && drawn.size() < mix.sources().size(); index++) {
            if (drawn.add(mix.place(index).source().id())) {
                draw(index);
            }
        }
    }

    /**
     * The structure of one sample.
     *
     * @throws DatasetException when the family has none in such a cell
     */
    public StructureSource.Drawn draw(long index) {
        StructureMix.Place place = mix.place(index);
        try {
            return place.source().draw(seed, place.index(), lattice, cells);
        } catch (StructureException e) {
            throw new DatasetException("there is no structure of the family " + place.source().id() + " in "
                    + cells.x() + " x " + cells.y() + " cells: " + e.getMessage(), e);
        }
    }

    /** The calculator's options for one sample. */
    public StaticsOptions options(long index) {
        return options.withSeed(Mixing.of(seed, index, PERTURBATION + options.seed()) >>> 1).withTables(Tables.SHARP);
    }
}
