// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.demo;

import io.github.nanohooke.cli.process.GrantedCores;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.fem.beam.atoms.AtomBeam;
import io.github.nanohooke.fem.beam.atoms.AtomBeamField;
import io.github.nanohooke.fem.beam.atoms.AtomBeamOptions;
import io.github.nanohooke.fem.beam.atoms.AtomBeamPath;
import io.github.nanohooke.fem.beam.atoms.AtomBeamReference;
import io.github.nanohooke.fem.beam.atoms.AtomBeamStep;
import io.github.nanohooke.figures.FieldPicture;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.potential.Potential;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A tenth of the paper's beam, bent with all its atoms. */
final class DemoBeam {
    private static final int CELLS = 100;
    private static final int STEPS = 4;

    private DemoBeam() {
    }

    /** Bends it, says what it found, and draws its strains into {@code beam.png}. */
    static void bend(PrintWriter print, OutputFolder folder, StaticsProgress progress) {
        AtomBeam beam = AtomBeam.of(CELLS);
        AtomBeamOptions options = AtomBeamOptions.of(beam, AtomBeamOptions.even(beam, STEPS), AtomBeamReference.FREE,
                GrantedCores.or(null));
        AtomBeamPath path = new AtomBeamPath(beam, options, Potential.mishin1999(), null);
        path.run(progress, (step, positions) -> { });
        List<AtomBeamStep> steps = path.steps();
        AtomBeamStep last = steps.get(steps.size() - 1);
        print.println();
        print.printf(Locale.ROOT,
                "A tenth of the paper's beam of Fig. 7 with all its %d atoms: %.4f N/m at %.3g nm, %.4f "
                + "at %.3g nm (%d force evaluations, %.2f s)%n", beam.atoms(), steps.get(STEPS / 2).fy(),
                steps.get(STEPS / 2).u(), last.fy(), last.u(),
                steps.stream().mapToInt(AtomBeamStep::evaluations).sum(),
                steps.stream().mapToDouble(AtomBeamStep::seconds).sum());
        AtomBeamField field = AtomBeamField.of(beam, path.start(), path.last());
        FieldPicture.write(folder.file("beam.png"), String.format(Locale.ROOT, "strain E_xx at %.3g nm (%d atoms)",
                last.u(), beam.atoms()), field.mesh(), field.displacements(), field.strain(), "");
    }
}
