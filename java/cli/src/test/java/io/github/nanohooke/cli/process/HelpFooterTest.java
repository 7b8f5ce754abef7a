// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HelpFooterTest {

    @Test
    void aParagraphIsFilledToTheWidthAndBrokenAtSpacesAlone() {
        assertThat(HelpFooter.filled(12, "", "one two", "three to path.csv", "", "four"))
                .containsExactly("", "one two", "three to", "path.csv", "", "four");
        assertThat(HelpFooter.filled(13, "one two", "three", "four")).containsExactly("one two three", "four");
    }

    @Test
    void aWordLongerThanTheLineStaysWhole() {
        assertThat(HelpFooter.filled(5, "a statics.jsonl b")).containsExactly("a", "statics.jsonl", "b");
    }

    @Test
    void whatIsIndentedStaysAndEndsTheParagraph() {
        assertThat(HelpFooter.filled(20, "Rows:", "  a  a first row that is long", "     more", "after", "them"))
                .containsExactly("Rows:", "  a  a first row that is long", "     more", "after them");
    }
}
