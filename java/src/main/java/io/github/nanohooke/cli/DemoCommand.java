// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.ElasticTensor;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.structure.ReferenceStructures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "A first look: three random structures and the three boxes of the paper's Fig. 4, from atoms to "
                + "elastic tensors, with pictures. Some minutes.",
        footer = {"", "Example:", "  nanohooke demo --out demo"})
final class DemoCommand implements Callable<Integer> {
    private static final long SEED = 2022;
    /** Bulk moduli of Fig. 4, measured independently with plain LAMMPS at tight tolerances [GPa]. */
    private static final double[] FIG4_BULK_MODULI = {67.192, 68.324, 71.595};

    private static final String HEADER = "%-18s %6s %8s %8s %8s %8s %8s %8s %8s %8s %9s %7s %7s %12s%n";

    @Spec
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "demo",
            description = "Where the pictures and results go (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--nz", paramLabel = "N", defaultValue = "1",
            description = "Lattice cells along z (default: ${DEFAULT-VALUE}; the paper's boxes have 3).")
    private int nz;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    /**
     * @param result what LAMMPS finds
     * @param fast   what the method hessian finds from the same start
     */
    private record Row(StructureInput input, StaticsResult result, StaticsResult fast, Double expectedBulkModulus) {
    }

    @Override
    public Integer call() throws IOException {
        OutputFolder folder = OutputFolder.open(out);
        List<StructureInput> structures = structures();
        List<Row> rows = new ArrayList<>();
        boolean stopped = false;
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS);
                ElasticCalculator lammps = ElasticCalculators.open("lammps");
                ElasticCalculator hessian = ElasticCalculators.open("hessian");
                Progress progress = new Progress("demo", structures.size(), quiet, stop)) {
            StaticsOptions options = StaticsOptions.defaults();
            for (int i = 0; i < structures.size() && !stopped; i++) {
                StructureInput input = structures.get(i);
                try {
                    StaticsResult fast = hessian.calculate(input.atoms(), options, progress.item(input.name()));
                    StaticsResult result = lammps.calculate(input.atoms(), options, progress.item(input.name()));
                    rows.add(new Row(input, result, fast, i < FIG4_BULK_MODULI.length ? FIG4_BULK_MODULI[i] : null));
                    Pictures.write(folder.sub(input.name()), input, result,
                            ResultJson.toJson(ResultJson.toMap(input, options.potential(), result)));
                    progress.itemDone();
                } catch (CancellationException e) {
                    stopped = true;
                }
            }
            // Inside the block: after a Ctrl-C the process waits only for this.
            report(rows, structures.size());
        }
        if (stopped) {
            return ExitCodes.PARTIAL_RESULTS;
        }
        boolean allStable = rows.stream().allMatch(row -> row.result().outcome() == Outcome.STABLE);
        return allStable ? ExitCodes.OK : ExitCodes.UNSTABLE_OR_NOT_CONVERGED;
    }

    private List<StructureInput> structures() {
        List<StructureInput> structures = new ArrayList<>();
        for (ReferenceStructures.Named box : ReferenceStructures.fig4()) {
            structures.add(StructureInput.of(box.name(), box.structure(), nz));
        }
        for (RandomStructures.Kind kind : RandomStructures.Kind.values()) {
            structures.add(StructureInput.of("random-" + kind.name().toLowerCase(Locale.ROOT),
                    RandomStructures.sample(kind, SEED, 0), nz));
        }
        return structures;
    }

    private void report(List<Row> rows, int wanted) {
        PrintWriter print = spec.commandLine().getOut();
        print.printf(HEADER, "structure", "atoms", "porosity", "C11", "C22", "C33", "C12", "C44", "C66", "K",
                "K (Fig.4)", "LAMMPS", "Hessian", "largest |dC|");
        print.printf(HEADER, "", "", "%", "GPa", "GPa", "GPa", "GPa", "GPa", "GPa", "GPa", "GPa", "s", "s", "GPa");
        for (Row row : rows) {
            print.println(line(row));
        }
        print.println("Constants: LAMMPS with " + nz + " cell(s) along z. |dC|: between the two methods; where it is"
                + " large the Hessian's certificate asked for three cells, or they found different minima.");
        if (rows.size() < wanted) {
            print.println("stopped after " + rows.size() + " of " + wanted + " structures; what is finished is in "
                    + out);
        } else {
            print.println("Pictures: " + out + "/*/summary.png; numbers: " + out + "/*/result.json");
        }
        print.flush();
    }

    private static String line(Row row) {
        StaticsResult result = row.result();
        String start = String.format(Locale.ROOT, "%-18s %6d %8.2f", row.input().name(), row.input().atoms().count(),
                row.input().porosity().orElse(Double.NaN));
        if (result.tensor() == null) {
            return start + "  " + result.outcome() + ": " + result.explanation();
        }
        var c = result.tensor();
        ElasticTensor fast = row.fast().tensor();
        return start + String.format(Locale.ROOT, " %8.2f %8.2f %8.2f %8.2f %8.2f %8.2f %8.2f %9s %7.1f %7.2f %12s%s",
                c.get(0, 0), c.get(1, 1), c.get(2, 2), c.get(0, 1), c.get(3, 3), c.get(5, 5), c.bulkModulus(),
                row.expectedBulkModulus() == null ? "" : String.format(Locale.ROOT, "%.2f", row.expectedBulkModulus()),
                result.seconds(), row.fast().seconds(),
                fast == null ? "none" : String.format(Locale.ROOT, "%.4f", fast.distance(c)),
                result.outcome() == Outcome.STABLE ? "" : "  " + result.outcome());
    }
}
