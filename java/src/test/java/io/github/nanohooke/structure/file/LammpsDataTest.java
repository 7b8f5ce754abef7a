// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.StructureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LammpsDataTest {
    /** As LAMMPS' write_data makes them: ids out of order, image flags, coefficients, velocities. */
    private static final String FILE = """
            LAMMPS data file via write_data, version 29 Sep 2021, timestep = 0

            3 atoms
            2 atom types

            1 11 xlo xhi
            -2 6 ylo yhi
            0 4 zlo zhi
            1 0.5 -0.25 xy xz yz

            Masses

            1 26.982
            2 1.0 # Cu

            Pair Coeffs # zero

            1
            2

            Atoms # atomic

            3 1 2 -1 3 0 0 0
            1 2 1 -2 0 0 1 0
            2 1 11.5 6.5 1 0 0 0

            Velocities

            1 0 0 0
            """;

    @TempDir
    private Path folder;

    @Test
    void aFileOfLammpsIsRead() throws IOException {
        Atoms atoms = read(FILE);
        assertThat(atoms.cell()).isEqualTo(new Box(10, 8, 4, 1, 0.5, -0.25).cell());
        assertThat(atoms.elements()).containsExactly("Al", "Cu");
        assertThat(atoms.types()).as("by id").containsExactly(1, 0, 0);
        // The second atom, at (10.5, 8.5, 1) from the corner, loses b and is then inside.
        assertThat(atoms.positions()).containsExactly(0, 0, 0, 9.5, 0.5, 1, 1, 1, 3);
    }

    @Test
    void whatIsWrittenIsReadBitByBit() {
        Path file = folder.resolve("x.data");
        Cell box = new Box(80.941234567890123, 80.9, 4.1 / 3, 0.1 + 0.2, -1e-17, 1e-5).cell();
        Atoms atoms = new Atoms(box, List.of("Ni", "Al"), new int[] {1, 0, 1},
                new double[] {1.0 / 3, 2.0 / 3, 1e-300, 80.9, 80.8, Math.PI / 3, 40, Math.E, 0.1});
        LammpsData.write(file, atoms);
        assertThat(LammpsData.read(file)).isEqualTo(atoms);
        LammpsData.write(file, LammpsData.read(file));
        assertThat(LammpsData.read(file)).isEqualTo(atoms);
    }

    @Test
    void theFileLooksAsLammpsWantsIt() throws IOException {
        Path file = folder.resolve("x.data");
        LammpsData.write(file, Atoms.of("Al", Cell.orthogonal(4.05, 4.05, 8.1), new double[] {0, 1, 2}));
        assertThat(file).content().endsWith("""
                metal units, written by nanohooke

                1 atoms
                1 atom types

                0.0 4.05 xlo xhi
                0.0 4.05 ylo yhi
                0.0 8.1 zlo zhi

                Masses

                1 26.982 # Al

                Atoms # atomic

                1 1 0.0 1.0 2.0
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "3 atoms | 4 atoms | line 27: the Atoms section has 3 atoms, the header promises 4",
        "3 atoms | 2 atoms | line 25: more atoms than the 2",
        "3 atoms | 2.5 atoms | line 3: '2.5' must be a whole number",
        "3 atoms | 0 atoms | line 3: the number of atoms must be from 1 to 10000000, got 0",
        "2 atom types | 1 atom types | line 14: mass of type 2, but types go from 1 to 1",
        "1 26.982 | 2 26.982 | atom type 1 has no line in the Masses section",
        "2 1 11.5 | 2 Cu 11.5 | line 25: atom 2 has type 'Cu', which is no number and no label: there is no section",
        "2 atom types | 0 atom types | line 4: the number of atom types must be from 1 to 1000",
        "1 11 xlo xhi | 11 1 xlo xhi | line 6: box bounds must read 'low high xlo xhi' with low below high",
        "1 11 xlo xhi | x xlo | the header ends without a line 'xlo xhi'",
        "-2 6 ylo yhi | 1 2 3 avec | the header ends without a line 'x y z bvec'",
        "# Cu | # X | line 14: no element has the mass 1.0; put the symbol behind it",
        "Atoms # atomic | Atoms # full | line 21: atom style 'full' is not read",
        "11.5 6.5 1 | nan 6.5 1 | line 25: 'nan' must be a finite number",
        "11.5 6.5 1 | NaN 6.5 1 | line 25: 'NaN' must be a finite number",
        "11.5 6.5 1 | 11.5 6.5 | line 25: an atom must read 'id type x y z'",
        "2 1 11.5 | 2 7 11.5 | line 25: atom 2 has type 7, but types go from 1 to 2",
        "2 1 11.5 | 3 1 11.5 | two atoms have the id 3",
        "Masses | Masse | there is no Masses section",
        "Atoms # | Atom # | there is no Atoms section",
    })
    void damageIsNamedWithItsLine(String good, String bad, String message) {
        assertThat(FILE).contains(good);
        assertThatThrownBy(() -> read(FILE.replace(good, bad))).isInstanceOf(StructureException.class)
                .hasMessageContaining("atoms.data: line").hasMessageContaining(message);
    }

    /** The case data-unused-type: groups of one element and types that no atom has are a user's convenience. */
    @Test
    void typesWithoutAtomsAreDroppedAndThoseOfOneElementAreOne() throws IOException {
        Atoms unused = read(FILE.replace("2 atom types", "5 atom types")
                .replace("2 1.0 # Cu\n", "2 26.982 # Al, the group that is held\n3 63.546\n4 0.001\n"));
        assertThat(unused.elements()).containsExactly("Al");
        assertThat(unused.types()).containsOnly(0);
        assertThat(unused.positions()).isEqualTo(read(FILE).positions());
        Atoms second = read(FILE.replace("3 1 2", "3 2 2").replace("2 1 11.5", "2 2 11.5"));
        assertThat(second.elements()).containsExactly("Cu");
    }

    /** As LAMMPS writes them since 2022: labels in place of numbers, which need not be elements. */
    @Test
    void typeLabelsAreRead() throws IOException {
        String labelled = FILE.replace("Masses\n\n1 26.982\n2 1.0 # Cu\n",
                "Atom Type Labels\n\n1 Al\n2 copper:held\n\nMasses\n\nAl 27.1\ncopper:held 63.546\n")
                .replace("3 1 2 ", "3 Al 2 ").replace("1 2 1 ", "1 copper:held 1 ");
        assertThat(read(labelled)).isEqualTo(read(FILE));
        assertThatThrownBy(() -> read(labelled.replace("3 Al 2", "3 Zn 2"))).isInstanceOf(StructureException.class)
                .hasMessageContaining("line 28: atom 3 has type 'Zn'").hasMessageContaining("copper:held");
        assertThatThrownBy(() -> read(labelled.replace("2 copper:held\n", "2 Al\n")))
                .hasMessageContaining("line 14: two types have the label 'Al'");
        assertThat(read(labelled.replace("Masses\n\nAl 27.1\ncopper:held 63.546\n", "")
                .replace("2 copper:held", "2 Cu").replace("1 copper:held", "1 Cu"))).isEqualTo(read(FILE));
    }

    /** {@code write_data ... triclinic/general}: the file's axes are kept, positions are counted from its origin. */
    @Test
    void generalTriclinicCellsKeepTheirAxes() throws IOException {
        String general = FILE.replace("1 11 xlo xhi\n-2 6 ylo yhi\n0 4 zlo zhi\n1 0.5 -0.25 xy xz yz\n",
                "0 10 0 avec # a along y\n-8 1 0 bvec\n0.25 0.5 4 cvec\n1 -2 0 abc origin\n");
        Atoms atoms = read(general);
        assertThat(atoms.cell()).isEqualTo(Cell.of(new double[][] {{0, 10, 0}, {-8, 1, 0}, {0.25, 0.5, 4}}));
        assertThat(atoms.positions()[0]).isZero();
        assertThat(atoms.positions()[8]).isEqualTo(3);
        Path xyz = folder.resolve("same.xyz");
        ExtendedXyz.write(xyz, atoms);
        assertThat(ExtendedXyz.read(xyz).cell()).isEqualTo(atoms.cell());
        assertThat(ExtendedXyz.read(xyz).positions()).isEqualTo(atoms.positions());
        assertThatThrownBy(() -> read(general.replace("-8 1 0 bvec", "0 -3 0 bvec")))
                .isInstanceOf(StructureException.class).hasMessageContaining("no volume");
    }

    @Test
    void aTruncatedOrEmptyFileIsNamed() {
        assertThatThrownBy(() -> read(FILE.substring(0, FILE.indexOf("2 1 11.5") + 12)))
                .isInstanceOf(StructureException.class).hasMessageContaining("line 25");
        assertThatThrownBy(() -> read(FILE.substring(0, 90))).hasMessageContaining("header ends without a line");
        assertThatThrownBy(() -> read("")).hasMessageContaining("the file is empty");
        assertThatThrownBy(() -> LammpsData.read(folder.resolve("no.data"))).hasMessageContaining("does not exist");
    }

    private Atoms read(String text) throws IOException {
        return LammpsData.read(Files.writeString(folder.resolve("atoms.data"), text));
    }
}
