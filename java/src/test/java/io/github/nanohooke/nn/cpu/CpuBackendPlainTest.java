// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cpu;

class CpuBackendPlainTest extends ForcedInstructionSet {
    CpuBackendPlainTest() {
        super("plain");
    }
}
