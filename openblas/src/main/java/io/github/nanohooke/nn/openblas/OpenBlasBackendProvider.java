// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.openblas;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.BackendProvider;

/** Offers {@link OpenBlasBackend}. */
public final class OpenBlasBackendProvider implements BackendProvider {

    @Override
    public String name() {
        return OpenBlasBackend.NAME;
    }

    @Override
    public String description() {
        return "matrix products by OpenBLAS in single precision, the rest in Java";
    }

    @Override
    public Backend open() {
        return new OpenBlasBackend();
    }
}
