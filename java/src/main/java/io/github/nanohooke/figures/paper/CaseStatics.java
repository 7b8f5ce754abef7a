// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.paper;

import io.github.nanohooke.comparison.RowJournal;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.predict.Estimate;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.ImageFrame;
import io.github.nanohooke.surrogate.predict.Prediction;
import io.github.nanohooke.surrogate.predict.PredictionCheck;
import io.github.nanohooke.surrogate.predict.StructureCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Statics of the cases' structures, kept in a file, and what a network says of what it left. */
public final class CaseStatics implements AutoCloseable {
    private final StaticsOptions options = StaticsOptions.defaults();
    private final RowJournal<StaticsRow> journal;
    private final int pixels;

    private CaseStatics(RowJournal<StaticsRow> journal, int pixels) {
        this.journal = journal;
        this.pixels = pixels;
    }

    /**
     * Opens the file, old or new, of which every line is on disk before the next structure is begun.
     *
     * @param pixels of the network's images
     */
    public static CaseStatics open(Path file, int pixels) throws IOException {
        return new CaseStatics(RowJournal.open(file, Map.of("potential", StaticsOptions.defaults().potential().name(),
                "statics", "the fastest method, its defaults", "pixels", Integer.toString(pixels)), StaticsRow.class,
                StaticsRow::structure), pixels);
    }

    /** How tensors are found, for people. */
    public static String described() {
        return "the fastest method for each structure, its defaults; potential " + StaticsOptions.defaults().potential()
                .name();
    }

    /** Structures of cases that are not in the file yet. */
    public List<PorousStructure> missing(List<PaperCase> cases) {
        return cases.stream().flatMap(c -> c.steps().stream()).map(PaperCase.Step::structure)
                .filter(s -> !journal.has(StaticsRow.key(s))).distinct().toList();
    }

    /**
     * Calculates one and keeps it.
     *
     * @param progress hears of it and may stop it
     */
    public void calculate(PorousStructure structure, StaticsProgress progress) throws IOException {
        Atoms atoms = structure.atoms();
        try (ElasticCalculator calculator = ElasticCalculators.open(ElasticCalculators.choose(atoms, options))) {
            journal.append(StaticsRow.of(structure, calculator.calculate(atoms, options, progress), pixels));
        }
    }

    /** Cases by what the file has of them and a network. */
    public List<CaseResult> compared(List<PaperCase> cases, ElasticSurrogate network) {
        Map<Long, StaticsRow> rows = new HashMap<>();
        journal.rows().forEach(row -> rows.put(row.structure(), row));
        List<CaseResult> results = new ArrayList<>();
        for (PaperCase paperCase : cases) {
            List<PaperCase.Step> steps = paperCase.steps().stream()
                    .filter(step -> rows.containsKey(StaticsRow.key(step.structure()))
                            && rows.get(StaticsRow.key(step.structure())).hasTensor()).toList();
            results.add(new CaseResult(paperCase, predicted(steps, rows, network)));
        }
        return results;
    }

    private static List<CaseResult.Step> predicted(List<PaperCase.Step> steps, Map<Long, StaticsRow> rows,
            ElasticSurrogate network) {
        List<StaticsRow> statics = steps.stream().map(step -> rows.get(StaticsRow.key(step.structure()))).toList();
        List<StructureImage> images = statics.stream().map(StaticsRow::relaxedImage).toList();
        List<Estimate> estimates = network.estimate(images);
        PredictionCheck check = PredictionCheck.of(network, Shows.RELAXED);
        StructureCheck structures = StructureCheck.of(network);
        List<CaseResult.Step> results = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            StaticsRow row = statics.get(i);
            boolean foreign = StructureCheck.isForeign(structures.warnings(steps.get(i).structure().atoms(), true));
            Prediction prediction = check.ofAtoms(images.get(i), estimates.get(i), row.porosity(), foreign);
            results.add(new CaseResult.Step(steps.get(i).at(), row.porosity(), row.outcome(), row.tensor(),
                    ImageFrame.inAxesOf(row.relaxedCell(), network.frame(), prediction.tensor()),
                    prediction.uncertainty()));
        }
        return results;
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
