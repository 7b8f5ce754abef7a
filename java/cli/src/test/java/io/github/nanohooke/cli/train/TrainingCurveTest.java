// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.surrogate.evaluate.ErrorStatistics;
import io.github.nanohooke.surrogate.train.EpochRecord;
import io.github.nanohooke.surrogate.train.TrainingListener;
import io.github.nanohooke.tensor.ElasticConstants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingCurveTest {
    private static Stream<Throwable> failures() {
        return Stream.of(new UncheckedIOException(new IOException("disk")), new IllegalStateException("axis"),
                new NoClassDefFoundError("sun.awt.X11FontManager"), new UnsatisfiedLinkError("libfontmanager.so"),
                new InternalError("no fonts"));
    }

    private static EpochRecord record(int epoch) {
        ErrorStatistics errors = new ErrorStatistics(3, 1, Collections.nCopies(ElasticConstants.COUNT, 1.0));
        return new EpochRecord(epoch, epoch, 1e-3, 1, errors, 0.1, epoch == 1, 1);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatCannotBeDrawnEndsNothingAndIsGivenUp(Throwable failure) {
        AtomicInteger drawings = new AtomicInteger();
        AtomicInteger heard = new AtomicInteger();
        TrainingListener next = new TrainingListener() {
            @Override
            public void epoch(EpochRecord epoch) {
                heard.incrementAndGet();
            }
        };
        try (TrainingCurve curve = new TrainingCurve(Path.of("training.png"), "title", next, (file, title, history) -> {
            drawings.incrementAndGet();
            throwIt(failure);
        })) {
            curve.epoch(record(1));
            curve.epoch(record(2));
        }
        assertThat(heard).hasValue(2);
        assertThat(drawings).as("the first failure is the last").hasValue(1);
    }

    private static void throwIt(Throwable failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        throw (Error) failure;
    }
}
