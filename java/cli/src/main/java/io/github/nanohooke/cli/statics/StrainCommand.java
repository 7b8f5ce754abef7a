// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.statics;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.JsonText;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.Progress;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.cli.structure.StructureInput;
import io.github.nanohooke.figures.PathFigure;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.plot.StructurePlot;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.hyperelastic.HyperelasticCalculator;
import io.github.nanohooke.statics.hyperelastic.HyperelasticResult;
import io.github.nanohooke.statics.hyperelastic.ReferenceCell;
import io.github.nanohooke.statics.hyperelastic.StrainPath;
import io.github.nanohooke.statics.hyperelastic.StrainPath.Instability;
import io.github.nanohooke.statics.hyperelastic.StrainPath.State;
import io.github.nanohooke.structure.file.ExtendedXyz;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "strain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Strain a structure, its atoms following: a stress-strain curve up to the first instability.",
        footer = {
            "",
            "The atoms are relaxed at stretches U = 1 + t D from the zero-stress state on; stress and tangent are the",
            "first and second derivatives of the energy by t. The first instability of atoms or cell is found to 0.1"
                    + " %%",
            "of its strain, with the direction that gives way. With --out: strain.json, strain.csv, strain.png, and"
                    + " the",
            "atoms at the end or at the instability. Only motions of the cell's own period are looked at: a larger"
                    + " cell",
            "may give way sooner.",
            "",
            "Examples:",
            "  nanohooke strain cell.json --nz 1 --direction x --to 0.05",
            "  nanohooke strain cell.json --nz 1 --direction 1,-0.3,0,0,0,0 --to 0.2 \\",
            "      --steps 40 --out pulled"
        })
public final class StrainCommand implements Callable<Integer> {
    private static final Map<String, double[]> NAMED = Map.of(
            "x", new double[] {1, 0, 0, 0, 0, 0}, "y", new double[] {0, 1, 0, 0, 0, 0},
            "z", new double[] {0, 0, 1, 0, 0, 0}, "yz", new double[] {0, 0, 0, 1, 0, 0},
            "xz", new double[] {0, 0, 0, 0, 1, 0}, "xy", new double[] {0, 0, 0, 0, 0, 1},
            "volume", new double[] {1, 1, 1, 0, 0, 0});

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Structure (.json), LAMMPS data (.data) or extended XYZ (.xyz).")
    private Path file;

    @Mixin
    private StaticsSettings settings;

    @Option(names = "--nz", paramLabel = "N", description = "Lattice cells along z in place of the file's number.")
    private Integer nz;

    @Option(names = "--direction", paramLabel = "D", required = true, description = "x, y, z, yz, xz, xy, volume, or "
            + "the six components 11,22,33,23,13,12 of a symmetric tensor (the largest becomes 1).")
    private String direction;

