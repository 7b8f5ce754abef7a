// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import io.github.nanohooke.io.ShellWords;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The command line that is being carried out, to be given again. */
public final class SameCommand {

    private SameCommand() {
    }

    /**
     * As text for a shell.
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
        return ShellWords.quoted(words);
    }
}
