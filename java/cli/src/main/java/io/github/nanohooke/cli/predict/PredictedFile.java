// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import io.github.nanohooke.cli.structure.ImageInput;
import io.github.nanohooke.cli.structure.StructureInput;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.structure.atoms.Extrusion;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.data.TrainedCell;
import io.github.nanohooke.surrogate.data.TrainingDomain;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.Estimate;
import io.github.nanohooke.surrogate.predict.ImageFrame;
import io.github.nanohooke.surrogate.predict.Prediction;
import io.github.nanohooke.surrogate.predict.PredictionCheck;
import io.github.nanohooke.surrogate.predict.StructureCheck;
import io.github.nanohooke.tensor.ElasticTensor;
import io.github.nanohooke.tensor.TensorFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code predict} tells of one file.
 *
 * @param input      what was read, and relaxed where that was asked for
 * @param surrogate  the network
 * @param prediction its answer and what it is worth
 * @param warnings   those of the structure, then those of the image; of an answer by statics its own
 * @param seconds    wall time of this image in the network [s]
 * @param answer     what statics said in the network's place, which was not sure enough; empty where the network
 *                   answers
 */
public record PredictedFile(ImageInput input, ElasticSurrogate surrogate, Prediction prediction, List<Warning> warnings,
        double seconds, Optional<StaticsResult> answer) {
    public static PredictedFile of(ImageInput input, ElasticSurrogate surrogate, Estimate predicted, double seconds) {
        List<Warning> warnings = new ArrayList<>(ofStructure(input, surrogate));
        boolean foreign = StructureCheck.isForeign(warnings);
        PredictionCheck check = PredictionCheck.of(surrogate, input.shows());
        double porosity = input.porosity().orElseGet(() -> input.image().porosity());
        Prediction prediction = input.atoms().isPresent()
                ? check.ofAtoms(input.image(), predicted, porosity, foreign)
                : check.of(input.image(), predicted, porosity);
        warnings.addAll(prediction.warnings());
        return new PredictedFile(input, surrogate, prediction, warnings, seconds, Optional.empty());
    }

    /** The same file, answered by statics, for which what the network does not know is no matter. */
    PredictedFile answeredBy(StaticsResult statics) {
        List<Warning> more = new ArrayList<>(input.atoms().map(StructureInput::warnings).orElse(List.of()));
        statics.warnings().stream().filter(w -> !more.contains(w)).forEach(more::add);
        return new PredictedFile(input, surrogate, prediction, more, seconds, Optional.of(statics));
    }

    /** The same file with one more warning. */
    PredictedFile with(Warning warning) {
        List<Warning> more = new ArrayList<>(warnings);
        more.add(warning);
        return new PredictedFile(input, surrogate, prediction, more, seconds, answer);
    }

    /** What the network does not know of this file, whoever answers. */
    List<Warning> warningsOfNetwork() {
        List<Warning> all = new ArrayList<>(ofStructure(input, surrogate));
        all.addAll(prediction.warnings());
        return all;
    }

    /** Whether the network is as sure of its answer as that; never where its uncertainty is not known. */
    boolean isWithin(double limit) {
        return prediction.uncertainty().map(u -> u.gpa() <= limit).orElse(false);
    }

    private static List<Warning> ofStructure(ImageInput input, ElasticSurrogate surrogate) {
        StructureCheck check = StructureCheck.of(surrogate);
        List<Warning> warnings = new ArrayList<>();
        check.unlike(input.shows()).ifPresent(unlike -> warnings.add(new Warning(unlike.code(), unlike.message()
                + (surrogate.shows() == Shows.DESIGNED ? "; name one for relaxed structures with --model"
                        : ". For their accuracy give --relax, or 'nanohooke statics FILE --out DIR' and "
                                + "DIR/image.png"))));
        input.atoms().ifPresent(given -> warnings.addAll(check.warnings(given.atoms(),
                given.isDesign() || input.shows() == Shows.DESIGNED)));
        input.atoms().ifPresent(atoms -> warnings.addAll(atoms.warnings()));
        input.relaxed().ifPresent(result -> warnings.addAll(result.warnings()));
        return warnings;
    }

    /** In the axes of the input; of a picture, which has its own alone, in those that the network learnt. */
    ElasticTensor tensor() {
        return answer.map(StaticsResult::tensor)
                .orElseGet(() -> inAxesOfInput(input, surrogate, prediction.tensor()));
    }

    /** What statics has calculated for this file, if anything. */
    Optional<StaticsResult> statics() {
        return answer.or(input::relaxed);
    }

    /** Directions along which the solid is cut, as what answered has it. */
    List<String> disconnected() {
        return answer.map(StaticsResult::disconnected).orElseGet(prediction::disconnected);
    }

    /** What answered: {@code network}, or a method of statics. */
    String method() {
        return answer.map(StaticsResult::method).orElse("network");
    }

    public static ElasticTensor inAxesOfInput(ImageInput input, ElasticSurrogate surrogate, ElasticTensor predicted) {
        return input.drawnCell().map(cell -> ImageFrame.inAxesOf(cell, surrogate.frame(), predicted))
                .orElse(predicted);
    }

    /** The axes of {@link #tensor()}. */
    TensorFrame frame() {
        return answer.isPresent() || input.drawnCell().isPresent() ? TensorFrame.OF_STATICS : surrogate.frame();
    }

    /** Whether thirteen constants tell all; images are of extruded structures. */
    boolean isExtruded() {
        return input.atoms().map(StructureInput::atoms).map(Extrusion::isAlongZ).orElse(true);
    }

    /**
     * The outcome's name. Where a relaxation before the prediction did not end well, that has the first word: the image
     * shows what is no stable structure.
     */
    String outcome() {
        return answer.or(this::failedRelaxation).map(result -> result.outcome().name())
                .orElse(prediction.outcome().name());
    }

    String explanation() {
        return answer.map(StaticsResult::explanation).or(() -> failedRelaxation()
                .map(result -> "the relaxation before the prediction: " + result.explanation()))
                .orElse(prediction.explanation());
    }

    /** The structure that a picture is taken for, which has no scale and no element; empty for atoms. */
    Optional<TrainedCell> takenAs() {
        return input.atoms().isPresent() ? Optional.empty()
                : TrainingDomain.of(surrogate.provenance()).flatMap(TrainingDomain::cell);
    }

    /** Whether the exit code is that of a structure without a tensor to build on. */
    boolean isUnstable() {
        return answer.map(result -> !result.outcome().isSound()).orElseGet(() -> failedRelaxation().isPresent()
                || prediction.outcome() == Prediction.Outcome.UNSTABLE);
    }

    /** A cut structure meets strains without resistance and its relaxation is none the worse for it. */
    private Optional<StaticsResult> failedRelaxation() {
        return input.relaxed().filter(result -> result.outcome() == Outcome.NOT_CONVERGED
                || result.outcome() == Outcome.UNSTABLE && prediction.outcome() != Prediction.Outcome.DISCONNECTED);
    }
}
