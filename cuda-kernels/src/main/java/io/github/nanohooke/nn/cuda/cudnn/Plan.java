// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda.cudnn;

import java.util.List;

/** An execution plan and everything that it was made from; with the table of what was tried. */
final class Plan implements AutoCloseable {
    private final Owned owned;
    private final Descriptor descriptor;
    private final Candidate candidate;
    private final List<Candidate> table;

    /** @param owned closes the plan and what is behind it */
    Plan(Owned owned, Descriptor descriptor, Candidate candidate, List<Candidate> table) {
        this.owned = owned;
        this.descriptor = descriptor;
        this.candidate = candidate;
        this.table = List.copyOf(table);
    }

    long address() {
        return descriptor.address();
    }

    /** The one that was chosen. */
    Candidate candidate() {
        return candidate;
    }

    /** All that were looked at; only the chosen one where the choice was known from before. */
    List<Candidate> table() {
        return table;
    }

    @Override
    public void close() {
        owned.close();
    }
}
