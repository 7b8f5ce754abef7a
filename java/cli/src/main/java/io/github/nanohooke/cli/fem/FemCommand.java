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
import io.github.nanohooke.fem.io.ProblemFile;
import io.github.nanohooke.fem.io.StateFile;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Region;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.fem.solve.Increments;
import io.github.nanohooke.fem.solve.Listener;
import io.github.nanohooke.fem.solve.NativeSparseSolver;
import io.github.nanohooke.fem.solve.NotConvergedException;
import io.github.nanohooke.fem.table.TabulatedMaterial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "fem",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Deform a part whose material is a structure's elastic tensor: finite elements, large strains.",
        footer = {
            "",
            "The problem is a JSON file; --fields describes all of it. With --out come path.csv and path.png (forces",
            "and displacements of the held sets), state-NNN.vtu with path.pvd for ParaView, pictures of strain and",
            "stress, result.json, and state.json, from which --restart goes on.",
            "",
            "Exit codes: 4 no equilibrium beyond some state, 5 stopped by Ctrl-C; what was found is written.",
            "",
            "Examples:",
            "  nanohooke fem --fields",
            "  nanohooke fem bracket.json --out results",
            "  nanohooke fem bracket.json --points > points.csv",
            "  nanohooke fem bracket.json --json | jq '.states[-1].sets'",
            "  nanohooke fem bracket.json --restart results/state.json --out more"
        })
