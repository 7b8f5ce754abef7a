// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Polygon;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.ReferenceStructures;
import io.github.nanohooke.structure.StructureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructureFileTest {
    private static final Path EXAMPLES = Path.of("..", "test-data", "structures");

    @TempDir
    private Path folder;

    @Test
    void theReadmesStructureIsRead() {
        assertThat(StructureFile.read(EXAMPLES.resolve("readme.json"))).isEqualTo(new PorousStructure(
                Lattice.aluminium(), Cells.paper(), List.of(
                        new Circle(40.5, 40.5, 10),
                        new Rectangle(8.1, 20, 8.1, 30),
                        Polygon.of(new double[][] {{10, 50}, {30, 52}, {18, 70}}))));
    }

    @Test
    void theExamplesAreTheReferenceStructures() {
        for (ReferenceStructures.Named named : ReferenceStructures.fig4()) {
            assertThat(StructureFile.read(EXAMPLES.resolve(named.name() + ".json"))).isEqualTo(named.structure());
        }
    }

    @Test
    void everyFieldHasADefault() {
        assertThat(parse("{}")).isEqualTo(PorousStructure.perfect(Lattice.aluminium(), Cells.paper()));
        assertThat(parse("{'element':'Cu','lattice':'bcc','latticeConstant':3,'cells':[2,3,4]}"))
                .isEqualTo(PorousStructure.perfect(new Lattice("Cu", Lattice.Kind.BCC, 3), new Cells(2, 3, 4)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'pores':[{'shape':'circle','center':[1,2],'radius':-1}]} | pores[0]: the radius of a circle must be a "
            + "positive number of Å, got -1.0",
        "{'pores':[{'shape':'hexagon'}]} | pores[0].shape: unknown shape \"hexagon\"; known: circle, rectangle, "
            + "polygon",
        "{'pores':[{'center':[1,2]}]} | pores[0].shape: is missing",
        "{'pores':[{'shape':'circle','center':[1,2]}]} | pores[0].radius: is missing",
        "{'pores':[{'shape':'circle','center':[1],'radius':1}]} | pores[0].center: must be 2 numbers [...], got "
            + "[1]",
        "{'pores':[{'shape':'circle','center':[1,2],'radius':'NaN'}]} | pores[0].radius: must be a finite "
            + "number, got \"NaN\"",
        "{'pores':[{'shape':'circle','center':[1,null],'radius':1}]} | pores[0].center[1]: must be a finite "
            + "number, got null",
        "{'pores':[{'shape':'circle','center':[1,2],'radius':1e999}]} | pores[0].radius: must be a finite number",
        "{'pores':[{'shape':'circle','center':[1,2],'radius':NaN}]} | line 1, column 56: not valid JSON: NaN and "
            + "infinity are no numbers here",
        "{'pores':[{'shape':'circle','centre':[1,2],'radius':1}]} | pores[0].centre: unknown field; did you mean "
            + "\"center\"? Known here: shape, center, radius",
        "{'pores':[{'shape':'rectangle','x':[2,1],'y':[1,2]}]} | pores[0]: the x interval of a rectangle is "
            + "reversed",
        "{'pores':[{},7]} | pores[1]: must be an object {...}, got 7",
        "{'pores':[{'shape':'polygon','vertices':[[1,2],[3,4]]}]} | pores[0]: a polygon needs at least 3 vertices",
        "{'pores':[{'shape':'polygon','vertices':[[1,2],[3,4],[5]]}]} | pores[0].vertices[2]: must be 2 numbers",
        "{'pores':[{'shape':'circle','center':[500,2],'radius':1}]} | pore 0 lies outside the box",
        "{'pores':[{'shape':'rectangle','x':[0,81],'y':[0,81]}]} | the pores remove all 4800 atoms",
        "{'pores':{}} | pores: must be an array [...], got {}",
        "{'cell':[1,1,1]} | cell: unknown field; did you mean \"cells\"? Known here: element, "
            + "lattice, latticeConstant, cells, pores",
        "{'cells':[20,20]} | cells: must be 3 whole numbers [...], got [20,20]",
        "{'cells':[20,20,1.5]} | cells[2]: must be a whole number, got 1.5",
        "{'cells':20} | cells: must be 3 whole numbers [...], got 20",
        "{'cells':[20,20,0]} | cells: cells must be positive whole numbers",
        "{'cells':[20,20,99999999999]} | cells[2]: must be a whole number, got 99999999999",
        "{'cells':[30000,30000,30000]} | cells: 30000 x 30000 x 30000 cells are more than the limit",
        "{'latticeConstant':0} | the lattice constant must be a positive number of Å",
        "{'latticeConstant':'4.05'} | latticeConstant: must be a finite number, got \"4.05\"",
        "{'element':'Cu'} | latticeConstant: is missing; only fcc Al has a default (4.05 Å), give it for fcc Cu",
        "{'element':'Qq','latticeConstant':3} | unknown element 'Qq'",
        "{'element':13} | element: must be a text in quotes, got 13",
        "{'lattice':'hcp'} | lattice: unknown lattice \"hcp\"; known: sc, bcc, fcc, diamond",
        "{'cells':[1,1,1],'cells':[2,2,2]} | line 1, column 25: not valid JSON: Duplicate",
        "{'cells':[1,1,1] | line 1, column 17: not valid JSON: Unexpected end-of-input",
        "{} {} | not valid JSON: Trailing token",
        "[1] | the file: must be an object {...}, got [1]",
        "`` | the file: must be an object {...}, got nothing",
        "hello | line 1, column",
    })
    void badInputIsNamed(String json, String message) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(StructureException.class)
                .hasMessageStartingWith("box.json: ").hasMessageContaining(message);
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        Path missing = folder.resolve("missing.json");
        assertThatThrownBy(() -> StructureFile.read(missing)).isInstanceOf(StructureException.class)
                .hasMessage("file " + missing + " does not exist");
        assertThatThrownBy(() -> StructureFile.read(folder)).isInstanceOf(StructureException.class)
                .hasMessageContaining("is a folder");
        Path binary = Files.write(folder.resolve("binary.json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThatThrownBy(() -> StructureFile.read(binary)).isInstanceOf(StructureException.class)
                .hasMessageContaining("is not a text file");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\n  \"cells\": [1, 1\n");
        assertThatThrownBy(() -> StructureFile.read(broken)).hasMessageStartingWith(broken + ": line 3, column 1");
    }

    @Test
    void aFolderThatIsNotThereIsNamedOnWriting() {
        PorousStructure structure = ReferenceStructures.fig4().get(0).structure();
        assertThatThrownBy(() -> StructureFile.write(folder.resolve("no/x.json"), structure))
                .isInstanceOf(FileWriteException.class).hasMessageContaining("does not exist");
    }

    private static PorousStructure parse(String json) {
        return StructureFile.parse(json.replace('\'', '"'), "box.json");
    }

    /** What the reader of JSON has limits for, it tells without a place. */
    @Test
    void whatIsTooDeepOrTooLongIsAFileThatIsWrong() {
        for (String json : List.of("[".repeat(2000), "{\"cells\": [" + "1".repeat(2000) + ", 1, 1]}")) {
            assertThatThrownBy(() -> StructureFile.parse(json, "strange.json"))
                    .isInstanceOf(StructureException.class).hasMessageContaining("strange.json");
        }
    }
}
