// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.nn.reference.ReferenceBackend;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendsTest {

    /** A backend whose library is missing. */
    private record Broken(String name, Throwable error) implements BackendProvider {
        @Override
        public String description() {
            return "broken for the test";
        }

        @Override
        public Backend open() {
            if (error instanceof Error e) {
                throw e;
            }
            throw (RuntimeException) error;
        }
    }

    private static final Backends.Found FOUND = new Backends.Found(List.of(
            new Broken("link", new NoClassDefFoundError("Could not initialize class Jni")
                    .initCause(new UnsatisfiedLinkError("libcuda.so.1: cannot open shared object file"))),
            new Broken("device", new BackendUnavailableException("no device; install a driver")),
            new ReferenceBackend.Provider()), List.of("SomeProvider not found"));

    @Test
    void theReferenceIsOnTheClassPath() {
        assertThat(Backends.open("reference")).isInstanceOf(ReferenceBackend.class);
        assertThat(Backends.explain()).contains(new Backends.Candidate("reference", true,
                "plain Java, instruction sets java"));
    }

    @Test
    void aMissingBackendIsAnErrorThatListsTheOthers() {
        assertThatThrownBy(() -> Backends.open("tpu", FOUND)).isInstanceOf(BackendUnavailableException.class)
                .hasMessageContainingAll("'tpu'", "link, device, reference", "SomeProvider not found");
    }

    @Test
    void aLibraryThatDoesNotLoadIsNamedAndNotReplaced() {
        assertThatThrownBy(() -> Backends.open("link", FOUND)).isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("libcuda.so.1: cannot open").hasCauseInstanceOf(NoClassDefFoundError.class);
        assertThatThrownBy(() -> Backends.open("device", FOUND)).hasMessage("no device; install a driver");
    }

    @Test
    void everyCandidateIsExplained() {
        List<Backends.Candidate> candidates = Backends.explain(FOUND);
        assertThat(candidates).extracting(Backends.Candidate::available).containsExactly(false, false, true, false);
        assertThat(candidates.get(0).reason()).contains("libcuda.so.1");
        assertThat(candidates.get(1).reason()).isEqualTo("no device; install a driver");
        assertThat(candidates.get(3).name()).isEqualTo("SomeProvider not found");
    }

    @Test
    void anUnknownInstructionSetIsRefused() {
        NetworkDefinition network = Presets.network("n", 8, 3, new int[] {1}, Padding.ZERO, new int[0], 2);
        assertThatThrownBy(() -> new ReferenceBackend().open(network,
                SessionOptions.inference(1).withInstructionSet("avx1024"))).hasMessageContaining("'avx1024'");
    }
}
