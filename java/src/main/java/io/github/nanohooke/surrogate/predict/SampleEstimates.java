// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.trust.AnswerSpread;
import io.github.nanohooke.surrogate.trust.Calibration;
import io.github.nanohooke.surrogate.trust.Footing;
import io.github.nanohooke.surrogate.trust.Reliability;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import io.github.nanohooke.tensor.TensorFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What {@code predict} would say of samples: with the zeros of cuts that their images show, and in the axes of the
 * samples' tensors.
 *
 * @param predicted [sample][constant] [GPa]
 * @param errors    predicted less true [GPa]
 * @param spreads   of the answers for the eight orientations
 * @param footings  what a bound on each error stands on
 * @param cut       samples with a solid that is cut apart
 */
public record SampleEstimates(double[][] predicted, double[][] errors, List<AnswerSpread> spreads,
        List<Footing> footings, int cut) {

    public SampleEstimates {
        spreads = List.copyOf(spreads);
        footings = List.copyOf(footings);
    }

    /**
     * Predicts all samples, eight orientations each.
     *
     * @throws SurrogateException when the samples' tensors are in other axes than the model's and their cells, which
     *                            tell how these lie, were not recorded
     */
    public static SampleEstimates of(ElasticSurrogate surrogate, DatasetSamples data) {
        requireAxes(surrogate, data);
        var estimates = SamplePredictions.estimates(surrogate, data);
        PredictionCheck check = PredictionCheck.of(surrogate, data.shows());
        double[][] predicted = new double[data.size()][];
        double[][] errors = new double[data.size()][];
        List<AnswerSpread> spreads = new ArrayList<>();
        List<Footing> footings = new ArrayList<>();
        double prior = surrogate.spreadOfTraining();
        int cut = 0;
        for (int i = 0; i < predicted.length; i++) {
            Prediction prediction = check.ofAtoms(data.image(i), estimates.get(i), data.porosity(i), false);
            footings.add(new Footing(prediction.known(), !prediction.disconnected().isEmpty(), prior));
            ElasticTensor tensor = prediction.tensor();
            if (surrogate.frame() != data.frame()) {
                tensor = ImageFrame.inAxesOf(Cell.of(data.cell(i)), surrogate.frame(), tensor);
            }
            predicted[i] = ElasticConstants.of(tensor);
            spreads.add(new AnswerSpread(estimates.get(i).spreads(), data.image(i).porosity()));
            double[] truth = data.constants(i);
            double[] said = predicted[i];
            errors[i] = IntStream.range(0, truth.length).mapToDouble(k -> said[k] - truth[k]).toArray();
            cut += data.isCut(i) ? 1 : 0;
        }
        return new SampleEstimates(predicted, errors, spreads, footings, cut);
    }

    private static void requireAxes(ElasticSurrogate surrogate, DatasetSamples data) {
        boolean turned = data.frame().equals(TensorFrame.OF_STATICS)
                && IntStream.range(0, data.size()).noneMatch(i -> Double.isNaN(data.cell(i)[0][0]));
        if (surrogate.frame() != data.frame() && !turned) {
            throw new SurrogateException(surrogate.name() + " predicts tensors in the frame "
                    + surrogate.frame().label() + " (" + surrogate.frame().meaning() + "), the datasets are in "
                    + data.frame().label() + " (" + data.frame().meaning() + ") and do not tell the cells by which "
                    + "one could be turned into the other: their differences are no errors of the model. Evaluate it "
                    + "by datasets of its frame, or train one on these");
        }
    }

    /** The calibration that these samples give. */
    public Calibration calibration() {
        return Calibration.fit(errors, spreads, cut);
    }

    /** How well a calibration holds for these samples, which it has not seen. */
    public Reliability reliability(Calibration calibration) {
        return Reliability.of(calibration, errors, spreads, footings);
    }
}
