// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The line that matters comes last, where a terminal shows it. */
class UsageReportTest {
    private final StringWriter told = new StringWriter();

    private List<String> run(String... arguments) {
        int code = Main.run(arguments, new PrintWriter(new StringWriter()), new PrintWriter(told, true));
        assertThat(code).isEqualTo(ExitCodes.BAD_INPUT);
        return told.toString().lines().toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            statics                       | FILE          | 'nanohooke statics --help'
            statics x.json --nz one       | one           | 'nanohooke statics --help'
            sample --kind stars --index 1 | stars         | 'nanohooke sample --help'
            dataset info                  | PATH          | 'nanohooke dataset info --help'
            train d --epochs 0 --out m    | epochs        | ''
            statics x.json --strain 0.5   | strain        | ''
            statics x.json --strain tiny  | 'takes a number, as 2e-5, or auto; got ''tiny''' | ''
            statics x.json --spread 1     | spread        | ''
            predict x.json --constant C99 | C99           | ''
            dataset --kind mixed --count 1 --method hessian --strain 1e-5 --out x | --method lammps | ''
            dataset --kind mixed --count 1 --method iterative --strain 1e-5 --out x | --method lammps | ''
            """)
    void aWrongCallIsOneLine(String arguments, String expected, String hint) {
        List<String> lines = run(arguments.split(" "));
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).startsWith("nanohooke: ").contains(expected, hint);
    }

    @Test
    void aMisspeltOptionSuggestsTheRightOne() {
        List<String> lines = run("statics", "x.json", "--stran", "1e-5");
        assertThat(String.join("\n", lines)).contains("--strain");
        assertThat(lines.get(lines.size() - 1)).startsWith("nanohooke: Unknown option").contains("--stran");
    }

    @Test
    void withoutACommandTheListOfThemComesFirst() {
        List<String> lines = run();
        assertThat(lines.get(0)).startsWith("Usage: nanohooke");
        assertThat(lines.get(lines.size() - 1)).startsWith("nanohooke: which command?");
    }
}
