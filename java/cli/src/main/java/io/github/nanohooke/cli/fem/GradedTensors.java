// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import io.github.nanohooke.fem.beam.GradedCantilever;
import io.github.nanohooke.fem.source.KnownSource;
import io.github.nanohooke.fem.source.StructureTensors;
import io.github.nanohooke.statics.NoTensorException;
import io.github.nanohooke.statics.TensorAnswer;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.statics.UncertainTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;

/**
 * Tensors of a graded part's points by a source. Points whose structure it has no tensor of, or one that the part's law
 * cannot be made of, are an error, or take that of another source where the user says so.
 *
 * @param tensors of the points that were asked for, in their order
 * @param missing those that have the other source's
 */
record GradedTensors(List<UncertainTensor> tensors, List<Missing> missing) {
    /**
     * A point whose structure has no tensor.
     *
     * @param point    of the part, from zero
     * @param porosity of its structure [%]
     * @param reason   for people
     */
    record Missing(int point, double porosity, String reason) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d (%.1f %% porous)", point, porosity);
        }

        /** The first of some. */
        static String named(List<Missing> some) {
            return (some.size() == 1 ? "point " : "points ") + NoTensorException.firstOf(some);
        }
    }

    /**
     * Asks.
     *
     * @param points     of the part
     * @param deviations whether it matters how far each may be off
     * @throws NoTensorException naming points without a tensor, where no other source is to be taken, or that has none
     *                           either; all others are in the cache then
     */
    static GradedTensors of(GradedCantilever part, KnownSource source, List<Integer> points,
            GradedRow.Settings settings, boolean deviations, DoublePredicate progress) {
        List<TensorAnswer> answers = ask(part, source, points, settings, deviations, progress);
        List<Integer> places = new ArrayList<>();
        List<Missing> missing = missing(part, points, answers, places);
        if (missing.isEmpty()) {
            return new GradedTensors(answers.stream().map(TensorAnswer::required).toList(), missing);
        }
        KnownSource other = settings.fallback().filter(f -> f != source).orElseThrow(() ->
                new NoTensorException(text(source, points, missing) + (source == KnownSource.DESIGNED_NETWORK ? ""
                        : "; --fallback " + KnownSource.DESIGNED_NETWORK.label()
                                + " gives such points the network's and names them")
                        + (settings.cache() == null ? "; --cache FILE would keep the others"
                                : "; the others are in " + settings.cache())));
        List<TensorAnswer> instead = ask(part, other, missing.stream().map(Missing::point).toList(), settings,
                deviations, progress);
        List<Missing> still = missing(part, missing.stream().map(Missing::point).toList(), instead, new ArrayList<>());
        if (!still.isEmpty()) {
            throw new NoTensorException(text(source, points, missing) + "; " + other.label() + " has none of "
                    + Missing.named(still) + " either: " + still.get(0).reason());
        }
        List<TensorAnswer> all = new ArrayList<>(answers);
        for (int k = 0; k < places.size(); k++) {
            all.set(places.get(k), instead.get(k));
        }
        return new GradedTensors(all.stream().map(TensorAnswer::required).toList(), missing);
    }

    private static List<TensorAnswer> ask(GradedCantilever part, KnownSource source, List<Integer> points,
            GradedRow.Settings settings, boolean deviations, DoublePredicate progress) {
        try (TensorSource evaluator = source.open(settings.limit(), settings.model(), settings.threads())) {
            return new StructureTensors(evaluator, settings.cache()).answers(
                    points.stream().map(part.structures()::get).toList(), deviations, progress);
        }
    }

    private static List<Missing> missing(GradedCantilever part, List<Integer> points, List<TensorAnswer> answers,
            List<Integer> places) {
        List<Missing> missing = new ArrayList<>();
        for (int k = 0; k < points.size(); k++) {
            TensorAnswer answer = answers.get(k);
            String reason = answer.tensor().map(t -> part.refusal(t.tensor()).orElse("")).orElse(answer.reason());
            if (answer.tensor().isEmpty() || !reason.isEmpty()) {
                places.add(k);
                missing.add(new Missing(points.get(k), part.structures().get(points.get(k)).porosity(), reason));
            }
        }
        return missing;
    }

    private static String text(KnownSource source, List<Integer> points, List<Missing> missing) {
        return source.label() + " has no tensor for " + missing.size() + " of " + points.size() + " points: "
                + Missing.named(missing) + "; the first: " + missing.get(0).reason();
    }
}
