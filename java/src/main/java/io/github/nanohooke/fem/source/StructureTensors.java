// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.source;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.file.StructureFile;
import io.github.nanohooke.tensor.ElasticTensor;
import java.io.IOException;
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
import java.util.concurrent.CancellationException;
import java.util.function.DoublePredicate;

/**
 * Tensors of thousands of structures: equal ones are evaluated once, the others in batches, and a file keeps what is
 * known by the content of structure, method and model, so that a run that was stopped goes on where it was.
 */
public final class StructureTensors {
    private static final int NUMBERS = 21;

    private final TensorSource evaluator;
    private final Path cache;
    private final Map<String, ElasticTensor> known = new LinkedHashMap<>();

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
        List<String> keys = structures.parallelStream().map(this::key).toList();
        Map<String, PorousStructure> missing = new LinkedHashMap<>();
        for (int k = 0; k < keys.size(); k++) {
            if (!known.containsKey(keys.get(k))) {
                missing.put(keys.get(k), structures.get(k));
            }
        }
        List<String> open = new ArrayList<>(missing.keySet());
        for (int from = 0; from < open.size(); from += evaluator.batch()) {
            if (!progress.test((double) from / open.size())) {
                write();
                throw new CancellationException("stopped after " + from + " of " + open.size()
                        + " structures");
            }
            List<String> some = open.subList(from, Math.min(open.size(), from + evaluator.batch()));
            List<ElasticTensor> tensors = evaluator.tensorsOfPorous(some.stream().map(missing::get).toList());
            for (int k = 0; k < some.size(); k++) {
                known.put(some.get(k), tensors.get(k).symmetric());
            }
        }
        if (!open.isEmpty()) {
            write();
        }
        return keys.stream().map(known::get).toList();
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
            for (Map.Entry<String, ElasticTensor> entry : known.entrySet()) {
                StringBuilder line = new StringBuilder(entry.getKey());
                for (int i = 0; i < 6; i++) {
                    for (int j = i; j < 6; j++) {
                        line.append(',').append(entry.getValue().get(i, j));
                    }
                }
                out.write(line.append('\n').toString());
            }
        });
    }

    private void read() {
        try {
            int number = 0;
            for (String line : Files.readAllLines(cache)) {
                number++;
                String[] words = line.split(",");
                if (words.length != NUMBERS + 1) {
                    throw new FemException(cache + ": line " + number + " is no tensor: a key and " + NUMBERS
                            + " numbers are needed; remove the file, it is made anew");
                }
                double[][] c = new double[6][6];
                int at = 1;
                for (int i = 0; i < 6; i++) {
                    for (int j = i; j < 6; j++) {
                        c[i][j] = Double.parseDouble(words[at++]);
                        c[j][i] = c[i][j];
                    }
                }
                known.put(words[0], ElasticTensor.of(c));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new FemException(cache + " cannot be read: " + e.getMessage() + "; remove it, it is made anew", e);
        }
    }
}
