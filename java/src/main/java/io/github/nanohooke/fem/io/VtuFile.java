// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.io;

import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.io.AtomicFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A state for ParaView and whatever else reads VTK's XML files: the undeformed mesh with {@code displacement} [nm],
 * {@code strain} (Green-Lagrange), {@code stress} (Cauchy, GPa; both 11 22 33 12 23 13, VTK's order) and
 * {@code von_mises} [GPa] at the nodes, and where laws can be continued beyond their last stable state
 * {@code continued_points} of every element. Numbers are base64 of little-endian doubles and integers.
 */
public final class VtuFile {
    /** VTK's order of symmetric tensors, from Voigt's. */
    private static final int[] VTK_ORDER = {0, 1, 2, 5, 3, 4};

    private VtuFile() {
    }

    /** @throws io.github.nanohooke.io.FileWriteException when it cannot be written */
    public static void write(Path file, Problem problem, Increment state) {
        write(file, problem, state, StateFields.of(problem, state.displacements()));
    }

    /**
     * With fields that were taken when the state was found.
     *
     * @throws io.github.nanohooke.io.FileWriteException when it cannot be written
     */
    public static void write(Path file, Problem problem, Increment state, StateFields fields) {
        AtomicFile.writeText(file, out -> write(out, problem.mesh(), state, fields));
    }

    /**
     * The list of states of a path, by how much of the steps is done.
     *
     * @param files beside the list, one a state
     */
    public static void writeSeries(Path file, List<Increment> states, List<String> files) {
        AtomicFile.writeText(file, out -> {
            out.write("<?xml version=\"1.0\"?>\n<VTKFile type=\"Collection\" version=\"1.0\" "
                    + "byte_order=\"LittleEndian\">\n<Collection>\n");
            for (int k = 0; k < files.size(); k++) {
                double time = states.get(k).step() + states.get(k).fraction();
                out.write(String.format(Locale.ROOT, "<DataSet timestep=\"%s\" part=\"0\" file=\"%s\"/>%n", time,
                        files.get(k)));
            }
            out.write("</Collection>\n</VTKFile>\n");
        });
    }

    private static void write(Writer out, Mesh mesh, Increment state, StateFields all) throws IOException {
        NodalFields fields = all.nodal();
        int nodes = mesh.nodes();
        out.write("<?xml version=\"1.0\"?>\n<VTKFile type=\"UnstructuredGrid\" version=\"1.0\" "
                + "byte_order=\"LittleEndian\" header_type=\"UInt64\">\n<UnstructuredGrid>\n");
        out.write("<Piece NumberOfPoints=\"" + nodes + "\" NumberOfCells=\"" + mesh.elements() + "\">\n<Points>\n");
        double[] points = new double[3 * nodes];
        double[] moved = new double[3 * nodes];
        for (int n = 0; n < nodes; n++) {
            for (int i = 0; i < mesh.dimension(); i++) {
                points[3 * n + i] = mesh.coordinate(n, i);
                moved[3 * n + i] = state.displacements()[n * mesh.dimension() + i];
            }
        }
        doubles(out, "Points", 3, points);
        out.write("</Points>\n<Cells>\n");
        cells(out, mesh);
        out.write("</Cells>\n<PointData Vectors=\"displacement\">\n");
        doubles(out, "displacement", 3, moved);
        doubles(out, "strain", 6, reordered(fields.strain()));
        doubles(out, "stress", 6, reordered(fields.stress()));
        doubles(out, "von_mises", 1, fields.vonMises());
        out.write("</PointData>\n");
        if (all.continued() != null) {
            out.write("<CellData>\n");
            ByteBuffer counts = buffer(4 * mesh.elements());
            for (int count : all.continued().perElement()) {
                counts.putInt(count);
            }
            array(out, "Int32", "continued_points", 1, counts);
            out.write("</CellData>\n");
        }
        out.write("</Piece>\n</UnstructuredGrid>\n</VTKFile>\n");
    }

    private static void cells(Writer out, Mesh mesh) throws IOException {
        int total = 0;
        for (int e = 0; e < mesh.elements(); e++) {
            total += mesh.element(e).length;
        }
        ByteBuffer connectivity = buffer(4 * total);
        ByteBuffer offsets = buffer(4 * mesh.elements());
        ByteBuffer types = buffer(mesh.elements());
        int end = 0;
        for (int e = 0; e < mesh.elements(); e++) {
            for (int node : mesh.element(e)) {
                connectivity.putInt(node);
            }
            end += mesh.element(e).length;
            offsets.putInt(end);
            types.put((byte) mesh.type(e).vtkType());
        }
        array(out, "Int32", "connectivity", 1, connectivity);
        array(out, "Int32", "offsets", 1, offsets);
        array(out, "UInt8", "types", 1, types);
    }

    private static double[] reordered(double[] voigt) {
        double[] vtk = new double[voigt.length];
        for (int k = 0; k < vtk.length; k++) {
            vtk[k] = voigt[k / 6 * 6 + VTK_ORDER[k % 6]];
        }
        return vtk;
    }

    private static void doubles(Writer out, String name, int components, double[] values) throws IOException {
        ByteBuffer bytes = buffer(8 * values.length);
        bytes.asDoubleBuffer().put(values);
        bytes.position(bytes.limit());
        array(out, "Float64", name, components, bytes);
    }

    private static void array(Writer out, String type, String name, int components, ByteBuffer content)
            throws IOException {
        ByteBuffer header = buffer(8).putLong(content.limit());
        Base64.Encoder encoder = Base64.getEncoder();
        out.write("<DataArray type=\"" + type + "\" Name=\"" + name + "\" NumberOfComponents=\"" + components
                + "\" format=\"binary\">\n" + encoder.encodeToString(header.array())
                + encoder.encodeToString(content.array()) + "\n</DataArray>\n");
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
