// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.GivenOptions;
import io.github.nanohooke.cli.process.JsonText;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.Progress;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.fem.beam.BeamBounds;
import io.github.nanohooke.fem.beam.BeamCurve;
import io.github.nanohooke.fem.beam.BeamEnd;
import io.github.nanohooke.fem.beam.BeamMaterial;
import io.github.nanohooke.fem.beam.BeamOptions;
import io.github.nanohooke.fem.beam.UnitCellBeam;
import io.github.nanohooke.fem.beam.atoms.AtomBeam;
import io.github.nanohooke.fem.beam.atoms.AtomBeamOptions;
import io.github.nanohooke.fem.io.StateFields;
import io.github.nanohooke.fem.law.Laws;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.fem.solve.Listener;
import io.github.nanohooke.fem.solve.NativeSparseSolver;
import io.github.nanohooke.fem.solve.SolverOptions;
import io.github.nanohooke.fem.source.KnownSource;
import io.github.nanohooke.fem.table.TableOptions;
import io.github.nanohooke.fem.table.TabulatedMaterial;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.DoublePredicate;
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
            "  network           the trained network's prediction of that box, relaxed",
            "  designed-network  the same, of the box as designed",
            "  hybrid            the same, and statics where the network is not sure or",
            "                    does not know the box",
            "  size-independent  a continuum with pores, whatever their size: finite",
            "                    elements on the solid's tensor",
            "  atoms             no tensor: each integration point carries 96 atoms of the",
            "                    beam's own, relaxed at every deformation",
            "  atoms-table       the same law from a table that is built first (--cache",
            "                    keeps it)",
            "With atoms, length and height are those of the atoms; --faces and --solid-ends add what bounds the pores,",
            "the beam is let go first then. Points beyond their last stable state go on linearly in the strain from",
            "there and are counted (continuedPoints); where a table has nothing, atoms are relaxed on the spot and",
            "counted (outsidePoints).",
            "",
            "A tensor's small-displacement answer (law linear) is drawn dashed. The law of the paper is not known:",
            "saint-venant-kirchhoff is linear in the Green-Lagrange strain, hencky in the logarithmic one, cauchy-log",
            "is what a linear UMAT in the logarithmic strain gives. The 7.0 N/m at 20 nm that the paper prints for",
            "size-independent does not follow from its Fig. 4: the pores' size changes the force by 2 %%.",
            "",
            "Exit codes: 4 a curve came to no end; its states before that, and the other curves, are told all the"
                    + " same.",
            "",
            "Examples:",
            "  nanohooke beam                  forces at a quarter, half and all of the way",
            "  nanohooke beam --source statics --law hencky,saint-venant-kirchhoff --json",
            "  nanohooke beam --source atoms --u 2,10,20,30,40 --json",
            "  nanohooke beam --source atoms,atoms-table --cache tables --u 10,20,40",
            "  nanohooke beam --source atoms --cells 100 --faces --solid-ends --u 1,2,3,4",
            "  nanohooke beam --out figure7    curves as PNG, SVG and CSV; strain fields",
            "",
            "All of Fig. 7:",
            "  nanohooke beam --source statics,network,size-independent,atoms,atoms-table \\",
            "      --law saint-venant-kirchhoff,hencky \\",
            "      --beside test-data/beam/cells-1000.json --out figure7"
        })
public final class BeamCommand implements Callable<Integer> {
    /** Of a curve whose law's table is built first. */
    private static final double TABLE_SHARE = 0.8;

    @Spec
    private CommandSpec spec;

