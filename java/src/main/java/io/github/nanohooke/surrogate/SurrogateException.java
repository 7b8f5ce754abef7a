// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate;

import io.github.nanohooke.NanohookeException;

/** A model or a training run that cannot go on: what is wrong, where, and what to do, in its message. */
public class SurrogateException extends NanohookeException {
    public SurrogateException(String message) {
        super(message);
    }

    public SurrogateException(String message, Throwable cause) {
        super(message, cause);
    }
}
