// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cpu;

class CpuBackendAvx2Test extends ForcedInstructionSet {
    CpuBackendAvx2Test() {
        super("avx2");
    }
}
