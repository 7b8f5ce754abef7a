// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.openblas;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.suite.BackendSuite;

class OpenBlasBackendTest extends BackendSuite {
    @Override
    protected Backend backend() {
        return new OpenBlasBackend();
    }
}
