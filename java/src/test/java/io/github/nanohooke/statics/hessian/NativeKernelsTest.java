// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.EnvironmentFaultException;
import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.natives.global.nanohooke;
import io.github.nanohooke.statics.potential.PotentialException;
import org.junit.jupiter.api.Test;

class NativeKernelsTest {

    @Test
    void aStatusTellsTheAtomsFaultsFromTheMachines() {
        NanohookeException memory = NativeKernels.failure(nanohooke.NH_OUT_OF_MEMORY, "hessian: not enough memory");
        assertThat(memory).isInstanceOf(EnvironmentFaultException.class)
                .hasMessageContaining("hessian: not enough memory").hasMessageContaining("more memory");
        assertThat(NativeKernels.failure(nanohooke.NH_INTERNAL, "hessian: map::at"))
                .isInstanceOf(EnvironmentFaultException.class).hasMessageContaining("report");
        assertThat(NativeKernels.failure(nanohooke.NH_BAD_FILE, "gone")).isInstanceOf(PotentialException.class);
        for (int status : new int[] {nanohooke.NH_OUT_OF_MEMORY, nanohooke.NH_INTERNAL, nanohooke.NH_BAD_FILE}) {
            assertThat(NativeKernels.failure(status, "x").isEnvironmental()).isTrue();
        }
        for (int status : new int[] {nanohooke.NH_BAD_ARGUMENT, nanohooke.NH_UNSUPPORTED, nanohooke.NH_NOT_FINITE}) {
            assertThat(NativeKernels.failure(status, "x").isEnvironmental()).isFalse();
        }
    }
}
