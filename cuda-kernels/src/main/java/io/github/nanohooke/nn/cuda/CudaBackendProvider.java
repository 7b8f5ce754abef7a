// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.BackendProvider;

/** Offers {@link CudaBackend}. */
public final class CudaBackendProvider implements BackendProvider {

    @Override
    public String name() {
        return CudaBackend.NAME;
    }

    @Override
    public String description() {
        return "own kernels on a GPU of NVIDIA, convolutions in the frequency domain";
    }

    @Override
    public Backend open() {
        return new CudaBackend();
    }
}
