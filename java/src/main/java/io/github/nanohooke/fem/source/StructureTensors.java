// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.source;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.statics.NoTensorException;
import io.github.nanohooke.statics.TensorAnswer;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.statics.UncertainTensor;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.file.StructureFile;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * Tensors of thousands of structures: equal ones are evaluated once, the others together, and a file keeps what is
 * known by the content of structure, method and model, so that a run that was stopped goes on where it was. That a
 * structure has no tensor is known, too, and kept with its reason.
 */
public final class StructureTensors {
    /** Between two writings of the file [ns]: a process that is killed loses no more. */
    private static final long PATIENCE = 30_000_000_000L;

    private final TensorSource evaluator;
    private final KeptTensors known;

    /**
     * A collection.
     *
     * @param evaluator evaluates what is not known; stays the caller's
     * @param cache     file that keeps tensors, made where it is missing, and shared with others that write to it; null
     *                  for none
     * @throws FemException when the file cannot be read or is none of this kind
     */
    public StructureTensors(TensorSource evaluator, Path cache) {
        this(evaluator, new KeptTensors(cache));
    }

    /** With answers that other collections add to, too. */
    StructureTensors(TensorSource evaluator, KeptTensors known) {
        this.evaluator = evaluator;
        this.known = known;
        evaluator.remember((identity, structure) -> Optional.ofNullable(known.of(key(identity, structure))));
    }

    /**
     * Tensors of structures [GPa], in their order.
     *
     * @param progress told how much is done, 0 to 1; false stops
     * @throws CancellationException when {@code progress} asks to stop; the file has what is done
     * @throws NoTensorException     when some have none, after all others were evaluated
     */
    public List<ElasticTensor> of(List<PorousStructure> structures, DoublePredicate progress) {
        return required(answers(structures, false, progress)).stream().map(UncertainTensor::tensor).toList();
    }

    /** As {@link #of}, with how far each may be off, where its source tells. */
    public List<UncertainTensor> uncertain(List<PorousStructure> structures, DoublePredicate progress) {
        return required(answers(structures, true, progress));
    }

    private static List<UncertainTensor> required(List<TensorAnswer> answers) {
        List<Integer> none = IntStream.range(0, answers.size()).filter(k -> answers.get(k).tensor().isEmpty()).boxed()
                .toList();
        if (!none.isEmpty()) {
            throw new NoTensorException(none.size() + " of " + answers.size() + " structures have no tensor: "
                    + NoTensorException.firstOf(none.stream().map(k -> "no. " + k).toList()) + "; the first: "
                    + answers.get(none.get(0)).reason());
        }
        return answers.stream().map(TensorAnswer::required).toList();
    }

    /**
     * As {@link #of}; a structure without a tensor is no error.
     *
     * @param deviations whether it matters how far each may be off
     */
    public List<TensorAnswer> answers(List<PorousStructure> structures, boolean deviations,
            DoublePredicate progress) {
        List<String> keys = structures.parallelStream().map(this::key).toList();
        Map<String, PorousStructure> missing = new LinkedHashMap<>();
        for (int k = 0; k < keys.size(); k++) {
            TensorAnswer found = known.of(keys.get(k));
            if (found == null || deviations && !evaluator.isExact()
                    && found.tensor().map(t -> t.deviation().isEmpty()).orElse(false)) {
                missing.put(keys.get(k), structures.get(k));
            }
        }
        if (!missing.isEmpty()) {
            try (Fresh fresh = new Fresh(List.copyOf(missing.keySet()), progress)) {
                evaluator.answer(List.copyOf(missing.values()), deviations, fresh);
            }
        }
        return keys.stream().map(known::of).map(evaluator.isExact() ? StructureTensors::exact : a -> a).toList();
    }

    private static TensorAnswer exact(TensorAnswer answer) {
        return answer.tensor().map(t -> TensorAnswer.of(UncertainTensor.exact(t.tensor()))).orElse(answer);
    }

    /** Answers that come in any order, and go to the file in that of the structures. */
    private final class Fresh implements TensorAnswer.Listener, AutoCloseable {
        private final List<String> keys;
        private final TensorAnswer[] answers;
        private final DoublePredicate progress;
        private final Map<String, TensorAnswer> before = known.all();
        private int done;
        private long written = System.nanoTime();

        Fresh(List<String> keys, DoublePredicate progress) {
            this.keys = keys;
            this.progress = progress;
            answers = new TensorAnswer[keys.size()];
        }

        @Override
        public void answered(int index, TensorAnswer answer) {
            // Of a source that is exact the file need not say so.
            answers[index] = new TensorAnswer(answer.tensor().map(t -> new UncertainTensor(t.tensor().symmetric(),
                    evaluator.isExact() ? Optional.empty() : t.deviation())), answer.reason());
            done++;
            if (System.nanoTime() - written > PATIENCE) {
                write();
                written = System.nanoTime();
            }
        }

        @Override
        public boolean goesOn() {
            return progress.test((double) done / keys.size());
        }

        /** What is known stays, also after a stop. */
        @Override
        public void close() {
            write();
        }

        private void write() {
            Map<String, TensorAnswer> all = new LinkedHashMap<>(before);
            for (int k = 0; k < answers.length; k++) {
                if (answers[k] != null) {
                    all.put(keys.get(k), answers[k]);
                }
            }
            known.keep(all);
        }
    }

    private String key(PorousStructure structure) {
        return key(evaluator.identity(), structure);
    }

    private static String key(String identity, PorousStructure structure) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(identity.getBytes(StandardCharsets.UTF_8));
            digest.update(StructureFile.toJson(structure).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
