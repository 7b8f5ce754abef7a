// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda.cudnn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.cuda.CudaBackend;
import io.github.nanohooke.nn.cuda.StandIns;
import io.github.nanohooke.nn.suite.BackendSuite;
import org.junit.jupiter.api.AfterAll;

/**
 * The suite through the engine {@code cudnn}: the unmodified presets of JavaCPP, the kernels compiled for the host, and
 * libraries that stand in for NVIDIA's. It proves order of calls, shapes, layouts and what owns what; not cuDNN's
 * numerics or speed.
 */
class CudnnSuiteTest extends BackendSuite {
    static {
        StandIns.load();
    }

    @Override
    protected Backend backend() {
        return new CudaBackend();
    }

    @Override
    protected SessionOptions options(SessionOptions options) {
        return options.withInstructionSet("cudnn");
    }

    @AfterAll
    static void nothingIsLeft() {
        assertThat(StandIns.live()).as("handles and descriptors of cuDNN and cuBLAS").isZero();
    }
}
