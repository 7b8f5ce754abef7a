// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.suite.BackendSuite;

/**
 * The suite on the kernels compiled for the host, which come first on the class path of the tests: it proves their
 * arithmetic and the order of calls, not races, memory spaces or speed on a GPU.
 */
class CudaBackendTest extends BackendSuite {
    @Override
    protected Backend backend() {
        return new CudaBackend();
    }

    @Override
    protected SessionOptions options(SessionOptions options) {
        return options.withInstructionSet("fft");
    }
}
