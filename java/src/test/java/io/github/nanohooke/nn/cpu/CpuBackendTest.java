// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cpu;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.suite.BackendSuite;

class CpuBackendTest extends BackendSuite {
    @Override
    protected Backend backend() {
        return new CpuBackend();
    }
}
