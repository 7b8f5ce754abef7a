// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.cli.process.FailureReport;
import io.github.nanohooke.cli.process.HelpFooter;
import io.github.nanohooke.cli.process.StandardOutput;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.cli.process.UsageReport;
import io.github.nanohooke.cli.process.Version;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line {@code nanohooke}. Results go to standard output, logs and progress to standard error. */
@Command(
        name = "nanohooke",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "The elasticity of nanoporous metals, from atoms to parts.",
        footer = {
            "",
            "Examples:",
            "  nanohooke demo                 six structures, tables and pictures",
            "  nanohooke sample --kind mixed --seed 1 --index 7 --out pores.json",
            "  nanohooke statics pores.json   relax it, measure its elastic tensor",
            "  nanohooke statics pores.json --json | jq .constants",
            "",
            "Exit codes: 0 done, 1 internal error, 2 bad input or usage, 3 library missing,",
            "4 structure unstable or not converged, 5 partial results, 69 system package missing.",
            "",
            "Also, from the launcher: nanohooke test (runs all tests), nanohooke clean (removes what was built)."
        })
public final class Main implements Runnable {

    static {
        // Before the first logger is made. Results alone go to standard output, whatever other jars' settings say
        // (jhdf brings some); and jhdf logs every array that it writes, which nobody wants to read.
        logging("logFile", "System.err");
        logging("showThreadName", "false");
        logging("showShortLogName", "true");
        logging("log.io.jhdf", "error");
    }

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        StandardOutput out = StandardOutput.ofProcess();
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        StopSignal.askBeforeEnd(code -> out.exitCode(code, err));
        System.exit(out.exitCode(run(args, out.writer(), err), err));
    }

    private static void logging(String setting, String value) {
        String property = "org.slf4j.simpleLogger." + setting;
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /**
     * Runs one command line without ending the JVM.
     *
     * @return the exit code
     */
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        try {
            return commandLine(args).setOut(out).setErr(err).execute(args);
        } catch (Error e) { // picocli leaves errors to us
            return FailureReport.report(e, err);
        }
    }

    /** With all of its commands. */
    static CommandLine commandLine() {
        return commandLine(new String[0]);
    }

    /** With the commands that these arguments may mean. */
    private static CommandLine commandLine(String[] args) {
        CommandLine commandLine = new CommandLine(new Main());
        Commands.addCalled(commandLine, args);
        // JMH's options are JMH's business, in the order in which they came.
        CommandLine bench = commandLine.getSubcommands().get("bench");
        if (bench != null) {
            bench.setUnmatchedOptionsArePositionalParams(true);
        }
        HelpFooter.fillParagraphs(commandLine);
        return commandLine.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new UsageReport())
                .setExecutionExceptionHandler(new FailureReport());
    }

    /** Without a subcommand: the help, and the exit code of a wrong call. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
        throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }
}
