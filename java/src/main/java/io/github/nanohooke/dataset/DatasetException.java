// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import io.github.nanohooke.NanohookeException;

/** A dataset, or a request for one, that cannot be used. The message says what is wrong, where, and what to do. */
public class DatasetException extends NanohookeException {
    private static final long serialVersionUID = 1L;

    public DatasetException(String message) {
        super(message);
    }

    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
