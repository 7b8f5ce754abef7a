// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

/** What became of a sample. Every sample stays in the dataset; only {@link #KEPT} ones are for training. */
public enum SampleStatus {
    /**
     * Relaxed within the tolerances, and the tensor is positive definite, as the paper's filter asks (section 4.1), or
     * that of a solid that is cut apart, with its exact zeros.
     */
    KEPT("relaxed, tensor positive definite but for the zeros of a cut solid"),
    /**
     * Calculated, but not fit: not positive definite, tolerances not reached, or a case that networks are tested by.
     */
    REJECTED("not positive definite, tolerances not reached, or held out"),
    /** No result: the calculation could not be carried out, or its process was lost twice. */
    FAILED("no result");

    private final String meaning;

    SampleStatus(String meaning) {
        this.meaning = meaning;
    }

    /** One line for people. */
    public String meaning() {
        return meaning;
    }

    /** The number that files use: 0 kept, 1 rejected, 2 failed. */
    public byte code() {
        return (byte) ordinal();
    }

    /** @throws DatasetException when this version does not know the number */
    public static SampleStatus ofCode(int code) {
        if (code < 0 || code >= values().length) {
            throw new DatasetException("a sample has status " + code + "; known are 0 kept, 1 rejected, 2 failed: was"
                    + " the file written by a newer version?");
        }
        return values()[code];
    }
}
