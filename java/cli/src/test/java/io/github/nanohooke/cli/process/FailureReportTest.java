// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.nanohooke.EnvironmentFaultException;
import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.solve.NotConvergedException;
import io.github.nanohooke.image.ImageException;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.nn.BackendUnavailableException;
import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.statics.potential.PotentialException;
import io.github.nanohooke.structure.StructureException;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.train.DivergedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureReportTest {
    @TempDir
    private Path folder;

    private final StringWriter told = new StringWriter();

    private int report(Throwable failure) {
        return FailureReport.report(failure, new PrintWriter(told, true));
    }

    static Stream<Arguments> failures() {
        return Stream.of(arguments(new StructureException("x"), 2), arguments(new DatasetException("x"), 2),
                arguments(new ImageException("x"), 2), arguments(new PotentialException("x"), 2),
                arguments(new BadUsageException("x"), 2), arguments(new IOException("x"), 2),
                arguments(new UncheckedIOException(new IOException("x")), 2),
                arguments(new MissingLibraryException("x"), 3), arguments(new BackendUnavailableException("x"), 3),
                arguments(new NotConvergedException("x", "bend", 0.5), 4), arguments(new FemException("x"), 2),
                arguments(new NetworkException("x"), 2), arguments(new SurrogateException("x"), 2),
                arguments(new DivergedException("x"), 4), arguments(new CancellationException("x"), 5),
                arguments(new EnvironmentFaultException("x"), 1),
                arguments(new ExceptionInInitializerError(new PotentialException("x")), 2),
                arguments(new ExceptionInInitializerError(new EnvironmentFaultException("x")), 1));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void knownFailuresAreOneMessage(Throwable failure, int code) {
        assertThat(report(failure)).isEqualTo(code);
        assertThat(told.toString().strip()).matches("nanohooke: .*x");
    }

    /** A caller of the library who misuses it gets one; on the command line it is a fault of this program. */
    @Test
    void anIllegalArgumentIsAnInternalError() {
        for (Throwable failure : new Throwable[] {new IllegalArgumentException("an array has 6 rows"),
            new IllegalStateException("s"), new NullPointerException(), new AssertionError("a"),
            new ExceptionInInitializerError(new IllegalStateException("s"))}) {
            assertThat(report(failure)).as(failure.toString()).isEqualTo(ExitCodes.INTERNAL_ERROR);
        }
        assertThat(told.toString()).contains(
                "internal error, a fault of this program: java.lang.IllegalArgumentException: an array has 6 rows");
    }

    @Test
    void shortMemoryNamesTheRemedy() {
        assertThat(report(new OutOfMemoryError("Java heap space"))).isEqualTo(ExitCodes.INTERNAL_ERROR);
        assertThat(told.toString()).startsWith("nanohooke: out of memory (Java heap space; Java may take ")
                .contains("-Xmx");
    }

    @Test
    void aBrokenInstallationIsAMissingLibrary() {
        assertThat(report(new UnsatisfiedLinkError("libx.so: cannot open shared object file")))
                .isEqualTo(ExitCodes.LIBRARY_MISSING);
        assertThat(report(new NoClassDefFoundError("io/jhdf/HdfFile"))).isEqualTo(ExitCodes.LIBRARY_MISSING);
        assertThat(told.toString().lines()).hasSize(2).allMatch(line -> line.contains("nanohooke info"));
        assertThat(told.toString()).contains("a native library could not be loaded: libx.so", "io/jhdf/HdfFile");
    }

    @Test
    void aJavaWithoutFontsSaysWhatToInstall() {
        InternalError error = new InternalError("Fontconfig head is null");
        error.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("sun.font.FcFontConfiguration", "init", "FcFontConfiguration.java", 1)});
        assertThat(report(error)).isEqualTo(ExitCodes.LIBRARY_MISSING);
        assertThat(told.toString()).contains("Fontconfig head is null", "fontconfig");
    }

    @Test
    void whatCouldNotBeWrittenIsPartOrWrong() {
        assertThat(report(caught(folder.resolve("none/x")))).isEqualTo(ExitCodes.BAD_INPUT);
        FileWriteException full = catchThrowableOfType(FileWriteException.class,
                () -> AtomicFile.write(folder.resolve("x"), out -> {
                    throw new IOException("No space left on device");
                }));
        assertThat(report(full)).isEqualTo(ExitCodes.PARTIAL_RESULTS);
    }

    private static FileWriteException caught(Path file) {
        return catchThrowableOfType(FileWriteException.class,
                () -> AtomicFile.writeText(file, "x"));
    }

    @Test
    void aFileThatIsNotThereIsNamedInWords() {
        report(new NoSuchFileException("a.json"));
        assertThat(told.toString().strip()).isEqualTo("nanohooke: a.json (no such file)");
    }

    @Test
    void whatTheUserGaveIsTheUsersFault() {
        assertThat(catchThrowable(() -> BadUsageException.checked(() -> {
            throw new IllegalArgumentException("strain 1.0 is no small strain");
        }))).isInstanceOf(BadUsageException.class).hasMessage("strain 1.0 is no small strain");
    }
}
