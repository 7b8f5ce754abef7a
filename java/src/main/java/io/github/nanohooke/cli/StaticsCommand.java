// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.MinimaSpread;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.Verification;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "statics",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Relax a structure to zero stress and measure its 6x6 elastic tensor.",
        footer = {
            "",
            "FILE is a structure (JSON: lattice, cells, pores), a LAMMPS data file or an extended XYZ file.",
            "",
            "Examples:",
            "  nanohooke statics pores.json",
            "  nanohooke statics pores.json --verify        the fast method against LAMMPS, at one minimum",
            "  nanohooke statics pores.json --nz 1 --json | jq .constants.C11",
            "  nanohooke statics mine.data --potential Cu_mishin1.eam.alloy --out results"
        })
final class StaticsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Structure (.json), LAMMPS data (.data) or extended XYZ (.xyz).")
    private Path file;

    @Mixin
    private StaticsSettings settings;

    @Option(names = "--nz", paramLabel = "N",
            description = "Lattice cells along z in place of the file's number (the paper's is 3).")
    private Integer nz;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Also write the JSON, the relaxed atoms (LAMMPS data, extended XYZ) and pictures there.")
    private Path out;

    @Option(names = "--verify",
            description = "Also measure stress differences in LAMMPS at the same minimum and report the largest "
                    + "difference.")
    private boolean verify;

    @Option(names = "--spread", paramLabel = "K",
            description = "Also start K times from slightly disturbed atoms and report how far apart the minima lie.")
    private Integer spread;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Override
    public Integer call() {
        StaticsOptions options = settings.options();
        if (spread != null && spread < 2) {
            throw new BadUsageException("--spread needs at least 2 starts, got " + spread);
        }
        StructureInput input = StructureInput.read(file, nz);
        options.potential().requireElements(input.atoms().elements());
        OutputFolder folder = out == null ? null : OutputFolder.open(out);
        StaticsResult result;
        Map<String, Object> extra = new LinkedHashMap<>();
        String method = settings.method(input.atoms(), options);
        int steps = 1 + (verify ? 1 : 0) + (spread == null ? 0 : 1);
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS);
                ElasticCalculator calculator = ElasticCalculators.open(method);
                Progress progress = new Progress("statics", steps, quiet, stop)) {
            result = calculator.calculate(input.atoms(), options, progress.item(input.name()));
            progress.itemDone();
            if (verify && result.tensor() != null) {
                try (ElasticCalculator judge = ElasticCalculators.open(Verification.JUDGE)) {
                    extra.put("verification",
                            Verification.of(judge, result, options, progress.item("verify")));
                }
                progress.itemDone();
            }
            if (spread != null) {
                extra.put("spread", MinimaSpread.measure(calculator, input.atoms(), options, spread,
                        progress.item("spread")));
            }
        }
        Map<String, Object> all = ResultJson.toMap(input, options.potential(), result);
        all.putAll(extra);
        String text = ResultJson.toJson(all);
        spec.commandLine().getOut().println(json ? text : ResultTable.of(input, result) + ResultTable.extra(extra));
        if (folder != null && !writeFiles(folder, input, result, text)) {
            return ExitCodes.PARTIAL_RESULTS;
        }
        return result.outcome() == Outcome.STABLE ? ExitCodes.OK : ExitCodes.UNSTABLE_OR_NOT_CONVERGED;
    }

    // The tensor is printed already: a full disk must not take it away.
    private boolean writeFiles(OutputFolder folder, StructureInput input, StaticsResult result, String text) {
        try {
            Pictures.write(folder, input, result, text);
            return true;
        } catch (FileWriteException e) {
            spec.commandLine().getErr().println("nanohooke: " + e.getMessage()
                    + "; the result above is complete, the files in " + folder.path() + " are not");
            return false;
        }
    }
}
