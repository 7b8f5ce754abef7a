// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class RequiredTest {
    @Test
    void whatIsThereIsUsed() {
        assertThatCode(() -> Required.orSkip("avx512", true, "", "avx512")).doesNotThrowAnyException();
    }

    @Test
    void whatIsNotThereIsSkippedUnlessItIsRequired() {
        assertThatThrownBy(() -> Required.orSkip("avx512", false, "no such kernels", "native, lammps"))
                .isInstanceOf(TestAbortedException.class).hasMessageContaining("no such kernels");
        assertThatThrownBy(() -> Required.orSkip("avx512", false, "no such kernels", "native, avx512"))
                .isInstanceOf(AssertionFailedError.class).hasMessageContaining("avx512 is required");
    }

    @Test
    void misspelledRequirementsFail() {
        assertThatThrownBy(() -> Required.orSkip("avx512", true, "", "avx-512"))
                .isInstanceOf(AssertionFailedError.class).hasMessageContaining("'avx-512'");
    }
}
