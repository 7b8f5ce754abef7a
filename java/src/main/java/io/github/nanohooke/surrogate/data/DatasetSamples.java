// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.data;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.random.SplitMix64;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.tensor.ConstantBasis;
import io.github.nanohooke.tensor.TensorFrame;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The kept samples of one part of one or several datasets: images and constants, one dataset after the other,
 * each in its shuffled order. The images stay bit-packed in the datasets, which hold them in memory.
 */
public final class DatasetSamples implements TrainingData {

    /** Where a sample lies: the dataset, and its place there. */
    private record Place(Dataset dataset, int index) {
    }

    private static final long DRAW_SEED = 1;
    /** Images of an epoch of a draw, about, where there are fewer samples. */
    private static final int DRAWN_EPOCH = 16_384;

    private final List<Dataset> datasets;
    private final List<Place> places;
    private final Shows shows;
    private String fingerprint;

    private DatasetSamples(List<Dataset> datasets, List<Place> places, Shows shows) {
        this.datasets = List.copyOf(datasets);
        this.places = List.copyOf(places);
        this.shows = shows;
    }

    /**
     * The samples of a part.
     *
     * @throws DatasetException when there is no dataset, their images differ in size or their tensors in frame, or two
     *                          of them are draws of one kind and seed, which have samples in common
     */
    public static DatasetSamples of(List<Dataset> datasets, Part part) {
        return of(datasets, part, Shows.RELAXED);
    }

    /** As {@link #of(List, Part)}, with images of the relaxed or the designed structures. */
    public static DatasetSamples of(List<Dataset> datasets, Part part, Shows shows) {
        if (datasets.isEmpty()) {
            throw new DatasetException("no dataset is given");
        }
        Map<String, Set<Long>> seen = new HashMap<>();
        for (Dataset dataset : datasets) {
            if (dataset.imageSize() != datasets.get(0).imageSize()) {
                throw new DatasetException("the datasets' images differ in size: " + name(datasets.get(0)) + " has "
                        + datasets.get(0).imageSize() + " pixels along an edge, " + name(dataset) + " has "
                        + dataset.imageSize() + "; use datasets of one image size");
            }
            if (dataset.frame() != datasets.get(0).frame()) {
                throw new DatasetException("the datasets' tensors are in different frames: " + name(datasets.get(0))
                        + " in " + framed(datasets.get(0)) + ", " + name(dataset) + " in " + framed(dataset) + "; they"
                        + " must not be mixed: use datasets of one frame, or make the older one again");
            }
            if (!dataset.basis().equals(datasets.get(0).basis())) {
                throw new DatasetException("the datasets tell other constants: " + name(datasets.get(0)) + " has "
                        + datasets.get(0).basis() + ", " + name(dataset) + " has " + dataset.basis()
                        + "; use datasets of the same constants");
            }
            requireUnseen(dataset, seen);
        }
        return new DatasetSamples(datasets, datasets.stream()
                .flatMap(dataset -> IntStream.of(dataset.members(part)).mapToObj(i -> new Place(dataset, i)))
                .toList(), shows);
    }

    /**
     * Some of these, in the order that is given.
     *
     * @param samples their numbers here
     */
    public DatasetSamples picked(List<Integer> samples) {
        return new DatasetSamples(datasets, samples.stream().map(places::get).toList(), shows);
    }

    /**
     * Some of these at random, for learning curves; fewer are a part of more. A few samples come several times in an
     * epoch, each time with a symmetry and a shift of its own, so that epochs of draws of any size are of about one
     * length: else those of few samples would spend their time in the validation behind each epoch, and points of a
     * learning curve would not be of equal cost.
     *
     * @param most how many different ones; more than there are takes all
     */
    public DatasetSamples drawn(int most) {
        List<Integer> once = IntStream.range(0, size()).boxed()
                .sorted(Comparator.comparingLong(i -> SplitMix64.of(DRAW_SEED, i, 0).nextLong()))
                .limit(most).sorted().toList();
        int passes = Math.max(1, Math.round((float) DRAWN_EPOCH / Math.max(1, once.size())));
        return picked(Collections.nCopies(passes, once).stream().flatMap(List::stream).toList());
    }

    /** Different samples; more may be here where some come several times. */
    public int distinct() {
        return (int) places.stream().distinct().count();
    }

    private static void requireUnseen(Dataset dataset, Map<String, Set<Long>> seen) {
        for (int i = 0; i < dataset.size(); i++) {
            String family = dataset.source(i) + " of seed " + dataset.attributes().get("seed");
            if (!seen.computeIfAbsent(family, f -> new HashSet<>()).add(dataset.sourceIndex(i))) {
                throw new DatasetException("two of the datasets are " + family + " and so have samples in "
                        + "common; use each once, or one of another seed");
            }
        }
    }

    /** What a dataset draws from, for example {@code circles of seed 1}. */
    private static String name(Dataset dataset) {
        return dataset.attributes().get("kind") + " of seed " + dataset.attributes().get("seed");
    }

    private static String framed(Dataset dataset) {
        return dataset.frame().label() + " (" + dataset.frame().meaning() + ")";
    }

    @Override
    public ConstantBasis basis() {
        return datasets.get(0).basis();
    }

    @Override
    public TensorFrame frame() {
        return datasets.get(0).frame();
    }

    @Override
    public int size() {
        return places.size();
    }

    /** Pixels along an edge of the images. */
    public int imageSize() {
        return datasets.get(0).imageSize();
    }

    @Override
    public StructureImage image(int i) {
        Place place = places.get(i);
        return StructureImage.fromPacked(imageSize(), imageSize(), packed(place));
    }

    private byte[] packed(Place place) {
        return place.dataset.packedImage(place.index, shows.image());
    }

    @Override
    public double[] constants(int i) {
        return places.get(i).dataset.constants(places.get(i).index);
    }

    /** What the images show. */
    public Shows shows() {
        return shows;
    }

    /** The family that sample i's structure is of. */
    public String family(int i) {
        return places.get(i).dataset.source(places.get(i).index);
    }

    /** Whether the solid of sample i is cut apart, so that its tensor has exact zeros. */
    public boolean isCut(int i) {
        return places.get(i).dataset.outcome(places.get(i).index).equals(Outcome.DISCONNECTED.name());
    }

    /** The cell that an image of sample i shows, rows a, b, c [Å]; NaN where it was not recorded. */
    public double[][] cell(int i) {
        Place place = places.get(i);
        return shows == Shows.RELAXED ? place.dataset.cellAfter(place.index) : place.dataset.cellBefore(place.index);
    }

    /** Porosity of sample i as designed, by eq. (1) [%]. */
    public double porosity(int i) {
        return places.get(i).dataset.porosity(places.get(i).index);
    }

    /**
     * What is in here for people, and the SHA-256 of all images and constants in their order: the same for a merged
     * file and its shards, wherever they lie.
     */
    @Override
    public String fingerprint() {
        if (fingerprint == null) {
            fingerprint = datasets.stream()
                    .map(d -> places.stream().filter(p -> p.dataset == d).distinct().count() + " samples of " + name(d))
                    .collect(Collectors.joining(", ", "", ", "))
                    + (size() == distinct() ? "" : size() + " images an epoch, ") + shows.label() + " images of "
                    + imageSize() + " pixels, sha256 "
                    + sha256();
        }
        return fingerprint;
    }

    private String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Place place : places) {
                digest.update(packed(place));
                double[] constants = place.dataset.constants(place.index);
                ByteBuffer bytes = ByteBuffer.allocate(constants.length * Double.BYTES);
                bytes.asDoubleBuffer().put(constants);
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
