// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a convolution sees outside its image. */
public enum Padding {
    /** Zeros. */
    @JsonProperty("zero")
    ZERO,
    /** The image again, as in a periodic cell: a shift of the image by whole pixels shifts the result alike. */
    @JsonProperty("periodic")
    PERIODIC
}
