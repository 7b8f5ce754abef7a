// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A call reads the command that it names; the help, the completion and a misspelt name need all. */
class CommandsTest {
    @Command(name = "root")
    private static final class Root {
    }

    static List<String> names() {
        return List.copyOf(Main.commandLine().getSubcommands().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyCommandHasTheNameThatItIsCalledBy(String name) {
        CommandLine command = Main.commandLine().getSubcommands().get(name);
        assertThat(command.getCommandSpec().name()).isEqualTo(name);
    }

    @Test
    void aCommandThatIsCalledIsReadAlone() {
        assertThat(called("predict", "--help").getSubcommands()).containsOnlyKeys("predict");
        assertThat(called("dataset", "info").getSubcommands().get("dataset").getSubcommands()).containsKey("merge");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "completion", "--help", "predcit", ""})
    void whatIsAboutOthersReadsAll(String word) {
        assertThat(called(word).getSubcommands().keySet()).containsExactlyElementsOf(names());
    }

    @Test
    void nothingReadsAll() {
        assertThat(called().getSubcommands().keySet()).containsExactlyElementsOf(names());
    }

    private static CommandLine called(String... args) {
        CommandLine root = new CommandLine(new Root());
        Commands.addCalled(root, args);
        return root;
    }
}
