// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.Precision;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.suite.OperationCase;
import org.junit.jupiter.api.Test;

/** What the library of kernels adds to the suite, on the host in place of a GPU. */
class CudaSessionTest {
    private static final OperationCase CASE = OperationCase.parse("1x16x16 conv5p3 relu pool dense6 batch=3");

    @Test
    void itIsFoundAndSaysWhatRuns() {
        assertThat(Backends.open("cuda")).isInstanceOf(CudaBackend.class);
        assertThat(Backends.open(Backends.AUTO)).as("the first of its order").isInstanceOf(CudaBackend.class);
        assertThat(Backends.explain()).anySatisfy(candidate -> {
            assertThat(candidate.name()).isEqualTo("cuda");
            assertThat(candidate.reason()).contains("the host in place of a GPU", "instruction sets fft cudnn",
                    "devices 0", "precisions fp32 tf32 bf16");
        });
        try (NetworkSession session = Backends.open("cuda").open(CASE.definition(),
                SessionOptions.inference(1).withInstructionSet("fft"))) {
            assertThat(session.describe()).contains("engine fft", "fp32", "GPU 0");
            assertThat(session.numerics()).startsWith("cuda fft fp32 on the host");
        }
    }

    @Test
    void theFasterEngineIsMeasuredOnce() {
        String first;
        try (NetworkSession session = Backends.open("cuda").open(CASE.definition(), SessionOptions.inference(1))) {
            first = session.describe();
            assertThat(first).containsPattern("engine (fft|cudnn), fp32");
        }
        try (NetworkSession session = Backends.open("cuda").open(CASE.definition(), SessionOptions.inference(1))) {
            assertThat(session.describe()).isEqualTo(first);
        }
    }

    @Test
    void anEngineThatDoesNotComputeInAPrecisionIsRefused() {
        SessionOptions options = SessionOptions.inference(1).withInstructionSet("fft").withPrecision(Precision.TF32);
        assertThatThrownBy(() -> new CudaBackend().open(CASE.definition(), options))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("its engine fft computes in fp32, not in tf32; engine cudnn does");
    }

    @Test
    void aBatchThatDoesNotFitNamesTheMemory() {
        assertThatThrownBy(() -> new CudaBackend().open(CASE.definition(),
                SessionOptions.training(1 << 24).withInstructionSet("fft")))
                .isInstanceOf(NetworkException.class)
                .hasMessageContainingAll("MiB of device memory", "are free", "a batch of", "would fit");
    }

    @Test
    void aDeviceThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> new CudaBackend().open(CASE.definition(), SessionOptions.inference(1).withDevice("1")))
                .isInstanceOf(NetworkException.class).hasMessageContaining("no device '1' here; it has 0");
    }
}
