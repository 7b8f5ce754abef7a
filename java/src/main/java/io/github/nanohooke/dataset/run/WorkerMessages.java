// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.io.CheckedLine;
import java.util.Map;

/**
 * What a run and its worker processes say to each other, one {@link CheckedLine} a message. Replies start with
 * {@link #MARK}, because native libraries may print to the same stream.
 */
final class WorkerMessages {
    static final String MARK = "@nanohooke ";

    private WorkerMessages() {
    }

    /** The first line to a worker. Each later line is the index of a sample; the stream's end ends the worker. */
    record Setup(JsonNode plan, String potentialFile) {
    }

    /**
     * An answer of a worker; exactly one of the three is set.
     *
     * @param ready  after the set-up: what the calculator says of its libraries
     * @param sample the sample that was asked for
     * @param fault  why this worker ends without it
     */
    record Reply(Map<String, String> ready, Sample sample, Fault fault) {
    }

    /** Who is at fault when it is no structure. */
    enum Cause {
        /** The method is not to be had here: no worker can make any sample. */
        LIBRARY,
        /** The plan cannot be carried out: no worker can make any sample. */
        PLAN,
        /** Memory, a file, a defect: another try may do better. */
        ENVIRONMENT
    }

    /** @param message for people, on one line */
    record Fault(Cause cause, String message) {
        static Fault of(Cause cause, Throwable failure) {
            String message = failure.getMessage() == null || !(failure instanceof NanohookeException)
                    ? failure.toString() : failure.getMessage();
            return new Fault(cause, message.replaceAll("\\s+", " ").strip());
        }
    }
}
