// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.fem.beam.GradedCantilever;
import io.github.nanohooke.fem.io.NodalFields;
import io.github.nanohooke.fem.source.KnownSource;
import io.github.nanohooke.fem.source.StructureTensors;
import io.github.nanohooke.figures.FieldPicture;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.evaluate.TestErrors;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/**
 * What one source of tensors makes of a graded part.
 *
 * @param source  its label
 * @param seconds wall time of all tensors, drawing of images included
 * @param result  the part, moved
 */
public record GradedRow(String source, double seconds, GradedCantilever.Result result) {

    /**
     * Asks for all tensors and bends the part.
     *
     * @param limit    uncertainty above which hybrid asks statics [GPa]
     * @param cache    file that keeps tensors; null for none
     * @param progress told how much is done, 0 to 1; false stops
     * @throws java.util.concurrent.CancellationException when {@code progress} asks to stop
     */
    public static GradedRow of(GradedCantilever part, KnownSource source, double limit, Path cache,
            DoublePredicate progress) {
        try (TensorSource evaluator = source.open(limit)) {
            StructureTensors tensors = new StructureTensors(evaluator, cache);
            long start = System.nanoTime();
            List<ElasticTensor> all = tensors.of(part.structures(), progress);
            double seconds = (System.nanoTime() - start) * 1e-9;
            return new GradedRow(source.label(), seconds,
                    BadUsageException.checked(() -> part.bend(all, errorsOf(source))));
        }
    }

    /**
     * Expected errors of a constant by porosity; none for statics, whose tensors are the reference. Those of hybrid are
     * the network's, too large where statics answered.
     */
    private static DoubleUnaryOperator errorsOf(KnownSource source) {
        if (source == KnownSource.STATICS) {
            return porosity -> 0;
        }
        boolean averaged = source == KnownSource.NETWORK;
        try (ElasticSurrogate network = ElasticSurrogate.loadDefault(SurrogateOptions.defaults()
                .withAverage(averaged))) {
            Optional<TestErrors> errors = network.testErrors(averaged ? Shows.RELAXED : Shows.DESIGNED);
            return porosity -> errors.map(e -> e.at(porosity).map(TestErrors.AtPorosity::rmse).orElse(e.rmse()))
                    .orElse(Double.NaN);
        }
    }

    /** A line a source; then each one over the last. */
    public static String table(GradedCantilever part, List<GradedRow> rows) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%d structures%n%n%-18s%12s%16s%14s%12s%14s",
                part.structures().size(), "source", "force N/m", "if independent", "if alike", "seconds",
                "ms each"));
        for (GradedRow row : rows) {
            text.append(String.format(Locale.ROOT, "%n%-18s%12.5f%16s%14s%12.2f%14.3f", row.source(),
                    row.result().force(), band(row.result().independent()), band(row.result().common()),
                    row.seconds(), 1000 * row.seconds() / part.structures().size()));
        }
        GradedRow last = rows.get(rows.size() - 1);
        for (GradedRow row : rows.subList(0, rows.size() - 1)) {
            text.append(String.format(Locale.ROOT, "%n%s over %s: force %+.3f %%, time 1 : %.1f", row.source(),
                    last.source(), 100 * (row.result().force() / last.result().force() - 1),
                    last.seconds() / row.seconds()));
        }
        return text.toString();
    }

    private static String band(double error) {
        return error == 0 ? "exact" : Double.isNaN(error) ? "unknown"
                : String.format(Locale.ROOT, "\u00b1 %.5f", error);
    }

    /** Strain along the part. */
    public void draw(Path file) {
        double[] u = result.state().displacements();
        NodalFields fields = NodalFields.of(result.problem(), u);
        FieldPicture.write(file, "strain E_xx (" + source + ")", result.problem().mesh(), u, fields.strain(0), "");
    }
}
