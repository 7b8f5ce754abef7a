// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.statics;

import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.structure.StructureInput;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.plot.StiffnessPlot;
import io.github.nanohooke.plot.StructurePlot;
import io.github.nanohooke.plot.SummaryPlot;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.file.ExtendedXyz;
import io.github.nanohooke.structure.file.LammpsData;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.List;
import java.util.Locale;

/** The files that {@code --out} asks for: what was calculated, to read and to look at. */
public final class Pictures {
    private Pictures() {
    }

    static void write(OutputFolder folder, StructureInput input, StaticsResult result, String json) {
        write(folder, input, result, null, json);
    }

    /** @param predicted a network's tensor for the summary, or null */
    public static void write(OutputFolder folder, StructureInput input, StaticsResult result, ElasticTensor predicted,
            String json) {
        Atoms relaxed = result.relaxed();
        boolean[] fcc = input.fcc(relaxed).orElse(null);
        double radius = input.diskRadius();
        StructureImage image = StructureImage.of(relaxed, StructureImage.DEFAULT_RESOLUTION,
                StructureImage.DEFAULT_RESOLUTION, radius);
        AtomicFile.writeText(folder.file("result.json"), json + "\n");
        ExtendedXyz.write(folder.file("relaxed.xyz"), relaxed,
                fcc == null ? List.of() : ExtendedXyz.structureColumns(fcc));
        LammpsData.write(folder.file("relaxed.data"), relaxed);
        image.write(folder.file("image.png"), Shows.RELAXED.label());
        StructurePlot.write(relaxed, fcc, radius, folder.file("structure.png"), input.name() + ", relaxed");
        if (result.tensor() != null) {
            StiffnessPlot.write(result.tensor(), folder.file("stiffness.png"), input.name());
        }
        SummaryPlot.write(
                new SummaryPlot.Content(input.name(), subtitle(input, result), relaxed, fcc, radius, image,
                        result.tensor(), predicted),
                folder.file("summary.png"));
    }

    private static String subtitle(StructureInput input, StaticsResult result) {
        String porosity = input.porosity().map(p -> String.format(Locale.ROOT, ", porosity %.1f %%", p)).orElse("");
        return String.format(Locale.ROOT, "%d atoms%s, %s, %s in %.1f s", result.relaxed().count(), porosity,
                result.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '), result.method(),
                result.seconds());
    }
}
