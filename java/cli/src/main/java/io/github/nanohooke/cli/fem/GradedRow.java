// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.GrantedCores;
import io.github.nanohooke.fem.beam.GradedCantilever;
import io.github.nanohooke.fem.beam.PixelForces;
import io.github.nanohooke.fem.beam.SampledForce;
import io.github.nanohooke.fem.io.NodalFields;
import io.github.nanohooke.fem.source.KnownSource;
import io.github.nanohooke.figures.FieldPicture;
import io.github.nanohooke.figures.chart.Chart;
import io.github.nanohooke.figures.chart.ChartSheet;
import io.github.nanohooke.figures.chart.Series;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.plot.GradientPlot;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.statics.UncertainTensor;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.evaluate.TestErrors;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * What one source of tensors makes of a graded part.
 *
 * @param source  its label
 * @param seconds wall time of all tensors, drawing of images included
 * @param result  the part, moved
 * @param missing points that it has no tensor for, which have that of the other source
 * @param sampled what statics at some of its points says of it, where it was asked
 * @param pixels  what the pores of the most loaded point mean to the force, where the source can tell
 * @param part    what was moved
 */
public record GradedRow(String source, double seconds, GradedCantilever.Result result,
        List<GradedTensors.Missing> missing, Optional<Sample> sampled, Optional<PixelForces> pixels,
        GradedCantilever part) {

    /**
     * Statics at some points.
     *
     * @param said    what it says of the source
     * @param missing points that statics has no tensor for, which have that of the other source
     */
    record Sample(SampledForce said, List<GradedTensors.Missing> missing) {
    }

    /**
     * What is asked for.
     *
     * @param limit        uncertainty above which hybrid asks statics [GPa]
     * @param model        file of the network; empty for that of the environment or of the library
     * @param cache        file that keeps tensors; null for none
     * @param perStructure whether the network tells of each structure how far it may be off; else it is the error that
     *                     its file has for the porosity
     * @param statics      points, drawn at random, at which statics judges the source; 0 for none
     * @param fallback     source of tensors that another one does not have; empty where that is an error
     * @param threads      of statics
     */
    public record Settings(double limit, Optional<Path> model, Path cache, boolean perStructure, int statics,
            Optional<KnownSource> fallback, int threads) {
        /** Errors by porosity, and the network stands in where statics has no tensor. */
        public static Settings standard(Optional<Path> model) {
            return new Settings(KnownSource.DEFAULT_LIMIT, model, null, false, 0,
                    Optional.of(KnownSource.DESIGNED_NETWORK), GrantedCores.or(null));
        }
    }

    /**
     * Asks for all tensors and bends the part.
     *
     * @param progress told how much is done, 0 to 1; false stops
     * @throws java.util.concurrent.CancellationException when {@code progress} asks to stop
     * @throws io.github.nanohooke.statics.NoTensorException naming points without a tensor, where that is an error
     */
    public static GradedRow of(GradedCantilever part, KnownSource source, Settings settings,
            DoublePredicate progress) {
        long start = System.nanoTime();
        List<Integer> points = IntStream.range(0, part.structures().size()).boxed().toList();
        GradedTensors found = GradedTensors.of(part, source, points, settings, settings.perStructure(), progress);
        double seconds = (System.nanoTime() - start) * 1e-9;
        List<UncertainTensor> tensors = settings.perStructure() ? found.tensors()
                : byPorosity(part, source, found, settings);
        GradedCantilever.Result result = BadUsageException.checked(() -> part.bend(tensors));
        Optional<Sample> sampled = settings.statics() == 0 || source == KnownSource.STATICS
                ? Optional.empty() : Optional.of(judged(part, settings, result, tensors, progress));
        return new GradedRow(source.label(), seconds, result, found.missing(), sampled,
                pixels(part, source, settings, result, tensors, found.missing()), part);
    }

    private static Optional<PixelForces> pixels(GradedCantilever part, KnownSource source, Settings settings,
            GradedCantilever.Result result, List<UncertainTensor> tensors, List<GradedTensors.Missing> missing) {
        int point = result.sensitivity().mostLoaded(tensors);
        if (source == KnownSource.STATICS || missing.stream().anyMatch(m -> m.point() == point)) {
            return Optional.empty();
        }
        try (TensorSource asked = source.open(settings.limit(), settings.model(), settings.threads())) {
            return PixelForces.of(part, result, asked, tensors);
        }
    }

    private static Sample judged(GradedCantilever part, Settings settings, GradedCantilever.Result result,
            List<UncertainTensor> all, DoublePredicate progress) {
        List<Integer> drawn = part.drawn(settings.statics());
        GradedTensors better = GradedTensors.of(part, KnownSource.STATICS, drawn, settings, false, progress);
        return new Sample(SampledForce.of(result, all, drawn,
                better.tensors().stream().map(UncertainTensor::tensor).toList()), better.missing());
    }

    /** Tensors with the errors that are measured at their porosity. */
    private static List<UncertainTensor> byPorosity(GradedCantilever part, KnownSource source, GradedTensors found,
            Settings settings) {
        DoubleUnaryOperator errors = errorsOf(source, settings.model());
        double[] expected = IntStream.range(0, found.tensors().size())
                .mapToDouble(k -> errors.applyAsDouble(part.porosity(k))).toArray();
        if (!found.missing().isEmpty()) {
            DoubleUnaryOperator others = errorsOf(settings.fallback().orElseThrow(), settings.model());
            found.missing().forEach(m -> expected[m.point()] = others.applyAsDouble(part.porosity(m.point())));
        }
        return IntStream.range(0, expected.length).mapToObj(k -> UncertainTensor.evenly(found.tensors().get(k).tensor(),
                expected[k])).toList();
    }

    /**
     * Expected errors of a constant by porosity; none for statics, whose tensors are the reference. Those of hybrid are
     * the network's, too large where statics answered.
     */
    private static DoubleUnaryOperator errorsOf(KnownSource source, Optional<Path> model) {
        if (source == KnownSource.STATICS) {
            return porosity -> 0;
        }
        boolean averaged = source == KnownSource.NETWORK;
        Shows shows = averaged ? Shows.RELAXED : Shows.DESIGNED;
        SurrogateOptions options = SurrogateOptions.defaults().withAverage(averaged);
        try (ElasticSurrogate network = ElasticSurrogate.load(model, options, shows)) {
            Optional<TestErrors> errors = network.testErrors(shows);
            return porosity -> errors.map(e -> e.at(porosity).map(TestErrors.AtPorosity::rmse).orElse(e.rmse()))
                    .orElse(Double.NaN);
        }
    }

    /**
     * A line a source; then each one over the last.
     *
     * @param settings with which the rows were made
     */
    public static String table(GradedCantilever part, List<GradedRow> rows, Settings settings) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%d structures%n%n%-18s%12s%16s%14s%12s%14s",
                part.structures().size(), "source", "force N/m", "if independent", "if alike", "seconds",
                "ms each"));
        for (GradedRow row : rows) {
            text.append(String.format(Locale.ROOT, "%n%-18s%12.5f%16s%14s%12.2f%14.3f", row.source(),
                    row.result().force(), band(row.result().independent()), band(row.result().common()),
                    row.seconds(), 1000 * row.seconds() / part.structures().size()));
        }
        for (GradedRow row : rows) {
            text.append(describeMissing(row.source, row.missing, part.structures().size(), settings));
            row.sampled.ifPresent(sample -> text.append(describeMissing("statics at drawn points", sample.missing(),
                    sample.said().points(), settings)));
        }
        for (GradedRow row : rows) {
            row.sampled.map(Sample::said).ifPresent(said -> text.append(String.format(Locale.ROOT,
                    "%n%s, with statics at %d points drawn at random: the force by statics is %.5f ± %.5f (one"
                            + " standard "
                    + "error), this one %+.3f ± %.3f %%;"
                    + "%n  bias of C11 %+.2f, C22 %+.2f, C12 %+.2f, C66 %+.2f GPa, RMSE of all constants %.2f GPa",
                    row.source, said.points(), said.force(), said.standardError(),
                    100 * (row.result.force() / said.force() - 1), 100 * said.standardError() / said.force(),
                    said.bias().get(0), said.bias().get(1), said.bias().get(3), said.bias().get(8), said.rmse())));
        }
        GradedRow last = rows.get(rows.size() - 1);
        for (GradedRow row : rows.subList(0, rows.size() - 1)) {
            text.append(String.format(Locale.ROOT, "%n%s over %s: force %+.3f %%, time 1 : %.1f", row.source(),
                    last.source(), 100 * (row.result().force() / last.result().force() - 1),
                    last.seconds() / row.seconds()));
        }
        return text.toString();
    }

    /** What must not go without saying. */
    private static String describeMissing(String source, List<GradedTensors.Missing> missing, int points,
            Settings settings) {
        return missing.isEmpty() ? "" : String.format(Locale.ROOT,
                "%n%s: no tensor for %d of %d points, which have that of %s: %s; the first: %s", source, missing.size(),
                points, settings.fallback().orElseThrow().label(), GradedTensors.Missing.named(missing),
                missing.get(0).reason());
    }

    private static String band(double error) {
        return error == 0 ? "exact" : Double.isNaN(error) ? "unknown"
                : String.format(Locale.ROOT, "\u00b1 %.5f", error);
    }

    /** A line a source: what {@link #table} says, for programs. */
    public static String csv(List<GradedRow> rows) {
        StringBuilder text = new StringBuilder(Csv.line("source", "force_N_per_m", "error_if_independent_N_per_m",
                "error_if_alike_N_per_m", "tensor_seconds", "sampled_points", "sampled_force_N_per_m",
                "sampled_standard_error_N_per_m", "points_without_tensor", "sampled_points_without_tensor"));
        for (GradedRow row : rows) {
            text.append(Csv.line(row.source, row.result.force(), row.result.independent(), row.result.common(),
                    row.seconds, row.sampled.map(Sample::said)
                            .map(s -> new Object[] {s.points(), s.force(), s.standardError()}).orElse(new Object[3]),
                    row.missing.size(), row.sampled.map(s -> s.missing().size()).orElse(null)));
        }
        return text.toString();
    }

    /** Forces of all sources with their bands, two standard deviations. */
    public static ChartSheet chart(List<GradedRow> rows) {
        List<Series> series = new ArrayList<>();
        for (int k = 0; k < rows.size(); k++) {
            GradedRow row = rows.get(k);
            double[] force = {row.result.force()};
            series.add(new Series(row.source + ", if alike", k + 1, Series.Style.MARKERS, new double[] {k}, force,
                    new double[] {finite(2 * row.result.common())}));
            series.add(new Series(row.source + ", if independent", k + 1, Series.Style.MARKERS,
                    new double[] {k + 0.15}, force, new double[] {finite(2 * row.result.independent())}));
            int place = k;
            row.sampled.map(Sample::said).ifPresent(said -> series.add(new Series(
                    "statics at " + said.points() + " points", 0, Series.Style.MARKERS, new double[] {place + 0.3},
                    new double[] {said.force()}, new double[] {2 * said.standardError()})));
        }
        return new ChartSheet("Graded part: force at the tip and two standard deviations", 1,
                List.of(new Chart("", "source", "force [N/m]", series, List.of())));
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }

    /** How the force changes with the pixels of the most loaded point's structure, which is shaded as designed. */
    public void drawPixels(Path file) {
        pixels.ifPresent(p -> GradientPlot.write(p.derivatives(), GradientPlot.Units.FORCE,
                StructureImage.of(part.structures().get(p.point()).atoms(), part.structures().get(p.point()).lattice(),
                        p.resolution()), file,
                String.format(Locale.ROOT, "d(force)/d(pixel) at point %d, which bears %.1f %% of it (%s)", p.point(),
                        100 * p.share(), source)));
    }

    /** Strain along the part, with a cross at each point that its source has no tensor for. */
    public void draw(Path file) {
        double[] u = result.state().displacements();
        NodalFields fields = NodalFields.of(result.problem(), u);
        FieldPicture.write(file, "strain E_xx (" + source + ")", result.problem().mesh(), u, fields.strain(0), "",
                missing.isEmpty() ? FieldPicture.Marks.NONE : new FieldPicture.Marks(
                        missing.stream().map(m -> part.place(m.point(), u)).toList(), missing.size()
                                + (missing.size() == 1 ? " point that has" : " points that have")
                                + " no tensor by " + source + ", and another source's"));
    }
}
