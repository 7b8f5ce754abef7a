// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.data;

import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.surrogate.SurrogateException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** What an image shows: the structure that statics relaxed, or the one that was designed. */
public enum Shows {
    /** After relaxation, as in the paper. */
    RELAXED(Dataset.Image.RELAXED),
    /** Before relaxation: what a designer has, who asks for no statics at all. */
    DESIGNED(Dataset.Image.DESIGNED);

    private static final String KEY = "images show";

    private final Dataset.Image image;

    Shows(Dataset.Image image) {
        this.image = image;
    }

    /** On the command line, in results and in models' files: {@code relaxed} or {@code designed}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What the images show that a model learnt from, by its provenance; models without word are of relaxed structures.
     *
     * @throws SurrogateException when this version does not know it
     */
    public static Shows of(Map<String, String> provenance) {
        return labelled(provenance.getOrDefault(KEY, RELAXED.label()));
    }

    /** @throws SurrogateException when there is none of that label */
    public static Shows labelled(String label) {
        return Arrays.stream(values()).filter(shows -> shows.label().equals(label)).findFirst().orElseThrow(
                () -> new SurrogateException("there are no images that show \"" + label
                        + "\" in this version, which knows relaxed and designed"));
    }

    /** The entry of a model's provenance. */
    public Map<String, String> provenance() {
        return Map.of(KEY, label());
    }

    Dataset.Image image() {
        return image;
    }
}
