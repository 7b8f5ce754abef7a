// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.Backends;

/** Says what backends there are, and whether {@code cuda} is one of them. */
final class Probe extends BundleStep {
    private Probe(String[] arguments) {
        super("backends", arguments);
        Findings.Table table = findings.table("Backends", "backend", "available", "what it has, or why not");
        Backends.explain().forEach(candidate -> table.row(candidate.name(), candidate.available(),
                candidate.reason()));
    }

    public static void main(String[] arguments) {
        new Probe(arguments).run();
    }

    @Override
    int withoutBackend() {
        return Findings.UNAVAILABLE;
    }

    @Override
    void work(Backend cuda) {
        findings.headline(cuda.library() + "; engines " + String.join(", ", cuda.instructionSets()));
    }
}
