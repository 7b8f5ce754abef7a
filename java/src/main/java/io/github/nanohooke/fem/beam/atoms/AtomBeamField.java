// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam.atoms;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.RectangleProbe;
import io.github.nanohooke.io.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Strains of a beam of atoms as a mesh can carry them: its nodes are the atoms at the corners of the cells of one pore,
 * its elements these cells.
 *
 * @param mesh          [nm]
 * @param displacements two a node [nm]
 * @param strain        E_xx of Green and Lagrange, the mean of the cells around a node
 */
public record AtomBeamField(Mesh mesh, double[] displacements, double[] strain) {
    private static final int STEP = 2 * AtomBeam.PITCH;
    private static final String HEADER = "x_nm,y_nm,ux_nm,uy_nm,Exx\n";

    /**
     * Of one state against another.
     *
     * @param from positions that count as undeformed, x and y of every atom [Å]
     * @param to   positions of the state
     */
    public static AtomBeamField of(AtomBeam beam, double[] from, double[] to) {
        int[] atom = nodes(beam);
        int stride = 2 * beam.cells();
        Map<Integer, Integer> node = new HashMap<>();
        double[] x = new double[2 * atom.length];
        double[] u = new double[2 * atom.length];
        for (int n = 0; n < atom.length; n++) {
            node.put(beam.row(atom[n]) * stride + beam.column(atom[n]), n);
            for (int i = 0; i < 2; i++) {
                x[2 * n + i] = 0.1 * from[2 * atom[n] + i];
                u[2 * n + i] = 0.1 * to[2 * atom[n] + i] - x[2 * n + i];
            }
        }
        List<int[]> elements = new ArrayList<>();
        double[] sum = new double[atom.length];
        int[] count = new int[atom.length];
        for (int a : atom) {
            int right = next(beam.column(a), stride);
            int above = next(beam.row(a), stride / AtomBeam.PITCH);
            if (right < 0 || above < 0) {
                continue;
            }
            int[] corners = {node.get(beam.row(a) * stride + beam.column(a)), node.get(beam.row(a) * stride + right),
                node.get(above * stride + right), node.get(above * stride + beam.column(a))};
            elements.add(corners);
            double strain = strain(corners, x, u);
            for (int corner : corners) {
                sum[corner] += strain;
                count[corner]++;
            }
        }
        for (int n = 0; n < sum.length; n++) {
            sum[n] = count[n] == 0 ? Double.NaN : sum[n] / count[n];
        }
        Mesh mesh = new Mesh(2, x, Collections.nCopies(elements.size(), ElementType.Q4),
                elements.toArray(int[][]::new), Map.of(), Map.of());
        return new AtomBeamField(mesh, u, sum);
    }

