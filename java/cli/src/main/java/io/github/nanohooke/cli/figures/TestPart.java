// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.figures;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.figures.paper.PaperFigures;
import io.github.nanohooke.figures.paper.ReportPage;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.evaluate.Evaluation;
import io.github.nanohooke.surrogate.evaluate.FamilyErrors;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SampleEstimates;
import io.github.nanohooke.surrogate.trust.Reliability;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A network on the test part of datasets.
 *
 * @param samples     the test part
 * @param estimates   the network's word on it
 * @param evaluation  errors by constant and porosity
 * @param families    errors by family
 * @param reliability of its uncertainty, where its model tells
 */
record TestPart(DatasetSamples samples, SampleEstimates estimates, Evaluation evaluation, List<FamilyErrors> families,
        Optional<Reliability> reliability) {

    /** With the images that the network has learnt from. */
    static TestPart of(ElasticSurrogate network, List<Dataset> datasets) {
        DatasetSamples samples = DatasetSamples.of(datasets, Part.TEST, network.shows());
        if (samples.size() == 0) {
            throw new BadUsageException("the datasets have no sample in their test part");
        }
        SampleEstimates estimates = SampleEstimates.of(network, samples);
        return new TestPart(samples, estimates,
                Evaluation.of(network.trainingConstants(), estimates.predicted(), samples),
                FamilyErrors.of(estimates.predicted(), samples),
                network.calibration(samples.shows()).map(estimates::reliability));
    }

    void draw(PaperFigures figures, Set<String> wanted) {
        if (wanted.contains("parity")) {
            figures.parity(evaluation, estimates.predicted(), samples);
        }
        if (wanted.contains("errors")) {
            figures.errors(evaluation, families, samples.shows());
        }
        if (wanted.contains("reliability")) {
            reliability.ifPresent(r -> figures.reliability(r, samples.shows()));
        }
    }

    String summary() {
        return String.format(Locale.ROOT, "%-16s RMSE %.3f GPa over the constants of %d %s structures%s%s",
                "test part", evaluation.overall().rmse(), evaluation.samples(), samples.shows().label(),
                families.stream().filter(f -> f.family().equals(FamilyErrors.PAPER)).findFirst()
                        .map(f -> String.format(Locale.ROOT, "; %.3f of %d of the paper's families", f.rmse(),
                                f.samples())).orElse(""),
                reliability.isPresent() ? "" : "; the model tells no uncertainty, so there is no reliability diagram");
    }

    void tell(ReportPage page) {
        page.heading("Structures that the network never saw: " + samples.shows().label())
                .paragraph("Averaged over the eight symmetries of the square. " + samples.fingerprint())
                .errors(evaluation, families);
        reliability.ifPresent(page::reliability);
    }
}
