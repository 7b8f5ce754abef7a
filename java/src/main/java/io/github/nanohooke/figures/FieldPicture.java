// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures;

import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.solve.ContinuedPoints;
import io.github.nanohooke.plot.FigureCanvas;
import io.github.nanohooke.plot.FigureCanvas.Anchor;
import io.github.nanohooke.plot.FigureCanvas.Dot;
import io.github.nanohooke.plot.FigureFile;
import io.github.nanohooke.plot.FigurePanel;
import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A field on a deformed part, in colours; of a solid, its faces seen along z. */
public final class FieldPicture {
    private static final int WIDTH = 900;
    private static final double MARGIN = 30;
    private static final double LEGEND = 90;
    private static final double TITLE = 40;
    /** Room for the name of one of several fields. */
    private static final double NAME = 28;
    private static final double TALLEST = 700;
    /** Share of the nodes whose values the colours tell apart: peaks at corners of clamps would hide all else. */
    private static final double SHOWN = 0.99;
    /** Each element is drawn as this many patches squared. */
    private static final int PATCHES = 5;
    /** Blue over white to red, each end as dark as the other (Brewer's RdBu). */
    private static final int[] COLOURS = {0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7,
        0xf4a582, 0xd6604d, 0xb2182b, 0x67001f};

    /** Half of a cross. */
    private static final double CROSS = 5;

    /**
     * Places that are marked.
     *
     * @param places  [nm] in the deformed part
     * @param meaning for the legend
     */
    public record Marks(List<double[]> places, String meaning) {
        /** No marks. */
        public static final Marks NONE = new Marks(List.of(), "");

        /** Points that continue their last stable state; null for none. */
        public static Marks of(ContinuedPoints points) {
            return points == null ? NONE : new Marks(points.places(), points.count() + (points.count() == 1
                    ? " point" : " points") + " beyond the last stable state, which go on linearly from there");
        }
    }

    private FieldPicture() {
    }

    /**
     * Draws one component.
     *
     * @param file          .png or .svg
     * @param displacements of the state
     * @param values        one a node
     * @param unit          of the values, may be empty
     */
    public static void write(Path file, String title, Mesh mesh, double[] displacements, double[] values,
            String unit) {
        write(file, title, mesh, displacements, values, unit, Marks.NONE);
    }

    /**
     * Draws one component, and crosses on it.
     *
     * @param file          .png or .svg
     * @param displacements of the state
     * @param values        one a node
     * @param unit          of the values, may be empty
     * @param marks         told in the legend, where there are any
     */
    public static void write(Path file, String title, Mesh mesh, double[] displacements, double[] values,
            String unit, Marks marks) {
        write(file, title, List.of(new Field("", mesh, displacements, values)), unit, marks);
    }

    /**
     * One of several fields of one picture.
     *
     * @param name          written above it; may be empty
     * @param displacements of the state
     * @param values        one a node
     */
    public record Field(String name, Mesh mesh, double[] displacements, double[] values) {
    }

    /**
     * Draws fields one below the other, in the same colours and at the same scale.
     *
     * @param file   .png or .svg
     * @param fields at least one; marks are on the last
     * @param unit   of the values, may be empty
     */
    public static void write(Path file, String title, List<Field> fields, String unit, Marks marks) {
        double[] sizes = fields.stream().flatMapToDouble(f -> Arrays.stream(f.values())).map(Math::abs)
                .filter(Double::isFinite).sorted().toArray();
        double most = sizes.length == 0 ? 0 : sizes[(int) ((sizes.length - 1) * SHOWN)];
        double limit = most > 0 ? most : 1;
        double scale = Double.POSITIVE_INFINITY;
        for (Field field : fields) {
            double[][] range = range(field.mesh(), field.displacements());
            scale = Math.min(scale, Math.min((WIDTH - 2 * MARGIN) / (range[0][1] - range[0][0]),
                    TALLEST / (range[1][1] - range[1][0])));
        }
        List<View> views = new ArrayList<>();
        double top = TITLE;
        for (Field field : fields) {
            top += field.name().isEmpty() ? 0 : NAME;
            double[][] range = range(field.mesh(), field.displacements());
            views.add(new View(field, scale, range, limit, top));
            top += scale * (range[1][1] - range[1][0]);
        }
        View view = views.get(views.size() - 1);
        int height = (int) Math.ceil(top + MARGIN + LEGEND);
        FigureFile.write(file, WIDTH, height, canvas -> {
            canvas.rectangle(0, 0, WIDTH, height, Color.WHITE);
            canvas.text(title, WIDTH / 2.0, TITLE - 12, 15, Anchor.MIDDLE, FigurePanel.INK);
            for (View one : views) {
                one.draw(canvas);
                canvas.text(one.field().name(), MARGIN, one.top() - 8, 13, Anchor.START, FigurePanel.INK);
            }
            legend(canvas, height - LEGEND + 35, limit, unit);
            if (!marks.places().isEmpty()) {
                marks.places().forEach(place -> cross(canvas, view.dot(place)));
                cross(canvas, new Dot(MARGIN + CROSS, height - 10));
                canvas.text(marks.meaning(), MARGIN + 3 * CROSS, height - 6, 12, Anchor.START, FigurePanel.INK);
            }
        });
    }

