// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * What stands below the options in a command's help: paragraphs and examples. picocli breaks every line by itself at
 * the width of the help, and at any full stop: a paragraph of several lines would come out ragged, the names of files
 * in it torn. Here paragraphs are filled, and broken at spaces alone.
 */
public final class HelpFooter {
    private HelpFooter() {
    }

    /** Fills the paragraphs of this command and of those below it. */
    public static void fillParagraphs(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.footer(filled(usage.width(), usage.footer()));
        command.getSubcommands().values().forEach(HelpFooter::fillParagraphs);
    }

    /**
     * The same text, its paragraphs broken anew. An empty line ends a paragraph, and so does an indented one, which is
     * an example or a row and stays as it is.
     *
     * @param width of a line at most, in characters (but for a longer word)
     */
    static String[] filled(int width, String... lines) {
        List<String> filled = new ArrayList<>();
        StringBuilder open = new StringBuilder(); // the last line of a paragraph
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith(" ")) {
                for (String word : line.split(" +")) {
                    if (!open.isEmpty() && open.length() + 1 + word.length() > width) {
                        close(open, filled);
                    }
                    open.append(open.isEmpty() ? "" : " ").append(word);
                }
            } else {
                close(open, filled);
                filled.add(line);
            }
        }
        close(open, filled);
        return filled.toArray(String[]::new);
    }

    private static void close(StringBuilder line, List<String> lines) {
        if (!line.isEmpty()) {
            lines.add(line.toString());
            line.setLength(0);
        }
    }
}
