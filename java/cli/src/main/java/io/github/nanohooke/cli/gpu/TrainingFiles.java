// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.gpu;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.slim.SlimFile;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.dataset.store.SlimExport;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The training files of a bundle: slim files of some datasets, one folder each. */
final class TrainingFiles {
    private TrainingFiles() {
    }

    /**
     * Writes them.
     *
     * @param datasets folders of datasets, merged or slim files, or folders of slim files
     * @param samples most samples of all together; every dataset keeps its share, from its beginning
     * @param bytes   most bytes of all files
     * @return what is in them, for people
     * @throws BadUsageException when they are larger, or a part has no sample
     */
    static String write(Path folder, List<Path> datasets, int samples, long bytes) throws IOException {
        List<Path> paths = new ArrayList<>();
        for (Path dataset : datasets) {
            paths.addAll(files(dataset));
        }
        List<Integer> kept = new ArrayList<>();
        for (Path path : paths) {
            kept.add(members(List.of(path)).stream().mapToInt(Integer::intValue).sum());
        }
        int all = kept.stream().mapToInt(Integer::intValue).sum();
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            long share = samples >= all ? kept.get(i) : (long) kept.get(i) * samples / all;
            if (share > 0) {
                files.addAll(SlimExport.write(List.of(paths.get(i)), folder.resolve(Integer.toString(i + 1)), bytes,
                        share).files());
            }
        }
        long size = 0;
        for (Path file : files) {
            size += Files.size(file);
        }
        if (size > bytes) {
            throw new BadUsageException("the training files have " + size + " bytes, " + bytes + " are allowed; give a"
                    + " larger --data-mb, or fewer --samples");
        }
        List<Integer> parts = files.isEmpty() ? List.of(0, 0, 0) : members(files);
        if (parts.contains(0)) {
            throw new BadUsageException("training, validation and test part would have "
                    + parts.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + " samples; give more --samples, or a larger dataset");
        }
        return parts.get(0) + " training, " + parts.get(1) + " validation and " + parts.get(2) + " test samples of "
                + all;
    }

    /** A folder's slim files, where it is no dataset; else the dataset itself. */
    private static List<Path> files(Path dataset) throws IOException {
        if (!Files.isDirectory(dataset)) {
            return List.of(dataset);
        }
        try (Stream<Path> files = Files.list(dataset)) {
            List<Path> slim = files.filter(SlimFile::isOne).sorted().toList();
            return slim.isEmpty() ? List.of(dataset) : slim;
        }
    }

    /** Kept samples of the training, the validation and the test part. */
    private static List<Integer> members(List<Path> paths) {
        List<Dataset> datasets = paths.stream().map(Dataset::open).toList();
        return Stream.of(Part.TRAINING, Part.VALIDATION, Part.TEST)
                .map(part -> DatasetSamples.of(datasets, part).size()).toList();
    }
}
