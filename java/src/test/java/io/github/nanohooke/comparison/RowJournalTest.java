// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.dataset.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowJournalTest {
    private static final Map<String, String> SETTINGS = Map.of("kind", "mixed", "seed", "1");

    @TempDir
    private Path folder;
    private Path file;

    public record Row(long index, double value, String text) {
    }

    @BeforeEach
    void writeThreeRows() throws IOException {
        file = folder.resolve("rows.journal");
        try (RowJournal<Row> journal = open(SETTINGS)) {
            journal.append(new Row(5, 0.1, "five"));
            journal.append(new Row(2, Double.NaN, "line\nend, \"quoted\", Å"));
            journal.append(new Row(9, Double.POSITIVE_INFINITY, ""));
        }
    }

    private RowJournal<Row> open(Map<String, String> settings) throws IOException {
        return RowJournal.open(file, settings, Row.class, Row::index);
    }

    @Test
    void rowsComeBackBitForBit() throws IOException {
        try (RowJournal<Row> journal = open(SETTINGS)) {
            assertThat(journal.has(5)).isTrue();
            assertThat(journal.has(4)).isFalse();
            assertThat(journal.rows(List.of(2L, 4L, 5L, 9L))).containsExactly(
                    new Row(2, Double.NaN, "line\nend, \"quoted\", Å"), new Row(5, 0.1, "five"),
                    new Row(9, Double.POSITIVE_INFINITY, ""));
        }
    }

    @Test
    void aLineThatWasCutOffIsDroppedAndOverwritten() throws IOException {
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() - 7));
        try (RowJournal<Row> journal = open(SETTINGS)) {
            assertThat(journal.has(9)).isFalse();
            assertThat(journal.has(2)).isTrue();
            journal.append(new Row(9, Double.POSITIVE_INFINITY, ""));
        }
        assertThat(Files.readString(file)).isEqualTo(whole);
    }

    /** Also within a character, and within the settings: a kill may leave any number of bytes. */
    @Test
    void aCutAtAnyByteLosesTheLastLineAlone() throws IOException {
        Row last = new Row(11, 1.5, "0.1 Å, 0.2 eV/Å");
        int begin = Files.readAllBytes(file).length;
        try (RowJournal<Row> journal = open(SETTINGS)) {
            journal.append(last);
        }
        byte[] whole = Files.readAllBytes(file);
        int settings = Files.readString(file).indexOf('\n') + 1;
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (RowJournal<Row> journal = open(SETTINGS)) {
                assertThat(journal.has(11)).isFalse();
                assertThat(journal.rows()).as("cut at byte %d", length).hasSizeLessThanOrEqualTo(3)
                        .hasSizeGreaterThanOrEqualTo(length >= begin ? 3 : 0);
                journal.append(last);
            }
            try (RowJournal<Row> journal = open(SETTINGS)) {
                assertThat(journal.has(11)).as("cut at byte %d", length).isTrue();
            }
            byte[] kept = Files.readAllBytes(file);
            assertThat(Arrays.copyOf(kept, settings)).isEqualTo(Arrays.copyOf(whole, settings));
            if (length >= begin) {
                assertThat(kept).isEqualTo(whole);
            }
        }
    }

    @Test
    void aDamagedLineIsLeftOut() throws IOException {
        Files.writeString(file, Files.readString(file).replace("five", "fire"));
        try (RowJournal<Row> journal = open(SETTINGS)) {
            assertThat(journal.has(5)).isFalse();
            assertThat(journal.has(9)).isTrue();
        }
    }

    @Test
    void otherSettingsAreRefusedByName() {
        assertThatThrownBy(() -> open(Map.of("kind", "circles", "seed", "1"))).isInstanceOf(DatasetException.class)
                .hasMessageContaining("kind is mixed there, circles was asked for").hasMessageNotContaining("seed");
        assertThatThrownBy(() -> open(Map.of("kind", "mixed"))).isInstanceOf(DatasetException.class)
                .hasMessageContaining("seed is 1 there");
    }

    @Test
    void foreignFilesAreRefused() throws IOException {
        Files.writeString(file, "index,value\n1,2\n", StandardOpenOption.TRUNCATE_EXISTING);
        assertThatThrownBy(() -> open(SETTINGS)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("damaged or no journal");
        assertThat(Files.readString(file)).isEqualTo("index,value\n1,2\n");
    }

    @Test
    void oneRunAtATime() throws IOException {
        try (RowJournal<Row> journal = open(SETTINGS)) {
            assertThatThrownBy(() -> open(SETTINGS)).isInstanceOf(DatasetException.class)
                    .hasMessageContaining("in use");
            assertThat(journal.has(5)).isTrue();
        }
    }
}
