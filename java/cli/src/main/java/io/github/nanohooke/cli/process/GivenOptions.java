// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Options that a call would pass over are errors: whoever gives one expects it to change something. */
public final class GivenOptions {
    private GivenOptions() {
    }

    /**
     * Refuses options that say nothing beside the others of this call.
     *
     * @param reason  what follows the option's name in the message, for example {@code "is for --source hybrid"}
     * @param options names, of which the first that was given is told
     * @throws BadUsageException when one was given
     */
    public static void refuse(CommandSpec command, String reason, String... options) {
        ParseResult given = command.commandLine().getParseResult();
        for (String option : options) {
            if (given.hasMatchedOption(option)) {
                throw new BadUsageException(option + " " + reason);
            }
        }
    }
}
