// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.figures;

import io.github.nanohooke.cli.predict.BackendSettings;
import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.GivenOptions;
import io.github.nanohooke.cli.process.JsonText;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.Progress;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.dataset.slim.SlimFile;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.figures.paper.CaseResult;
import io.github.nanohooke.figures.paper.CaseStatics;
import io.github.nanohooke.figures.paper.LearningCurve;
import io.github.nanohooke.figures.paper.PaperCase;
import io.github.nanohooke.figures.paper.PaperFigures;
import io.github.nanohooke.figures.paper.PorosityCloud;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.model.DefaultModel;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "figures",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Draw the paper's figures by statics and by the network, and what the network is worth.",
        footer = {
            "",
            "fig3: constants of the paper's families against porosity; fig4: size effect; fig5: four cases that grow;",
            "fig6: a slit that grows, among what networks learn from; parity, errors, reliability: of the datasets'",
            "test part, by the network for relaxed structures and, as parity-designed and so on, by that for designs;",
            "learning: RMSE by the number of samples, a CSV file with the columns samples,rmse_GPa. Each as PNG, SVG",
            "and CSV. Lines are statics, markers the network on images of the relaxed structures, averaged over the",
            "eight symmetries, with its uncertainty as bars. Statics takes some minutes, is kept in DIR/statics.jsonl,",
            "and goes on where it was stopped; the test part takes a minute or two.",
            "",
            "Examples:",
            "  nanohooke figures --out figures --html figures/report.html",
            "  nanohooke figures --out figures --only fig4,fig6 --json | jq .largest"
        })
public final class FiguresCommand implements Callable<Integer> {
    private static final List<String> CASES = List.of("fig4", "fig5", "fig6");
    private static final List<String> ALL = List.of("fig3", "fig4", "fig5", "fig6", "parity", "errors", "reliability",
            "learning");

    private static final List<String> OF_DATA = List.of("fig3", "fig6", "parity", "errors", "reliability");
    private static final List<String> OF_TEST_PART = List.of("parity", "errors", "reliability");
    private static final List<String> OF_NETWORK = Stream.concat(CASES.stream(), OF_TEST_PART.stream()).toList();

    @Spec
    private CommandSpec spec;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the figures.")
    private Path out;

    @Option(names = "--only", paramLabel = "NAME", split = ",",
            description = "These figures: fig3, fig4, fig5, fig6, parity, errors, reliability, learning.")
    private List<String> only = ALL;

    @Option(names = "--cases", paramLabel = "DIR",
            description = "Files of the paper's cases (default: test-data/paper of this checkout).")
    private Path cases;

    @Option(names = "--data", paramLabel = "DATASET",
            description = "Datasets for all but fig4 and fig5; may be repeated (default: those of test-data/dataset "
                    + "and the folders in it).")
    private List<Path> data;

    @Option(names = "--model", paramLabel = "FILE",
            description = "Trained network (default: the variable NANOHOOKE_MODEL, else the two that come with "
                    + "nanohooke).")
    private Path model;

    @Option(names = "--learning", paramLabel = "FILE.csv",
            description = "Data of the learning curve: samples,rmse_GPa, or samples,NAME_GPa,... with a column for "
                    + "each family or input (default: test-data/model/learning.csv, where network and datasets are "
                    + "the default, too).")
    private Path learning;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write all on one page that needs no other file.")
    private Path html;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Mixin
    private BackendSettings computing;

