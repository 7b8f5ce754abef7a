// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.model.ConstitutiveField;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.fem.source.KnownSource;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.NoTensorException;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.file.StructureFile;
import io.github.nanohooke.tensor.ElasticTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Materials that are told for every element or point, by constants, structures or pictures, and sources of one region.
 */
class PointFieldTest {
    private static final String HEAD = "C11,C22,C33,C12,C13,C23,C44,C55,C66";
    private static final String STIFF = "110,110,110,60,60,60,30,30,30";
    private static final String SOFT = "80,80,80,40,40,40,20,20,20";

    @TempDir
    private Path folder;

    /** @param material the fields of a region's tensor */
    private Problem problem(String elements, String... materials) {
        return ProblemFile.parse(String.format(Locale.ROOT, """
                {"section": "plane-strain", "mesh": {"element": "Q4", "size": [20, 10], "elements": [%s]},
                 "elementSets": {"low": {"box": [[0, 20], [0, 5]]}, "high": {"box": [[0, 20], [5, 10]]}},
                 "materials": [%s], "steps": [{"displacements": [{"nodes": "left", "x": 0, "y": 0},
                                                                 {"nodes": "right", "x": 0.2, "y": -1}]}]}
                """, elements, String.join(", ", List.of(materials))), "part.json", folder).problem();
    }

    private Problem one(String material) {
        return problem("1, 2", "{\"law\": \"hencky\", \"elements\": \"low\", " + material + "}",
                "{\"law\": \"linear\", \"elements\": \"high\", \"isotropic\": {\"young\": 70, \"poisson\": 0.3}}");
    }

    private static double force(Problem problem) {
        List<Increment> states = new FemSolver().solve(problem);
        return states.get(states.size() - 1).force(problem.mesh(), "right", 1);
    }

    private void table(String... lines) throws IOException {
        Files.writeString(folder.resolve("field.csv"), String.join("\n", lines) + "\n");
    }

    private PorousStructure structure(int index) throws IOException {
        PorousStructure made = RandomStructures.sample(RandomStructures.Kind.CIRCLES, 21, index);
        Files.writeString(folder.resolve(index + ".json"), StructureFile.toJson(made));
        return made;
    }

