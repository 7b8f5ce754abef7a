// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.reference;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.suite.BackendSuite;

class ReferenceBackendTest extends BackendSuite {
    @Override
    protected Backend backend() {
        return new ReferenceBackend();
    }
}
