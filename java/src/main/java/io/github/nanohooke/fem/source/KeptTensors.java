// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.source;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.io.FileFormatException;
import io.github.nanohooke.io.FileTurn;
import io.github.nanohooke.statics.TensorAnswer;
import io.github.nanohooke.statics.UncertainTensor;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers by the keys of {@link StructureTensors}, of any number of sources, and the file that keeps them. What other
 * processes have added to the file since it was read stays in it.
 */
final class KeptTensors {
    private static final int NUMBERS = 21;
    /** In the place of numbers; the reason follows. */
    private static final String NONE = "none";
    private static final String OTHER_FILE = "name another file, or remove this one if it is a cache of an earlier run";

    private final Path cache;
    private final Map<String, TensorAnswer> known;

    /**
     * What a file has.
     *
     * @param cache made where it is missing; null for none
     * @throws FemException when the file cannot be read or is none of this kind
     */
    KeptTensors(Path cache) {
        this.cache = cache;
        if (cache != null && Files.isDirectory(cache)) {
            throw new FemException(cache + " is a folder; tensors are kept in a file, for example "
                    + cache.resolve("tensors.csv"));
        }
        known = cache != null && Files.exists(cache) ? read() : new LinkedHashMap<>();
    }

    /** Null where nothing is known. */
    TensorAnswer of(String key) {
        return known.get(key);
    }

    /** In the order of the file. */
    Map<String, TensorAnswer> all() {
        return new LinkedHashMap<>(known);
    }

    /**
     * Knows these in place of what was known, and writes them and what else the file has by now.
     *
     * @throws FemException when the file is none of this kind any more
     */
    void keep(Map<String, TensorAnswer> answers) {
        known.clear();
        known.putAll(answers);
        if (cache == null) {
            return;
        }
        if (AtomicFile.isDirect(cache)) {
            write();
        } else {
            FileTurn.take(cache, this::merge);
        }
    }

    private void merge() {
        if (Files.isRegularFile(cache)) {
            read().forEach((key, answer) -> known.merge(key, answer, KeptTensors::fuller));
        }
        write();
    }

    private void write() {
        AtomicFile.writeText(cache, out -> {
            for (Map.Entry<String, TensorAnswer> entry : known.entrySet()) {
                out.write(line(entry.getKey(), entry.getValue()));
            }
        });
    }

    /** Our own, unless the file's alone tells how far the tensor may be off. */
    private static TensorAnswer fuller(TensorAnswer own, TensorAnswer other) {
        return hasDeviation(other) && !hasDeviation(own) ? other : own;
    }

    private static boolean hasDeviation(TensorAnswer answer) {
        return answer.tensor().flatMap(UncertainTensor::deviation).isPresent();
    }

    private static String line(String key, TensorAnswer answer) {
        return answer.tensor().map(t -> Csv.line(key, numbers(t.tensor()),
                t.deviation().map(KeptTensors::numbers).orElse(new double[0])))
                .orElseGet(() -> Csv.line(key, NONE, Csv.quoted(answer.reason().replaceAll("\\R", " "))));
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

    private Map<String, TensorAnswer> read() {
        try {
            Map<String, TensorAnswer> found = new LinkedHashMap<>();
            int number = 0;
            for (List<String> words : Csv.read(cache)) {
                number++;
                int line = number;
                found.put(words.get(0), answer(words).orElseThrow(() -> new FemException(cache + ": line " + line
                        + " is no tensor: a key and " + NUMBERS + " or " + 2 * NUMBERS + " numbers, or \"" + NONE
                        + "\" and a reason, are needed; " + OTHER_FILE)));
            }
            return found;
        } catch (FileFormatException e) {
            throw new FemException(e.getMessage() + "; " + OTHER_FILE, e);
        } catch (IllegalArgumentException e) {
            throw new FemException(cache + " cannot be read: " + e.getMessage() + "; " + OTHER_FILE, e);
        }
    }

    /** Empty where the line is none. */
    private static Optional<TensorAnswer> answer(List<String> words) {
        if (words.size() == 3 && words.get(1).equals(NONE)) {
            return Optional.of(TensorAnswer.none(words.get(2)));
        }
        if (words.size() != NUMBERS + 1 && words.size() != 2 * NUMBERS + 1) {
            return Optional.empty();
        }
        return Optional.of(TensorAnswer.of(new UncertainTensor(tensor(words, 1), words.size() == NUMBERS + 1
                ? Optional.empty() : Optional.of(tensor(words, NUMBERS + 1)))));
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
