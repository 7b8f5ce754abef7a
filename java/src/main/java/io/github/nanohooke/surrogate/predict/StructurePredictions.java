// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** What a network says of structures whose images it sees, and what that is worth; on all cores. */
final class StructurePredictions {
    private final ElasticSurrogate network;
    private final Shows shown;
    private final PredictionCheck images;
    private final StructureCheck structures;
    private final Map<PorousStructure, List<Warning>> ofCrystals = new ConcurrentHashMap<>();

    /** @param shown what the images show */
    StructurePredictions(ElasticSurrogate network, Shows shown) {
        this.network = network;
        this.shown = shown;
        this.images = PredictionCheck.of(network, shown);
        this.structures = StructureCheck.of(network);
    }

    /**
     * Predicts, in the axes of the atoms, with the warnings of structures before those of their images.
     *
     * @param asked  none that is refused
     * @param drawn  of each the atoms that the image shows
     * @param spread whether it matters how far each may be off: eight times the work
     */
    List<Prediction> of(List<AskedStructure> asked, List<Atoms> drawn, boolean spread) {
        if (asked.isEmpty()) {
            return List.of();
        }
        List<StructureImage> seen = IntStream.range(0, asked.size()).parallel()
                .mapToObj(k -> asked.get(k).image(drawn.get(k), network.resolution())).toList();
        List<Estimate> estimates = spread ? network.estimate(seen)
                : network.tensors(seen).stream().map(Estimate::of).toList();
        return IntStream.range(0, asked.size()).parallel()
                .mapToObj(k -> prediction(asked.get(k), drawn.get(k), seen.get(k), estimates.get(k))).toList();
    }

    private Prediction prediction(AskedStructure asked, Atoms drawn, StructureImage image, Estimate estimate) {
        List<Warning> warnings = new ArrayList<>(structures.unlike(shown).stream().toList());
        warnings.addAll(asked.design().map(this::warnings)
                .orElseGet(() -> structures.warnings(asked.given(), shown == Shows.DESIGNED)));
        double porosity = asked.design().map(PorousStructure::porosity).orElseGet(image::porosity);
        Prediction said = images.ofAtoms(image, estimate, porosity, StructureCheck.isForeign(warnings));
        warnings.addAll(said.warnings());
        ElasticTensor turned = ImageFrame.inAxesOf(drawn.cell(), network.frame(), said.tensor());
        return said.with(turned, warnings);
    }

    /** Whatever pores it has: thousands of designs are cut from one crystal. */
    private List<Warning> warnings(PorousStructure design) {
        return ofCrystals.computeIfAbsent(PorousStructure.perfect(design.lattice(), design.cells()),
                crystal -> structures.warnings(crystal.atoms(), true));
    }
}
