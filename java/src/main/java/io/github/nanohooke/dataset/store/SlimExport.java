// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import static io.github.nanohooke.dataset.slim.SlimSample.nine;
import static io.github.nanohooke.dataset.slim.SlimSample.single;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.slim.SlimFile;
import io.github.nanohooke.dataset.slim.SlimSample;
import io.github.nanohooke.dataset.slim.SlimWriter;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.statics.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The kept samples of datasets as {@link SlimFile}s of a limited size: shard by shard, so that memory does not grow
 * with the dataset. Datasets need not be complete: what whole shards hold is exported.
 */
public final class SlimExport {
    /** What a block of samples may take at most; files end before the limit by as much. */
    private static final long BLOCK = 1 << 19;

    private SlimExport() {
    }

    /**
     * What was written.
     *
     * @param files   in order
     * @param samples in all of them
     */
    public record Report(List<Path> files, long samples) {
        public Report {
            files = List.copyOf(files);
        }
    }

    /**
     * Writes {@code slim-000.nhs}, {@code slim-001.nhs} and so on.
     *
     * @param paths   datasets' folders, merged or slim files, all of one plan and without a sample in common
     * @param folder  for the files; made where it is missing
     * @param most    bytes of a file
     * @param samples at most; in the order of the datasets
     * @throws DatasetException   when the datasets are of different plans or have a sample twice, there is none, or the
     *                            folder has slim files
     * @throws FileWriteException when a file cannot be written
     */
    public static Report write(List<Path> paths, Path folder, long most, long samples) throws IOException {
        return write(paths, folder, most, samples, Optional.empty());
    }

    /**
     * The same, with every sample in one part, whatever the draw: files that are for testing alone, say.
     *
     * @param part none: that of the datasets
     * @see #write(List, Path, long, long)
     */
    public static Report write(List<Path> paths, Path folder, long most, long samples, Optional<Part> part)
            throws IOException {
        Samples all = new Samples(paths, samples, part);
        if (!all.hasNext()) {
            throw new DatasetException("there is no kept sample in a whole shard of " + paths);
        }
        Files.createDirectories(folder);
        requireNone(folder);
        List<Path> files = new ArrayList<>();
        while (all.hasNext()) {
            Path file = folder.resolve(String.format(Locale.ROOT, "slim-%03d%s", files.size(), SlimFile.ENDING));
            for (Path dataset : paths) {
                DatasetExport.requireElsewhere(file, dataset);
            }
            AtomicFile.write(file, out -> {
                SlimWriter writer = SlimWriter.begin(out, all.attributes, all.sources);
                // A file has a sample at least, however small it shall be.
                do {
                    writer.add(all.next());
                } while (all.hasNext() && writer.bytes() < most - BLOCK);
                writer.finish();
            });
            files.add(file);
        }
        return new Report(files, all.given);
    }

    /** Files of before that are not written over would be trained from beside the new ones. */
    private static void requireNone(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> one = files.filter(file -> file.getFileName().toString().matches("slim-\\d{3,}\\"
                    + SlimFile.ENDING)).sorted().findFirst();
            if (one.isPresent()) {
                throw new DatasetException("there are slim files already, the first is " + one.get()
                        + "; name another folder, or remove them first");
            }
        }
    }

    /** The kept samples of datasets, one shard in memory at a time. */
    private static final class Samples implements Iterator<SlimSample> {
        private final Iterator<Opener> shards;
        private final long most;
        private final Optional<Part> part;
        private final Set<Long> seen = new HashSet<>();
        private Map<String, Object> attributes;
        private List<String> sources;
        private Dataset dataset;
        private int next;
        private long given;

        Samples(List<Path> paths, long most, Optional<Part> part) throws IOException {
            List<Opener> openers = new ArrayList<>();
            for (Path path : paths) {
                openers.addAll(openers(path));
            }
            this.shards = openers.iterator();
            this.most = most;
            this.part = part;
        }

        private interface Opener {
            Dataset open();
        }

        private static List<Opener> openers(Path path) throws IOException {
            if (!Files.isDirectory(path)) {
                return List.of(() -> Dataset.open(path));
            }
            DatasetFolder folder = DatasetFolder.open(path);
            List<Opener> whole = new ArrayList<>();
            for (int shard = 0; shard < folder.plan().shards(); shard++) {
                int number = shard;
                if (folder.state(shard) == ShardState.WHOLE) {
                    whole.add(() -> Dataset.ofShard(folder, number));
                }
            }
            return whole;
        }

        @Override
        public boolean hasNext() {
            if (given >= most) {
                return false;
            }
            while (true) {
                while (dataset != null && next < dataset.size()) {
                    if (dataset.status(next) == SampleStatus.KEPT) {
                        return true;
                    }
                    next++;
                }
                if (!shards.hasNext()) {
                    return false;
                }
                open(shards.next().open());
            }
        }

        private void open(Dataset opened) {
            Map<String, Object> here = new TreeMap<>(opened.attributes());
            here.keySet().removeAll(List.of("shard", "first_index", TableFile.SCHEMA_ATTRIBUTE));
            if (attributes == null) {
                attributes = here;
                sources = sources(String.valueOf(here.get("kind")));
            } else if (!String.valueOf(attributes.get("plan")).equals(String.valueOf(here.get("plan")))) {
                throw new DatasetException("the datasets are of different plans: " + attributes.get("plan") + " and "
                        + here.get("plan") + "; export each by itself, training takes several files");
            }
            dataset = opened;
            next = 0;
        }

        private static List<String> sources(String kind) {
            return Arrays.stream(kind.split(",")).map(item -> item.split("=")[0]).toList();
        }

        @Override
        public SlimSample next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int i = next++;
            given++;
            if (!seen.add(dataset.index(i))) {
                throw new DatasetException("sample " + dataset.index(i) + " is there twice; give each dataset once");
            }
            return new SlimSample(dataset.index(i), dataset.source(i), dataset.sourceIndex(i),
                    part.orElse(dataset.part(i)).code(), dataset.porosity(i),
                    dataset.outcome(i).equals(Outcome.DISCONNECTED.name()), single(dataset.constants(i)),
                    nine(dataset.cellBefore(i)), single(nine(dataset.cellAfter(i))),
                    dataset.packedImage(i, Dataset.Image.DESIGNED), dataset.packedImage(i, Dataset.Image.RELAXED));
        }
    }
}
