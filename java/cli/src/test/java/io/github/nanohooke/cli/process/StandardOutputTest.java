// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardOutputTest {
    private final StringWriter told = new StringWriter();
    private final PrintWriter err = new PrintWriter(told, true);

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "4, 5", "2, 2", "1, 1", "5, 5"})
    void lostResultsAreTold(int code, int expected) {
        StandardOutput out = new StandardOutput(failing("No space left on device"), false);
        out.writer().print("{}");
        assertThat(out.exitCode(code, err)).isEqualTo(expected);
        boolean commandFailed = code == ExitCodes.BAD_INPUT || code == ExitCodes.INTERNAL_ERROR;
        if (commandFailed) {
            assertThat(told.toString()).isEmpty();
        } else {
            assertThat(told.toString().strip()).isEqualTo(
                    "nanohooke: the results could not be written to standard output: No space left on device");
        }
    }

    @ParameterizedTest
    @CsvSource({"Broken pipe, false", "Datenübergabe unterbrochen, true"})
    void aReaderThatHasSeenEnoughIsNoNews(String words, boolean isPipe) {
        StandardOutput out = new StandardOutput(failing(words), isPipe);
        out.writer().println("a table");
        assertThat(out.exitCode(ExitCodes.OK, err)).isEqualTo(141);
        assertThat(out.exitCode(ExitCodes.BAD_INPUT, err)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(out.exitCode(ExitCodes.PARTIAL_RESULTS, err)).isEqualTo(ExitCodes.PARTIAL_RESULTS);
        assertThat(told.toString()).isEmpty();
    }

    @Test
    void whatArrivesIsUtf8() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StandardOutput out = new StandardOutput(bytes, false);
        out.writer().print("Å");
        assertThat(out.exitCode(ExitCodes.OK, err)).isZero();
        assertThat(bytes.toByteArray()).isEqualTo("Å".getBytes(StandardCharsets.UTF_8));
    }
}
