// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.figures;

import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.figures.paper.CaseResult;
import io.github.nanohooke.figures.paper.CaseStatics;
import io.github.nanohooke.figures.paper.PaperFigures;
import io.github.nanohooke.figures.paper.ReportPage;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.TrainingConstants;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.trust.Calibrations;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What {@code figures} tells on one page. */
final class FiguresPage {
    private FiguresPage() {
    }

    /** @param network that the cases are shown; empty where no figure has one */
    static ReportPage of(Path folder, PaperFigures figures, List<CaseResult> results,
            Optional<ElasticSurrogate> network, List<TestPart> tests) {
        ReportPage page = new ReportPage("Elastic constants of nanoporous aluminium: molecular statics and a network");
        page.paragraph("Structures after Mianroodi, Rezaei, Siboni, Xu and Raabe, npj Computational Materials 8, 67 "
                + "(2022): boxes of 20 x 20 lattice cells of aluminium with pores. Molecular statics relaxes each to "
                + "zero stress and takes its 6 x 6 elastic tensor" + network.map(FiguresPage::described).orElse("")
                + ".");
        if (!results.isEmpty()) {
            page.heading("The paper's cases").cases(results);
        }
        page.figures(folder, figures.written().stream().filter(f -> f.id().startsWith("fig")).toList());
        tests.forEach(test -> test.tell(page));
        page.figures(folder, figures.written().stream().filter(f -> !f.id().startsWith("fig")).toList());
        Map<String, String> provenance = new TreeMap<>();
        network.ifPresent(used -> {
            provenance.putAll(used.provenance());
            provenance.put("backend", used.backend());
        });
        provenance.keySet().removeAll(List.of(ModelFile.CARD, Calibrations.KEY, TrainingConstants.KEY));
        provenance.put("program", "nanohooke " + Version.full());
        provenance.put("written", LocalDate.now(ZoneOffset.UTC).toString());
        if (!results.isEmpty()) {
            provenance.put("statics", CaseStatics.described());
        }
        page.heading("Provenance").provenance(provenance);
        network.map(used -> used.provenance().get(ModelFile.CARD))
                .ifPresent(card -> page.heading("What the network is for").text(card));
        return page;
    }

    private static String described(ElasticSurrogate network) {
        return "; a network predicts the same thirteen constants from a picture of the structure ("
                + network.shows().label() + "), with a bound on its error that was calibrated by structures it never"
                + " learnt from. Network: " + network.name();
    }
}
