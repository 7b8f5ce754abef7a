// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

/** A picture that cannot be taken as the image of a structure: which, why, and what to do, in its message. */
public class ImageException extends RuntimeException {
    public ImageException(String message) {
        super(message);
    }

    public ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
