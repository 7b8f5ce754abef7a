// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.dataset;

import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.dataset.report.DatasetVerification;
import io.github.nanohooke.dataset.store.DatasetFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Check a dataset: checksums and content of its shards, and the merged file against them.",
        footer = {
            "",
            "Exit code 0 when all is well, 5 when something is missing, damaged or different, or when half of the",
            "samples or more failed or none is kept.",
            "",
            "Example:",
            "  nanohooke dataset verify data --recalculate 5"
        })
final class DatasetVerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The dataset's folder.")
    private Path folder;

    @Option(names = "--recalculate", paramLabel = "K", defaultValue = "0",
            description = "Also make K of the samples again and compare them bit by bit.")
    private int samples;

    @Override
    public Integer call() throws IOException {
        DatasetFolder dataset = DatasetFolder.open(folder);
        PrintWriter err = spec.commandLine().getErr();
        List<String> problems = new ArrayList<>(DatasetVerification.verify(dataset));
        if (problems.isEmpty() && samples > 0) {
            problems.addAll(DatasetVerification.recalculate(dataset, samples,
                    index -> err.println("nanohooke: sample " + index + " again")));
        }
        PrintWriter out = spec.commandLine().getOut();
        problems.forEach(out::println);
        if (problems.isEmpty()) {
            out.println(folder + ": " + dataset.plan().count() + " samples in " + dataset.plan().shards()
                    + " shards, all well");
        }
        return problems.isEmpty() ? ExitCodes.OK : ExitCodes.PARTIAL_RESULTS;
    }
}
