// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.surrogate.evaluate.TestErrors;
import io.github.nanohooke.surrogate.trust.Uncertainty;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.List;
import java.util.Optional;

/**
 * A predicted tensor and what it is worth.
 *
 * @param outcome      what it is
 * @param explanation  one or two sentences for people
 * @param tensor       [GPa]; of an image whose solid is cut, with the zeros that follow from it
 * @param disconnected directions along which the solid is cut: {@code x}, {@code y}, or another one of the plane as
 *                     {@code [1 -1 0]}; empty where it is not, or the model does not tell what an image shows
 * @param expected     the model's error on structures of this porosity that it never saw; empty where it is not known
 * @param uncertainty  how far this prediction may be off, in the axes of the image; empty where the model was not
 *                     calibrated, or it was not asked for
 * @param known        whether nothing tells that the structure is none that the model has learnt from and was tested on
 * @param warnings     what a reader must know before building on it; see {@link PredictionCheck} for the codes
 */
public record Prediction(Outcome outcome, String explanation, ElasticTensor tensor, List<String> disconnected,
        Optional<TestErrors.AtPorosity> expected, Optional<Uncertainty> uncertainty, boolean known,
        List<Warning> warnings) {

    /** A network does not relax, so none of these says that a structure is stable. */
    public enum Outcome {
        /** A positive definite tensor. */
        PREDICTED,
        /** The image's solid is cut along a direction: no stress passes there, which the tensor has as zeros. */
        DISCONNECTED,
        /** The tensor is not positive definite. */
        UNSTABLE
    }

    public Prediction {
        disconnected = List.copyOf(disconnected);
        warnings = List.copyOf(warnings);
    }

    /** The same in other axes, with other warnings. */
    Prediction with(ElasticTensor turned, List<Warning> all) {
        return new Prediction(outcome, explanation, turned, disconnected, expected, uncertainty, known, all);
    }
}
