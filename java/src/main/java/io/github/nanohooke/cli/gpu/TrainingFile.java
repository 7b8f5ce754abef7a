// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.gpu;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.dataset.Dataset;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.data.PackedSamples;
import io.github.nanohooke.surrogate.data.TrainingData;
import io.github.nanohooke.surrogate.data.TrainingDomain;
import io.github.nanohooke.tensor.TensorFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The training file of a bundle: as many samples of some datasets as fit, of all parts alike. */
final class TrainingFile {
    private static final int TRIES = 5;

    private TrainingFile() {
    }

    /**
     * Writes it.
     *
     * @param paths   datasets
     * @param samples most samples of all parts together; those left out are spread over all
     * @param bytes   most bytes of the file
     * @return what is in it, for people
     * @throws BadUsageException when a part has no sample
     */
    static String write(Path file, List<Path> paths, int samples, long bytes) throws IOException {
        List<Dataset> datasets = paths.stream().map(Dataset::open).toList();
        Map<Part, DatasetSamples> all = new EnumMap<>(Part.class);
        int count = 0;
        for (Part part : Part.values()) {
            DatasetSamples members = DatasetSamples.of(datasets, part);
            if (members.size() == 0) {
                throw new BadUsageException("no kept sample of " + paths + " is in the part " + part
                        + "; use a larger dataset");
            }
            count += members.size();
            all.put(part, members);
        }
        Map<String, String> provenance = provenance(paths, datasets);
        double share = Math.min(1, (double) samples / count);
        for (int tries = 0; tries < TRIES; tries++) {
            Map<Part, TrainingData> some = new EnumMap<>(Part.class);
            double kept = share;
            all.forEach((part, members) -> some.put(part, new Some(members,
                    Math.max(1, (int) (kept * members.size())))));
            PackedSamples.write(file, all.get(Part.TRAINING).imageSize(), provenance, some);
            if (Files.size(file) <= bytes) {
                return some.get(Part.TRAINING).size() + " training, " + some.get(Part.VALIDATION).size()
                        + " validation and " + some.get(Part.TEST).size() + " test samples of " + count;
            }
            share *= 0.995 * bytes / Files.size(file);
        }
        Files.delete(file);
        throw new BadUsageException("no sample fits into " + bytes + " bytes; give a larger --data-mb");
    }

    private static Map<String, String> provenance(List<Path> paths, List<Dataset> datasets) {
        Map<String, String> provenance = new TreeMap<>(TrainingDomain.of(datasets).provenance());
        for (int i = 0; i < datasets.size(); i++) {
            provenance.put("dataset " + (i + 1), datasets.get(i).attributes().get("plan") + ", "
                    + paths.get(i).getFileName());
        }
        return provenance;
    }

    /** Evenly spaced samples, so that every dataset keeps its share. */
    private record Some(TrainingData all, int size) implements TrainingData {

        private int place(int i) {
            return (int) ((long) i * all.size() / size);
        }

        @Override
        public StructureImage image(int i) {
            return all.image(place(i));
        }

        @Override
        public double[] constants(int i) {
            return all.constants(place(i));
        }

        @Override
        public TensorFrame frame() {
            return all.frame();
        }

        @Override
        public String fingerprint() {
            return size + " of " + all.fingerprint();
        }
    }
}
