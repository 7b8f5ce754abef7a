// SPDX-License-Identifier: Apache-2.0

/** The network backend of NVIDIA's GPUs. */
module io.github.nanohooke.cuda {
    requires io.github.nanohooke;
    requires org.bytedeco.cuda;
    requires transitive org.bytedeco.javacpp;
    requires org.slf4j;

    // JavaCPP makes instances of the preset, and its classes are what the generated code fills.
    exports io.github.nanohooke.cuda;
    exports io.github.nanohooke.cuda.global;
    exports io.github.nanohooke.cuda.presets;

    provides io.github.nanohooke.nn.BackendProvider with io.github.nanohooke.nn.cuda.CudaBackendProvider;
}
