// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kernels' own programs know no families: they read the sites that forty structures keep, and these are they. */
class FamilySitesTest {
    private static final Cells CELLS = new Cells(20, 20, 1);
    private static final long SEED = 3;
    private static final List<String> HEADER = List.of(
            "# Sites that structures of all families keep, of 20 x 20 x 1 cells of aluminium: family, seed, index, and",
            "# a bit a site in the order of PorousStructure.perfect(), eight a byte from the lowest. FamilySitesTest.");

    @Test
    void theStoredSitesAreThoseOfTheFamilies() throws IOException {
        List<String> lines = new ArrayList<>(HEADER);
        for (StructureSource source : StructureSources.all()) {
            for (long index = 0; index < (source.id().equals("mixed") ? 8 : 4); index++) {
                PorousStructure structure = source.draw(SEED, index, Lattice.aluminium(), CELLS).structure();
                lines.add(source.id() + " " + SEED + " " + index + " " + sites(structure));
            }
        }
        Path file = Path.of("").toAbsolutePath().getParent().resolve("native/tests/statics/golden/families.txt");
        if (Boolean.getBoolean("families.write")) {
            Files.write(file, lines);
        }
        assertThat(Files.readAllLines(file)).isEqualTo(lines);
    }

    private static String sites(PorousStructure structure) {
        double[] kept = structure.atoms().positions();
        double[] all = structure.perfect().positions();
        BitSet bits = new BitSet();
        int at = 0;
        for (int site = 0; site < structure.perfectCount(); site++) {
            if (at < kept.length && kept[at] == all[3 * site] && kept[at + 1] == all[3 * site + 1]
                    && kept[at + 2] == all[3 * site + 2]) {
                bits.set(site);
                at += 3;
            }
        }
        assertThat(at).isEqualTo(kept.length);
        return HexFormat.of().formatHex(bits.toByteArray());
    }
}
