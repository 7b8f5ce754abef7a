// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nanohooke.random.SplitMix64;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.structure.RandomStructures.Kind;
import io.github.nanohooke.structure.ReferenceStructures;
import io.github.nanohooke.structure.RestrictedFrame;
import io.github.nanohooke.structure.StructureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomsFileTest {
    private static final PorousStructure STRUCTURE = ReferenceStructures.fig4(1).get(0).structure();

    private Path folder;

    // jqwik does not know JUnit's @TempDir.
    @BeforeEach
    @BeforeProperty
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("nanohooke-test");
    }

    @AfterEach
    @AfterProperty
    void removeFolder() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s.json", "s.JSON", "s.txt", "s"})
    void aStructureBringsItsPores(String name) {
        Path file = folder.resolve(name);
        StructureFile.write(file, STRUCTURE);
        AtomsFile.Loaded loaded = AtomsFile.read(file);
        assertThat(loaded.structure()).contains(STRUCTURE);
        assertThat(loaded.atoms()).isEqualTo(STRUCTURE.atoms());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.data", "a.lmp", "data.al"})
    void lammpsDataBringsAtoms(String name) {
        Path file = folder.resolve(name);
        LammpsData.write(file, STRUCTURE.atoms());
        assertThat(AtomsFile.read(file).structure()).isEmpty();
        assertThat(AtomsFile.read(file).atoms()).isEqualTo(STRUCTURE.atoms());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.xyz", "a.extxyz", "atoms"})
    void extendedXyzBringsAtoms(String name) {
        Path file = folder.resolve(name);
        ExtendedXyz.write(file, STRUCTURE.atoms());
        assertThat(AtomsFile.read(file).structure()).isEmpty();
        assertThat(AtomsFile.read(file).atoms()).isEqualTo(STRUCTURE.atoms());
    }

    @Test
    void anythingElseIsRefused() throws IOException {
        Path poscar = Files.writeString(folder.resolve("POSCAR"), "Al\n1.0\n4 0 0\n0 4 0\n0 0 4\n");
        assertThatThrownBy(() -> AtomsFile.read(poscar)).isInstanceOf(StructureException.class)
                .hasMessageContaining("POSCAR is of no known format; give a structure (.json)");
        Path empty = Files.writeString(folder.resolve("empty"), "");
        assertThatThrownBy(() -> AtomsFile.read(empty)).hasMessageContaining("no known format");
        Path picture = Files.write(folder.resolve("a.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a,
            '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'});
        assertThatThrownBy(() -> AtomsFile.read(picture)).isInstanceOf(StructureException.class)
                .hasMessageContaining("not a text file");
        assertThatThrownBy(() -> AtomsFile.read(folder.resolve("none.json"))).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> AtomsFile.read(folder.resolve("none"))).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> AtomsFile.read(folder)).hasMessageContaining("is a folder");
    }

    /** The case pipe-input: {@code sample ... | statics /dev/stdin} and {@code <(...)}. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void aPipeIsReadOnce() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "needs a POSIX system");
        for (String name : List.of("s.json", "s.data", "s.xyz")) {
            Path file = folder.resolve(name);
            switch (name) {
                case "s.json" -> StructureFile.write(file, STRUCTURE);
                case "s.data" -> LammpsData.write(file, STRUCTURE.atoms());
                default -> ExtendedXyz.write(file, STRUCTURE.atoms());
            }
            Process writer = new ProcessBuilder("sh", "-c", "cat \"$0\" > \"$1\"", file.toString(), pipe.toString())
                    .start();
            assertThat(AtomsFile.read(pipe).atoms()).as(name).isEqualTo(STRUCTURE.atoms());
            assertThat(writer.waitFor()).isZero();
        }
    }

    /** People's names in titles are not always UTF-8, and Windows' editors begin files with a mark. */
    @ParameterizedTest
    @ValueSource(strings = {"a.data", "a"})
    void latin1TitlesAndByteOrderMarksAreRead(String name) throws IOException {
        Path file = folder.resolve(name);
        LammpsData.write(file, STRUCTURE.atoms());
        String text = "# von J\u00fcrgen \u00c5" + Files.readString(file);
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(AtomsFile.read(file).atoms()).isEqualTo(STRUCTURE.atoms());
        Path json = folder.resolve("marked");
        Files.writeString(json, "\uFEFF" + StructureFile.toJson(STRUCTURE).replace("\n", "\r\n"));
        assertThat(AtomsFile.read(json).structure()).contains(STRUCTURE);
    }

    @Test
    void anEndlessFileIsRefused() {
        Path zero = Path.of("/dev/zero");
        assumeTrue(Files.exists(zero), "needs /dev/zero");
        assertThatThrownBy(() -> AtomsFile.read(zero)).isInstanceOf(StructureException.class)
                .hasMessageContaining("not a text file");
    }

    /** Numbers that the classes behind refuse are a fault of the file. */
    @Test
    void aBoxThatIsNoneIsAFaultOfTheFile() throws IOException {
        Path file = folder.resolve("a.data");
        LammpsData.write(file, STRUCTURE.atoms());
        Files.writeString(file, Files.readString(file).replaceFirst("(?m)^.* xlo xhi$", "0 0 xlo xhi"));
        assertThatThrownBy(() -> AtomsFile.read(file)).isInstanceOf(StructureException.class)
                .hasMessageContaining(file.toString());
    }

    @Property(tries = 25)
    void everySampleComesBackFromEveryFormat(@ForAll Kind kind, @ForAll long seed) {
        PorousStructure structure = RandomStructures.sample(kind, seed, 0);
        Path json = folder.resolve("s.json");
        StructureFile.write(json, structure);
        assertThat(AtomsFile.read(json).structure()).contains(structure);
        Path data = folder.resolve("s.data");
        Path xyz = folder.resolve("s.xyz");
        // A strained, tilted cell with disturbed atoms: numbers with all their digits.
        SplitMix64 random = new SplitMix64(seed);
        Box b = RestrictedFrame.of(structure.cell()).box();
        Box box = new Box(b.lx() * 0.997, b.ly() * 1.001, b.lz() * 1.003, random.nextDouble(-1, 1),
                random.nextDouble(-1, 1), random.nextDouble(-1, 1));
        double[] p = structure.atoms().positions();
        for (int i = 0; i < p.length; i++) {
            p[i] += random.nextDouble(-0.2, 0.2);
        }
        Atoms atoms = structure.atoms().moved(box.cell(), p).wrapped();
        LammpsData.write(data, atoms);
        ExtendedXyz.write(xyz, atoms);
        assertThat(AtomsFile.read(data).atoms()).isEqualTo(atoms);
        assertThat(AtomsFile.read(xyz).atoms()).isEqualTo(atoms);
    }
}
