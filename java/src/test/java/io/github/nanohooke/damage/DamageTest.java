// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.damage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** What tests of damaged files have in common: a folder for each property, edits, and what an intact file takes. */
abstract class DamageTest {
    /** Of this property. */
    Path folder;
    /** What reading the intact file allocates [bytes]; 0 before that was seen. */
    private long intact;

    @BeforeProperty
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("nanohooke-test");
        intact = 0;
    }

    @AfterProperty
    void removeFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Edit.some();
    }

    /** Reads the whole file once a property, then the damaged one: a value or an error, within its memory and time. */
    void check(Path file, byte[] whole, byte[] damaged, Reading.Reader reader) throws IOException {
        if (intact == 0) {
            Files.write(file, whole);
            intact = Reading.allocatedBy(reader);
        }
        Files.write(file, damaged);
        Reading.requireValueOrError(intact, reader);
    }
}
