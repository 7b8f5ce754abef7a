// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.JsonText;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.Progress;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.fem.beam.AtomsBeam;
import io.github.nanohooke.fem.beam.BeamCurve;
import io.github.nanohooke.fem.beam.BeamEnd;
import io.github.nanohooke.fem.beam.BeamMaterial;
import io.github.nanohooke.fem.beam.BeamOptions;
import io.github.nanohooke.fem.beam.atoms.AtomBeam;
import io.github.nanohooke.fem.beam.atoms.AtomBeamOptions;
import io.github.nanohooke.fem.io.NodalFields;
import io.github.nanohooke.fem.law.Laws;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.fem.solve.NativeSparseSolver;
import io.github.nanohooke.fem.solve.SolverOptions;
import io.github.nanohooke.fem.source.KnownSource;
import io.github.nanohooke.figures.FieldPicture;
import io.github.nanohooke.figures.PathFigure;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

@Command(
        name = "beam",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Bend the nanoporous beam of the paper's Fig. 7: force against displacement by finite elements.",
        footer = {
            "",
            "The beam of 405 x 81 nm is a crystal with a square lattice of pores of one lattice cell, 4 %% of its",
            "volume. It is clamped on its left; its right side is moved down. Plane strain. Sources of its tensor:",
            "  statics           molecular statics of the box with sixteen pores",
            "  network           the trained network's prediction of the same box, relaxed",
            "  designed-network  the same, of the box as designed; hybrid: statics where it is not sure",
            "  size-independent  a continuum with pores, whatever their size: finite elements on the solid's tensor",
            "  atoms             no tensor: each integration point carries 96 atoms of the beam's own, relaxed at every",
            "                    deformation; points beyond their last stable state go on linearly in the strain from",
            "                    there and are counted (continuedPoints); length and height are those of the atoms",
            "A tensor's small-displacement answer (law linear) is drawn dashed. The law of the paper is not known:",
            "saint-venant-kirchhoff is linear in the Green-Lagrange strain, hencky in the logarithmic one, cauchy-log",
            "is what a linear UMAT in the logarithmic strain gives. The 7.0 N/m at 20 nm that the paper prints for",
            "size-independent does not follow from its Fig. 4: the pores' size changes the force by 2 %%.",
            "",
            "Examples:",
            "  nanohooke beam                          forces at a quarter, half and all of the way",
            "  nanohooke beam --source statics --law hencky --law saint-venant-kirchhoff --json",
            "  nanohooke beam --source atoms --u 2,10,20,30,40 --json",
            "  nanohooke beam --out figure7            curves as PNG, SVG and CSV; strain fields at 6 and 40 nm"
        })
public final class BeamCommand implements Callable<Integer> {
    /** Displacements at which the paper shows fields [nm]. */
    private static final double[] SHOWN = {6, 40};

    @Spec
    private CommandSpec spec;

    @Option(names = "--source", paramLabel = "NAME", split = ",", description = "Where the tensor is from; may be "
            + "repeated: statics, network, designed-network, size-independent (default: statics, network, "
            + "size-independent).")
    private List<String> sources = List.of("statics", "network", "size-independent");

    @Option(names = "--max-uncertainty", paramLabel = "GPA",
            description = "Uncertainty of the network above which the source hybrid asks statics (default: "
                    + "${DEFAULT-VALUE}).")
    private double maxUncertainty = KnownSource.DEFAULT_LIMIT;

    @Option(names = "--law", paramLabel = "NAME", split = ",", description = "Law at large displacements; may be "
            + "repeated: saint-venant-kirchhoff (default), hencky, cauchy-log.")
    private List<String> laws = List.of("saint-venant-kirchhoff");

    @Option(names = "--length", paramLabel = "NM", description = "Length between the clamps (default: 405, the "
            + "paper's; 403.5825 is the distance of the planes of atoms that were held).")
    private double length = BeamOptions.paper().length();

    @Option(names = "--height", paramLabel = "NM", description = "Height (default: ${DEFAULT-VALUE}).")
    private double height = BeamOptions.paper().height();

