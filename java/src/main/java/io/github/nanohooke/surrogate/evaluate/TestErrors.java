// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.evaluate;

import io.github.nanohooke.surrogate.model.ModelFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model's errors on structures that it never saw, by porosity, as its file states them: the part of an
 * {@link Evaluation} of the test part that a prediction can tell its user.
 *
 * <p>Keys of {@link ModelFile#metrics()}: {@code test_samples}, {@code test_rmse_GPa}, {@code test_C11_rmse_GPa} and so
 * on, {@code test_porosity_30_40_samples} and {@code test_porosity_30_40_rmse_GPa}; by family, of {@link FamilyErrors},
 * {@code test_family_slits_samples}, {@code test_family_slits_rmse_GPa}, and {@code test_family_slits_relative_50} and
 * {@code test_family_slits_relative_95} for the median and the 95th percentile of the relative errors; with
 * {@code test_averaged} in place of {@code test} for predictions averaged over the symmetries of the square, and
 * {@code test_designed} for those of a model for relaxed structures that is shown designed ones.
 *
 * @param samples    of the test part
 * @param rmse       over all constants and all samples [GPa]
 * @param averaged   whether predictions were averaged over the symmetries
 * @param byPorosity by the lower end of the class [%]
 */
public record TestErrors(int samples, double rmse, boolean averaged, Map<Integer, AtPorosity> byPorosity) {

    /**
     * What to expect of a structure of a porosity.
     *
     * @param from    lower end of the class of porosity, in it [%]
     * @param to      upper end, not in it [%]
     * @param samples of the test part in the class
     * @param rmse    over all constants of these samples [GPa]
     */
    public record AtPorosity(int from, int to, int samples, double rmse) {
    }

    public TestErrors {
        byPorosity = Map.copyOf(byPorosity);
    }

    /** What to expect at a porosity [%]; empty where the test part had no structure of its class. */
    public Optional<AtPorosity> at(double porosity) {
        return byPorosity.values().stream().filter(c -> porosity >= c.from && porosity < c.to).findFirst();
    }

    /**
     * Of a model's metrics; empty where they do not tell.
     *
     * @param averaged whether errors of averaged predictions are wanted; where the file tells those of plain ones
     *                 alone, which are no smaller, it is they
     */
    public static Optional<TestErrors> of(Map<String, Double> metrics, boolean averaged) {
        return of(metrics, averaged, false);
    }

    /**
     * As {@link #of(Map, boolean)}.
     *
     * @param designed whether errors are wanted of a model for relaxed structures that is shown designed ones; where
     *                 the file tells none of these, they are those of relaxed ones, which are smaller
     */
    public static Optional<TestErrors> of(Map<String, Double> metrics, boolean averaged, boolean designed) {
        Optional<TestErrors> wanted = read(metrics, averaged, designed);
        if (wanted.isPresent()) {
            return wanted;
        }
        return averaged ? of(metrics, false, designed) : designed ? read(metrics, false, false) : wanted;
    }

    private static Optional<TestErrors> read(Map<String, Double> metrics, boolean averaged, boolean designed) {
        String part = part(averaged, designed);
        Double samples = metrics.get(part + "_samples");
        Double rmse = metrics.get(part + "_rmse_GPa");
        if (samples == null || rmse == null) {
            return Optional.empty();
        }
        Map<Integer, AtPorosity> classes = new TreeMap<>();
        for (int from = 0; from < 100; from += Evaluation.CLASS_WIDTH) {
            int to = from + Evaluation.CLASS_WIDTH;
            Double count = metrics.get(porosity(part, from, to) + "_samples");
            Double error = metrics.get(porosity(part, from, to) + "_rmse_GPa");
            if (count != null && error != null) {
                classes.put(from, new AtPorosity(from, to, count.intValue(), error));
            }
        }
        return Optional.of(new TestErrors(samples.intValue(), rmse, averaged, classes));
    }

    /** The entries of a model's metrics that tell an evaluation of the test part. */
    public static Map<String, Double> metrics(Evaluation evaluation, boolean averaged) {
        return metrics(evaluation, averaged, false);
    }

    /** As {@link #metrics(Evaluation, boolean)}; {@code designed} as in {@link #of(Map, boolean, boolean)}. */
    public static Map<String, Double> metrics(Evaluation evaluation, boolean averaged, boolean designed) {
        String part = part(averaged, designed);
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put(part + "_samples", (double) evaluation.samples());
        metrics.put(part + "_rmse_GPa", evaluation.overall().rmse());
        evaluation.constants().forEach((name, errors) -> metrics.put(part + "_" + name + "_rmse_GPa", errors.rmse()));
        for (Evaluation.PorosityClass c : evaluation.byPorosity()) {
            metrics.put(porosity(part, c.from(), c.to()) + "_samples", (double) c.samples());
            metrics.put(porosity(part, c.from(), c.to()) + "_rmse_GPa", c.errors().rmse());
        }
        return metrics;
    }

    /**
     * The entries that tell the errors by family; the same {@code averaged} and {@code designed} as in
     * {@link #metrics(Evaluation, boolean, boolean)}.
     */
    public static Map<String, Double> metrics(List<FamilyErrors> families, boolean averaged, boolean designed) {
        Map<String, Double> metrics = new TreeMap<>();
        for (FamilyErrors family : families) {
            String name = part(averaged, designed) + "_family_" + family.family();
            metrics.put(name + "_samples", (double) family.samples());
            metrics.put(name + "_rmse_GPa", family.rmse());
            metrics.put(name + "_relative_50", family.relativeMedian());
            metrics.put(name + "_relative_95", family.relative95());
        }
        return metrics;
    }

    /** Whether an entry is by porosity or family: of another test part it may be one that this one has not. */
    public static boolean isOfAClass(String entry, boolean averaged, boolean designed) {
        String part = part(averaged, designed);
        return entry.startsWith(part + "_porosity_") || entry.startsWith(part + "_family_");
    }

    private static String part(boolean averaged, boolean designed) {
        return "test" + (designed ? "_designed" : "") + (averaged ? "_averaged" : "");
    }

    private static String porosity(String part, int from, int to) {
        return String.format(Locale.ROOT, "%s_porosity_%d_%d", part, from, to);
    }
}
