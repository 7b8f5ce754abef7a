// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.potential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Files that were cut off or damaged are refused by name or read; nothing else happens. */
class EamReaderPropertiesTest {
    private static final String[] NAMES = {"ok.eam.alloy", "two.eam.alloy", "two.eam.fs", "toy.eam"};

    @Property(tries = 100)
    void aFileThatIsCutOffIsRefused(@ForAll @IntRange(max = 3) int which, @ForAll @DoubleRange(max = 0.99) double share)
            throws IOException {
        byte[] whole = Files.readAllBytes(ToyPotentials.path(NAMES[which]));
        byte[] cut = Arrays.copyOf(whole, (int) (share * whole.length));
        try {
            read(cut);
            fail("a file of %d of %d bytes was taken for whole", cut.length, whole.length);
        } catch (PotentialException e) {
            assertThat(e).hasMessageContaining(".potential");
        }
    }

    @Property(tries = 300)
    void damageIsRefusedOrReadAndNothingElse(@ForAll @IntRange(max = 3) int which, @ForAll long seed)
            throws IOException {
        byte[] bytes = Files.readAllBytes(ToyPotentials.path(NAMES[which]));
        Random random = new Random(seed);
        String replacements = " \n\r\t#-+.eED0159xAl\u00e9\u0000";
        for (int k = 0; k < 1 + random.nextInt(3); k++) {
            int at = random.nextBoolean() ? random.nextInt(120) : random.nextInt(bytes.length);
            bytes[at] = (byte) replacements.charAt(random.nextInt(replacements.length()));
        }
        try {
            EamTables tables = read(bytes);
            for (String element : tables.elements()) {
                assertThat(tables.of(element).product()).doesNotContain(Double.NaN);
            }
        } catch (PotentialException e) {
            assertThat(e).hasMessageContaining(".potential");
        }
    }

    private static EamTables read(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("nanohooke-test", ".potential");
        try {
            return Potential.fromFile(Files.write(file, bytes)).eam().orElseThrow();
        } finally {
            Files.delete(file);
        }
    }
}