public final class FemCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "PROBLEM", description = "Problem as JSON.")
    private Path file;

    @Option(names = "--fields", description = "Describe every field of a problem, with units, and end.")
    private boolean fields;

    @Option(names = "--points", description =
            "Print where the problem's integration points are, as CSV, and end: what a "
            + "material's \"field\" tells a structure, image or tensor for.")
    private boolean points;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for results.")
    private Path out;

    @Option(names = "--restart", paramLabel = "FILE",
            description = "Go on from a state that an earlier run saved, with another --out.")
    private Path restart;

    @Option(names = "--threads", paramLabel = "N",
            description = "Threads of the sparse factorisation (default: all cores); results are the same to the bit.")
    private Integer threads;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Override
    public Integer call() {
        if (fields || points) {
            GivenOptions.refuse(spec, "is for a run, not for --fields or --points, which solve nothing", "--out",
                    "--json", "--restart");
        }
        if (fields) {
            spec.commandLine().getOut().println(ProblemFile.fields());
            return ExitCodes.OK;
        }
        if (file == null) {
            throw new BadUsageException("give a PROBLEM, or --fields for what is in one");
        }
        if (points) {
            spec.commandLine().getOut().print(ProblemFile.points(file));
            return ExitCodes.OK;
        }
        if (restart != null && out != null && out.toAbsolutePath().normalize()
                .equals(restart.toAbsolutePath().normalize().getParent())) {
            throw new BadUsageException("--out " + out + " holds the run that --restart goes on from, which would be"
                    + " written over; give another folder");
        }
        // What can be wrong with arguments is told before tensors are measured.
        int cores = SolverThreads.of(threads);
        OutputFolder folder = out == null ? null : OutputFolder.open(out);
        ProblemFile given = read();
        Problem problem = given.problem();
        Increment start = restart == null ? Increments.undeformed(problem) : StateFile.read(restart, problem);
        FemOutput output = folder == null ? null : new FemOutput(folder, problem);
        Run run = new Run(problem, start, output, cores);
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS)) {
            int code = run.solve(given, stop);
            stop.exitCode(code);
            String text = JsonText.of(run.toMap());
            spec.commandLine().getOut().println(json ? text : run.table());
            if (output != null) {
                output.finish(run.found, text);
            }
            if (run.failure != null) {
                spec.commandLine().getErr().println("nanohooke: " + run.failure);
            }
            return code;
        }
    }

    /**
     * Reads the problem; tensors that are measured and tables of laws that are built meanwhile show how far they are.
     */
    private ProblemFile read() {
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS);
                Late materials = new Late(() -> new Progress("materials", 1, quiet, stop))) {
            return ProblemFile.read(file, (stage, done, detail) ->
                    materials.get().item("materials").report(stage, done, detail));
        }
    }

    /** A progress that begins when there is something to say. */
    private static final class Late implements AutoCloseable {
        private final Supplier<Progress> maker;
        private Progress progress;

        Late(Supplier<Progress> maker) {
            this.maker = maker;
        }

        Progress get() {
            progress = progress == null ? maker.get() : progress;
            return progress;
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.close();
            }
        }
    }

    /** One solution and how it ended. */
    private final class Run {
        private final Problem problem;
        private final Increment start;
        private final FemOutput output;
        private final FoundStates found;
        private final int cores;
        private double seconds;
        private String failure;

        /** @param output null where nothing is to be written */
        Run(Problem problem, Increment start, FemOutput output, int cores) {
            this.problem = problem;
            this.cores = cores;
            this.start = start;
            this.output = output;
            found = new FoundStates(problem, start, output != null);
        }

        int solve(ProblemFile given, StopSignal stop) {
            long begin = System.nanoTime();
            try (Progress progress = new Progress("fem", problem.steps().size() - start.step(), quiet, stop)) {
                var solver = new FemSolver(given.options(), NativeSparseSolver.onThreads(cores));
                Listener told = new SolutionProgress(step -> progress.item(problem.steps().get(step).name()),
                        state -> state.fraction() >= 1 ? 0 : state.fraction()); // the next step's, then
                solver.solve(problem, start, told.withStates(state -> {
                    found.add(state);
                    if (output != null) {
                        output.follow(found);
                    }
                    if (state.fraction() >= 1) {
                        progress.itemDone();
                    }
                    return told.found(state);
                }));
                return ExitCodes.OK;
            } catch (NotConvergedException e) {
                failure = e.getMessage();
                return ExitCodes.UNSTABLE_OR_NOT_CONVERGED;
            } catch (CancellationException e) {
                failure = e.getMessage();
                return ExitCodes.PARTIAL_RESULTS;
            } finally {
                found.end();
                seconds = (System.nanoTime() - begin) * 1e-9;
            }
        }

        Map<String, Object> toMap() {
            Map<String, Object> all = new LinkedHashMap<>();
            Mesh mesh = problem.mesh();
            all.put("schema", "nanohooke-fem/1");
            all.put("version", Version.number());
            all.put("problem", file.toString());
            all.put("complete", failure == null);
            all.put("failure", failure);
            all.put("section", problem.section().label());
            all.put("nodes", mesh.nodes());
            all.put("elements", mesh.elements());
            all.put("unknowns", FemSolver.unknowns(problem));
            all.put("states", found.states().stream().map(this::state).toList());
            if (found.continues()) {
                all.put("continuedPoints", found.continued());
            }
            List<Map<String, Object>> tables = tables();
            if (!tables.isEmpty()) {
                all.put("outsidePoints", found.outside());
                all.put("tables", tables);
            }
            all.put("seconds", seconds);
            String force = mesh.dimension() == 2 ? "N/m, per length along z" : "nN";
            all.put("units", Map.of("u", "nm, mean over the set", "F", force + ", sum over the set", "energy",
                    mesh.dimension() == 2 ? "1e-9 J/m" : "1e-18 J", "fraction", "of the step", "seconds",
                    "s, wall time of the solution"));
            return all;
        }

        /** Of the regions whose law is one from a table: where they are, and what their table is worth. */
        private List<Map<String, Object>> tables() {
            List<Map<String, Object>> all = new ArrayList<>();
            for (Region region : problem.regions()) {
                if (region.material() instanceof TabulatedMaterial material) {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("elements", region.elementSet());
                    one.put("table", material.summary());
                    all.add(one);
                }
            }
            return all;
        }

        private Map<String, Object> state(Increment state) {
            Mesh mesh = problem.mesh();
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("step", problem.steps().get(state.step()).name());
            all.put("fraction", state.fraction());
            all.put("iterations", state.iterations());
            all.put("negativePivots", state.negativePivots());
            all.put("energy", state.energy());
            Map<String, Object> sets = new LinkedHashMap<>();
            for (String set : problem.heldSets()) {
                double[] u = new double[mesh.dimension()];
                double[] f = new double[mesh.dimension()];
                for (int i = 0; i < u.length; i++) {
                    u[i] = state.displacement(mesh, set, i);
                    f[i] = state.force(mesh, set, i);
                }
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("u", u);
                one.put("F", f);
                sets.put(set, one);
            }
            all.put("sets", sets);
            return all;
        }

        String table() {
            Mesh mesh = problem.mesh();
            boolean plane = mesh.dimension() == 2;
            StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
                    "%d nodes, %d elements, %d unknowns, %.2f s; displacements in nm, forces in %s%n%n%-14s%8s",
                    mesh.nodes(), mesh.elements(), FemSolver.unknowns(problem), seconds, plane ? "N/m" : "nN", "step",
                    "done"));
            for (String set : problem.heldSets()) {
                for (int k = 0; k < 2 * mesh.dimension(); k++) {
                    text.append(String.format("%14s", (k < mesh.dimension() ? "u" : "F")
                            + "xyz".charAt(k % mesh.dimension()) + " " + shortened(set)));
                }
            }
            if (found.continues() && found.continued().stream().anyMatch(points -> points > 0)) {
                text.insert(0, String.format("points beyond their last stable state, which go on linearly in the strain"
                        + " from there, state by state: %s%n", found.continued()));
            }
            for (Increment state : found.states()) {
                text.append(String.format(Locale.ROOT, "%n%-14s%6.1f %%",
                        shortened(problem.steps().get(state.step()).name()), 100 * state.fraction()));
                for (String set : problem.heldSets()) {
                    for (int k = 0; k < 2 * mesh.dimension(); k++) {
                        int axis = k % mesh.dimension();
                        double value = k < mesh.dimension() ? state.displacement(mesh, set, axis)
                                : state.force(mesh, set, axis);
                        text.append(String.format(Locale.ROOT, "%14.6g", Math.abs(value) < 1e-12 ? 0 : value));
                    }
                }
            }
            return text.toString();
        }

        private static String shortened(String name) {
            return name.length() <= 10 ? name : name.substring(0, 9) + "~";
        }
    }
}