    @Option(names = "--to", paramLabel = "T", required = true, description = "Last strain, for example 0.05; negative "
            + "for compression.")
    private double to;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "20",
            description = "Even steps (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for curve, table and picture of the atoms.")
    private Path out;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Override
    public Integer call() {
        double[] d = direction();
        StaticsOptions options = settings.options();
        OutputFolder folder = out == null ? null : OutputFolder.open(out);
        StructureInput input = StructureInput.read(file, nz);
        if (!settings.method(input.atoms(), options).equals("hessian")) {
            throw new BadUsageException("strain is for the method hessian: one element, an embedded-atom file");
        }
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS);
                Progress progress = new Progress("strain", 1, quiet, stop);
                HyperelasticCalculator crystal = HyperelasticCalculator.open(input.atoms(),
                        ReferenceCell.Kind.ZERO_STRESS, options, progress.item("undeformed"))) {
            var item = progress.item(input.name());
            StrainPath path = StrainPath.follow(crystal, d, to, steps, done -> item.report("straining", done, ""));
            progress.itemDone();
            String text = JsonText.of(toMap(input, path));
            spec.commandLine().getOut().println(json ? text : table(input, path));
            if (folder != null) {
                write(folder, input, path, text);
            }
            int code = path.isComplete() ? ExitCodes.OK : ExitCodes.PARTIAL_RESULTS;
            stop.exitCode(code);
            return code;
        }
    }

    private double[] direction() {
        if (NAMED.containsKey(direction)) {
            return NAMED.get(direction);
        }
        try {
            String[] words = direction.split(",");
            double[] d = new double[words.length];
            for (int k = 0; k < d.length; k++) {
                d[k] = Double.parseDouble(words[k].strip());
            }
            if (d.length == 6) {
                return d;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new BadUsageException("--direction takes x, y, z, yz, xz, xy, volume or six numbers"
                + " 11,22,33,23,13,12; got '" + direction + "'");
    }

    private Map<String, Object> toMap(StructureInput input, StrainPath path) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("schema", "nanohooke-strain/1");
        all.put("version", Version.number());
        all.put("structure", input.name());
        all.put("direction", path.direction());
        all.put("states", path.states().stream().map(StrainCommand::state).toList());
        all.put("instability", path.instability().map(StrainCommand::instability).orElse(null));
        all.put("complete", path.isComplete());
        all.put("units", Map.of("strain", "t of U = 1 + t D", "stress", "GPa, dW/dt", "tangent", "GPa, d2W/dt2", "W",
                "GPa, per volume of the zero-stress cell", "atoms", "eV/Å², smallest eigenvalue", "cell",
                "GPa, smallest eigenvalue", "direction", "of the path, and the strain that gives way at its end: 11 22"
                + " 33 23 13 12", "cauchy", "GPa, row by row", "pressure", "GPa"));
        return all;
    }

    private static Map<String, Object> state(State state) {
        HyperelasticResult result = state.result();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("strain", state.strain());
        all.put("W", result.energy());
        all.put("stress", state.stress());
        all.put("tangent", state.tangent());
        all.put("cauchy", result.cauchy());
        all.put("pressure", result.pressure());
        all.put("atoms", result.atomStability());
        all.put("cell", result.cellStability());
        return all;
    }

    private static Map<String, Object> instability(Instability found) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("strain", found.strain());
        all.put("kind", found.kind().name());
        all.put("direction", found.direction());
        all.put("pressure", found.state().result().pressure());
        all.put("explanation", found.explanation());
        return all;
    }

    private static String table(StructureInput input, StrainPath path) {
        StringBuilder text = new StringBuilder(String.format("%s, %d atoms%n%n%10s%14s%14s%14s%14s%14s%14s%n",
                input.name(), input.atoms().count(), "strain", "W [GPa]", "stress [GPa]", "tangent", "pressure",
                "atoms eV/A2", "cell [GPa]"));
        for (State state : path.states()) {
            text.append(String.format(Locale.ROOT, "%10.6f%14.6f%14.6f%14.4f%14.5f%14.4f%14.4f%n", state.strain(),
                    state.result().energy(), state.stress(), state.tangent(), state.result().pressure(),
                    state.result().atomStability(), state.result().cellStability()));
        }
        path.instability().ifPresent(found -> text.append(String.format("%n%s%n", found.explanation())));
        if (!path.isComplete()) {
            text.append(String.format("%nstopped before a strain of %.6g%n", path.to()));
        }
        return text.toString().stripTrailing();
    }

    private static void write(OutputFolder folder, StructureInput input, StrainPath path, String text) {
        AtomicFile.writeText(folder.file("strain.json"), text + "\n");
        StringBuilder csv = new StringBuilder(Csv.line("strain", "W_GPa", "stress_GPa", "tangent_GPa", "s11_GPa",
                "s22_GPa", "s33_GPa", "s23_GPa", "s13_GPa", "s12_GPa", "atoms_eV_per_A2", "cell_GPa"));
        for (State state : path.states()) {
            HyperelasticResult r = state.result();
            double[] s = r.cauchy();
            csv.append(Csv.line(state.strain(), r.energy(), state.stress(), state.tangent(), s[0], s[4], s[8], s[5],
                    s[2], s[1], r.atomStability(), r.cellStability()));
        }
        AtomicFile.writeText(folder.file("strain.csv"), csv.toString());
        double[] strains = path.states().stream().mapToDouble(State::strain).toArray();
        if (strains.length > 1) {
            PathFigure.write(folder.file("strain.png"), input.name(), "strain", "stress dW/dt [GPa]", List.of(
                    new PathFigure.Line("atoms", 0, PathFigure.Style.LINE, strains,
                            path.states().stream().mapToDouble(State::stress).toArray()),
                    new PathFigure.Line("undeformed tangent", 0, PathFigure.Style.DASHES, strains, path.states()
                            .stream().mapToDouble(s -> s.strain() * path.states().get(0).tangent()).toArray())));
        }
        HyperelasticResult last = path.states().get(path.states().size() - 1).result();
        boolean[] fcc = input.fcc(last.atoms()).orElse(null);
        String name = path.instability().isPresent() ? "instability" : path.isComplete() ? "end" : "stopped";
        ExtendedXyz.write(folder.file(name + ".xyz"), last.atoms(),
                List.of(new ExtendedXyz.Column("softest", 3, last.softestMotion(), false)));
        StructurePlot.write(last.atoms(), fcc, input.diskRadius(), folder.file(name + ".png"), input.name() + ", "
                + (path.instability().isPresent() ? "last stable state" : path.isComplete() ? "end of the path"
                        : "where the path was stopped"));
    }
}
