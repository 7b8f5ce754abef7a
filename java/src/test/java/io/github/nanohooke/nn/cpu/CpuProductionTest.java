// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cpu;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.suite.ProductionSuite;

/** The best kernels of this machine at the sizes in use. */
class CpuProductionTest extends ProductionSuite {
    private final Backend backend = new CpuBackend();

    @Override
    protected Backend backend() {
        return backend;
    }
}
