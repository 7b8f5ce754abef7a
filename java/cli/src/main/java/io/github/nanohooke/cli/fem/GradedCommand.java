// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.GivenOptions;
import io.github.nanohooke.cli.process.JsonText;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.Progress;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.fem.beam.GradedCantilever;
import io.github.nanohooke.fem.beam.SampledForce;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.source.KnownSource;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.tensor.ElasticConstants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "graded",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Bend a cantilever that has a random structure of its own at every point: what a network is for.",
        footer = {
            "",
            "Plane strain, 400 x 80 nm, clamped on the left, the right side moved down; porosity grows from the clamp",
            "to the tip. Nine structures an element, of 20 x 20 lattice cells each. Sources of their tensors:",
            "  designed-network  the network, structures as designed (some milliseconds each;",
            "                    the default)",
            "  network           the network, structures relaxed first (1.1 s of a core each)",
            "  statics           molecular statics (1.1 s of a core each, on all cores)",
            "  hybrid            the network, and statics where it is less sure than",
            "                    --max-uncertainty, and of what it does not know",
            "Of some structures statics has no tensor, because they are not stable: that is an error which names",
            "them, or, with --fallback, these points take another source's and are named, counted and marked.",
            "The standard seed is one that no dataset has: the network has learnt from none of these structures.",
            "Forces of a network come with a standard deviation, to first order, from its errors on structures that it",
            "never saw or from its uncertainty of each structure (--band): errors at all points independent, and all",
            "alike in the worst direction.",
            "",
            "Examples:",
            "  nanohooke graded --out graded",
            "  nanohooke graded --source designed-network,statics --elements 12,4 \\",
            "      --cache tensors.csv",
            "  nanohooke graded --source statics --fallback designed-network \\",
            "      --cache tensors.csv --out graded",
            "  nanohooke graded --model mine.safetensors --statics-at 500 --cache tensors.csv"
        })
