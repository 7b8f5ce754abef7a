// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.model;

import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.data.TrainingData;
import java.util.Map;

/**
 * The constants that a model has learnt from. Its head need not tell them: a model that was begun with the weights of
 * another keeps the other's head.
 *
 * @param statistics of the training part, or of that of another model
 * @param own        whether it is the model's own training part
 */
public record TrainingConstants(TargetStatistics statistics, boolean own) {
    /** In a model's provenance. */
    public static final String KEY = "training constants";

    /** @throws SurrogateException as {@link TargetStatistics#of} */
    public static TrainingConstants own(TrainingData training) {
        return new TrainingConstants(TargetStatistics.of(training), true);
    }

    /**
     * Those that a model's file tells; of files that do not, those of its head.
     *
     * @throws SurrogateException when the file's entry cannot be read
     */
    public static TrainingConstants of(ModelFile model) {
        String told = model.provenance().get(KEY);
        return told != null ? new TrainingConstants(Json.read(KEY, told, TargetStatistics.class), true)
                : new TrainingConstants(TargetStatistics.of(model.head()),
                        !model.provenance().containsKey(ModelFile.BEGUN_FROM));
    }

    /** The entry of a model's provenance. */
    public Map<String, String> provenance() {
        return Map.of(KEY, Json.write(statistics));
    }

    /** Whose mean and spread they are, for people. */
    public String part() {
        return own ? "the training part" : "the training part of the first network that its weights go back to";
    }
}
