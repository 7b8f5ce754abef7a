// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.fem.atoms.AtomsMaterial;
import io.github.nanohooke.fem.law.Laws;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.figures.FieldPicture;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.hyperelastic.ReferenceCell.Kind;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.tensor.ElasticTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files for ParaView as VTK and meshio read them (Debian's python3-vtk9, python3-meshio), where installed. */
class VtuReadBackTest {
    private static final String MESHIO = """
            import json, meshio, sys
            m = meshio.read(sys.argv[1])
            print(json.dumps({"points": m.points.tolist(), "type": m.cells[0].type, "cells": m.cells[0].data.tolist(),
                "data": {k: v.tolist() for k, v in m.point_data.items()},
                "cell_data": {k: v[0].tolist() for k, v in m.cell_data.items()}}))
            """;
    private static final String VTK = """
            import json, sys, vtk
            from vtk.util.numpy_support import vtk_to_numpy
            r = vtk.vtkXMLUnstructuredGridReader()
            r.SetFileName(sys.argv[1])
            r.Update()
            g = r.GetOutput()
            ids = lambda c: [g.GetCell(c).GetPointId(i) for i in range(g.GetCell(c).GetNumberOfPoints())]
            d = g.GetPointData()
            c = g.GetCellData()
            print(json.dumps({"points": vtk_to_numpy(g.GetPoints().GetData()).tolist(),
                "type": g.GetCell(0).GetClassName(), "cells": [ids(c) for c in range(g.GetNumberOfCells())],
                "data": {d.GetArrayName(i): vtk_to_numpy(d.GetArray(i)).tolist()
                    for i in range(d.GetNumberOfArrays())},
                "cell_data": {c.GetArrayName(i): vtk_to_numpy(c.GetArray(i)).tolist()
                    for i in range(c.GetNumberOfArrays())}}))
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "meshio, Q4, quad, 4", "meshio, Q8, quad8, 8", "meshio, Q9, quad9, 9", "meshio, H8, hexahedron, 8",
        "meshio, H20, hexahedron20, 20",
        "vtk, Q4, vtkQuad, 4", "vtk, Q8, vtkQuadraticQuad, 8", "vtk, Q9, vtkBiQuadraticQuad, 9",
        "vtk, H8, vtkHexahedron, 8", "vtk, H20, vtkQuadraticHexahedron, 20"})
    void othersReadWhatWasWritten(String reader, ElementType type, String cell, int nodes) throws Exception {
        String python = python(reader);
        boolean solid = type == ElementType.H8 || type == ElementType.H20;
        Mesh mesh = StructuredMesh.of(type, solid ? new double[] {20, 10, 10} : new double[] {20, 10},
                solid ? new int[] {3, 2, 1} : new int[] {3, 2});
        Problem.Builder builder = Problem.of(mesh, solid ? Section.SOLID : Section.PLANE_STRAIN)
                .material(Laws.of("hencky", ElasticTensor.cubic(113.8, 61.6, 31.6)));
        Displacement[] held = solid
                ? new Displacement[] {new Displacement("left", 0, 0), new Displacement("left", 1, 0),
                    new Displacement("left", 2, 0), new Displacement("right", 1, -1)}
                : new Displacement[] {new Displacement("left", 0, 0), new Displacement("left", 1, 0),
                    new Displacement("right", 1, -1)};
        Problem problem = builder.step(Step.of("bend", 1, held)).build();
        List<Increment> path = new FemSolver().solve(problem);
        Increment state = path.get(path.size() - 1);
        Path file = folder.resolve("state.vtu");
        VtuFile.write(file, problem, state);

        JsonNode read = read(python, reader.equals("vtk") ? VTK : MESHIO, file);
        assertThat(read.path("type").asText()).isEqualTo(cell);
        assertThat(read.path("cells")).hasSize(mesh.elements());
        assertThat(read.path("cells").get(0)).hasSize(nodes);
        assertThat(read.path("points")).hasSize(mesh.nodes());
        NodalFields fields = NodalFields.of(problem, state.displacements());
        int dimension = mesh.dimension();
        for (int n = 0; n < mesh.nodes(); n++) {
            for (int i = 0; i < 3; i++) {
                double at = i < dimension ? mesh.coordinate(n, i) : 0;
                double moved = i < dimension ? state.displacements()[n * dimension + i] : 0;
                assertThat(read.path("points").get(n).get(i).asDouble()).isEqualTo(at);
                assertThat(read.path("data").path("displacement").get(n).get(i).asDouble()).isEqualTo(moved);
            }
            // VTK's order 11 22 33 12 23 13.
            assertThat(read.path("data").path("stress").get(n).get(0).asDouble()).isEqualTo(fields.stress(0)[n]);
            assertThat(read.path("data").path("strain").get(n)).hasSize(6);
            // meshio keeps the one component as a column.
            JsonNode vonMises = read.path("data").path("von_mises").get(n);
            assertThat((vonMises.isArray() ? vonMises.get(0) : vonMises).asDouble())
                    .isCloseTo(fields.vonMises()[n], within(1e-12));
        }
        assertThat(read.path("cell_data")).isEmpty();
        requireOrder(mesh, read, type);
    }

    /** Of two elements of atoms, one is torn: its four points go on from their last stable state, and are told. */
    @ParameterizedTest
    @ValueSource(strings = {"meshio", "vtk"})
    void pointsBeyondTheirLastStableStateAreCellData(String reader) throws Exception {
        String python = python(reader);
        double a = 4.05;
        Mesh mesh = StructuredMesh.of(ElementType.Q4, new double[] {6, 3}, new int[] {2, 1});
        try (AtomsMaterial material = AtomsMaterial.of(new PorousStructure(Lattice.aluminium(), new Cells(3, 3, 1),
                List.of(new Rectangle(0.75 * a, 1.75 * a, 0.75 * a, 1.75 * a))).atoms(), Kind.GIVEN_PERIOD,
                Section.PLANE_STRAIN, StaticsOptions.defaults())) {
            Problem problem = Problem.of(mesh, Section.PLANE_STRAIN).region(null, material)
                    .step(Step.of("pull", 1, new Displacement("left", 0, 0))).build();
            double[] u = new double[2 * mesh.nodes()];
            for (int n = 0; n < mesh.nodes(); n++) {
                u[2 * n] = mesh.coordinate(n, 0) > 5 ? 1.2 : 0;
            }
            StateFields fields = StateFields.of(problem, u);
            assertThat(fields.continued().count()).isEqualTo(4);
            assertThat(fields.continued().places()).allMatch(place -> place[0] > 3 && place[0] < 7.2);
            // Asking has moved nothing.
            assertThat(material.continuedPoints()).isZero();
            Path file = folder.resolve("torn.vtu");
            VtuFile.write(file, problem, new Increment(0, 1, u, new double[u.length], 0, 0, 0, true), fields);
            JsonNode counts = read(python, reader.equals("vtk") ? VTK : MESHIO, file).path("cell_data")
                    .path("continued_points");
            assertThat(counts).hasSize(2);
            for (int e = 0; e < 2; e++) {
                JsonNode count = counts.get(e).isArray() ? counts.get(e).get(0) : counts.get(e);
                assertThat(count.asInt()).isEqualTo(fields.continued().perElement()[e]).isEqualTo(4 * e);
            }
            Path picture = folder.resolve("torn.svg");
            FieldPicture.write(picture, "torn", mesh, u, fields.nodal().strain(0), "",
                    FieldPicture.Marks.of(fields.continued()));
            assertThat(Files.readString(picture)).contains("4 points beyond the last stable state");
        }
    }

    /** Every node lies where VTK's order of its element says: a mid node in the middle of its two corners. */
    private static void requireOrder(Mesh mesh, JsonNode read, ElementType type) {
        int[][] edges = switch (type) {
            case Q8, Q9 -> new int[][] {{0, 1}, {1, 2}, {2, 3}, {3, 0}};
            case H20 -> new int[][] {{0, 1}, {1, 2}, {2, 3}, {3, 0}, {4, 5}, {5, 6}, {6, 7}, {7, 4}, {0, 4}, {1, 5},
                {2, 6}, {3, 7}};
            default -> new int[0][];
        };
        int corners = type == ElementType.H20 ? 8 : 4;
        for (JsonNode cell : read.path("cells")) {
            for (int e = 0; e < edges.length; e++) {
                for (int i = 0; i < mesh.dimension(); i++) {
                    double middle = 0.5 * (mesh.coordinate(cell.get(edges[e][0]).asInt(), i)
                            + mesh.coordinate(cell.get(edges[e][1]).asInt(), i));
                    assertThat(mesh.coordinate(cell.get(corners + e).asInt(), i)).isCloseTo(middle, within(1e-9));
                }
            }
        }
    }

    private JsonNode read(String python, String script, Path file) throws Exception {
        Process process = new ProcessBuilder(python, "-c", script, file.toString())
                .redirectError(folder.resolve("errors").toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s", folder.resolve("errors")).isZero();
        return new ObjectMapper().readTree(output);
    }

    /** A Python that has the module: the user's, else the system's. */
    private static String python(String module) throws InterruptedException {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(python, "-c", "import " + module).redirectErrorStream(true)
                        .start();
                process.getInputStream().readAllBytes();
                if (process.waitFor() == 0) {
                    return python;
                }
            } catch (IOException e) {
                continue; // there is no such Python
            }
        }
        assumeTrue(false, "python3-" + (module.equals("vtk") ? "vtk9" : module) + " is not installed");
        return "";
    }
}
