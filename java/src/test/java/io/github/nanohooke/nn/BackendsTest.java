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
                "plain Java, instruction sets java, devices processor, precisions fp32"));
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
        assertThat(candidates).extracting(Backends.Candidate::name)
                .containsExactly("cuda", "device", "link", "openblas", "reference", "SomeProvider not found");
        assertThat(candidates).extracting(Backends.Candidate::available)
                .containsExactly(false, false, false, false, true, false);
        assertThat(candidates.get(1).reason()).isEqualTo("no device; install a driver");
        assertThat(candidates.get(2).reason()).contains("libcuda.so.1");
        assertThat(candidates.get(3).reason()).endsWith("add the artefact nanohooke-openblas");
    }

    /** A backend that runs, under any name. */
    private record Running(String name) implements BackendProvider {
        @Override
        public String description() {
            return "runs";
        }

        @Override
        public Backend open() {
            return new ReferenceBackend();
        }
    }

    @Test
    void automaticTakesTheFirstOfItsOrderAndNeverTheReference() {
        Broken cuda = new Broken("cuda", new BackendUnavailableException("no device"));
        Broken cpu = new Broken("cpu", new BackendUnavailableException("no kernels"));
        var all = new Backends.Found(List.of(new Running("openblas"), cuda, new Running("cpu"),
                new ReferenceBackend.Provider()), List.of());
        assertThat(Backends.open(Backends.AUTO, all)).isInstanceOf(ReferenceBackend.class);
        var none = new Backends.Found(List.of(cuda, cpu, new ReferenceBackend.Provider()), List.of());
        assertThatThrownBy(() -> Backends.open(Backends.AUTO, none)).isInstanceOf(BackendUnavailableException.class)
                .hasMessageContainingAll("none of the backends cuda, cpu, openblas", "cuda does not: no device",
                        "cpu does not: no kernels",
                        "openblas does not: the backend 'openblas' is not on the class path");
    }

    @Test
    void whatABackendDoesNotOfferIsRefusedInTheSameWords() {
        NetworkDefinition network = Presets.network("n", 8, 3, new int[] {1}, Padding.ZERO, new int[0], 2);
        Backend backend = new ReferenceBackend();
        SessionOptions options = SessionOptions.training(1);
        assertThatThrownBy(() -> backend.open(network, options.withDevice("7")))
                .isInstanceOf(NetworkException.class).hasMessageContainingAll("no device '7'", "processor", "'auto'");
        assertThatThrownBy(() -> backend.open(network, options.withPrecision(Precision.BF16)))
                .hasMessageContainingAll("does not compute in bf16", "fp32");
        Head three = new Head.SquaredFactor(List.of(0.0, 0.0, 0.0), List.of(true, false, true), 1,
                List.of(new Head.Product(0, 0, 0)));
        assertThatThrownBy(() -> backend.open(network, options.withHead(three)))
                .hasMessageContainingAll("3 outputs", "the network has 2");
        Objective one = new Objective.Relative(List.of(0.0), 1, 1);
        assertThatThrownBy(() -> backend.open(network, options.withObjective(one)))
                .hasMessageContainingAll("1 outputs", "the network has 2");
    }

    @Test
    void anUnknownInstructionSetIsRefused() {
        NetworkDefinition network = Presets.network("n", 8, 3, new int[] {1}, Padding.ZERO, new int[0], 2);
        assertThatThrownBy(() -> new ReferenceBackend().open(network,
                SessionOptions.inference(1).withInstructionSet("avx1024"))).hasMessageContaining("'avx1024'");
    }
}