    @Option(names = "--displacement", paramLabel = "NM",
            description = "Way of the right side, downwards (default: ${DEFAULT-VALUE}).")
    private double displacement = BeamOptions.paper().displacement();

    @Option(names = "--increments", paramLabel = "N",
            description = "States on the way, evenly spaced (default: ${DEFAULT-VALUE}).")
    private int increments = BeamOptions.paper().increments();

    @Option(names = "--end", paramLabel = "NAME", description = "What else holds the right side: clamped (default; "
            + "nothing moves along the beam), guided (it slides upright), free, hinged (its middle stays).")
    private BeamEnd end = BeamEnd.CLAMPED;

    @Option(names = "--mesh", paramLabel = "NX,NY", split = ",", arity = "1",
            description = "Nine-node elements along and across (default: 30,10: 0.02 %% from an endlessly fine mesh).")
    private int[] mesh = {BeamOptions.paper().elementsX(), BeamOptions.paper().elementsY()};

    @Option(names = "--cells", paramLabel = "N", description = "Of --atoms and source atoms: lattice cells along the "
            + "beam, N / 5 across; its way ends at 40 nm x N / 1000 (default: 100 of --atoms, 1000 of source atoms).")
    private Integer cells;

    @Option(names = "--u", paramLabel = "NM", split = ",", description = "Of --atoms and source atoms: displacements to "
            + "solve for, rising, in nm of the beam as it is, in place of even ones.")
    private double[] path;

    @Mixin
    private AtomBeamSettings atoms;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for curves and strain fields.")
    private Path out;

    @Option(names = "--threads", paramLabel = "N",
            description = "Threads of the sparse factorisation (default: all cores); results are the same to the bit.")
    private Integer threads;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    /** A curve with its name. */
    private record Named(String source, String law, BeamCurve curve, List<Integer> continued) {
        String name() {
            return source + ", " + law;
        }

        double[] all(IntToDoubleFunction value) {
            return IntStream.range(0, curve.states().size()).mapToDouble(value).toArray();
        }
    }

