// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a class where LAMMPS is missing, saying why; with {@code -Dtests.require=lammps} it fails instead. */
final class RequireLammps implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        LammpsLibrary.Search search = LammpsLibrary.locate();
        if (search.library().isEmpty()) {
            String message = "no usable LAMMPS on this machine:\n" + search.explain();
            if (System.getProperty("tests.require", "").contains("lammps")) {
                fail(message);
            }
            abort(message);
        }
    }
}
