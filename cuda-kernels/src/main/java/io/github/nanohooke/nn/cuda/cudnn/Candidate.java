// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda.cudnn;

import java.util.List;
import java.util.Locale;

/**
 * What became of one way to compute a problem.
 *
 * @param source       where it came from and its place there, for example {@code A/2}
 * @param engine       cuDNN's number of the engine
 * @param notes        cuDNN's numerical notes of it
 * @param workspace    bytes that it wants; -1 where no plan was made
 * @param microseconds of one execution; NaN where it was not timed
 * @param outcome      {@code chosen}, {@code slower}, or why it was passed over
 */
public record Candidate(String source, long engine, List<String> notes, long workspace, double microseconds,
        String outcome) {

    public Candidate {
        notes = List.copyOf(notes);
    }

    /** For tables: {@code A/2, engine 5 [FFT], workspace 12 MiB, 345.6 us, chosen}. */
    String line() {
        return source + (engine < 0 ? "" : ", engine " + engine + " " + notes)
                + (workspace < 0 ? "" : ", workspace " + (workspace >> 20) + " MiB")
                + (Double.isNaN(microseconds) ? "" : String.format(Locale.ROOT, ", %.1f us", microseconds))
                + ", " + outcome;
    }

    Candidate as(String value) {
        return new Candidate(source, engine, notes, workspace, microseconds, value);
    }
}
