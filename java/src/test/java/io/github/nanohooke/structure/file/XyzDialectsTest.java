// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.file;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.StructureException;
import io.github.nanohooke.structure.Lattice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The second line of extended XYZ as its writers spell it. */
class XyzDialectsTest {
    private static final String LATTICE = "Lattice=\"9 0 0 1 8 0 0.5 0.25 7\"";
    private static final String ATOMS = "\nAl 1 2 3\nCu\t4\t5\t6\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {
        LATTICE,
        "Lattice='9 0 0 1 8 0 0.5 0.25 7'",
        "Lattice={9 0 0 1 8 0 0.5 0.25 7}",
        "lattice = [9, 0, 0, 1, 8, 0, 0.5, 0.25, 7]",
        "\"Lattice\"=\"9 0 0\t1 8 0  0.5 0.25 7\"\tpbc=\"T T T\"",
        LATTICE + " pbc=[True, True, True]",
        LATTICE + " pbc={T T T} PBC=TTT",
        LATTICE + " pbc=\"1 1 1\" Properties=species:S:1:pos:R:3",
        LATTICE + " pbc=[.true., t, 1]",
        "note=\"the \\\"best\\\" one, {open\" " + LATTICE + " title='it\\'s =mine'",
        "relaxed " + LATTICE + " config_type={a b} stress={{1 2 3} {4 5 6} {7 8 9}} energy=-3.5 done",
        LATTICE + " data=\"_JSON {\\\"a\\\": [1, {\\\"b\\\": null}]}\" more=_JSON [[1, 2], [\"x ]\", 4]] last",
        "virial=[[1, 0, 0], [0, 1, 0], [0, 0, 1]]\t" + LATTICE,
        "empty=\"\" none={} " + LATTICE + "   ",
    })
    void dialectsAreRead(String comment) throws IOException {
        assertThat(read(comment)).isEqualTo(read(LATTICE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "note=\"open | a quote is not closed: '\"open",
        "note='open\" | a quote is not closed",
        "a={1 {2 3} | a brace or bracket is not closed: '{1 {2 3}",
        "a=[1, {2]} | braces and brackets cross each other",
        "a=} b | cannot read from '}",
        "=5 | cannot read from '=5",
        "a= | there is no value behind a=",
        "Lattice=[[9, 0, 0], [1, 8, 0], [0, 0, 7]] | rows are the vectors to some writers",
        "Lattice=\"9 0 0 0 9 0 0 9\" | Lattice must be 9 numbers, got 8",
        "Lattice={{9 0 x} {0 9 0} {0 0 9}} | 'x' must be a finite number",
        "pbc=[True, False, True] Lattice=\"9 0 0 0 9 0 0 0 9\" | only cells that are periodic",
        "pbc=TTF Lattice=\"9 0 0 0 9 0 0 0 9\" | only cells that are periodic",
        "Lattice=\"9 0 0 0 9 0 9 9 0\" | no volume",
    })
    void damageIsNamedWithItsLine(String comment, String message) {
        assertThatThrownBy(() -> read(comment)).isInstanceOf(StructureException.class)
                .hasMessageContaining("atoms.xyz: line 2: ").hasMessageContaining(message);
    }

    @Test
    void orthogonalCellsMayBeTables() throws IOException {
        assertThat(read("Lattice=[[9, 0, 0], [0, 8, 0], [0, 0, 7]]").cell()).isEqualTo(Cell.orthogonal(9, 8, 7));
    }

    @Test
    void titlesInLatin1AreRead() throws IOException {
        String text = "2\n" + LATTICE + " by=\"J\u00f6rg\"" + ATOMS;
        Path file = Files.write(folder.resolve("atoms.xyz"), text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(AtomsFile.read(file).atoms()).isEqualTo(read(LATTICE));
    }

    /** Mutated comments are read or refused with the line; nothing else comes out. */
    @Property(tries = 400)
    void anyCommentIsReadOrRefused(@ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 6) String noise,
            @ForAll @IntRange(max = 80) int place) throws IOException {
        String comment = LATTICE + " a={1 {2 3}} b='x \\' y' pbc=\"T T T\" Properties=species:S:1:pos:R:3";
        Path file = Files.createTempFile("dialect", ".xyz");
        try {
            Files.writeString(file, "2\n" + comment.substring(0, place) + noise + comment.substring(place) + ATOMS);
            assertThat(ExtendedXyz.read(file).count()).isEqualTo(2);
        } catch (StructureException refused) {
            assertThat(refused).hasMessageContaining("line ");
        } finally {
            Files.delete(file);
        }
    }

    private Atoms read(String comment) throws IOException {
        return ExtendedXyz.read(Files.writeString(folder.resolve("atoms.xyz"), "2\n" + comment + ATOMS));
    }
}