    @Override
    public Integer call() {
        if (atoms.wanted()) {
            AtomBeam whole = atoms.beam(cells);
            AtomBeamOptions way = atoms.options(whole, path, SolverThreads.of(threads));
            OutputFolder folder = out == null ? null : OutputFolder.open(out);
            return new AtomBeamRun(whole, way, folder, json, quiet).call(spec.commandLine().getOut());
        }
        atoms.requireUnused();
        if (mesh.length != 2) {
            throw new BadUsageException("--mesh needs two numbers, for example 30,10");
        }
        requireNames();
        if (sources.contains(AtomsBeam.SOURCE)) {
            return bendAtoms();
        }
        if (cells != null || path != null) {
            throw new BadUsageException("--cells and --u are for --source atoms and --atoms");
        }
        BeamOptions options = new BeamOptions(length, height, displacement, increments, end, mesh[0], mesh[1]);
        FemSolver solver = new FemSolver(SolverOptions.defaults(),
                NativeSparseSolver.onThreads(SolverThreads.of(threads)));
        OutputFolder folder = out == null ? null : OutputFolder.open(out);
        List<Named> curves = new ArrayList<>();
        Map<String, ElasticTensor> tensors = new LinkedHashMap<>();
        int count = sources.size() * (laws.size() + 1);
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS);
                Progress progress = new Progress("beam", count, quiet, stop)) {
            for (String source : sources) {
                progress.item(source).report("tensor", 0, "");
                ElasticTensor tensor = BeamMaterial.tensor(source, maxUncertainty);
                tensors.put(source, tensor);
                List<String> wanted = new ArrayList<>(laws);
                wanted.add("linear");
                for (String law : wanted) {
                    var item = progress.item(source + ", " + law);
                    curves.add(new Named(source, law, BeamCurve.of(options, Laws.of(law, tensor), solver,
                            state -> item.report("bending", state.fraction(), "")), null));
                    progress.itemDone();
                }
            }
        }
        return report(options, curves, tensors, folder);
    }

    private int report(BeamOptions options, List<Named> curves, Map<String, ElasticTensor> tensors,
            OutputFolder folder) {
        String text = JsonText.of(toMap(options, curves, tensors));
        spec.commandLine().getOut().println(json ? text : table(options, curves));
        if (folder != null) {
            writeFiles(folder, curves, text);
        }
        return ExitCodes.OK;
    }

    /** The one source whose beam has geometry, elements and path of its own. */
    private int bendAtoms() {
        if (sources.size() > 1) {
            throw new BadUsageException("--source atoms stands alone: its beam has a length and elements of its own");
        }
        ParseResult given = spec.commandLine().getParseResult();
        for (String option : List.of("--length", "--height", "--law")) {
            if (given.hasMatchedOption(option)) {
                throw new BadUsageException(option + " is not for --source atoms, whose beam is told by --cells");
            }
        }
        int count = cells == null ? AtomsBeam.PAPER_CELLS : cells;
        int[] elements = given.hasMatchedOption("--mesh") ? mesh : AtomsBeam.mesh();
        double way = given.hasMatchedOption("--displacement") ? displacement
                : displacement * count / AtomsBeam.PAPER_CELLS;
        BeamOptions like = new BeamOptions(length, height, way, increments, end, elements[0], elements[1]);
        FemSolver solver = new FemSolver(AtomsBeam.solverOptions(),
                NativeSparseSolver.onThreads(SolverThreads.of(threads)));
        OutputFolder folder = out == null ? null : OutputFolder.open(out);
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS);
                Progress progress = new Progress("beam", 1, quiet, stop);
                AtomsBeam beam = AtomsBeam.of(count, path, like)) {
            var item = progress.item(AtomsBeam.SOURCE);
            List<Integer> continued = new ArrayList<>(List.of(0));
            int steps = path == null ? 1 : path.length;
            BeamCurve curve = beam.bend(solver, state -> {
                if (state.requested()) {
                    continued.add(beam.material().continuedPoints());
                }
                return item.report("bending", (state.step() + state.fraction()) / steps, "");
            });
            progress.itemDone();
            ElasticTensor tensor = beam.tensor();
            return report(beam.options(), List.of(new Named(AtomsBeam.SOURCE, AtomsBeam.SOURCE, curve, continued)),
                    Map.of(AtomsBeam.SOURCE, tensor), folder);
        }
    }

    private void requireNames() {
        for (String source : sources) {
            if (!source.equals(AtomsBeam.SOURCE)) {
                BeamMaterial.requireKnown(source);
            }
        }
        for (String law : laws) {
            if (!Laws.names().contains(law)) {
                throw new BadUsageException("there is no law \"" + law + "\"; there are "
                        + String.join(", ", Laws.names()));
            }
            if (law.equals("linear")) {
                throw new BadUsageException("the law linear is drawn for every source; name those of large "
                        + "displacements with --law");
            }
        }
    }

    private Map<String, Object> toMap(BeamOptions options, List<Named> curves, Map<String, ElasticTensor> tensors) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("schema", "nanohooke-beam/1");
        all.put("version", Version.number());
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Named named : curves) {
            BeamCurve curve = named.curve();
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("name", named.name());
            line.put("law", named.law());
            line.put("source", named.source());
            line.put("u", named.all(curve::displacement));
            line.put("Fy", named.all(curve::forceY));
            line.put("Fx", named.all(curve::forceX));
            if (named.continued() != null) {
                line.put("continuedPoints", named.continued());
            }
            line.put("iterations", curve.iterations());
            line.put("seconds", curve.seconds());
            lines.add(line);
        }
        all.put("curves", lines);
        all.put("beam", options);
        Map<String, Object> meshed = new LinkedHashMap<>();
        meshed.put("element", curves.get(0).continued() == null ? "Q9, plane strain, 3 x 3 points"
                : "Q8, plane strain, 2 x 2 points");
        meshed.put("elements", new int[] {options.elementsX(), options.elementsY()});
        all.put("mesh", meshed);
        all.put("unknowns", FemSolver.unknowns(curves.get(0).curve().problem()));
        all.put("seconds", curves.stream().mapToDouble(c -> c.curve().seconds()).sum());
        Map<String, Object> stiffness = new LinkedHashMap<>();
        tensors.forEach((source, tensor) -> stiffness.put(source, tensor.toArray()));
        all.put("stiffness", stiffness);
        all.put("units", Map.of("u", "nm, of the right side, downwards", "Fy", "N/m, per length along z, downwards",
                "Fx", "N/m, tension of the beam", "seconds", "s, wall time of the solutions", "stiffness",
                "GPa, Voigt order 11 22 33 23 13 12, engineering shear strains"));
        return all;
    }

    private String table(BeamOptions options, List<Named> curves) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "beam of %.4g x %.4g nm, %s, %d unknowns; "
                + "forces in N/m%n%n%-44s", options.length(), options.height(), options.end().label(),
                FemSolver.unknowns(curves.get(0).curve().problem()), "force Fy at a displacement of"));
        int last = curves.get(0).curve().states().size() - 1;
        int[] shown = IntStream.of((last + 2) / 4, (last + 1) / 2, last).filter(k -> k > 0).distinct().toArray();
        for (int k : shown) {
            text.append(String.format(Locale.ROOT, "%10s", String.format(Locale.ROOT, "%.4g nm",
                    curves.get(0).curve().displacement(k))));
        }
        text.append(String.format("%10s%9s%n", "Fx, end", "seconds"));
        for (Named named : curves) {
            text.append(String.format("%-44s", named.name()));
            for (int k : shown) {
                text.append(String.format(Locale.ROOT, "%10.3f", named.curve().forceY(k)));
            }
            double pull = named.curve().forceX(last);
            text.append(String.format(Locale.ROOT, "%10.2f%9.2f%n", Math.abs(pull) < 0.005 ? 0 : pull,
                    named.curve().seconds()));
        }
        return text.toString().stripTrailing();
    }

    private void writeFiles(OutputFolder folder, List<Named> curves, String text) {
        AtomicFile.writeText(folder.file("beam.json"), text + "\n");
        AtomicFile.writeText(folder.file("curves.csv"), csv(curves));
        List<PathFigure.Line> lines = new ArrayList<>();
        for (Named named : curves) {
            lines.add(new PathFigure.Line(named.name(), colour(named), named.law().equals("linear"),
                    named.all(named.curve()::displacement), named.all(named.curve()::forceY)));
        }
        for (String file : List.of("curves.png", "curves.svg")) {
            PathFigure.write(folder.file(file), "Bending of the nanoporous beam", "displacement downwards [nm]",
                    "force per length along z [N/m]", lines);
        }
        BeamCurve first = curves.get(0).curve();
        for (double wanted : SHOWN) {
            for (int k = 1; k < first.states().size(); k++) {
                if (Math.abs(first.displacement(k) - wanted) < 1e-6) {
                    field(folder, curves.get(0), k, wanted);
                }
            }
        }
    }

    /** One a source, where there is one law; else one a curve of large displacements. */
    private int colour(Named named) {
        int source = sources.indexOf(named.source());
        int law = Math.max(0, laws.indexOf(named.law()));
        return source * laws.size() + law;
    }

    private static String csv(List<Named> curves) {
        StringBuilder text = new StringBuilder("source,law,u_nm,Fy_N_per_m,Fx_N_per_m\n");
        for (Named named : curves) {
            for (int k = 0; k < named.curve().states().size(); k++) {
                text.append(String.format(Locale.ROOT, "%s,%s,%s,%s,%s%n", named.source(), named.law(),
                        named.curve().displacement(k), named.curve().forceY(k), named.curve().forceX(k)));
            }
        }
        return text.toString();
    }

    private static void field(OutputFolder folder, Named named, int state, double displacement) {
        Increment increment = named.curve().states().get(state);
        NodalFields fields = NodalFields.of(named.curve().problem(), increment.displacements());
        FieldPicture.write(folder.file(String.format(Locale.ROOT, "strain-%.0f-nm.png", displacement)),
                String.format(Locale.ROOT, "strain E_xx at %.4g nm (%s)", displacement, named.name()),
                named.curve().problem().mesh(), increment.displacements(), fields.strain(0), "");
    }
}