    @Override
    public Integer call() throws IOException {
        Set<String> wanted = wanted();
        requireUse("--cases", CASES, wanted);
        requireUse("--data", OF_DATA, wanted);
        requireUse("--learning", List.of("learning"), wanted);
        requireUse("--model", OF_NETWORK, wanted);
        // Before the minutes that statics takes: a wrong file is told at once.
        List<LearningCurve> curves = !wanted.contains("learning") ? List.of()
                : LearningCurve.read(learning().orElseThrow());
        OutputFolder folder = OutputFolder.open(out);
        if (html != null) {
            OutputFolder.requireWritable(html);
        }
        List<PaperCase> shown = CASES.stream().noneMatch(wanted::contains) ? List.of()
                : PaperCase.readAll(cases == null ? checkout("paper") : cases).stream()
                        .filter(c -> wanted.contains(c.figure())).toList();
        List<Dataset> datasets = OF_DATA.stream().noneMatch(wanted::contains) ? List.of()
                : data().stream().map(Dataset::open).toList();
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS);
                ElasticSurrogate network = OF_NETWORK.stream().anyMatch(wanted::contains) ? network() : null) {
            requireRelaxed(network, shown);
            List<CaseResult> results = new ArrayList<>();
            boolean whole = true;
            if (!shown.isEmpty()) {
                try (CaseStatics statics = CaseStatics.open(folder.file("statics.jsonl"), network.resolution())) {
                    whole = calculate(statics, shown, stop);
                    results.addAll(statics.compared(shown, network));
                }
            }
            List<TestPart> tests = whole ? tests(network, datasets, wanted, stop) : List.of();
            whole &= !stop.requested();
            PaperFigures figures = new PaperFigures(folder.path());
            draw(figures, results, datasets, tests, curves, wanted);
            spec.commandLine().getOut().println(json ? JsonText.of(FiguresJson.of(results, tests))
                    : table(results, tests));
            if (html != null) {
                FiguresPage.of(folder.path(), figures, results, Optional.ofNullable(network), tests).write(html);
            }
            int code = whole ? ExitCodes.OK : ExitCodes.PARTIAL_RESULTS;
            stop.exitCode(code);
            return code;
        }
    }

    private ElasticSurrogate network() {
        return ElasticSurrogate.load(Optional.ofNullable(model), options(), Shows.RELAXED);
    }

    private SurrogateOptions options() {
        return computing.surrogate().withAverage(true);
    }

    /** Cases show the network what statics has relaxed. */
    private static void requireRelaxed(ElasticSurrogate network, List<PaperCase> shown) {
        if (!shown.isEmpty() && network.shows() != Shows.RELAXED) {
            throw new BadUsageException(network.name() + " has learnt from " + network.shows().label()
                    + " structures, and " + String.join(", ", CASES) + " show relaxed ones: leave them out with --only,"
                    + " or name a network for relaxed structures with --model");
        }
    }

    private Set<String> wanted() {
        for (String name : only) {
            if (!ALL.contains(name)) {
                throw new BadUsageException("there is no figure \"" + name + "\"; there are " + String.join(", ", ALL));
            }
        }
        Set<String> wanted = new LinkedHashSet<>(only);
        if (learning().isEmpty()) {
            if (only != ALL && wanted.contains("learning")) {
                throw new BadUsageException("learning needs its data: --learning FILE.csv, samples,rmse_GPa or "
                        + "samples,NAME_GPa,...");
            }
            wanted.remove("learning");
        }
        return wanted;
    }

    /** Where none is named that of the library's samples, if these and the library's networks are drawn. */
    private Optional<Path> learning() {
        boolean other = model != null || data != null || DefaultModel.isNamed(System.getenv());
        return learning != null || other ? Optional.ofNullable(learning)
                : Optional.of(root().resolve("model").resolve("learning.csv")).filter(Files::isRegularFile);
    }

    private void requireUse(String option, List<String> figures, Set<String> wanted) {
        if (figures.stream().noneMatch(wanted::contains)) {
            GivenOptions.refuse(spec, "is for " + String.join(", ", figures) + ", which --only leaves out: name it"
                    + " there, too, or leave the option out", option);
        }
    }

    /** A folder of test-data beside the launcher, else below the working folder. */
    private static Path checkout(String name) {
        Path folder = root().resolve(name);
        if (!Files.isDirectory(folder)) {
            throw new BadUsageException(folder + " does not exist; say where the files are with --cases and --data");
        }
        return folder;
    }

    private static Path root() {
        String launcher = System.getProperty("nanohooke.launcher");
        Path root = launcher == null ? Path.of("") : Path.of(launcher).toAbsolutePath().getParent();
        return root.resolve("test-data");
    }

    private List<Path> data() throws IOException {
        if (data != null) {
            return data;
        }
        try (Stream<Path> files = Files.walk(checkout("dataset"))) {
            List<Path> found = files.filter(SlimFile::isOne).sorted().toList();
            if (found.isEmpty()) {
                throw new BadUsageException("there is no dataset in " + checkout("dataset")
                        + "; say where they are with --data");
            }
            return found;
        }
    }

    /** Whether all is there. */
    private boolean calculate(CaseStatics statics, List<PaperCase> shown, StopSignal stop) throws IOException {
        List<PorousStructure> missing = statics.missing(shown);
        try (Progress progress = new Progress("statics", missing.size(), quiet || missing.isEmpty(), stop)) {
            for (PorousStructure structure : missing) {
                if (stop.requested()) {
                    return false;
                }
                statics.calculate(structure, progress.item("porosity " + Math.round(structure.porosity()) + " %"));
                progress.itemDone();
            }
            return true;
        } catch (CancellationException e) {
            return false;
        }
    }

    /** Of the network, and where none is named of the library's for designs, too. */
    private List<TestPart> tests(ElasticSurrogate network, List<Dataset> datasets, Set<String> wanted,
            StopSignal stop) {
        if (OF_TEST_PART.stream().noneMatch(wanted::contains)) {
            return List.of();
        }
        if (model != null) {
            return tests(List.of(network), datasets, stop);
        }
        try (ElasticSurrogate designs = ElasticSurrogate.loadDefault(options(), Shows.DESIGNED)) {
            // The environment may name one, which then is for all.
            return tests(designs.shows() == network.shows() ? List.of(network) : List.of(network, designs), datasets,
                    stop);
        }
    }

    private List<TestPart> tests(List<ElasticSurrogate> networks, List<Dataset> datasets, StopSignal stop) {
        List<TestPart> tests = new ArrayList<>();
        try (Progress progress = new Progress("test part", networks.size(), quiet, stop)) {
            for (ElasticSurrogate network : networks) {
                if (!stop.requested()) {
                    progress.item(network.shows().label());
                    tests.add(TestPart.of(network, datasets));
                    progress.itemDone();
                }
            }
        }
        return tests;
    }

    private static void draw(PaperFigures figures, List<CaseResult> results, List<Dataset> datasets,
            List<TestPart> tests, List<LearningCurve> curves, Set<String> wanted) {
        if (wanted.contains("fig3")) {
            figures.cloud(PorosityCloud.ofPaper(datasets));
        }
        Optional<PorosityCloud> training = !wanted.contains("fig6") ? Optional.empty()
                : Optional.of(PorosityCloud.ofTraining(datasets)).filter(cloud -> cloud.size() > 0);
        CASES.forEach(figure -> figures.cases(figure, results, training));
        tests.forEach(test -> test.draw(figures, wanted));
        if (!curves.isEmpty()) {
            figures.learning(curves);
        }
    }

    private static String table(List<CaseResult> results, List<TestPart> tests) {
        StringBuilder text = new StringBuilder();
        results.forEach(r -> text.append(String.format("%-16s %s%n", r.paperCase().name(), String.join(", ",
                r.verdict()))));
        tests.forEach(test -> text.append(test.summary()).append(System.lineSeparator()));
        return text.toString().stripTrailing();
    }
}
