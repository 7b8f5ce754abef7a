// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.dataset;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.cli.statics.StaticsSettings;
import io.github.nanohooke.cli.structure.StructureKinds;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.plan.StructureMix;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options that decide what is in a dataset; its other options decide only how it is made. */
final class DatasetPlanSettings {
    private static final List<String> NAMES = List.of("--kind", "--count", "--seed", "--shard-size", "--cells",
            "--nz", "--element", "--lattice-constant", "--image-size", "--method", "--potential", "--pair-style",
            "--pair-coeff", "--force-tolerance", "--stress-tolerance", "--strain", "--max-evaluations", "--minimiser",
            "--periods", "--drop-islands", "--random-seed");
    private static final String EXACT_METHOD = "hessian";

    @Option(names = "--kind", paramLabel = "KIND", completionCandidates = StructureKinds.class,
            description = "Pores: ${COMPLETION-CANDIDATES}; or several kinds, each with its number of samples, as in"
                    + " circles=4500,polygons=3000.")
    private String kind;

    @Option(names = "--count", paramLabel = "N", description = "Samples; rejected and failed ones count (default: what"
            + " --kind says).")
    private Integer count;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--shard-size", paramLabel = "N", defaultValue = "100",
            description = "Samples in a file, the unit that machines share out (default: ${DEFAULT-VALUE}).")
    private int shardSize;

    @Option(names = "--cells", paramLabel = "NX,NY", split = ",", defaultValue = "20,20",
            description = "Lattice cells of the box along x and y (default: ${DEFAULT-VALUE}).")
    private int[] cells;

    @Option(names = "--nz", paramLabel = "N",
            description = "Lattice cells along z (default: 1 for the method '" + EXACT_METHOD + "', which certifies "
                    + "that one stands for three, else 3).")
    private Integer nz;

    @Option(names = "--element", paramLabel = "SYMBOL", defaultValue = "Al",
            description = "Element of the fcc crystal (default: ${DEFAULT-VALUE}).")
    private String element;

    @Option(names = "--lattice-constant", paramLabel = "A", defaultValue = "4.05",
            description = "a0, Å (default: ${DEFAULT-VALUE}).")
    private double latticeConstant;

    @Option(names = "--image-size", paramLabel = "N", defaultValue = "" + StructureImage.DEFAULT_RESOLUTION,
            description = "Pixels along an edge of the images (default: ${DEFAULT-VALUE}).")
    private int imageSize;

    @Mixin
    private StaticsSettings statics;

    /** Whether any of these options was given. */
    static boolean areIn(ParseResult parsed) {
        return NAMES.stream().anyMatch(parsed::hasMatchedOption);
    }

    /** Whether they say which samples are wanted. */
    boolean isComplete() {
        return kind != null && (count != null || kind.contains("="));
    }

    /** @throws BadUsageException when they contradict each other */
    DatasetPlan plan() {
        if (cells.length != 2) {
            throw new BadUsageException("--cells takes two numbers, for example 20,20; cells along z are --nz");
        }
        StaticsOptions options = statics.options();
        Lattice lattice = new Lattice(element, Lattice.Kind.FCC, latticeConstant);
        // Which method applies depends on the element and the potential alone: one cell of the crystal tells.
        String method = statics.method(PorousStructure.perfect(lattice, new Cells(1, 1, 1)).atoms(), options);
        int alongZ = nz != null ? nz : method.equals(EXACT_METHOD) ? 1 : Cells.paper().z();
        StructureMix mix = BadUsageException.checked(() -> StructureMix.parse(kind, count));
        return new DatasetPlan(mix, seed, shardSize, lattice, new Cells(cells[0], cells[1], alongZ), imageSize, method,
                options, "nanohooke " + Version.number());
    }
}
