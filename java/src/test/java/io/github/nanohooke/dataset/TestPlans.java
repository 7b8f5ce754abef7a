// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import io.github.nanohooke.statics.StaticsOptions;

import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.run.DatasetFactory;
import io.github.nanohooke.dataset.run.RunSettings;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.RandomStructures.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Small plans for the fake calculator, and what tests do with their folders. */
public final class TestPlans {
    /** Makes worker processes start quickly. */
    public static final List<String> QUICK_JVM = List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto");
    public static final Map<String, String> LIBRARIES = Map.of("version", "1", "library", "/somewhere/libfake.so");

    private TestPlans() {
    }

    public static DatasetPlan small(int count, int shardSize) {
        return of("fake", count, shardSize);
    }

    public static DatasetPlan of(String method, int count, int shardSize) {
        return new DatasetPlan(Kind.MIXED, 7, count, shardSize, Lattice.aluminium(), new Cells(8, 8, 1), 32, method,
                StaticsOptions.defaults(), "nanohooke test");
    }

    public static DatasetFolder begin(Path folder, DatasetPlan plan) throws IOException {
        return DatasetFolder.openOrBegin(folder, plan, LIBRARIES);
    }

    public static RunSettings settings(String... flags) {
        return settings(2, flags);
    }

    public static RunSettings settings(int workers, String... flags) {
        return RunSettings.workers(workers)
                .withWorkerFlags(Stream.concat(QUICK_JVM.stream(), Stream.of(flags)).toList());
    }

    /** Samples of a plan, made here. */
    public static List<Sample> samples(DatasetPlan plan, long first, int count) {
        List<Sample> samples = new ArrayList<>();
        DatasetFactory.makeHere(plan, LongStream.range(first, first + count).boxed().toList(), index -> { },
                samples::add);
        return samples;
    }

    public static Sample sample(DatasetPlan plan, long index) {
        return samples(plan, index, 1).get(0);
    }

    /** The bytes of everything that must not depend on how a dataset was made, by name. */
    public static Map<String, byte[]> lastingFiles(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (name.endsWith(".h5") || name.endsWith(".sha256") || name.equals("manifest.json")) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    /** Samples of a plan whose calculation the fake neither refuses nor leaves unfinished. */
    public static long ordinarySample(DatasetPlan plan, int skip) {
        int skipped = 0;
        for (long index = 0; index < plan.count(); index++) {
            long seed = plan.options(index).seed();
            if (!FakeCalculator.throwsFor(seed) && !FakeCalculator.doesNotConvergeFor(seed) && skipped++ == skip) {
                return index;
            }
        }
        throw new IllegalArgumentException("the plan has only " + skipped + " ordinary samples");
    }
}
