// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.image.ImagePlausibility;
import io.github.nanohooke.image.Percolation;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.data.TrainedCell;
import io.github.nanohooke.surrogate.data.TrainingDomain;
import io.github.nanohooke.surrogate.evaluate.TestErrors;
import io.github.nanohooke.surrogate.trust.AnswerSpread;
import io.github.nanohooke.surrogate.trust.Calibration;
import io.github.nanohooke.surrogate.trust.Footing;
import io.github.nanohooke.surrogate.trust.Uncertainty;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import io.github.nanohooke.tensor.TractionFree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Says what predictions of one model are worth: a network answers every image and cannot tell.
 *
 * <p>Codes of the warnings:
 * <ul>
 * <li>{@code not-percolating}: the solid is cut along x, y or another direction, farther than atoms reach;
 *     says whether the network has learnt from such samples;</li>
 * <li>{@code weak-link}: it goes on only across a gap that atoms bridge without touching, which relaxation opens or
 *     closes;</li>
 * <li>{@code image-inverted}, {@code image-not-atoms}, {@code image-smooth}, {@code image-scale}: no image of atoms in
 *     the cell that the network knows, see {@link ImagePlausibility};</li>
 * <li>{@code porosity-untested}: the model's test part has no structure of this porosity;</li>
 * <li>{@code domain-unknown}: the model does not tell what it learnt from, and nothing of this is checked.</li>
 * </ul>
 */
public final class PredictionCheck {
    /** Warnings of images that are none of atoms in the cell that the network knows. */
    private static final Set<String> FOREIGN = Set.of("image-inverted", "image-not-atoms", "image-smooth",
            "image-scale");

    private final int pixels;
    private final Optional<TrainedCell> cell;
    private final Optional<TestErrors> errors;
    private final Optional<Calibration> calibration;
    private final double spreadOfTraining;
    private final boolean knowsCuts;

    private PredictionCheck(ElasticSurrogate surrogate, Shows shown) {
        this.pixels = surrogate.resolution();
        this.cell = TrainingDomain.of(surrogate.provenance()).flatMap(TrainingDomain::cell);
        this.errors = surrogate.testErrors(shown);
        this.calibration = surrogate.calibration(shown);
        this.spreadOfTraining = surrogate.spreadOfTraining();
        this.knowsCuts = TrainingDomain.knowsCuts(surrogate.provenance());
    }

    /** For what a surrogate predicts from images of relaxed or of designed structures. */
    public static PredictionCheck of(ElasticSurrogate surrogate, Shows shown) {
        return new PredictionCheck(surrogate, shown);
    }

    private Cuts touching(StructureImage seen) {
        return new Cuts(cell.isPresent() ? Percolation.of(seen, 1) : Percolation.WHOLE);
    }

    /** Almost every image goes on by pixels that touch; others are looked at again, across gaps. */
    private Cuts cuts(StructureImage seen) {
        Cuts touching = touching(seen);
        return touching.percolation().isWhole() ? touching
                : new Cuts(Percolation.of(seen, cell.orElseThrow().gap(pixels)));
    }

    /**
     * What a predicted tensor is worth.
     *
     * @param image     what it was predicted from; of another size than the network's it is resampled, as for it
     * @param predicted the network's tensor [GPa]
     * @param porosity  of the structure where it is known, else that of the image [%]
     */
    public Prediction of(StructureImage image, ElasticTensor predicted, double porosity) {
        return of(image, Estimate.of(predicted), porosity, false);
    }

    /** As {@link #of(StructureImage, ElasticTensor, double)}, with the uncertainty that follows from a spread. */
    public Prediction of(StructureImage image, Estimate estimate, double porosity) {
        return of(image, estimate, porosity, false);
    }

    /**
     * As {@link #of(StructureImage, Estimate, double)}.
     *
     * @param foreign whether the structure is known to be none that the network has learnt from, of which its image
     *                tells nothing: another element, lattice or cell
     */
    public Prediction of(StructureImage image, Estimate estimate, double porosity, boolean foreign) {
        return of(image, estimate, porosity, foreign, true);
    }

    /**
     * As {@link #of(StructureImage, Estimate, double, boolean)}, of an image that was drawn from atoms. These tell
     * themselves whether they are of the cell and lattice that the network knows; where they are, no look of the image
     * can say otherwise, such as that of a cell which relaxation has sheared.
     *
     * @param foreign whether the atoms are of another element, lattice or cell
     */
    public Prediction ofAtoms(StructureImage image, Estimate estimate, double porosity, boolean foreign) {
        return of(image, estimate, porosity, foreign, foreign);
    }

