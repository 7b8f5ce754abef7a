// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

/** A law at one point that answers beyond what the material bears, too, by a rule that it states, and says so. */
public interface ContinuedLaw extends MaterialLaw {

    /**
     * Whether the last answer was beyond what the material bears, and continues its last stable state by a rule that
     * the law states.
     */
    boolean isContinued();

    /** Whether what the law mostly answers by, a table, had nothing for the last question. */
    default boolean isOutside() {
        return false;
    }

    /** A law that begins from this one's state and last answer; what it is asked moves nothing of this one. */
    ContinuedLaw copy();
}
