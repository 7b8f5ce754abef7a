// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.potential;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The potentials of test-data/potentials and crystals near their minima. */
public final class ToyPotentials {
    private ToyPotentials() {
    }

    public static Path path(String name) {
        return Path.of("..", "test-data", "potentials", name);
    }

    static EamTables tables(String name) {
        return Potential.fromFile(path(name)).eam().orElseThrow();
    }

    static String text(String name) {
        try {
            return Files.readString(path(name), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Atoms perfect(String element, Lattice.Kind kind, double constant, int cells) {
        return PorousStructure.perfect(new Lattice(element, kind, constant), new Cells(cells, cells, cells)).atoms();
    }
}