    /**
     * Writes it as a table, a line a node in the order of the mesh.
     *
     * @throws io.github.nanohooke.io.FileWriteException when that fails
     */
    public void write(Path file) {
        StringBuilder text = new StringBuilder(HEADER);
        for (int n = 0; n < mesh.nodes(); n++) {
            text.append(String.format(Locale.ROOT, "%.3f,%.3f,%.6f,%.6f,%.6f\n",
                    mesh.coordinate(n, 0), mesh.coordinate(n, 1), displacements[2 * n], displacements[2 * n + 1],
                    strain[n]));
        }
        AtomicFile.writeText(file, text.toString());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param beam that it is of
     * @throws FemException when it cannot be read, or is of another beam
     */
    public static AtomBeamField read(AtomBeam beam, Path file) {
        AtomBeamField plain = of(beam, inPlane(beam), inPlane(beam));
        int nodes = plain.mesh.nodes();
        double[][] rows;
        try (Stream<String> lines = Files.lines(file)) {
            rows = lines.skip(1).map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
                    .toArray(double[][]::new);
        } catch (IOException | UncheckedIOException | NumberFormatException e) {
            throw new FemException("the field " + file + " cannot be read: " + e.getMessage(), e);
        }
        if (rows.length != nodes || Arrays.stream(rows).anyMatch(row -> row.length != 5)) {
            throw new FemException("the field " + file + " is not of a beam of " + beam.cells() + " cells, which has "
                    + nodes + " lines of five numbers");
        }
        double[] x = new double[2 * nodes];
        double[] u = new double[2 * nodes];
        double[] strain = new double[nodes];
        for (int n = 0; n < nodes; n++) {
            System.arraycopy(rows[n], 0, x, 2 * n, 2);
            System.arraycopy(rows[n], 2, u, 2 * n, 2);
            strain[n] = rows[n][4];
        }
        int[][] elements = IntStream.range(0, plain.mesh.elements()).mapToObj(plain.mesh::element)
                .toArray(int[][]::new);
        return new AtomBeamField(new Mesh(2, x, Collections.nCopies(elements.length, ElementType.Q4), elements,
                Map.of(),
                Map.of()), u, strain);
    }

    private static double[] inPlane(AtomBeam beam) {
        double[] sites = beam.sites();
        double[] x = new double[2 * beam.atoms()];
        for (int a = 0; a < beam.atoms(); a++) {
            System.arraycopy(sites, 3 * a, x, 2 * a, 2);
        }
        return x;
    }

    /**
     * How far finite elements are from this field between the held planes.
     *
     * @param nodes        compared
     * @param displacement root mean square of the difference of displacements at the nodes [nm]
     * @param largest      of these differences [nm]
     * @param strain       root mean square of the difference of strains E_xx in the middle of the cells
     */
    public record Difference(int nodes, double displacement, double largest, double strain) {
    }

    /**
     * Compares finite elements of the same beam, whatever length and height they have: places are counted as shares of
     * both.
     *
     * @param elements of upright rectangles from the innermost held plane on the left to that on the right, face to
     *                 face
     * @param u        displacements, two a node [nm]
     * @param values   strain E_xx, one a node
     */
    public Difference from(AtomBeam beam, Mesh elements, double[] u, double[] values) {
        RectangleProbe probe = new RectangleProbe(elements);
        double[] wide = elements.extent(0);
        double[] high = elements.extent(1);
        int[] atom = nodes(beam);
        double[] x = new double[2 * atom.length];
        double[][] at = new double[atom.length][];
        boolean[] between = new boolean[atom.length];
        int count = 0;
        double sum = 0;
        double largest = 0;
        for (int n = 0; n < atom.length; n++) {
            x[2 * n] = mesh.coordinate(n, 0);
            x[2 * n + 1] = mesh.coordinate(n, 1);
            double along = beam.alongPlanes(atom[n]);
            between[n] = along >= 0 && along <= 1;
            at[n] = new double[] {wide[0] + along * (wide[1] - wide[0]),
                high[0] + beam.acrossFaces(atom[n]) * (high[1] - high[0])};
            if (between[n]) {
                double[] there = probe.at(at[n], u, values);
                double square = Math.pow(there[0] - displacements[2 * n], 2)
                        + Math.pow(there[1] - displacements[2 * n + 1], 2);
                sum += square;
                largest = Math.max(largest, Math.sqrt(square));
                count++;
            }
        }
        int cells = 0;
        double strains = 0;
        for (int e = 0; e < mesh.elements(); e++) {
            int[] corners = mesh.element(e);
            if (IntStream.of(corners).allMatch(n -> between[n])) {
                double[] middle = new double[2];
                for (int n : corners) {
                    middle[0] += 0.25 * at[n][0];
                    middle[1] += 0.25 * at[n][1];
                }
                strains += Math.pow(probe.at(middle, u, values)[2] - strain(corners, x, displacements), 2);
                cells++;
            }
        }
        return new Difference(count, Math.sqrt(sum / count), largest, Math.sqrt(strains / cells));
    }

    /** Atoms at corners: every tenth plane and row, and the last ones. */
    private static int[] nodes(AtomBeam beam) {
        int columns = 2 * beam.cells();
        int rows = columns / AtomBeam.PITCH;
        return IntStream.range(0, beam.atoms() / beam.periods())
                .filter(a -> isLine(beam.column(a), columns) && isLine(beam.row(a), rows)).toArray();
    }

    private static boolean isLine(int k, int count) {
        return k % STEP == 0 || k == count - 1;
    }

    /** The line after one; below zero after the last. */
    private static int next(int line, int count) {
        return line == count - 1 ? -1 : Math.min(line + STEP, count - 1);
    }

    /** Of the line in the middle between a cell's lower and upper edge. */
    private static double strain(int[] c, double[] x, double[] u) {
        double before = 0.5 * (x[2 * c[1]] - x[2 * c[0]] + x[2 * c[2]] - x[2 * c[3]]);
        double dx = before + 0.5 * (u[2 * c[1]] - u[2 * c[0]] + u[2 * c[2]] - u[2 * c[3]]);
        double dy = 0.5 * (x[2 * c[1] + 1] - x[2 * c[0] + 1] + x[2 * c[2] + 1] - x[2 * c[3] + 1])
                + 0.5 * (u[2 * c[1] + 1] - u[2 * c[0] + 1] + u[2 * c[2] + 1] - u[2 * c[3] + 1]);
        return 0.5 * ((dx * dx + dy * dy) / (before * before) - 1);
    }
}