public final class GradedCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--source", paramLabel = "NAME", split = ",",
            description = "Where tensors are from; may be repeated (default: designed-network).")
    private List<String> sources = List.of(KnownSource.DESIGNED_NETWORK.label());

    @Option(names = {"--max-uncertainty", "--limit"}, paramLabel = "GPA",
            description = "Uncertainty of the network above which hybrid asks statics (default: ${DEFAULT-VALUE}).")
    private double limit = KnownSource.DEFAULT_LIMIT;

    @Option(names = "--elements", paramLabel = "NX,NY", split = ",", arity = "1",
            description = "Nine-node elements along and across, nine structures each (default: 60,10).")
    private int[] elements = {GradedCantilever.Options.standard().elementsX(),
        GradedCantilever.Options.standard().elementsY()};

    @Option(names = "--porosity", paramLabel = "FROM,TO", split = ",", arity = "1",
            description = "At the clamp and at the tip, 2 to 60 %% (default: 5,45).")
    private double[] porosity = {GradedCantilever.Options.standard().porosityFrom(),
        GradedCantilever.Options.standard().porosityTo()};

    @Option(names = "--displacement", paramLabel = "NM", description = "Of the right side (default: 10).")
    private double displacement = GradedCantilever.Options.standard().displacement();

    @Option(names = "--law", paramLabel = "NAME", description = "Law of large strains (default: ${DEFAULT-VALUE}).")
    private String law = GradedCantilever.Options.standard().law();

    @Option(names = "--seed", paramLabel = "N",
            description = "Of the structures (default: ${DEFAULT-VALUE}, which no dataset has; see 'sample --help').")
    private long seed = GradedCantilever.Options.standard().seed();

    @Option(names = "--cache", paramLabel = "FILE",
            description = "Keep tensors there, by the content of structure, method and model, and take those known.")
    private Path cache;

    @Option(names = "--model", paramLabel = "FILE",
            description = "The network (default: NANOHOOKE_MODEL, else the one for aluminium).")
    private Path model;

    @Option(names = "--band", paramLabel = "BY",
            description = "What errors of the network are known by: porosity, its measured ones, or structure, its "
                    + "uncertainty of each (the work of eight images) (default: ${DEFAULT-VALUE}).")
    private String band = "porosity";

    @Option(names = "--statics-at", paramLabel = "N",
            description = "Judge the sources by statics at so many of the points, drawn at random: what the force "
                    + "would be with statics at all of them, with its standard error.")
    private Integer staticsAt;

    @Option(names = "--fallback", paramLabel = "NAME",
            description = "Source of the tensors that another one does not have (default: none, an error).")
    private String fallback;

    @Option(names = "--threads", paramLabel = "N",
            description = "Of statics, each with a structure of its own (default: as many as cores).")
    private Integer threads;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Folder for the result, pictures of the strain and, of a network, of what the pixels of the "
                    + "most loaded structure mean to the force.")
    private Path out;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Override
    public Integer call() {
        if (elements.length != 2 || porosity.length != 2) {
            throw new BadUsageException("--elements and --porosity need two numbers each, for example 60,10 and 5,45");
        }
        if (!List.of("porosity", "structure").contains(band)) {
            throw new BadUsageException("--band is porosity or structure, not " + band);
        }
        String statics = KnownSource.STATICS.label();
        if (sources.stream().allMatch(statics::equals) && (fallback == null || fallback.equals(statics))) {
            GivenOptions.refuse(spec, "is for sources with a network: with " + statics + " alone there is none",
                    "--model", "--band");
        }
        if (sources.stream().allMatch(statics::equals)) {
            GivenOptions.refuse(spec, "judges sources by " + statics + ", which is the only one here", "--statics-at");
        }
        if (staticsAt != null && staticsAt < 2) {
            throw new BadUsageException("--statics-at needs two points or more, for a standard error, not "
                    + staticsAt);
        }
        GradedRow.Settings settings = new GradedRow.Settings(limit, Optional.ofNullable(model), cache,
                band.equals("structure"), staticsAt == null ? 0 : staticsAt,
                Optional.ofNullable(fallback).map(KnownSource::named), SolverThreads.of(threads));
        List<KnownSource> wanted = sources.stream().map(KnownSource::named).toList();
        String hybrid = KnownSource.HYBRID.label();
        if (!sources.contains(hybrid) && !hybrid.equals(fallback)) {
            GivenOptions.refuse(spec, "is for --source " + hybrid, "--max-uncertainty");
        }
        GradedCantilever.Options standard = GradedCantilever.Options.standard();
        GradedCantilever.Options options = new GradedCantilever.Options(standard.length(), standard.height(),
                displacement, elements[0], elements[1], porosity[0], porosity[1], seed, law);
        OutputFolder folder = out == null ? null : OutputFolder.open(out);
        if (cache != null) {
            OutputFolder.requireWritable(cache);
        }
        GradedCantilever part = BadUsageException.checked(() -> new GradedCantilever(options));
        List<GradedRow> rows = new ArrayList<>();
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS)) {
            boolean stopped = false;
            try (Progress progress = new Progress("graded", wanted.size(), quiet, stop)) {
                for (KnownSource source : wanted) {
                    var item = progress.item(source.label());
                    rows.add(GradedRow.of(part, source, settings, done -> item.report("tensors", done, "")));
                    progress.itemDone();
                }
            } catch (CancellationException e) {
                if (rows.isEmpty()) {
                    throw e;
                }
                stopped = true;
                spec.commandLine().getErr().println("nanohooke: " + wanted.get(rows.size()).label() + ": "
                        + e.getMessage() + (cache == null ? "; --cache FILE keeps tensors for another run"
                                : "; " + cache + " keeps the tensors that are known"));
            }
            tell(options, part, rows, settings, folder, stopped);
            int code = stopped ? ExitCodes.PARTIAL_RESULTS : ExitCodes.OK;
            stop.exitCode(code);
            return code;
        }
    }

    private void tell(GradedCantilever.Options options, GradedCantilever part, List<GradedRow> rows,
            GradedRow.Settings settings, OutputFolder folder, boolean stopped) {
        Map<String, Object> all = toMap(options, part, rows, settings);
        all.put("complete", !stopped);
        String text = JsonText.of(all);
        spec.commandLine().getOut().println(json ? text : GradedRow.table(part, rows, settings));
        if (folder != null) {
            AtomicFile.writeText(folder.file("graded.json"), text + "\n");
            AtomicFile.writeText(folder.file("graded.csv"), GradedRow.csv(rows));
            GradedRow.chart(rows).write(folder.file("force.png"));
            rows.forEach(row -> {
                row.draw(folder.file("strain-" + row.source() + ".png"));
                if (row.pixels().isPresent()) {
                    row.drawPixels(folder.file("pixels-" + row.source() + ".png"));
                }
            });
        }
    }

    private Map<String, Object> toMap(GradedCantilever.Options options, GradedCantilever part, List<GradedRow> rows,
            GradedRow.Settings settings) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("schema", "nanohooke-graded/1");
        all.put("version", Version.number());
        all.put("part", options);
        all.put("structures", part.structures().size());
        all.put("unknowns", FemSolver.unknowns(rows.get(0).result().problem()));
        List<Map<String, Object>> list = new ArrayList<>();
        for (GradedRow row : rows) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("source", row.source());
            one.put("force", row.result().force());
            one.put("forceErrorIndependent", row.result().independent());
            one.put("forceErrorCommon", row.result().common());
            one.put("errorsBy", band);
            one.put("tensorSeconds", row.seconds());
            one.put("withoutTensor", row.missing().stream().map(m -> without(m, part)).toList());
            row.sampled().ifPresent(sample -> {
                SampledForce said = sample.said();
                one.put("sampled", Map.of("points", said.points(), "force", said.force(), "standardError",
                        said.standardError(), "rmse", said.rmse(), "bias", bias(said), "withoutTensor",
                        sample.missing().stream().map(m -> without(m, part)).toList()));
            });
            row.pixels().ifPresent(p -> one.put("mostLoaded", Map.of("point", p.point(), "shareOfForce", p.share())));
            list.add(one);
        }
        all.put("fallback", settings.fallback().map(KnownSource::label).orElse(null));
        all.put("results", list);
        all.put("units", Map.of("force", "N/m, per length along z, downwards", "forceErrorIndependent",
                "N/m, standard deviation; null where the model's errors are not known", "forceErrorCommon", "N/m",
                "tensorSeconds", "s, wall time of all tensors, drawing of images included", "sampled",
                "N/m and GPa: by statics at points drawn at random", "withoutTensor",
                "points that have the tensor of the source \"fallback\"; porosity in %, x and y in nm, undeformed"));
        return all;
    }

    private static Map<String, Object> without(GradedTensors.Missing missing, GradedCantilever part) {
        double[] place = part.place(missing.point());
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("point", missing.point());
        one.put("porosity", missing.porosity());
        one.put("x", place[0]);
        one.put("y", place[1]);
        one.put("reason", missing.reason());
        return one;
    }

    private static Map<String, Double> bias(SampledForce said) {
        Map<String, Double> bias = new LinkedHashMap<>();
        for (int k = 0; k < ElasticConstants.COUNT; k++) {
            bias.put(ElasticConstants.names().get(k), said.bias().get(k));
        }
        return bias;
    }
}
