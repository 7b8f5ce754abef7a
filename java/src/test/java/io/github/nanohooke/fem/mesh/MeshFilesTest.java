// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.TestMeshes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshFilesTest {

    @TempDir
    private Path folder;

    @Test
    void gmshTwo() throws IOException {
        Mesh mesh = MeshFile.read(file("a.msh", TestMeshes.GMSH2), 10);
        assertThat(mesh.dimension()).isEqualTo(2);
        assertThat(mesh.elements()).isEqualTo(2);
        assertThat(mesh.coordinate(4, 0)).isCloseTo(40, within(1e-12));
        assertThat(mesh.nodeSets().keySet()).containsExactlyInAnyOrder("fixed edge", "steel", "physical-6",
                "physical-9");
        assertThat(mesh.nodeSet("fixed edge")).containsExactly(0, 3);
        assertThat(mesh.elementSet("steel")).containsExactly(0);
        assertThat(mesh.elementSet("physical-6")).containsExactly(1);
        assertThat(mesh.type(0)).isEqualTo(ElementType.Q4);
    }

    @Test
    void gmshFour() throws IOException {
        Mesh mesh = MeshFile.read(file("a.msh", TestMeshes.GMSH4), 1);
        assertThat(mesh.elements()).isEqualTo(2);
        assertThat(mesh.nodeSet("left")).containsExactly(0, 1);
        assertThat(mesh.elementSet("physical-7")).containsExactly(0, 1);
        assertThat(mesh.extent(0)).containsExactly(0, 4);
    }

    @Test
    void gmshTwentyNodeBrick() throws IOException {
        Mesh brick = StructuredMesh.of(ElementType.H20, new double[] {1, 2, 3}, new int[] {1, 1, 1});
        // Gmsh's order of edges, by their corners.
        int[][] edges = {{0, 1}, {0, 3}, {0, 4}, {1, 2}, {1, 5}, {2, 3}, {2, 6}, {3, 7}, {4, 5}, {4, 7}, {5, 6},
            {6, 7}};
        StringBuilder text = new StringBuilder("$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$Nodes\n20\n");
        int[] nodes = brick.element(0);
        StringBuilder element = new StringBuilder("1 17 0");
        for (int a = 0; a < 20; a++) {
            double[] x = new double[3];
            for (int i = 0; i < 3; i++) {
                x[i] = a < 8 ? brick.coordinate(nodes[a], i) : 0.5 * (brick.coordinate(nodes[edges[a - 8][0]], i)
                        + brick.coordinate(nodes[edges[a - 8][1]], i));
            }
            text.append(a + 1).append(' ').append(x[0]).append(' ').append(x[1]).append(' ').append(x[2]).append('\n');
            element.append(' ').append(a + 1);
        }
        text.append("$EndNodes\n$Elements\n1\n").append(element).append("\n$EndElements\n");
        Mesh read = MeshFile.read(file("h20.msh", text.toString()), 1);
        for (int a = 0; a < 20; a++) {
            for (int i = 0; i < 3; i++) {
                assertThat(read.coordinate(read.element(0)[a], i)).isEqualTo(brick.coordinate(nodes[a], i));
            }
        }
    }

    @Test
    void calculixInput() throws IOException {
        Mesh mesh = MeshFile.read(file("a.inp", TestMeshes.INP), 1);
        assertThat(mesh.type(0)).isEqualTo(ElementType.H8);
        assertThat(mesh.nodeSet("FIX")).containsExactly(0, 2, 4, 6);
        assertThat(mesh.nodeSet("BOTH")).containsExactly(0, 1, 2, 4, 6);
        assertThat(mesh.nodeSet("NALL")).hasSize(8);
        assertThat(mesh.elementSet("BODY")).containsExactly(0);
        Mesh fortran = MeshFile.read(file("b.inp", TestMeshes.INP.replace("2, 2., 0., 0.", "2, 0.2D+01, 0d0, 0.E0")),
                1);
        assertThat(fortran.coordinate(1, 0)).isEqualTo(2);
    }

    /** As Abaqus reads it. */
    @Test
    void emptyCoordinatesAreZero() throws IOException {
        Mesh mesh = MeshFile.read(file("a.inp", TestMeshes.INP.replace("8, 0., 1., 3.", "8, , 1., 3.")
                .replace("5, 0., 0., 3.", "5, , , 3.,").replace("2, 2., 0., 0.", "2, 2.,,")
                .replace("5, 6, 7, 8", "5, 6, 7, 8,")), 1);
        double[] places = {2, 0, 0, 0, 0, 3, 0, 1, 3};
        int[] nodes = {1, 4, 7};
        for (int k = 0; k < places.length; k++) {
            assertThat(mesh.coordinate(nodes[k / 3], k % 3)).isEqualTo(places[k]);
        }
    }

    /** What stands for other nodes, elements or places is refused, not passed over. */
    @Test
    void parametersThatAreNotReadAreRefused() throws IOException {
        requireInput("*NODE, NSET=Nall", "*NODE, NSET=Nall, SYSTEM=C", "line 4", "SYSTEM=C", "rectangular");
        requireInput("*NODE, NSET=Nall", "*NODE, INPUT=nodes.txt", "line 4", "parameter INPUT of *NODE");
        requireInput("ELSET=Body", "ELSET=Body, OFFSET=100", "line 13", "parameter OFFSET of *ELEMENT");
        requireInput("NSET=FIX, GENERATE", "NSET=FIX, ELSET=BODY", "parameter ELSET of *NSET");
        requireInput("*MATERIAL, NAME=EL", "*ELSET, ELSET=MORE, BOX\n10", "parameter BOX of *ELSET");
        requireInput("*HEADING\ntwo bricks", "*SYSTEM\n0., 0., 1.", "line 2", "*SYSTEM is not followed");
        requireInput("*MATERIAL, NAME=EL", "*ELCOPY, OLD SET=BODY", "*ELCOPY is not followed");
        requireInput("*MATERIAL, NAME=EL", "*INSTANCE, NAME=A, PART=P\n0., 0., 5.", "an instance that is moved");
        requireInput("*MATERIAL, NAME=EL", "*INSTANCE, NAME=A, PART=P\n*END INSTANCE\n*INSTANCE, NAME=B, PART=P\n"
                + "*END INSTANCE", "a second one of a part");
        requireInput("1, 7, 2", "1, , 7", "\"\" is not a whole number");
        requireInput("1, 2, 3, 4,", "1, 2, , 4,", "line 15", "\"\" is not a whole number");
        Mesh known = MeshFile.read(file("a.inp", TestMeshes.INP.replace("NSET=Nall", "NSET=Nall, SYSTEM=R")
                .replace("NSET=FIX, GENERATE", "NSET=FIX, INTERNAL, INSTANCE=A, GENERATE")
                .replace("*MATERIAL, NAME=EL", "*SYSTEM\n*INSTANCE, NAME=A, PART=P\n**\n0., , 0.\n*END INSTANCE\n"
                        + "*INSTANCE, NAME=B, PART=Q\n*END INSTANCE")), 1);
        assertThat(known.nodeSet("FIX")).containsExactly(0, 2, 4, 6);
    }

    private void requireInput(String right, String wrong, String... words) throws IOException {
        assertThat(TestMeshes.INP).contains(right);
        requireFault("a.inp", TestMeshes.INP.replace(right, wrong), words);
    }

    @Test
    void faultsNameFileAndLine() throws IOException {
        requireFault("a.msh", TestMeshes.GMSH2.replace("3 3 2 5 1 1 2 3 4", "3 2 2 5 1 1 2 3"), "line 25", "Recombine");
        requireFault("a.msh", TestMeshes.GMSH2.replace("2.2 0 8", "2.2 1 8"), "line 2", "binary");
        requireFault("a.msh", TestMeshes.GMSH2.replace("2.2 0 8", "4 0 8"), "format 4 is not read");
        requireFault("a.msh", TestMeshes.GMSH2.replace("7 4 0 0", "7 4 zero 0"), "line 18", "\"zero\" is not a number");
        requireFault("a.msh", TestMeshes.GMSH2.replace("1 2 3 4\n4", "1 4 3 2\n4"), "element 3, a Q4,", "inverted");
        requireFault("a.msh", TestMeshes.GMSH2.replace("4 3 2 6 2 2 7 8 3", "4 3 2 6 2 2 7 8 99"), "node 99 is named");
        requireFault("a.msh", TestMeshes.GMSH2.replace("6\n1 0 0 0", "7\n9 9 9 0\n1 0 0 0"),
                "1 of 7 nodes belong to no element (9)", "remove");
        requireFault("a.msh", TestMeshes.GMSH2.replace("4 3 2 6 2 2 7 8 3", "4 3 2 6 2 4 1 2 3"),
                "elements 3 and 4 have the same nodes");
        requireFault("a.msh", TestMeshes.GMSH2.replace("4\n1 15", "3\n1 15"), "line 26", "$EndElements is expected");
        requireFault("a.msh", TestMeshes.GMSH2.replace("6\n1 0 0 0", "5\n1 0 0 0"), "line 19", "$EndNodes is expected");
        for (String whole : new String[] {TestMeshes.GMSH2, TestMeshes.GMSH4}) {
            requireFault("a.msh", whole.substring(0, whole.indexOf("$EndElements")), "ends in the middle");
        }
        requireFault("a.msh", TestMeshes.GMSH4.replace("2 1 0 4", "2 1 0 2147483647"), "line 20",
                "more than the file has lines");
        requireFault("a.msh", TestMeshes.GMSH2.substring(0, 200), "a.msh");
        requireFault("a.msh", "hello", "no Gmsh mesh");
        requireFault("a.inp", TestMeshes.INP.replace("C3D8I", "C3D10"), "line 13", "C3D10");
        requireFault("a.inp", TestMeshes.INP.replace(" 5, 6, 7, 8", " 5, 6, 7"), "line 15", "fewer than 8");
        requireFault("a.inp", TestMeshes.INP.replace("1, 7, 2", "1, 7, 0"), "step of GENERATE");
        requireFault("a.inp", TestMeshes.INP.replace("FIX, 2", "FIXX, 2"), "\"FIXX\" is neither");
        requireFault("a.inp", TestMeshes.INP.replace("1, 7, 2", "1, 17, 2"), "node 9 is named");
        requireFault("a.inp", TestMeshes.INP.replace("1, 7, 2", "1, 70, 2"), "more than the file has lines");
        requireFault("a.stl", "", "not from a.stl");
        assertThatThrownBy(() -> MeshFile.read(folder.resolve("none.msh"), 1)).hasMessageContaining("does not exist");
    }

    private void requireFault(String name, String text, String... words) throws IOException {
        Path file = file(name, text);
        assertThatThrownBy(() -> MeshFile.read(file, 1)).isInstanceOf(FemException.class)
                .hasMessageContainingAll(words);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
