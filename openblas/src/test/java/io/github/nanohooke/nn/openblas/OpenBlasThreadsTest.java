// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.openblas;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.suite.BackendSuite;

/** The suite with two threads. */
class OpenBlasThreadsTest extends BackendSuite {
    @Override
    protected Backend backend() {
        return new OpenBlasBackend();
    }

    @Override
    protected SessionOptions options(SessionOptions options) {
        return options.withThreads(2);
    }
}