    @Option(names = "--source", paramLabel = "NAME", split = ",", description = "Where the tensor is from; may be "
            + "repeated: statics, network, designed-network, hybrid, size-independent, atoms, atoms-table (default: "
            + "statics, network, size-independent).")
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
            + "nothing moves along the beam), guided (it slides upright), free, hinged (its middle stays); of its"
            + " middle "
            + "alone, which is moved while the rest is free: middle, pinned (it stays along the beam).")
    private BeamEnd end = BeamEnd.CLAMPED;

    @Option(names = "--mesh", paramLabel = "NX,NY", split = ",", arity = "1",
            description = "Nine-node elements along and across (default: 30,10: 0.02 %% from an endlessly fine mesh).")
    private int[] mesh = {BeamOptions.paper().elementsX(), BeamOptions.paper().elementsY()};

    @Option(names = "--cells", paramLabel = "N", description = "Of --atoms and sources atoms, atoms-table: lattice "
            + "cells along the beam, N / 5 across; its way ends at 40 nm x N / 1000 (default: 100 of --atoms, 1000 of "
            + "the others).")
    private Integer cells;

    @Option(names = "--u", paramLabel = "NM", split = ",", description = "Of --atoms and sources atoms, atoms-table: "
            + "displacements to solve for, rising, in nm of the beam as it is, in place of even ones.")
    private double[] path;

    @Option(names = "--cache", paramLabel = "DIR", description = "Of source atoms-table: keep the table there, by the "
            + "content of atoms, potential and accuracy, and take one that is known.")
    private Path cache;

    @Option(names = "--finest", paramLabel = "STRAIN", description = "Of source atoms-table: smallest spacing of the "
            + "table's nodes in the Green strain (default: 0.01).")
    private Double finest;

    @Option(names = "--faces", description = "Of source atoms: upper and lower face have the surface stress and "
            + "elasticity of strips of atoms.")
    private boolean faces;

    @Option(names = "--solid-ends", description =
            "Of source atoms: solid crystal between the held planes and the first "
            + "pores.")
    private boolean solidEnds;

    @Option(names = "--beside", paramLabel = "FILE", description =
            "beam.json of a run of --atoms --out, or its folder: its forces are "
            + "markers in the figure, and each curve is told by how much it is off; where fields of states lie beside "
            + "it, their displacements and strains, too.")
    private Path beside;

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

    @Override
    public Integer call() {
        if (atoms.wanted()) {
            if (beside != null) {
                throw new BadUsageException("--beside is for finite elements; --atoms makes what stands beside them");
            }
            if (faces || solidEnds) {
                throw new BadUsageException("--faces and --solid-ends are for --source atoms; --atoms has every atom of"
                        + " its faces and ends");
            }
            requireNoContinuum();
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
        int own = (int) sources.stream().filter(UnitCellBeam.SOURCES::contains).count();
        requireFitting(own > 0, own == sources.size());
        AtomBeamResult whole = beside == null ? null : AtomBeamResult.read(beside);
        AtomBeamResult wholeBeam = whole == null || !(faces || solidEnds) ? whole : whole.withoutFields();
        OutputFolder folder = out == null ? null : OutputFolder.open(out);
        List<BeamReport.Named> curves = new ArrayList<>();
        Map<String, ElasticTensor> tensors = new LinkedHashMap<>();
        BeamOptions options = new BeamOptions(length, height, displacement, increments, end, mesh[0], mesh[1]);
        BeamOptions first = options;
        int count = (sources.size() - own) * (laws.size() + 1) + own;
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS)) {
            try (Progress progress = new Progress("beam", count, quiet, stop)) {
                for (String source : sources) {
                    if (UnitCellBeam.SOURCES.contains(source)) {
                        BeamOptions its = bendAtoms(source, curves, tensors, progress,
                                u -> wholeBeam != null && wholeBeam.field(u).isPresent(), folder != null);
                        first = curves.size() == 1 ? its : first;
                        curves.get(curves.size() - 1).curve().requireNotStopped();
                    } else {
                        bendContinuum(source, options, curves, tensors, progress);
                    }
                }
            } catch (CancellationException e) {
                if (curves.isEmpty()) {
                    throw e;
                }
            }
            int code = told(new BeamReport(first, List.copyOf(curves), count, tensors, wholeBeam), folder);
            stop.exitCode(code);
            return code;
        }
    }

    /** Prints and writes the curves; how the process ends. */
    private int told(BeamReport report, OutputFolder folder) {
        String text = JsonText.of(report.toMap());
        spec.commandLine().getOut().println(json ? text : report.table());
        if (folder != null) {
            report.write(folder, text);
        }
        report.deadEnds().forEach(deadEnd -> spec.commandLine().getErr().println("nanohooke: " + deadEnd));
        if (report.isStopped()) {
            spec.commandLine().getErr().println("nanohooke: stopped; there are " + report.curves().size() + " of "
                    + report.wanted() + " curves, of which the last may end before its way does");
            return ExitCodes.PARTIAL_RESULTS;
        }
        return report.deadEnds().isEmpty() ? ExitCodes.OK : ExitCodes.UNSTABLE_OR_NOT_CONVERGED;
    }

    /** Options of finite elements beside {@code --atoms} are refused, not left aside. */
    private void requireNoContinuum() {
        GivenOptions.refuse(spec, "is for finite elements, not for --atoms, whose beam and way are told by --cells,"
                + " --reference, --nz and --steps or --u", "--source", "--max-uncertainty", "--law", "--length",
                "--height", "--displacement", "--increments", "--end", "--mesh", "--cache", "--finest");
    }

    private void bendContinuum(String source, BeamOptions options, List<BeamReport.Named> curves,
            Map<String, ElasticTensor> tensors, Progress progress) {
        FemSolver solver = new FemSolver(SolverOptions.defaults(),
                NativeSparseSolver.onThreads(SolverThreads.of(threads)));
        progress.item(source).report("tensor", 0, "");
        ElasticTensor tensor = BeamMaterial.tensor(source, maxUncertainty);
        tensors.put(source, tensor);
        List<String> wanted = new ArrayList<>(laws);
        wanted.add("linear");
        for (String law : wanted) {
            var item = progress.item(source + ", " + law);
            BeamCurve curve = BeamCurve.asFarAsItGoes(options, Laws.of(law, tensor), solver,
                    new SolutionProgress(item, Increment::fraction));
            curves.add(new BeamReport.Named(source, law, curve, null));
            curve.requireNotStopped();
            progress.itemDone();
        }
    }

    /** The sources whose beam has geometry, elements and path of its own; its options. */
    private BeamOptions bendAtoms(String source, List<BeamReport.Named> curves, Map<String, ElasticTensor> tensors,
            Progress progress, DoublePredicate isBeside, boolean withPictures) {
        ParseResult given = spec.commandLine().getParseResult();
        int count = cells == null ? UnitCellBeam.PAPER_CELLS : cells;
        boolean alone = UnitCellBeam.SOURCES.containsAll(sources);
        BeamBounds bounds = new BeamBounds(faces, solidEnds);
        int[] elements = given.hasMatchedOption("--mesh") && alone ? mesh : UnitCellBeam.mesh(count, bounds);
        double way = given.hasMatchedOption("--displacement") ? displacement
                : displacement * count / UnitCellBeam.PAPER_CELLS;
        BeamOptions like = new BeamOptions(length, height, way, increments, end, elements[0], elements[1]);
        FemSolver solver = new FemSolver(UnitCellBeam.solverOptions(),
                NativeSparseSolver.onThreads(SolverThreads.of(threads)));
        TableOptions standard = TableOptions.defaults();
        TableOptions fineness = finest == null ? standard
                : new TableOptions(standard.range(), standard.tolerance(), finest);
        var item = progress.item(source);
        try (UnitCellBeam beam = source.equals(UnitCellBeam.SOURCE) ? UnitCellBeam.of(count, path, like, bounds)
                : UnitCellBeam.tabulated(count, path, like, fineness, cache,
                        (stage, done, detail) -> item.report("table, " + stage, TABLE_SHARE * done, detail))) {
            BeamReport.Points points = new BeamReport.Points(new ArrayList<>(List.of(0)), new HashMap<>(),
                    new ArrayList<>(List.of(0)), beam.table().map(TabulatedMaterial::summary).orElse(null));
            double from = beam.table().isPresent() ? TABLE_SHARE : 0;
            Listener told = new SolutionProgress(item, state -> from + (1 - from) * beam.displacement(state)
                    / beam.options().displacement());
            BeamCurve curve = beam.bendAsFarAsItGoes(solver, told.withStates(state -> {
                if (state.requested()) {
                    points.continued().add(beam.continuedPoints());
                    points.outside().add(beam.table().map(TabulatedMaterial::outsidePoints).orElse(0));
                    double at = beam.displacement(state);
                    if (isBeside.test(at) || withPictures && BeamReport.isShown(beam.options(), at)) {
                        points.fields().put(points.continued().size() - 1,
                                StateFields.of(beam.problem(), state.displacements()));
                    }
                }
                return told.found(state);
            }));
            progress.itemDone();
            tensors.put(source, beam.tensor());
            curves.add(new BeamReport.Named(source, source, curve, points));
            return beam.options();
        }
    }

    /** What is for some sources alone is refused beside others, not left aside. */
    private void requireFitting(boolean withAtoms, boolean alone) {
        if (!withAtoms && (cells != null || path != null)) {
            throw new BadUsageException("--cells and --u are for --source atoms, atoms-table and --atoms");
        }
        if ((!withAtoms || sources.contains(UnitCellBeam.TABLE_SOURCE)) && (faces || solidEnds)) {
            throw new BadUsageException("--faces and --solid-ends are for --source atoms, not beside atoms-table");
        }
        if (withAtoms && !alone && (path != null || cells != null && cells != UnitCellBeam.PAPER_CELLS)) {
            throw new BadUsageException("beside other sources, --source atoms goes their even way in the beam of "
                    + UnitCellBeam.PAPER_CELLS + " cells: leave out --u and --cells, or name it alone");
        }
        if ((cache != null || finest != null) && !sources.contains(UnitCellBeam.TABLE_SOURCE)) {
            throw new BadUsageException("--cache and --finest are for --source " + UnitCellBeam.TABLE_SOURCE);
        }
        if (path != null) {
            GivenOptions.refuse(spec, "is not for --u, which tells the whole way", "--displacement", "--increments");
        }
        if (!sources.contains(KnownSource.HYBRID.label())) {
            GivenOptions.refuse(spec, "is for --source " + KnownSource.HYBRID.label(), "--max-uncertainty");
        }
        if (alone) {
            GivenOptions.refuse(spec, "is not for --source atoms, whose beam is told by --cells", "--length",
                    "--height", "--law");
        }
    }

    private void requireNames() {
        for (String source : sources) {
            if (!UnitCellBeam.SOURCES.contains(source)) {
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
}
