// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.statics;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.FileTally;
import io.github.nanohooke.cli.process.JsonText;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.Progress;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.cli.structure.StructureInput;
import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.MinimaSpread;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Tables;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.Verification;
import io.github.nanohooke.statics.hyperelastic.HyperelasticCalculator;
import io.github.nanohooke.statics.hyperelastic.HyperelasticOutcome;
import io.github.nanohooke.statics.hyperelastic.HyperelasticResult;
import io.github.nanohooke.statics.hyperelastic.ReferenceCell;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
            "  nanohooke statics pores.json --verify   against LAMMPS, at one minimum",
            "  nanohooke statics pores.json --nz 1 --json | jq .constants.C11",
            "  nanohooke statics cell.json --nz 1 --deformation 1,0.02,0,0,1,0,0,0,1 --json",
            "  nanohooke statics structures/*.json --nz 1 --json > all.jsonl",
            "  nanohooke sample --kind mixed --index 7 | nanohooke statics /dev/stdin",
            "  nanohooke statics mine.data --potential Cu_mishin1.eam.alloy --out results"
        })
public final class StaticsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*",
            description = "Structures (.json), LAMMPS data (.data) or extended XYZ (.xyz).")
    private List<Path> files;

    @Mixin
    private StaticsSettings settings;

    @Option(names = "--nz", paramLabel = "N",
            description = "Lattice cells along z in place of the file's number (the paper's is 3).")
    private Integer nz;

    @Option(names = "--smooth",
            description = "Take the potential table's second derivatives averaged over r (1 ± 0.003) for the tensor, "
                    + "as finite strains see them (method hessian; default: as the table has them, and a warning where"
                    + " it "
                    + "matters).")
    private boolean smooth;

    @Option(names = "--deformation", paramLabel = "F", split = ",", description =
            "Nine numbers of a deformation gradient, "
            + "row by row: the atoms relaxed at it, from the zero-stress state; energy, stresses, tangent, stability.")
    private double[] deformation;

    @Option(names = "--stretch", paramLabel = "U", split = ",",
            description = "The same by the six numbers 11, 22, 33, 23, 13, 12 of a symmetric stretch.")
    private double[] stretch;

    @Option(names = "--json", description = "Print one JSON object a file, on one line, instead of tables.")
    private boolean json;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Also write the JSON, the relaxed atoms (LAMMPS data, extended XYZ) and pictures there, of "
                    + "several files each in a folder of its name.")
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
        if (!quiet) {
            settings.announce("statics of " + (files.size() == 1 ? files.get(0) : files.size() + " files"));
        }
        StaticsOptions options = smooth ? settings.options().withTables(Tables.SMOOTH) : settings.options();
        if (spread != null && spread < 2) {
            throw new BadUsageException("--spread needs at least 2 starts, got " + spread);
        }
        double[] asked = DeformationReport.asked(deformation, stretch);
        if (asked != null && (verify || smooth || spread != null)) {
            throw new BadUsageException("--verify, --smooth and --spread are for the tensor, not for a deformation");
        }
        requireOwnFolders();
        OutputFolder folder = out == null ? null : OutputFolder.open(out);
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS); OpenCalculator open = new OpenCalculator()) {
            FileTally tally = new FileTally(files.size(), spec.commandLine(), stop, quiet);
            for (Path file : files) {
                if (!tally.goesOn()) {
                    break;
                }
                tally.attempt(file, () -> {
                    if (asked == null) {
                        calculate(file, options, open, folder, tally, stop);
                    } else {
                        deform(file, asked, options, folder, tally, stop);
                    }
                });
            }
            int code = tally.exitCode();
            stop.exitCode(code);
            return code;
        }
    }

    private void requireOwnFolders() {
        Set<String> names = new HashSet<>();
        for (Path file : files) {
            if (out != null && files.size() > 1 && !names.add(StructureInput.name(file))) {
                throw new BadUsageException("with --out every file has a folder of its name, and several are named "
                        + StructureInput.name(file) + "; rename them, or calculate them in calls of their own");
            }
        }
    }

    private void calculate(Path file, StaticsOptions options, OpenCalculator open, OutputFolder folder,
            FileTally tally, StopSignal stop) {
        StructureInput input;
        StaticsResult result;
        Map<String, Object> extra = new LinkedHashMap<>();
        int steps = 1 + (verify ? 1 : 0) + (spread == null ? 0 : 1);
        String task = files.size() == 1 ? "statics" : "statics " + (tally.tried() + 1) + " of " + files.size();
        try (Progress progress = Progress.ofFile(task, steps, quiet, stop)) {
            input = StructureInput.read(file, nz);
            options.potential().requireElements(input.atoms().elements());
            ElasticCalculator calculator = open.of(method(input, options));
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
        String text = JsonText.of(all);
        spec.commandLine().getOut().println(json ? text : ResultTable.of(input, result) + ResultTable.extra(extra));
        tally.done(result.outcome().isSound());
        if (folder != null) {
            writeFiles(folder, input, result, text, tally);
        }
    }

    private void deform(Path file, double[] asked, StaticsOptions options, OutputFolder folder, FileTally tally,
            StopSignal stop) {
        StructureInput input = StructureInput.read(file, nz);
        String method = settings.method(input.atoms(), options);
        if (!method.equals("hessian")) {
            throw new BadUsageException("deformations are for the method hessian (one element, an embedded-atom file), "
                    + "not for " + method);
        }
        try (Progress progress = Progress.ofFile("deformation", 1, quiet, stop);
                HyperelasticCalculator crystal = HyperelasticCalculator.open(input.atoms(),
                        ReferenceCell.Kind.ZERO_STRESS, options, progress.item(input.name()))) {
            HyperelasticResult result = crystal.deform(asked);
            progress.itemDone();
            String text = JsonText.of(DeformationReport.toMap(input, options.potential(), crystal.reference(), result));
            spec.commandLine().getOut().println(json ? text : DeformationReport.table(input, result));
            tally.done(result.outcome() == HyperelasticOutcome.STABLE);
            if (folder != null) {
                DeformationReport.write(files.size() == 1 ? folder : folder.sub(input.name()), input, result, text);
            }
        }
    }

    private String method(StructureInput input, StaticsOptions options) {
        String method = settings.method(input.atoms(), options, verify);
        if (smooth && method.equals(Verification.JUDGE)) {
            throw new BadUsageException("--smooth is for methods with second derivatives; " + method
                    + " measures differences over --strain");
        }
        return method;
    }

    // The tensor is printed already: a full disk must not take it away.
    private void writeFiles(OutputFolder folder, StructureInput input, StaticsResult result, String text,
            FileTally tally) {
        OutputFolder own = files.size() == 1 ? folder : folder.sub(input.name());
        try {
            Pictures.write(own, input, result, text);
        } catch (FileWriteException e) {
            tally.incomplete(e.getMessage() + "; the result above is complete, the files in " + own.path()
                    + " are not");
        }
    }

    /** The calculator of the last file, which mostly is the next one's too. */
    private static final class OpenCalculator implements AutoCloseable {
        private String method;
        private ElasticCalculator calculator;

        ElasticCalculator of(String wanted) {
            if (!wanted.equals(method)) {
                close();
                calculator = ElasticCalculators.open(wanted);
                method = wanted;
            }
            return calculator;
        }

        @Override
        public void close() {
            if (calculator != null) {
                calculator.close();
                calculator = null;
                method = null;
            }
        }
    }
}
