// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a wrong call in one last line, and where help is; a page of usage would push it off the screen. */
public final class UsageReport implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("nanohooke: " + failure.getMessage() + " ('" + name + " --help' tells more)");
        return ExitCodes.BAD_INPUT;
    }
}
