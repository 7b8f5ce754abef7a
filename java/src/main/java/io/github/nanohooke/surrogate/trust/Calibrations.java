// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.trust;

import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.model.Json;
import io.github.nanohooke.surrogate.model.ModelFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model's calibrations, one for what images show and for predictions averaged or not, as its file has them.
 *
 * @param all by name, for example {@code relaxed averaged}
 */
public record Calibrations(Map<String, Calibration> all) {
    /** In a model's provenance. */
    public static final String KEY = "uncertainty";

    public Calibrations {
        all = Map.copyOf(all);
    }

    /** @throws io.github.nanohooke.surrogate.SurrogateException when a file's entry cannot be read */
    public static Calibrations of(ModelFile model) {
        return of(model.provenance());
    }

    static Calibrations of(Map<String, String> provenance) {
        String text = provenance.get(KEY);
        return new Calibrations(text == null ? Map.of()
                : Json.readMap(KEY, text, Calibration.class, Map.of("weights", List.of())));
    }

    /** Empty where the model was not calibrated for these. */
    public Optional<Calibration> of(Shows shows, boolean averaged) {
        return Optional.ofNullable(all.get(name(shows, averaged)));
    }

    /** With one more, or another in place of one. */
    public Calibrations with(Shows shows, boolean averaged, Calibration calibration) {
        Map<String, Calibration> more = new TreeMap<>(all);
        more.put(name(shows, averaged), calibration);
        return new Calibrations(more);
    }

    /** The entry of a model's provenance. */
    public Map<String, String> provenance() {
        return Map.of(KEY, Json.write(new TreeMap<>(all)));
    }

    private static String name(Shows shows, boolean averaged) {
        return shows.label() + (averaged ? " averaged" : "");
    }
}
