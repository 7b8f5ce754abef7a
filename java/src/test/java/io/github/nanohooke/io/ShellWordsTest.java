// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {
    @ParameterizedTest
    @ValueSource(strings = {"plain", "with space", "it's", "", "$HOME `id` \"x\" \\ !", "~/a",
        "Größe/µ", "a;b&c|d>e*?[f]#g"})
    void aShellReadsTheSameWordBack(String word) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", "printf %s " + ShellWords.quoted(word)).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(word);
    }

    @Test
    void whatNeedsNoQuotesHasNone() {
        assertThat(ShellWords.quoted(List.of("nanohooke", "--kind=circles=8,mixed=3", "a b", "/data/run-1.h5")))
                .isEqualTo("nanohooke --kind=circles=8,mixed=3 'a b' /data/run-1.h5");
        assertThat(ShellWords.quoted(Path.of("my data"))).isEqualTo("'my data'");
    }
}
