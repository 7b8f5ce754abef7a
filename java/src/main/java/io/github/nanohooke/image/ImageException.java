// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

import io.github.nanohooke.NanohookeException;

/** A picture that cannot be taken as the image of a structure: which, why, and what to do, in its message. */
public class ImageException extends NanohookeException {
    public ImageException(String message) {
        super(message);
    }

    public ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
