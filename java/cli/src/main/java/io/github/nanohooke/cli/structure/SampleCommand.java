// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.structure;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.file.StructureFile;
import io.github.nanohooke.structure.source.StructureSources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Draw random porous structures of a family: the paper's (section 2: circles, rectangles, mixed)"
                + " or another.",
        footer = {
            "",
            "A structure depends on --kind, --seed and its index alone, so any machine draws the same one.",
            "Datasets of this project are of seeds 1, 12 to 14, 17 and 18: networks may have learnt from such.",
            "",
            "Examples:",
            "  nanohooke sample --kind mixed --seed 1 --index 7",
            "  nanohooke sample --kind circles --seed 1 --index 7 --out pores.json",
            "  nanohooke sample --kind rectangles --seed 1 --count 100 --out structures"
        })
public final class SampleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--kind", required = true, paramLabel = "KIND", completionCandidates = StructureKinds.class,
            description = "${COMPLETION-CANDIDATES}.")
    private String kind;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @ArgGroup(multiplicity = "1")
    private Which which;

    @Option(names = "--out", paramLabel = "PATH",
            description = "File for --index (standard output without it), folder for --count.")
    private Path out;

    private static final class Which {
        @Option(names = "--index", required = true, paramLabel = "I", description = "One structure, counted from 0.")
        Long index;

        @Option(names = "--count", required = true, paramLabel = "N", description = "The structures 0 to N-1.")
        Long count;
    }

    @Override
    public Integer call() throws IOException {
        if (!StructureSources.ids().contains(kind)) {
            throw new ParameterException(spec.commandLine(), "Invalid value for option '--kind': there is no kind of "
                    + "structures '" + kind + "'; there are " + String.join(", ", StructureSources.ids()));
        }
        if (which.index != null) {
            if (which.index < 0) {
                throw new BadUsageException("--index is counted from 0, got " + which.index);
            }
            if (out == null) {
                spec.commandLine().getOut().println(StructureFile.toJson(draw(which.index)));
            } else {
                StructureFile.write(out, draw(which.index));
            }
            return ExitCodes.OK;
        }
        if (which.count < 1) {
            throw new BadUsageException("--count must be at least 1, got " + which.count);
        }
        if (out == null) {
            throw new BadUsageException("--count writes many files: say where with --out DIR");
        }
        OutputFolder folder = OutputFolder.open(out);
        for (long i = 0; i < which.count; i++) {
            StructureFile.write(folder.path().resolve(fileName(i)), draw(i));
        }
        spec.commandLine().getErr().println("nanohooke: " + which.count + " structures in " + out);
        return ExitCodes.OK;
    }

    private PorousStructure draw(long index) {
        return BadUsageException.checked(() -> StructureSources.of(kind))
                .draw(seed, index, Lattice.aluminium(), Cells.paper()).structure();
    }

    private String fileName(long index) {
        return String.format(Locale.ROOT, "%s-%d-%06d.json", kind, seed, index);
    }
}
