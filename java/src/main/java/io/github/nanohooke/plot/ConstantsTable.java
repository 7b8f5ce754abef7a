// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import static io.github.nanohooke.plot.Canvas.Align.CENTRE;
import static io.github.nanohooke.plot.Canvas.Align.LEFT;
import static io.github.nanohooke.plot.Canvas.Align.RIGHT;

import io.github.nanohooke.tensor.ElasticTensor;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The 6x6 tensor as a table, and the moduli that follow from it. */
final class ConstantsTable {
    private static final String[] VOIGT = {"xx", "yy", "zz", "yz", "xz", "xy"};
    private static final double ROW = 30;
    private static final double COLUMN = 170;
    private static final double FIRST = 60;
    /** Below this a constant is printed in grey: it is zero as far as anybody cares [GPa]. */
    private static final double NEGLIGIBLE = 0.005;

    private ConstantsTable() {
    }

    private static double width() {
        return FIRST + 6 * COLUMN;
    }

    /** The 6x6 components, 1080 units wide, from the baseline y of the column names. */
    static void components(Graphics2D g, double x, double y, ElasticTensor tensor) {
        for (int j = 0; j < 6; j++) {
            Canvas.text(g, VOIGT[j], x + FIRST + (j + 1) * COLUMN - 14, y, RIGHT, Canvas.SMALL, Canvas.MUTED);
        }
        rule(g, x, y + 8, width());
        for (int i = 0; i < 6; i++) {
            double baseline = y + (i + 1) * ROW;
            Canvas.text(g, VOIGT[i], x + 8, baseline, LEFT, Canvas.SMALL, Canvas.MUTED);
            for (int j = 0; j < 6; j++) {
                double value = tensor.get(i, j);
                boolean negligible = Math.abs(value) < NEGLIGIBLE;
                String text = negligible ? "0" : String.format(Locale.ROOT, "%.2f", value).replace('-', '−');
                Color color = negligible ? Canvas.MUTED : Canvas.INK;
                Canvas.text(g, text, x + FIRST + (j + 1) * COLUMN - 14, baseline, RIGHT, Canvas.BODY, color);
            }
            rule(g, x, baseline + 8, width());
        }
    }

    /** Moduli, one a line, values aligned on the right. */
    static void moduli(Graphics2D g, double x, double y, double width, ElasticTensor tensor) {
        double baseline = y;
        for (Map.Entry<String, String> line : lines(tensor).entrySet()) {
            Canvas.text(g, line.getKey(), x, baseline, LEFT, Canvas.BODY, Canvas.INK);
            Canvas.text(g, line.getValue(), x + width, baseline, RIGHT, Canvas.BODY, Canvas.INK);
            rule(g, x, baseline + 8, width);
            baseline += ROW;
        }
    }

    private static void rule(Graphics2D g, double x, double y, double width) {
        g.setColor(Canvas.RULE);
        g.setStroke(Canvas.line(1));
        g.draw(new Line2D.Double(x, y, x + width, y));
    }

    private static Map<String, String> lines(ElasticTensor tensor) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("Bulk modulus K, eq. (5)", gigapascal(tensor.bulkModulus()));
        if (StiffnessPlot.hasModuli(tensor)) {
            ElasticTensor.Moduli hill = tensor.hill();
            lines.put("Shear modulus G (Hill)", gigapascal(hill.shear()));
            lines.put("Young's modulus E (Hill)", gigapascal(hill.youngs()));
            lines.put("Poisson's ratio (Hill)", String.format(Locale.ROOT, "%.3f", hill.poisson()));
            lines.put("Zener anisotropy", String.format(Locale.ROOT, "%.3f", tensor.zenerRatio()));
        }
        lines.put("Smallest eigenvalue", gigapascal(tensor.smallestEigenvalue()));
        lines.put("Positive definite", tensor.isPositiveDefinite() ? "yes" : "no");
        return lines;
    }

    private static String gigapascal(double value) {
        return String.format(Locale.ROOT, "%.2f GPa", value).replace('-', '−');
    }

    /** What stands in place of a tensor that was not measured. */
    static void missing(Graphics2D g, Rectangle2D area) {
        Canvas.text(g, "No tensor was measured", area.getCenterX(), area.getCenterY(), CENTRE, Canvas.HEADING,
                Canvas.RED);
    }
}