    /** Dark on a light edge: seen on every colour. */
    private static void cross(FigureCanvas canvas, Dot at) {
        for (boolean edge : new boolean[] {true, false}) {
            for (int side = -1; side <= 1; side += 2) {
                canvas.line(at.x() - CROSS, at.y() - side * CROSS, at.x() + CROSS, at.y() + side * CROSS,
                        edge ? Color.WHITE : Color.BLACK, edge ? 4 : 2);
            }
        }
    }

    private static double[][] range(Mesh mesh, double[] u) {
        double[][] range = new double[2][];
        for (int i = 0; i < 2; i++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int n = 0; n < mesh.nodes(); n++) {
                double x = mesh.coordinate(n, i) + u[n * mesh.dimension() + i];
                low = Math.min(low, x);
                high = Math.max(high, x);
            }
            range[i] = new double[] {low, high};
        }
        return range;
    }

    private static void legend(FigureCanvas canvas, double top, double limit, String unit) {
        double width = 300;
        double left = (WIDTH - width) / 2;
        int steps = 150;
        for (int k = 0; k < steps; k++) {
            canvas.rectangle(left + width * k / steps, top, width / steps + 0.5, 12,
                    colour(2.0 * k / (steps - 1) - 1));
        }
        for (int k = -1; k <= 1; k++) {
            String sign = k < 0 ? "\u2264 \u2212" : k > 0 ? "\u2265 " : "";
            String number = k == 0 ? "0" : String.format(Locale.ROOT, "%.3g", limit);
            canvas.text((sign + number + " " + unit).strip(), left + width * (k + 1) / 2, top + 28, 12, Anchor.MIDDLE,
                    FigurePanel.INK);
        }
    }

    private static Color colour(double value) {
        double place = (Math.max(-1, Math.min(1, value)) + 1) / 2 * (COLOURS.length - 1);
        int k = Math.min(COLOURS.length - 2, (int) place);
        double part = place - k;
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            double a = COLOURS[k] >> shift & 0xff;
            double b = COLOURS[k + 1] >> shift & 0xff;
            mixed |= (int) Math.round(a + part * (b - a)) << shift;
        }
        return new Color(mixed);
    }

    private record View(Field field, double scale, double[][] range, double limit, double top) {

        void draw(FigureCanvas canvas) {
            SeenFaces.of(field.mesh(), field.displacements())
                    .forEach(face -> face(canvas, face.type(), face.nodes()));
        }

        private void face(FigureCanvas canvas, ElementType type, int[] nodes) {
            for (int i = 0; i < PATCHES; i++) {
                for (int j = 0; j < PATCHES; j++) {
                    double x = -1 + 2.0 * i / PATCHES;
                    double y = -1 + 2.0 * j / PATCHES;
                    double step = 2.0 / PATCHES;
                    double value = at(type, nodes, x + step / 2, y + step / 2)[2];
                    Color fill = Double.isFinite(value) ? colour(value / limit) : Color.GRAY;
                    canvas.polygon(List.of(dot(type, nodes, x, y), dot(type, nodes, x + step, y),
                            dot(type, nodes, x + step, y + step), dot(type, nodes, x, y + step)), fill);
                }
            }
        }

        private Dot dot(ElementType type, int[] nodes, double x, double y) {
            return dot(at(type, nodes, x, y));
        }

        private Dot dot(double[] place) {
            return new Dot(MARGIN + scale * (place[0] - range[0][0]), top + scale * (range[1][1] - place[1]));
        }

        /** Place and value. */
        private double[] at(ElementType type, int[] nodes, double x, double y) {
            Mesh mesh = field.mesh();
            double[] u = field.displacements();
            double[] n = type.values(new double[] {x, y});
            double[] sum = new double[3];
            for (int a = 0; a < n.length; a++) {
                for (int i = 0; i < 2; i++) {
                    sum[i] += n[a] * (mesh.coordinate(nodes[a], i) + u[nodes[a] * mesh.dimension() + i]);
                }
                sum[2] += n[a] * field.values()[nodes[a]];
            }
            return sum;
        }
    }
}
