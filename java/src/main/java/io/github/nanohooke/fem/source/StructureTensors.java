// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.source;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.io.FileFormatException;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.statics.UncertainTensor;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.file.StructureFile;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.DoublePredicate;

/**
 * Tensors of thousands of structures: equal ones are evaluated once, the others in batches, and a file keeps what is
 * known by the content of structure, method and model, so that a run that was stopped goes on where it was.
 */
public final class StructureTensors {
    private static final int NUMBERS = 21;
    /** Between two writings of the file [ns]: a process that is killed loses no more. */
    private static final long PATIENCE = 30_000_000_000L;

    private final TensorSource evaluator;
    private final Path cache;
    private final Map<String, UncertainTensor> known = new LinkedHashMap<>();

    /**
     * A collection.
     *
     * @param evaluator evaluates what is not known; stays the caller's
     * @param cache     file that keeps tensors, made where it is missing; null for none
     * @throws FemException when the file cannot be read or is none of this kind
     */
    public StructureTensors(TensorSource evaluator, Path cache) {
        this.evaluator = evaluator;
        this.cache = cache;
        if (cache != null && Files.isDirectory(cache)) {
            throw new FemException(cache + " is a folder; tensors are kept in a file, for example "
                    + cache.resolve("tensors.csv"));
        }
        if (cache != null && Files.exists(cache)) {
            read();
        }
    }

    /**
     * Tensors of structures [GPa], in their order.
     *
     * @param progress told how much is done, 0 to 1; false stops
     * @throws CancellationException when {@code progress} asks to stop; the file has what is done
     */
    public List<ElasticTensor> of(List<PorousStructure> structures, DoublePredicate progress) {
        return answers(structures, false, progress).stream().map(UncertainTensor::tensor).toList();
    }

    /** As {@link #of}, with how far each may be off, where its source tells. */
    public List<UncertainTensor> uncertain(List<PorousStructure> structures, DoublePredicate progress) {
        return answers(structures, true, progress);
    }

    private List<UncertainTensor> answers(List<PorousStructure> structures, boolean deviations,
            DoublePredicate progress) {
        List<String> keys = structures.parallelStream().map(this::key).toList();
        Map<String, PorousStructure> missing = new LinkedHashMap<>();
        for (int k = 0; k < keys.size(); k++) {
            UncertainTensor found = known.get(keys.get(k));
            if (found == null || deviations && found.deviation().isEmpty()) {
                missing.put(keys.get(k), structures.get(k));
            }
        }
        List<String> open = new ArrayList<>(missing.keySet());
        long written = System.nanoTime();
        try {
            for (int from = 0; from < open.size(); from += evaluator.batch()) {
                if (!progress.test((double) from / open.size())) {
                    throw new CancellationException("stopped after " + from + " of " + open.size() + " structures");
                }
                List<String> some = open.subList(from, Math.min(open.size(), from + evaluator.batch()));
                ask(some, some.stream().map(missing::get).toList(), deviations);
                if (System.nanoTime() - written > PATIENCE) {
                    write();
                    written = System.nanoTime();
                }
            }
        } finally {
            // What is known stays, also where one structure has no tensor.
            if (!open.isEmpty()) {
                write();
            }
        }
        return keys.stream().map(known::get).toList();
    }

    private void ask(List<String> keys, List<PorousStructure> structures, boolean deviations) {
        List<UncertainTensor> answers = deviations ? evaluator.uncertain(structures)
                : evaluator.tensorsOfPorous(structures).stream().map(UncertainTensor::unknown).toList();
        for (int k = 0; k < keys.size(); k++) {
            known.put(keys.get(k), new UncertainTensor(answers.get(k).tensor().symmetric(),
                    answers.get(k).deviation()));
        }
    }

    private String key(PorousStructure structure) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(evaluator.identity().getBytes(StandardCharsets.UTF_8));
            digest.update(StructureFile.toJson(structure).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void write() {
        if (cache == null) {
            return;
        }
        AtomicFile.writeText(cache, out -> {
            for (Map.Entry<String, UncertainTensor> entry : known.entrySet()) {
                out.write(Csv.line(entry.getKey(), numbers(entry.getValue().tensor()),
                        entry.getValue().deviation().map(StructureTensors::numbers).orElse(new double[0])));
            }
        });
    }

    /** The upper triangle, row by row. */
    private static double[] numbers(ElasticTensor tensor) {
        double[] numbers = new double[NUMBERS];
        int at = 0;
        for (int i = 0; i < 6; i++) {
            for (int j = i; j < 6; j++) {
                numbers[at++] = tensor.get(i, j);
            }
        }
        return numbers;
    }

    private void read() {
        try {
            int number = 0;
            for (List<String> words : Csv.read(cache)) {
                number++;
                if (words.size() != NUMBERS + 1 && words.size() != 2 * NUMBERS + 1) {
                    throw new FemException(cache + ": line " + number + " is no tensor: a key and " + NUMBERS + " or "
                            + 2 * NUMBERS + " numbers are needed; remove the file, it is made anew");
                }
                known.put(words.get(0), new UncertainTensor(tensor(words, 1), words.size() == NUMBERS + 1
                        ? Optional.empty() : Optional.of(tensor(words, NUMBERS + 1))));
            }
        } catch (FileFormatException e) {
            throw new FemException(e.getMessage() + "; remove it, it is made anew", e);
        } catch (IllegalArgumentException e) {
            throw new FemException(cache + " cannot be read: " + e.getMessage() + "; remove it, it is made anew", e);
        }
    }

    private static ElasticTensor tensor(List<String> words, int from) {
        double[][] c = new double[6][6];
        int at = from;
        for (int i = 0; i < 6; i++) {
            for (int j = i; j < 6; j++) {
                c[i][j] = Double.parseDouble(words.get(at++));
                c[j][i] = c[i][j];
            }
        }
        return ElasticTensor.of(c);
    }
}
