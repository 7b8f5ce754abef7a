// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.CommonNeighbours;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.StructureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtendedXyzTest {
    private static final String FILE = """
            2
            Lattice="10 0 0 1 8 0 0.5 -0.25 4" Properties=id:I:1:species:S:1:force:R:3:pos:R:3 Time=3 note="two words"
            7 Al 0.1 0.2 0.3 1 2 3
            8 Cu 0.1 0.2 0.3 10.5 8.5 1
            """;

    @TempDir
    private Path folder;

    @Test
    void otherColumnsAndKeysAreSkipped() throws IOException {
        Atoms atoms = read(FILE);
        assertThat(atoms.cell()).isEqualTo(new Box(10, 8, 4, 1, 0.5, -0.25).cell());
        assertThat(atoms.elements()).containsExactly("Al", "Cu");
        assertThat(atoms.positions()).containsExactly(1, 2, 3, 9.5, 0.5, 1);
    }

    @Test
    void anOriginIsSubtracted() throws IOException {
        Atoms atoms = read(FILE.replace("Time=3", "Origin=\"0.5 1 2\""));
        assertThat(atoms.positions()).startsWith(0.5, 1, 1);
    }

    @Test
    void whatIsWrittenIsReadBitByBit() throws IOException {
        Path file = folder.resolve("x.xyz");
        Cell box = new Box(80.941234567890123, 80.9, 4.1 / 3, 0.1 + 0.2, -1e-17, 1e-5).cell();
        Atoms atoms = new Atoms(box, List.of("Ni", "Al"), new int[] {0, 1, 0},
                new double[] {1.0 / 3, 2.0 / 3, 1e-300, 80.9, 80.8, Math.PI / 3, 40, Math.E, 0.1});
        ExtendedXyz.write(file, atoms, ExtendedXyz.structureColumns(new boolean[] {true, false, true}));
        assertThat(ExtendedXyz.read(file)).isEqualTo(atoms);
        assertThat(Files.readAllLines(file).get(1)).contains("Lattice=\"80.94123456789012 0.0 0.0 ")
                .endsWith("Properties=species:S:1:pos:R:3:structure_type:I:1:color:R:3 pbc=\"T T T\"");
        assertThat(Files.readAllLines(file).get(3)).endsWith(" 0 0.9 0.2 0.2");
    }

    /** Whatever way the cell lies: its axes are the file's, and every bit is kept. */
    @Property(tries = 50)
    void aTurnedCellStaysAsItIs(@ForAll @DoubleRange(min = -3.1, max = 3.1) double first,
            @ForAll @DoubleRange(min = -3.1, max = 3.1) double second) throws IOException {
        Atoms crystal = PorousStructure.perfect(Lattice.aluminium(), new Cells(3, 2, 1)).atoms();
        double[] v = {12.1, 0, 0, 3.7, 8.2, 0, -1.2, 0.8, 4.05};
        double[] p = crystal.positions();
        turn(v, first, second);
        turn(p, first, second);
        Cell cell = Cell.of(new double[][] {{v[0], v[1], v[2]}, {v[3], v[4], v[5]}, {v[6], v[7], v[8]}});
        Atoms turned = crystal.moved(cell, p).wrapped();
        Path file = Files.createTempFile("turned", ".xyz");
        ExtendedXyz.write(file, turned);
        assertThat(ExtendedXyz.read(file)).isEqualTo(turned);
        Files.delete(file);
    }

    private static void turn(double[] vectors, double aboutZ, double aboutX) {
        for (int i = 0; i < vectors.length; i += 3) {
            double x = vectors[i] * Math.cos(aboutZ) - vectors[i + 1] * Math.sin(aboutZ);
            double y = vectors[i] * Math.sin(aboutZ) + vectors[i + 1] * Math.cos(aboutZ);
            double z = vectors[i + 2];
            vectors[i] = x;
            vectors[i + 1] = y * Math.cos(aboutX) - z * Math.sin(aboutX);
            vectors[i + 2] = y * Math.sin(aboutX) + z * Math.cos(aboutX);
        }
    }

    /** The rhombohedral vectors in which textbooks give the primitive fcc cell. */
    @Test
    void thePrimitiveCellOfTheTextbookIsFcc() throws IOException {
        Atoms atoms = read("1\nLattice=\"0 2.025 2.025 2.025 0 2.025 2.025 2.025 0\"\nAl 5 6 7\n");
        assertThat(atoms.cell().volume()).isCloseTo(Math.pow(4.05, 3) / 4, within(1e-10));
        assertThat(CommonNeighbours.fcc(atoms, CommonNeighbours.fccCutoff(4.05))).containsExactly(true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "2\\n|3\\n|line 5: the file ends after 2 atoms, its first line promises 3",
        "2\\n|1\\n|line 4: there is something behind the 1 atoms; a file must have one frame",
        "2\\n|two\\n|line 1: 'two' must be a whole number",
        "2\\n|-1\\n|line 1: the number of atoms must be from 1",
        "Lattice|Cell|line 2: there is no Lattice=",
        "0.5 -0.25 4|0.5 -0.25|line 2: Lattice must be 9 numbers, got 8",
        "0.5 -0.25 4|0.5 -0.25 x|line 2: 'x' must be a finite number",
        "0.5 -0.25 4|0.5 -0.25 0|line 2: the three lattice vectors lie in a plane",
        "Time=3|pbc=\"T T F\"|line 2: pbc is \"T T F\"; only cells that are periodic",
        "pos:R:3|place:R:3|line 2: Properties must name species:S:1 and pos:R:3",
        "pos:R:3|pos:R:2|line 2: Properties must name",
        "pos:R:3|pos:R|line 2: Properties must be triples",
        "force:R:3|force:R:0|line 2: Properties: force must have 1 to 1000 columns, got 0",
        "Time=3|Time=\"3|line 2: a quote is not closed",
        "7 Al|7 Zz|line 3: unknown element 'Zz'",
        "7 Al|Al|line 3: an atom must have 8 columns, got 7",
        "1 2 3\\n|1 2 NaN\\n|line 3: 'NaN' must be a finite number",
    })
    void damageIsNamedWithItsLine(String good, String bad, String message) {
        String from = good.replace("\\n", "\n");
        assertThat(FILE).contains(from);
        assertThatThrownBy(() -> read(FILE.replace(from, bad.replace("\\n", "\n"))))
                .isInstanceOf(StructureException.class).hasMessageContaining("atoms.xyz: line")
                .hasMessageContaining(message);
    }

    @Test
    void columnsMustFitTheAtoms() {
        Atoms atoms = Atoms.of("Al", Cell.orthogonal(4, 4, 4), new double[] {0, 0, 0});
        assertThatThrownBy(() -> ExtendedXyz.write(folder.resolve("x.xyz"), atoms,
                ExtendedXyz.structureColumns(new boolean[2]))).isInstanceOf(StructureException.class)
                .hasMessageContaining("column structure_type has 2 rows for 1 atoms");
        assertThatThrownBy(() -> new ExtendedXyz.Column("a b", 1, new double[1], true))
                .hasMessageContaining("name of a column");
        assertThatThrownBy(() -> new ExtendedXyz.Column("ab", 2, new double[3], true)).hasMessageContaining("no rows");
    }

    private Atoms read(String text) throws IOException {
        return ExtendedXyz.read(Files.writeString(folder.resolve("atoms.xyz"), text));
    }
}
