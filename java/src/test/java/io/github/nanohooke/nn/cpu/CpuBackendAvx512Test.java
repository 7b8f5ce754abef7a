// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cpu;

class CpuBackendAvx512Test extends ForcedInstructionSet {
    CpuBackendAvx512Test() {
        super("avx512");
    }
}