    private static ElasticTensor tensor(MaterialLaw law) {
        double[] tangent = new double[81];
        law.tangent(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[9], tangent);
        int[][] pairs = {{0, 0}, {1, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}};
        double[][] c = new double[6][6];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                c[i][j] = tangent[(3 * pairs[i][0] + pairs[i][1]) * 9 + 3 * pairs[j][0] + pairs[j][1]];
            }
        }
        return ElasticTensor.of(c);
    }

    @Test
    void constantsOfElementsAreThoseOfRegions() throws IOException {
        // In any order; orientation turns them all. Elements go along y first.
        table("element, " + HEAD + ",C16", "2," + SOFT + ",2", "0," + STIFF + ",0", "3," + SOFT + ",2",
                "1," + STIFF + ",0");
        String law = "{\"law\": \"hencky\", \"orientation\": [20, 0, 0], ";
        String tensor = "\"tensor\": [[80,40,40,0,0,2], [40,80,40,0,0,0], [40,40,80,0,0,0], [0,0,0,20,0,0], "
                + "[0,0,0,0,20,0], [2,0,0,0,0,20]]}";
        Problem field = problem("2, 2", law + "\"field\": \"field.csv\"}");
        Problem regions = ProblemFile.parse("""
                {"section": "plane-strain", "mesh": {"element": "Q4", "size": [20, 10], "elements": [2, 2]},
                 "elementSets": {"near": {"box": [[0, 10], [0, 10]]}, "far": {"box": [[10, 20], [0, 10]]}},
                 "materials": [%s"elements": "near", "cubic": {"C11": 110, "C12": 60, "C44": 30}},
                               %s"elements": "far", %s],
                 "steps": [{"displacements": [{"nodes": "left", "x": 0, "y": 0}, {"nodes": "right", "x": 0.2,
                 "y": -1}]}]}
                """.formatted(law, law, tensor), "part.json", folder).problem();
        double wanted = force(regions);
        assertThat(force(field)).isCloseTo(wanted, within(1e-9 * Math.abs(wanted)));
        assertThat(Math.abs(wanted)).isGreaterThan(1);
    }

    @Test
    void structuresOfPointsAreMeasuredOnceAndKept() throws IOException {
        PorousStructure first = structure(0);
        structure(1);
        table("element,point,structure", "0,0,0.json", "0,1,1.json", "0,2,0.json", "0,3,1.json");
        String material = "\"field\": \"field.csv\", \"source\": \"designed-network\", \"cache\": \"tensors.csv\"";
        ConstitutiveField field = one(material).regions().get(0).material();
        assertThat(Files.readAllLines(folder.resolve("tensors.csv"))).hasSize(2);
        assertThat(field.at(0, 2)).isSameAs(field.at(0, 0));
        ElasticTensor own = KnownSource.DESIGNED_NETWORK.tensor(first.atoms());
        assertThat(tensor(field.at(0, 0)).distance(own)).isLessThan(1e-3);
        assertThat(tensor(field.at(0, 1)).distance(own)).isGreaterThan(0.1);

        // The same from pictures of these designs, which say what they show.
        StructureImage.of(first.atoms(), first.lattice(), 256).write(folder.resolve("0.png"), "designed");
        ConstitutiveField picture = one("\"image\": \"0.png\"").regions().get(0).material();
        assertThat(tensor(picture.at(0, 0)).distance(own)).isLessThan(1e-3);
        table("element,image", "0,0.png");
        ConstitutiveField pictures = one("\"field\": \"field.csv\"").regions().get(0).material();
        assertThat(tensor(pictures.at(0, 3)).distance(own)).isLessThan(1e-3);
        assertThatThrownBy(() -> one("\"image\": \"0.png\", \"source\": \"hybrid\"")).isInstanceOf(FemException.class)
                .hasMessageContaining("materials[0].image").hasMessageContaining("designed-network");
    }

    /** Of 72 atoms, whose minimum does not resist every strain: nobody's fault, and no material. */
    @Test
    void aStructureWithoutATensorIsNamed() throws IOException {
        List<Pore> pores = List.of(new Rectangle(2.05, 13.62, 19.01, 24.3), new Rectangle(16.93, 24.3, 3.41, 15.36),
                new Rectangle(11.57, 20.72, 0.94, 5.47), new Rectangle(10.66, 22.5, 3.34, 12.45),
                new Rectangle(9.78, 17.05, 13.27, 23.92));
        Files.writeString(folder.resolve("floppy.json"), StructureFile.toJson(new PorousStructure(Lattice.aluminium(),
                new Cells(6, 6, 1), pores)));
        Files.writeString(folder.resolve("sound.json"), StructureFile.toJson(new PorousStructure(Lattice.aluminium(),
                new Cells(3, 3, 1), List.of(new Rectangle(3.04, 7.09, 3.04, 7.09)))));
        assertThatThrownBy(() -> one("\"structure\": \"floppy.json\"")).isInstanceOf(NoTensorException.class)
                .hasMessageContaining("part.json: materials[0].structure: statics gave no tensor")
                .hasMessageContaining("UNSTABLE").hasMessageContaining("designed-network")
                .matches(e -> ((NanohookeException) e).fault() == NanohookeException.Fault.NO_RESULT);
        table("element,point,structure", "0,0,sound.json", "0,1,floppy.json", "0,2,sound.json", "0,3,sound.json");
        assertThatThrownBy(() -> one("\"field\": \"field.csv\"")).isInstanceOf(NoTensorException.class)
                .hasMessageContaining("materials[0].field: 1 of 4 lines have no tensor: line 3 (floppy.json); the"
                        + " first: "
                        + "statics gave no tensor");
    }

    /** Its picture would show a square; the advice is not to ask the network that has just refused. */
    @Test
    void aCellThatIsNotSquareIsNoNetworks() throws IOException {
        Files.writeString(folder.resolve("oblong.json"), StructureFile.toJson(new PorousStructure(Lattice.aluminium(),
                new Cells(20, 10, 1), List.of(new Rectangle(10, 30, 10, 20)))));
        for (String source : List.of("designed-network", "network")) {
            assertThatThrownBy(() -> one("\"structure\": \"oblong.json\", \"source\": \"" + source + "\""))
                    .isInstanceOf(NoTensorException.class)
                    .hasMessageContaining("materials[0].structure: its cell is 81.00 x 40.50 Å")
                    .hasMessageContaining("networks know square cells alone")
                    .hasMessageNotContaining("asks the network of the structure");
        }
    }

    @Test
    void faultsNameTheLine() throws IOException {
        String head = "element," + HEAD;
        requireFault("no line for element 0, point 0", head);
        requireFault("line 3: element 0 has a line already, 2", head, "0," + STIFF, "0," + STIFF);
        requireFault("line 2: the elastic tensor is not positive definite", head, "0,100,100,100,150,50,50,30,30,30");
        requireFault("line 2: \"NaN\" is no number of GPa for C11", head, "0,NaN,100,100,50,50,50,30,30,30");
        requireFault("line 2: 10 fields are needed", head, "0,100,5,100,100,50,50,50,30,30,30");
        requireFault("line 2: element 1 is not of this material", head, "1," + STIFF);
        requireFault("line 2: \"7\" is no element: they are counted from 0, and there are 2", head, "7," + STIFF);
        requireFault("line 2: \"4\" is no point", "element,point," + HEAD, "0,4," + STIFF);
        requireFault("line 1: there is no column \"elemnt\" here; did you mean \"element\"?", "elemnt,C11");
        requireFault("line 1: there are two columns \"C11\"", head + ",C11");
        requireFault("line 1: of the elastic constants C66 are missing", "element,C11,C22,C33,C12,C13,C23,C44,C55");
        requireFault("line 1: needs exactly one of", "element,structure,image");
        requireFault("does not exist", "element,structure", "0,none.json");
        Files.delete(folder.resolve("field.csv"));
        assertThatThrownBy(() -> one("\"field\": \"field.csv\"")).hasMessageContaining("field.csv does not exist");
    }

    private void requireFault(String words, String... lines) throws IOException {
        table(lines);
        assertThatThrownBy(() -> one("\"field\": \"field.csv\"")).isInstanceOf(FemException.class)
                .hasMessageStartingWith("part.json: materials[0].field: ").hasMessageContaining(words);
    }

    @Test
    void whatDoesNotMatterIsRefused() {
        String steel = "\"isotropic\": {\"young\": 200, \"poisson\": 0.3}";
        assertThatThrownBy(() -> one(steel + ", \"source\": \"network\"")).isInstanceOf(FemException.class)
                .hasMessageContaining("materials[0].source: is nothing to a material of isotropic");
        assertThatThrownBy(() -> one("\"structure\": \"0.json\", \"maxUncertainty\": 1"))
                .hasMessageContaining("is for the source \"hybrid\" alone");
        assertThatThrownBy(() -> one(steel + ", \"image\": \"0.png\"")).hasMessageContaining("got isotropic and image");
    }

    @Test
    void pointsAreListed() throws IOException {
        Path file = Files.writeString(folder.resolve("part.json"), """
                {"mesh": {"element": "Q8", "size": [20, 10], "elements": [2, 1]}, "points": 2, "materials": "none yet"}
                """);
        List<String> lines = ProblemFile.points(file).lines().toList();
        assertThat(lines).hasSize(9);
        assertThat(lines.get(0)).isEqualTo("element,point,x_nm,y_nm");
        String[] last = lines.get(8).split(",");
        assertThat(last[0] + "," + last[1]).isEqualTo("1,3");
        double away = 0.5 - 0.5 / Math.sqrt(3);
        assertThat(Double.parseDouble(last[2])).isCloseTo(20 - 10 * away, within(1e-12));
        assertThat(Double.parseDouble(last[3])).isCloseTo(10 - 10 * away, within(1e-12));
    }

    /** Who adds a column to the list of points has a field; one of another mesh is known by its places. */
    @Test
    void theListOfPointsWithOneColumnMoreIsAField() throws IOException {
        Path file = Files.writeString(folder.resolve("part.json"), """
                {"mesh": {"element": "Q4", "size": [20, 10], "elements": [1, 2]},
                 "elementSets": {"low": {"box": [[0, 20], [0, 5]]}, "high": {"box": [[0, 20], [5, 10]]}}}
                """);
        List<String> lines = ProblemFile.points(file).lines().toList();
        String head = lines.get(0) + "," + HEAD;
        String[] low = lines.stream().filter(line -> line.endsWith(",low")).map(line -> line + "," + STIFF)
                .toArray(String[]::new);
        assertThat(low).hasSize(4);
        table(head, String.join("\n", low));
        assertThat(Math.abs(force(one("\"field\": \"field.csv\"")))).isGreaterThan(1);
        double y = Double.parseDouble(low[3].split(",")[3]);
        low[3] = low[3].replace("," + y, "," + String.format(Locale.ROOT, "%.3f", y)); // as a spreadsheet rounds
        table(head, String.join("\n", low));
        assertThat(Math.abs(force(one("\"field\": \"field.csv\"")))).isGreaterThan(1);
        low[3] = low[3].replace("," + String.format(Locale.ROOT, "%.3f", y), ",4.5");
        requireFault("line 5: element 0, point 3 is not at y_nm 4.5 but at [", head, String.join("\n", low));
        requireFault("line 1: the places of points need a column \"point\"", "element,x_nm," + HEAD, "0,1," + STIFF);
        requireFault("line 2: \"here\" is no number of nm for x_nm", "element,point,x_nm," + HEAD,
                "0,0,here," + STIFF);
    }

    /** Materials are told apart by sets of elements, and so are the points that a table is to be made for. */
    @Test
    void pointsTellTheSetsOfTheirElement() throws IOException {
        Path file = Files.writeString(folder.resolve("part.json"), """
                {"mesh": {"element": "Q8", "size": [30, 10], "elements": [3, 1]}, "points": 2, "materials": "none yet",
                 "elementSets": {"right": {"box": [[10, 30], [0, 10]]}, "core, hot": {"box": [[10, 20], [0, 10]]}}}
                """);
        List<String> lines = ProblemFile.points(file).lines().toList();
        assertThat(lines.get(0)).isEqualTo("element,point,x_nm,y_nm,sets");
        assertThat(lines.subList(1, 5)).allMatch(line -> line.startsWith("0,") && line.endsWith(","));
        assertThat(lines.subList(5, 9)).allMatch(line -> line.startsWith("1,")
                && line.endsWith(",\"core, hot right\""));
        assertThat(lines.subList(9, 13)).allMatch(line -> line.startsWith("2,") && line.endsWith(",right"));
        Files.writeString(file, Files.readString(file).replace("\"points\": 2", "\"points\": 1"));
        assertThatThrownBy(() -> ProblemFile.points(file)).isInstanceOf(FemException.class)
                .hasMessageContaining("points must be 2 to 3 along each axis of a Q8, got 1");
    }
}
