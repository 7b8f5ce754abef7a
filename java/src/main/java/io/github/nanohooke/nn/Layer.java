// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One layer of a {@link NetworkDefinition}. The number of its inputs is not part of it: it follows from the layers
 * before.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Layer.Convolution.class, name = "convolution"),
    @JsonSubTypes.Type(value = Layer.Relu.class, name = "relu"),
    @JsonSubTypes.Type(value = Layer.MaxPool.class, name = "max_pool"),
    @JsonSubTypes.Type(value = Layer.Dense.class, name = "dense")
})
public sealed interface Layer {

    /**
     * Cross-correlation that keeps the image size, with a bias:
     * y[o][r][s] = b[o] + sum over c, i, j of w[o][c][i][j] x[c][r + i - before][s + j - before], where
     * before = (kernel - 1) / 2, rounded down: 9 for a kernel of 20, which so reaches 10 pixels to the right and below.
     *
     * @param kernel  side of the square kernel
     * @param outputs channels of the result
     * @param padding what lies outside the image
     */
    record Convolution(int kernel, int outputs, Padding padding) implements Layer {

        /** Beyond any image in use: a bound so that a damaged file cannot ask for huge memory. */
        private static final int MAX_KERNEL = 1024;

        /** @throws NetworkException when kernel or outputs'' is not positive, or the padding is missing */
        public Convolution {
            if (kernel < 1 || kernel > MAX_KERNEL) {
                throw new NetworkException("a convolution's kernel must have a side from 1 to " + MAX_KERNEL + ", got "
                        + kernel);
            }
            requireOutputs("a convolution", outputs);
            if (padding == null) {
                throw new NetworkException("a convolution needs its padding: zero or periodic");
            }
        }

        /** How far the kernel reaches to the left and above. */
        public int before() {
            return (kernel - 1) / 2;
        }
    }

    /** max(x, 0); its derivative at 0 is 0. */
    record Relu() implements Layer {
    }

    /** The largest of every 2 x 2 block, stride 2; among equals the first in row order receives the gradient. */
    record MaxPool() implements Layer {
    }

    /**
     * y[o] = b[o] + sum over i of w[o][i] x[i]; an image is taken in the order [channel][row][column].
     *
     * @param outputs length of the result
     */
    record Dense(int outputs) implements Layer {

        /** @throws NetworkException when outputs is not positive */
        public Dense {
            requireOutputs("a dense layer", outputs);
        }
    }

    private static void requireOutputs(String what, int outputs) {
        if (outputs < 1) {
            throw new NetworkException(what + " needs at least one output, got " + outputs);
        }
    }
}
