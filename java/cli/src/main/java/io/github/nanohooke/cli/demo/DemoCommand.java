// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.demo;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.cli.fem.GradedRow;
import io.github.nanohooke.cli.predict.PredictedFile;
import io.github.nanohooke.cli.predict.PredictionJson;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.JsonText;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.Progress;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.cli.statics.Pictures;
import io.github.nanohooke.cli.statics.ResultJson;
import io.github.nanohooke.cli.structure.ImageInput;
import io.github.nanohooke.cli.structure.StructureInput;
import io.github.nanohooke.fem.beam.GradedCantilever;
import io.github.nanohooke.fem.source.KnownSource;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.structure.ReferenceStructures;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
                + "elastic tensors, by molecular statics and by the network, and a small part with a structure of its"
                + " own "
                + "at every point; with pictures. Some minutes.",
        footer = {
            "",
            "The network sees the image of the relaxed structure; its time is that from the",
            "relaxed atoms to the constants, the image's drawing included. All on one core.",
            "",
            "Example:",
            "  nanohooke demo --out demo"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final long SEED = 2022;
    /** Bulk moduli of Fig. 4, measured independently with plain LAMMPS at tight tolerances [GPa]. */
    private static final double[] FIG4_BULK_MODULI = {67.192, 68.324, 71.595};

    /** Elements along the small graded part, nine structures each. */
    private static final int PART_ELEMENTS = 6;

    @Spec
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "demo",
            description = "Where the pictures and results go (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--nz", paramLabel = "N", defaultValue = "1",
            description = "Lattice cells along z (default: ${DEFAULT-VALUE}; the paper's boxes have 3).")
    private int nz;

    @Option(names = "--model", paramLabel = "FILE",
            description = "Trained network (default: the variable NANOHOOKE_MODEL, else the one that comes with "
                    + "nanohooke).")
    private Path model;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        OutputFolder folder = OutputFolder.open(out);
        List<StructureInput> structures = structures();
        List<DemoRow> rows = new ArrayList<>();
        boolean stopped = false;
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS);
                ElasticCalculator lammps = lammps();
                ElasticCalculator hessian = ElasticCalculators.open("hessian");
                ElasticSurrogate network = network();
                Progress progress = new Progress("demo", structures.size() + 1, quiet, stop)) {
            for (int i = 0; i < structures.size() && !stopped; i++) {
                StructureInput input = structures.get(i);
                try {
                    Double expected = i < FIG4_BULK_MODULI.length ? FIG4_BULK_MODULI[i] : null;
                    rows.add(row(input, lammps, hessian, network, expected, progress, folder));
                    progress.itemDone();
                } catch (CancellationException e) {
                    stopped = true;
                }
            }
            // Inside the block: after a Ctrl-C the process waits only for this.
            report(rows, structures.size(), network, folder);
            if (!stopped) {
                // A network of relaxed structures would say too little of designs: the library's bends the part then.
                stopped = !part(folder, progress, Optional.ofNullable(model)
                        .filter(file -> network.shows() == Shows.DESIGNED));
            }
            try {
                if (!stopped) {
                    DemoBeam.bend(spec.commandLine().getOut(), folder, progress.item("beam of atoms"));
                    progress.itemDone();
                }
            } catch (CancellationException e) {
                stopped = true;
            }
        }
        if (stopped) {
            return ExitCodes.PARTIAL_RESULTS;
        }
        boolean allStable = rows.stream().allMatch(row -> row.statics().outcome().isSound());
        return allStable ? ExitCodes.OK : ExitCodes.UNSTABLE_OR_NOT_CONVERGED;
    }

    /** A part with a structure of its own at every point, by the network and by statics. False: it was stopped. */
    private boolean part(OutputFolder folder, Progress progress, Optional<Path> designs) {
        GradedCantilever.Options standard = GradedCantilever.Options.standard();
        GradedCantilever part = new GradedCantilever(new GradedCantilever.Options(standard.length(), standard.height(),
                standard.displacement(), PART_ELEMENTS, 1, standard.porosityFrom(), standard.porosityTo(), SEED,
                standard.law()));
        List<GradedRow> rows = new ArrayList<>();
        GradedRow.Settings settings = GradedRow.Settings.standard(designs);
        try {
            for (KnownSource source : List.of(KnownSource.DESIGNED_NETWORK, KnownSource.STATICS)) {
                var item = progress.item("part, " + source.label());
                rows.add(GradedRow.of(part, source, settings,
                        done -> item.report("tensors", done, "")));
                rows.get(rows.size() - 1).draw(folder.file("part-" + source.label() + ".png"));
            }
        } catch (CancellationException e) {
            return false;
        }
        PrintWriter print = spec.commandLine().getOut();
        print.println();
        print.println("A cantilever of 400 x 80 nm with a random structure of its own at every point, 5 % porous at"
                + " the "
                + "clamp and 45 % at the tip, moved by 10 nm:");
        print.println(GradedRow.table(part, rows, settings));
        print.println("Pictures of its strain: " + out + "/part-*.png; more: nanohooke graded --help");
        print.flush();
        return true;
    }

    // Null where there is no LAMMPS: the other method and the network are shown without it.
    private ElasticCalculator lammps() {
        try {
            return ElasticCalculators.open("lammps");
        } catch (MissingLibraryException e) {
            spec.commandLine().getErr().println("nanohooke: without LAMMPS: " + e.getMessage());
            return null;
        }
    }

    private ElasticSurrogate network() {
        // One thread, as the two methods of statics have.
        SurrogateOptions options = SurrogateOptions.defaults().withThreads(1);
        return ElasticSurrogate.load(Optional.ofNullable(model), options, Shows.RELAXED);
    }

    private DemoRow row(StructureInput input, ElasticCalculator lammps, ElasticCalculator hessian,
            ElasticSurrogate network, Double expected, Progress progress, OutputFolder folder) throws IOException {
        // Its times are shown beside others': one strain, as the benchmarks and the paper have it.
        StaticsOptions options = StaticsOptions.defaults().withStrains(StaticsOptions.Strains.ONE);
        StaticsResult fast = hessian.calculate(input.atoms(), options, progress.item(input.name()));
        StaticsResult result = lammps == null ? null
                : lammps.calculate(input.atoms(), options, progress.item(input.name()));
        ImageInput image = ImageInput.of(input, fast, network.resolution());
        DemoPrediction prediction = DemoPrediction.of(network, image);
        OutputFolder sub = folder.sub(input.name());
        // The network saw the fast method's minimum, which may have three cells: they belong in one picture.
        Pictures.write(sub, input, fast, prediction.tensor(),
                JsonText.of(ResultJson.toMap(input, options.potential(), fast)));
        if (result != null) {
            AtomicFile.writeText(sub.file("lammps.json"),
                    JsonText.of(ResultJson.toMap(input, options.potential(), result)) + "\n");
        }
        AtomicFile.writeText(sub.file("network.json"), JsonText.of(PredictionJson.toMap(PredictedFile.of(
                image, network, prediction.said(), prediction.seconds()))) + "\n");
        return new DemoRow(input, result, fast, prediction, expected);
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

    private void report(List<DemoRow> rows, int wanted, ElasticSurrogate network, OutputFolder folder)
            throws IOException {
        PrintWriter print = spec.commandLine().getOut();
        DemoTables.printStatics(print, rows, nz);
        if (rows.stream().anyMatch(row -> row.fast().tensor() != null)) {
            DemoTables.printNetwork(print, rows, network);
            DemoFigure.write(folder.path().resolve("network.png"), rows, network.name(), network.testErrors());
        }
        print.println();
        if (rows.size() < wanted) {
            print.println("stopped after " + rows.size() + " of " + wanted + " structures; what is finished is in "
                    + out);
        } else {
            print.println("Pictures: " + out + "/network.png, " + out + "/*/summary.png; numbers: " + out
                    + "/*/result.json (hessian), " + (rows.stream().allMatch(row -> row.lammps() == null) ? ""
                            : "lammps.json, ") + "network.json");
        }
        print.flush();
    }
}