    private Prediction of(StructureImage image, Estimate estimate, double porosity, boolean foreign, boolean looks) {
        StructureImage seen = image.resampled(pixels);
        List<Warning> warnings = new ArrayList<>();
        Cuts touching = touching(seen);
        Cuts cuts = touching.percolation().isWhole() ? touching : cuts(seen);
        ElasticTensor tensor = cuts.applyTo(estimate.tensor(), cutRows());
        cell.ifPresentOrElse(known -> judge(seen, known, touching, cuts, looks, warnings), () -> warnings.add(
                new Warning("domain-unknown", "the model does not tell, or not of one cell, what structures it learnt "
                + "from: whether the image shows one like them, and hangs together, is not checked")));
        Optional<TestErrors.AtPorosity> expected = errors.flatMap(test -> test.at(porosity));
        if (errors.isPresent() && expected.isEmpty()) {
            warnings.add(new Warning("porosity-untested", String.format(Locale.ROOT, "the model was tested on no "
                    + "structure with a porosity near %.1f %%; the error of this prediction is unknown", porosity)));
        }
        boolean known = !foreign && cell.isPresent() && (errors.isEmpty() || expected.isPresent())
                && (cuts.percolation().isWhole() || knowsCuts)
                && warnings.stream().map(Warning::code).noneMatch(FOREIGN::contains);
        return new Prediction(outcome(cuts, tensor), explanation(cuts, tensor), tensor, cuts.directions(), expected,
                uncertainty(estimate, seen, cuts, tensor, known), known, warnings);
    }

    private Optional<Uncertainty> uncertainty(Estimate estimate, StructureImage image, Cuts cuts,
            ElasticTensor tensor, boolean known) {
        if (calibration.isEmpty() || !estimate.hasSpreads()) {
            return Optional.empty();
        }
        boolean whole = cuts.percolation().isWhole();
        Uncertainty uncertainty = new Footing(known, !whole, spreadOfTraining).uncertainty(calibration.get(),
                new AnswerSpread(estimate.spreads(), image.porosity()));
        if (whole) {
            return Optional.of(uncertainty);
        }
        double[] constants = ElasticConstants.of(tensor);
        boolean[] zeros = new boolean[constants.length];
        for (int k = 0; k < zeros.length; k++) {
            zeros[k] = constants[k] == 0;
        }
        return Optional.of(uncertainty.withExact(zeros));
    }

    private TractionFree.Rows cutRows() {
        return knowsCuts ? TractionFree.Rows.DROPPED : TractionFree.Rows.CONDENSED;
    }

    private void judge(StructureImage image, TrainedCell known, Cuts touching, Cuts cuts, boolean looks,
            List<Warning> warnings) {
        if (!cuts.percolation().isWhole()) {
            warnings.add(new Warning("not-percolating", "the solid (white) is cut along " + join(cuts) + "; the "
                    + "network has learnt from " + (knowsCuts ? "few" : "no") + " such images. Constants of these "
                    + "directions are set to zero, which holds exactly; the others are the network's for free edges, "
                    + "and less sure than those of whole structures"));
        } else if (!touching.percolation().isWhole()) {
            warnings.add(new Warning("weak-link", "along " + join(touching) + " the solid (white) goes on only across "
                    + "gaps that atoms bridge without touching; the network has learnt from "
                    + (knowsCuts ? "few" : "no") + " such images, and relaxation opens or closes them: give relaxed "
                    + "atoms or --relax"));
        }
        double radius = known.diskRadius(pixels);
        if (looks && ImagePlausibility.isCalibrated(radius)) {
            ImagePlausibility.of(image, radius).ifPresent(finding -> warnings.add(warning(finding, known)));
        }
    }

    private static Warning warning(ImagePlausibility.Finding finding, TrainedCell known) {
        return switch (finding) {
            case INVERTED -> new Warning("image-inverted", "black and white are exchanged: the inverse of the image is "
                    + "one of atoms. Solid must be white");
            case NO_ATOMS -> new Warning("image-not-atoms", "parts of the image are no atoms of " + known
                    + ": noise, lines, text, a photograph, or atoms that are too small for this cell. Do not rely on "
                    + "the prediction");
            case SMOOTH -> new Warning("image-smooth", "the image's edges are smooth where atoms of " + known
                    + " have bumps: a drawing of pores. Give the pores as a structure file (JSON), or draw them with "
                    + "'nanohooke image'");
            case TOO_LARGE -> new Warning("image-scale", "the atoms of the image are larger than those of " + known
                    + ": it shows a smaller cell. Do not rely on the prediction");
        };
    }

    private static Prediction.Outcome outcome(Cuts cuts, ElasticTensor tensor) {
        if (!cuts.percolation().isWhole()) {
            return Prediction.Outcome.DISCONNECTED;
        }
        return tensor.isPositiveDefinite() ? Prediction.Outcome.PREDICTED : Prediction.Outcome.UNSTABLE;
    }

    private static String explanation(Cuts cuts, ElasticTensor tensor) {
        if (!cuts.percolation().isWhole()) {
            return "predicted by a network; the image's solid is cut along " + join(cuts)
                    + ", where it carries no stress";
        }
        return tensor.isPositiveDefinite() ? "predicted by a network, whose tensor is positive definite"
                : "predicted by a network, whose tensor is not positive definite: the structure does not resist every "
                        + "strain, or the network does not know structures of its kind";
    }

    private static String join(Cuts cuts) {
        return String.join(" and ", cuts.directions());
    }
}
