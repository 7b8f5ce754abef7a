// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.JsonText;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.Progress;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.fem.beam.atoms.AtomBeam;
import io.github.nanohooke.fem.beam.atoms.AtomBeamException;
import io.github.nanohooke.fem.beam.atoms.AtomBeamField;
import io.github.nanohooke.fem.beam.atoms.AtomBeamOptions;
import io.github.nanohooke.fem.beam.atoms.AtomBeamPath;
import io.github.nanohooke.fem.beam.atoms.AtomBeamStep;
import io.github.nanohooke.figures.FieldPicture;
import io.github.nanohooke.figures.PathFigure;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.statics.large.LargeCrystal;
import io.github.nanohooke.statics.potential.Potential;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code beam --atoms}: runs it, prints and writes what it found. */
final class AtomBeamRun {
    private static final Logger LOG = LoggerFactory.getLogger(AtomBeamRun.class);
    /** Displacements at which the paper shows fields, of its beam [nm]. */
    private static final double[] SHOWN = {6, 40};

    private final AtomBeam beam;
    private final AtomBeamOptions options;
    private final OutputFolder folder;
    private final boolean json;
    private final boolean quiet;

    AtomBeamRun(AtomBeam beam, AtomBeamOptions options, OutputFolder folder, boolean json, boolean quiet) {
        this.beam = beam;
        this.options = options;
        this.folder = folder;
        this.json = json;
        this.quiet = quiet;
    }

    int call(PrintWriter out) {
        AtomBeamPath path = new AtomBeamPath(beam, options, Potential.mishin1999(),
                folder == null ? null : folder.file("state.bin"));
        if (!quiet) {
            LOG.info("{}", announcement());
        }
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS)) {
            boolean stopped = false;
            AtomBeamException failure = null;
            try (Progress progress = new Progress("beam of atoms", 1, quiet, stop)) {
                path.run(progress.item(beam.atoms() + " atoms"), (step, positions) -> picture(path, step, positions));
                progress.itemDone();
            } catch (CancellationException e) {
                stopped = true;
            } catch (AtomBeamException e) {
                failure = e;
            }
            if (!path.steps().isEmpty()) {
                String text = JsonText.of(toMap(path, stopped, failure));
                out.println(json ? text : table(path));
                if (folder != null) {
                    write(path, text);
                }
            }
            if (failure != null) {
                // The states before it are told above.
                throw failure;
            }
            int code = stopped ? ExitCodes.PARTIAL_RESULTS : ExitCodes.OK;
            stop.exitCode(code);
            return code;
        }
    }

    /** What is about to begin, and what it takes. */
    private String announcement() {
        int states = options.displacements().length;
        return String.format(Locale.ROOT, "%d atoms, reference %s, %d states to %.4g nm, %s: about %.1f GB of memory",
                beam.atoms(), options.reference().label(), states, options.displacements()[states - 1],
                options.threads() == 1 ? "one thread" : options.threads() + " threads",
                LargeCrystal.memory(beam.atoms(), beam.periods()) / 1e9);
    }

    private Map<String, Object> toMap(AtomBeamPath path, boolean stopped, AtomBeamException failure) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("schema", "nanohooke-beam-atoms/1");
        all.put("version", Version.number());
        all.put("cells", beam.cells());
        all.put("atoms", beam.atoms());
        all.put("nz", beam.periods());
        all.put("reference", options.reference().label());
        List<Map<String, Object>> steps = new ArrayList<>();
        for (AtomBeamStep step : path.steps()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("u", step.u());
            one.put("Fy", step.fy());
            one.put("Fx", step.fx());
            one.put("FyConsistent", step.fyConsistent());
            one.put("energy", step.energy());
            one.put("evaluations", step.evaluations());
            one.put("residual", step.residual());
            one.put("seconds", step.seconds());
            steps.add(one);
        }
        all.put("steps", steps);
        all.put("complete", failure == null && !stopped);
        all.put("failure", failure == null ? null : failure.getMessage());
        all.put("seconds", path.steps().stream().mapToDouble(AtomBeamStep::seconds).sum());
        all.put("threads", options.threads());
        all.put("resumed", path.resumed());
        all.put("criteria", Map.of("residual", options.residual(), "balance", options.balance()));
        all.put("units", Map.of("u", "nm, of the right end, downwards", "Fy", "N/m, per length along z, downwards",
                "Fx", "N/m, tension of the beam", "energy", "eV", "residual", "sqrt(eV)", "seconds", "s, wall time"));
        return all;
    }

    private String table(AtomBeamPath path) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%d x %d cells, %d atoms, reference %s%n%n",
                beam.cells(), beam.cells() / AtomBeam.PITCH, beam.atoms(), options.reference().label()));
        text.append("    u/nm    Fy N/m    Fx N/m       dE/eV   forces  residual  seconds\n");
        double first = path.steps().get(0).energy();
        for (AtomBeamStep s : path.steps()) {
            text.append(String.format(Locale.ROOT, "%8.3f%10.5f%10.4f%12.4f%9d%10.1e%9.2f%n", s.u(), plain(s.fy()),
                    plain(s.fx()), plain(s.energy() - first), s.evaluations(), s.residual(), s.seconds()));
        }
        return text.toString().stripTrailing();
    }

    /** Without the sign of a zero that is printed. */
    private static double plain(double value) {
        return Math.abs(value) < 5e-6 ? 0 : value;
    }

    private void write(AtomBeamPath path, String text) {
        AtomicFile.writeText(folder.file("beam.json"), text + "\n");
        StringBuilder csv = new StringBuilder(Csv.line("u_nm", "Fy_N_per_m", "Fx_N_per_m", "FyConsistent_N_per_m",
                "energy_eV", "evaluations", "residual_sqrt_eV", "seconds"));
        for (AtomBeamStep s : path.steps()) {
            csv.append(Csv.line(s.u(), s.fy(), s.fx(), s.fyConsistent(), s.energy(), s.evaluations(), s.residual(),
                    s.seconds()));
        }
        AtomicFile.writeText(folder.file("path.csv"), csv);
        double[] u = path.steps().stream().mapToDouble(AtomBeamStep::u).toArray();
        double[] fy = path.steps().stream().mapToDouble(AtomBeamStep::fy).toArray();
        if (u.length > 1) {
            String name = String.format(Locale.ROOT, "%d atoms", beam.atoms());
            for (String file : List.of("path.png", "path.svg")) {
                PathFigure.write(folder.file(file), "Bending of the nanoporous beam, atom by atom",
                        "displacement downwards [nm]", "force per length along z [N/m]",
                        List.of(new PathFigure.Line(name, 0, PathFigure.Style.LINE, u, fy)));
            }
        }
    }

    /** Of the states that the paper shows, and of the last one. */
    private void picture(AtomBeamPath path, AtomBeamStep step, double[] positions) {
        double[] all = options.displacements();
        boolean shown = step.u() == all[all.length - 1];
        for (double u : SHOWN) {
            shown |= Math.abs(step.u() - u * beam.cells() / AtomBeam.PAPER_CELLS) < 1e-6;
        }
        if (folder == null || !shown || step.u() == 0) {
            return;
        }
        AtomBeamField field = AtomBeamField.of(beam, path.start(), positions);
        field.write(folder.file(AtomBeamResult.fieldFile(step.u())));
        FieldPicture.write(folder.file(String.format(Locale.ROOT, "strain-%.3f-nm.png", step.u())),
                String.format(Locale.ROOT, "strain E_xx at %.4g nm (%d atoms, %s)", step.u(), beam.atoms(),
                        options.reference().label()), field.mesh(), field.displacements(), field.strain(), "");
    }
}
