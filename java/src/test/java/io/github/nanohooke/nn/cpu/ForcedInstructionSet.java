// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.Required;
import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.suite.BackendSuite;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The suite with one instruction set and two threads, on machines that have it. */
abstract class ForcedInstructionSet extends BackendSuite {
    private final Backend backend = new CpuBackend();
    private final String name;

    ForcedInstructionSet(String name) {
        this.name = name;
    }

    @BeforeEach
    void machineHasIt() {
        Required.orSkip(name, backend.instructionSets().contains(name),
                "this machine has " + backend.instructionSets() + ", not " + name);
    }

    @Override
    protected Backend backend() {
        return backend;
    }

    @Override
    protected SessionOptions options(SessionOptions options) {
        return options.withInstructionSet(name).withThreads(2);
    }

    @Test
    void itIsTheOneInUse() {
        try (NetworkSession session = backend.open(Presets.periodic(), options(SessionOptions.inference(1)))) {
            assertThat(session.numerics()).isEqualTo("cpu " + name);
            assertThat(session.describe()).contains(name + " (as asked)", "2 threads", "libnanohooke");
        }
    }
}
