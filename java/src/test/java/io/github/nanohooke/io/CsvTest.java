// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
    @Test
    void linesAreNumbersInFullPrecisionAndTextInQuotesWhereItNeedsThem() {
        assertThat(Csv.line("a b", 1, 0.1, null, new double[] {1e-300, Double.NaN}, List.of("x", 2L), true))
                .isEqualTo("a b,1,0.1,,1.0E-300,NaN,x,2,true\n");
        assertThat(Csv.line("a,b", "say \"so\"", " edge", Csv.quoted("plain"), Csv.quoted("a\"b")))
                .isEqualTo("\"a,b\",\"say \"\"so\"\"\",\" edge\",\"plain\",\"a\"\"b\"\n");
        assertThat(Csv.line()).isEqualTo("\n");
        assertThat(Csv.line("last", null)).isEqualTo("last,\n");
    }

    @Test
    void aDecimalCommaOfTheMachineChangesNothing() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Csv.line(1234567.5, 12345)).isEqualTo("1234567.5,12345\n");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void fieldsAreReadBack() {
        assertThat(Csv.fields("a,\"b,\"\"c\"\"\",,1.5,\"\"")).containsExactly("a", "b,\"c\"", "", "1.5", "");
        assertThat(Csv.fields("")).containsExactly("");
        assertThat(Csv.fields("a,")).containsExactly("a", "");
        assertThatThrownBy(() -> Csv.fields("a,\"b")).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("not closed");
        assertThatThrownBy(() -> Csv.fields("\"a\"b,c")).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("field 1");
    }

    /** Spreadsheets put one before what they save. */
    @Test
    void aByteOrderMarkIsNoPartOfTheFirstField(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "\uFEFFelement,C11\n0,\"70\"\n");
        assertThat(Csv.read(file)).containsExactly(List.of("element", "C11"), List.of("0", "70"));
        Path quoted = Files.writeString(folder.resolve("b.csv"), "\uFEFF\"element\",C11\n");
        assertThat(Csv.read(quoted)).containsExactly(List.of("element", "C11"));
        assertThat(JsonFields.parse("\uFEFF{\"a\": 3}", "a.json", FileFormatException::new).whole("a")).isEqualTo(3);
    }

    @Property(tries = 300)
    void whatIsWrittenIsRead(@ForAll @NotEmpty String[] texts) {
        String line = Csv.line((Object[]) texts);
        assertThat(line).endsWith("\n");
        assertThat(Csv.fields(line.substring(0, line.length() - 1))).isEqualTo(Arrays.asList(texts));
    }
}
