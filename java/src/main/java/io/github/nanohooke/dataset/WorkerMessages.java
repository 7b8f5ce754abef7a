// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import com.fasterxml.jackson.databind.JsonNode;
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
     * @param fatal  why this worker can make no sample at all, nor any other worker
     */
    record Reply(Map<String, String> ready, Sample sample, String fatal) {
    }
}
