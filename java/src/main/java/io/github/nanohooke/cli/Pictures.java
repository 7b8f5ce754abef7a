// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.plot.StiffnessPlot;
import io.github.nanohooke.plot.StructurePlot;
import io.github.nanohooke.plot.SummaryPlot;
import io.github.nanohooke.statics.ElasticTensor;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.ExtendedXyz;
import io.github.nanohooke.structure.LammpsData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;

/** The files that {@code --out} asks for: what was calculated, to read and to look at. */
final class Pictures {
    private Pictures() {
    }

    static void write(OutputFolder folder, StructureInput input, StaticsResult result, String json)
            throws IOException {
        write(folder, input, result, null, json);
    }

    /** @param predicted a network's tensor for the summary, or null */
    static void write(OutputFolder folder, StructureInput input, StaticsResult result, ElasticTensor predicted,
            String json) throws IOException {
        Atoms relaxed = result.relaxed();
        boolean[] fcc = input.fcc(relaxed);
        StructureImage image = StructureImage.of(relaxed, StructureImage.DEFAULT_RESOLUTION,
                StructureImage.DEFAULT_RESOLUTION, StructureImage.touchingRadius(input.latticeConstant()));
        folder.write("result.json", path -> Files.writeString(path, json + "\n"));
        folder.write("relaxed.xyz", path -> ExtendedXyz.write(path, relaxed, ExtendedXyz.structureColumns(fcc)));
        folder.write("relaxed.data", path -> LammpsData.write(path, relaxed));
        folder.write("image.png", image::write);
        folder.write("structure.png", path -> StructurePlot.write(relaxed, fcc, path, input.name() + ", relaxed"));
        if (result.tensor() != null) {
            folder.write("stiffness.png", path -> StiffnessPlot.write(result.tensor(), path, input.name()));
        }
        folder.write("summary.png", path -> SummaryPlot.write(
                new SummaryPlot.Content(input.name(), subtitle(input, result), relaxed, fcc, image, result.tensor(),
                        predicted), path));
    }

    private static String subtitle(StructureInput input, StaticsResult result) {
        String porosity = input.porosity().map(p -> String.format(Locale.ROOT, ", porosity %.1f %%", p)).orElse("");
        return String.format(Locale.ROOT, "%d atoms%s, %s, %s in %.1f s", result.relaxed().count(), porosity,
                result.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '), result.method(),
                result.seconds());
    }
}
