// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cpu;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.BackendProvider;

/** Offers {@link CpuBackend}. */
public final class CpuBackendProvider implements BackendProvider {

    @Override
    public String name() {
        return CpuBackend.NAME;
    }

    @Override
    public String description() {
        return "native kernels in single precision, convolutions in the frequency domain";
    }

    @Override
    public Backend open() {
        return new CpuBackend();
    }
}
