// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Command lines as text that a shell reads back. */
public final class ShellWords {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,+@%-]+");

    private ShellWords() {
    }

    public static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    public static String quoted(List<String> words) {
        return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    /**
     * The command line that is being carried out, to be given again.
     *
     * @param option that it must have then
     */
    public static String again(CommandSpec spec, String option) {
        List<String> words = new ArrayList<>();
        words.add(spec.root().name());
        words.addAll(spec.root().commandLine().getParseResult().originalArgs());
        if (!words.contains(option)) {
            words.add(option);
        }
        return quoted(words);
    }
}
