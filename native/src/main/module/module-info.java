// SPDX-License-Identifier: Apache-2.0

/** The CPU kernels; JavaCPP makes instances of the preset. */
module io.github.nanohooke.natives {
    requires transitive org.bytedeco.javacpp;

    exports io.github.nanohooke.natives;
    exports io.github.nanohooke.natives.global;
    exports io.github.nanohooke.natives.loading;
    exports io.github.nanohooke.natives.presets;

    opens io.github.nanohooke.natives to io.github.nanohooke; // the build id
}
