// SPDX-License-Identifier: Apache-2.0

/** The network backend of OpenBLAS. */
module io.github.nanohooke.openblas {
    requires io.github.nanohooke;
    requires org.bytedeco.javacpp;
    requires org.bytedeco.openblas;
    requires org.slf4j;

    provides io.github.nanohooke.nn.BackendProvider with io.github.nanohooke.nn.openblas.OpenBlasBackendProvider;
}
