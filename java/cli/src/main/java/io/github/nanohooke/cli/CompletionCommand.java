// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.cli.process.ExitCodes;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print a script that teaches bash and zsh to complete commands and options.",
        footer = {
            "",
            "Examples:",
            "  source <(nanohooke completion)",
            "  nanohooke completion > ~/.local/share/bash-completion/completions/nanohooke"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        root.getOut().println(AutoComplete.bash(root.getCommandName(), root));
        return ExitCodes.OK;
    }
}
