// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.dataset;

import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.dataset.store.DatasetMerge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        description = "Put the shards of a complete dataset into one file, DIR/dataset.h5.",
        footer = {"", "Equal shards give equal bytes.", "", "Example:", "  nanohooke dataset merge data"})
final class DatasetMergeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The dataset's folder.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        spec.commandLine().getOut().println(DatasetMerge.merge(DatasetFolder.open(folder)));
        return ExitCodes.OK;
    }
}
