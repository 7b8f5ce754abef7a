// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.suite.BackendSuite;

/** The suite that every backend must pass, on one engine of the backend {@code cuda}: {@link #ENGINE}. */
class EngineSuite extends BackendSuite {
    /** The system property that names the engine. */
    static final String ENGINE = "nanohooke.engine";

    private final Backend cuda = Backends.open("cuda");

    @Override
    protected Backend backend() {
        return cuda;
    }

    @Override
    protected SessionOptions options(SessionOptions options) {
        return options.withInstructionSet(System.getProperty(ENGINE, SessionOptions.AUTO));
    }
}
