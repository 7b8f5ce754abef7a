// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Every command explains itself. */
class HelpTest {
    private static final int WIDTH = 80;

    static Stream<String> commands() {
        return walk(Main.commandLine()).map(command -> command.getCommandSpec().qualifiedName());
    }

    private static Stream<CommandLine> walk(CommandLine command) {
        return Stream.concat(Stream.of(command), command.getSubcommands().values().stream().distinct()
                .flatMap(HelpTest::walk));
    }

    private static CommandLine command(String name) {
        return walk(Main.commandLine()).filter(command -> command.getCommandSpec().qualifiedName().equals(name))
                .findFirst().orElseThrow();
    }

    /**
     * Picocli formats its texts: a single '%' would be printed with a warning, and the rest of the line unformatted.
     */
    @ParameterizedTest
    @MethodSource("commands")
    void itsTextsAreFormats(String name) {
        CommandSpec spec = command(name).getCommandSpec();
        // Options' texts are taken as they are.
        Stream.of(spec.usageMessage().description(), spec.usageMessage().footer(), spec.usageMessage().header())
                .flatMap(Arrays::stream)
                .map(line -> line.replaceAll("\\$\\{[^}]*}", "")) // what picocli fills in
                .forEach(line -> assertThatCode(() -> String.format(line)).as(line).doesNotThrowAnyException());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachOptionAndCommandIsDescribed(String name) {
        CommandSpec spec = command(name).getCommandSpec();
        assertThat(spec.usageMessage().description()).isNotEmpty();
        assertThat(spec.options()).allSatisfy(option ->
                assertThat(option.description()).as(option.longestName()).isNotEmpty());
    }

    /** At a terminal's usual width: an example that is broken there cannot be copied. */
    @ParameterizedTest
    @MethodSource("commands")
    void paragraphsAndExamplesFitTheirLines(String name) {
        String[] footer = command(name).getCommandSpec().usageMessage().footer();
        assertThat(footer).allSatisfy(line -> {
            assertThat(String.format(line)).hasSizeLessThanOrEqualTo(WIDTH);
            assertThat(line).as("a heading stands alone").doesNotContainPattern("[^ ] (Examples?|Exit codes):");
        });
    }
}
