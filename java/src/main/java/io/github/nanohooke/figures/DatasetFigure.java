// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.report.DatasetStatistics;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.plot.FigureAxis.Linear;
import io.github.nanohooke.plot.FigureCanvas.Anchor;
import io.github.nanohooke.plot.FigureCanvas.Dot;
import io.github.nanohooke.plot.FigureCanvas;
import io.github.nanohooke.plot.FigureFile;
import io.github.nanohooke.plot.FigurePanel;
import io.github.nanohooke.tensor.ElasticConstants;
import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A dataset on one page, after the paper's Fig. 3: each of the thirteen constants of the kept samples against porosity,
 * coloured by dispersion; the bulk modulus by eq. (5); and how many samples were kept by porosity. Panels of a row that
 * show constants of one kind share their vertical axis.
 */
public final class DatasetFigure {
    private static final int COLUMNS = 4;
    private static final double CELL_WIDTH = 370;
    private static final double CELL_HEIGHT = 300;
    private static final double TOP = 60;
    private static final double MARGIN_LEFT = 66;
    private static final double MARGIN_TOP = 34;
    private static final double PANEL_WIDTH = 284;
    private static final double PANEL_HEIGHT = 210;
    private static final int WIDTH = (int) (COLUMNS * CELL_WIDTH + 10);
    private static final int HEIGHT = (int) (TOP + 4 * CELL_HEIGHT + 10);

    private static final List<List<String>> ROWS = List.of(List.of("C11", "C22", "C33"), List.of("C12", "C13", "C23"),
            List.of("C44", "C55", "C66"), List.of("C16", "C26", "C36", "C45"));

    /** Dispersion classes [%] by their upper limits, and colours from the viridis map. */
    private static final double[] CLASS_LIMITS = {20, 25, 30, 40, 60, 100, Double.POSITIVE_INFINITY};
    private static final int[] CLASS_COLOURS =
            {0x440154, 0x443a83, 0x31688e, 0x21908d, 0x35b779, 0x8fd744, 0xe0c01a};
    private static final Map<SampleStatus, Color> STATUS_COLOURS = Map.of(SampleStatus.KEPT, new Color(0x31688e),
            SampleStatus.REJECTED, new Color(0xe08214), SampleStatus.FAILED, new Color(0xb2182b));

    private final Dataset dataset;
    private final int[] kept;
    private final Linear porosities;

    private DatasetFigure(Dataset dataset) {
        this.dataset = dataset;
        this.kept = IntStream.range(0, dataset.size()).filter(i -> dataset.status(i) == SampleStatus.KEPT).toArray();
        double highest = IntStream.range(0, dataset.size()).mapToDouble(dataset::porosity).max().orElse(0);
        this.porosities = new Linear(0, Math.max(20, 20 * Math.ceil(highest / 20)), 20);
    }

    /**
     * Writes the figure.
     *
     * @param file ends in .png or .svg
     * @throws IllegalArgumentException when it does not
     * @throws DatasetException         when no sample was kept
     */
    public static void write(Dataset dataset, Path file) {
        DatasetFigure figure = new DatasetFigure(dataset);
        if (figure.kept.length == 0) {
            throw new DatasetException("no sample was kept, so there is nothing to plot");
        }
        FigureFile.write(file, WIDTH, HEIGHT, figure::draw);
    }

    private void draw(FigureCanvas canvas) {
        canvas.rectangle(0, 0, WIDTH, HEIGHT, Color.WHITE);
        canvas.text(String.format(Locale.ROOT, "%,d of %,d samples kept: elastic constants of the relaxed structures",
                kept.length, dataset.size()), WIDTH / 2.0, 30, 20, Anchor.MIDDLE, FigurePanel.INK);
        for (int row = 0; row < ROWS.size(); row++) {
            Linear range = rangeOf(ROWS.get(row));
            for (int column = 0; column < ROWS.get(row).size(); column++) {
                String name = ROWS.get(row).get(column);
                int k = ElasticConstants.indexOf(name);
                scatter(canvas, panel(row, column, range), name, name + " [GPa]", i -> dataset.constants(i)[k]);
            }
        }
        Linear bulk = Linear.around(0, IntStream.of(kept).mapToDouble(i -> dataset.tensor(i).bulkModulus()).max()
                .orElse(1));
        scatter(canvas, panel(0, 3, bulk), "bulk modulus K, eq. (5)", "K [GPa]", i -> dataset.tensor(i).bulkModulus());
        histogram(canvas);
        legend(canvas);
    }

    private Linear rangeOf(List<String> names) {
        double min = 0;
        double max = 0;
        for (int i : kept) {
            double[] constants = dataset.constants(i);
            for (String name : names) {
                min = Math.min(min, constants[ElasticConstants.indexOf(name)]);
                max = Math.max(max, constants[ElasticConstants.indexOf(name)]);
            }
        }
        return Linear.around(min, max);
    }

    private FigurePanel panel(int row, int column, Linear range) {
        return new FigurePanel(column * CELL_WIDTH + MARGIN_LEFT, TOP + row * CELL_HEIGHT + MARGIN_TOP, PANEL_WIDTH,
                PANEL_HEIGHT, porosities, range);
    }

    private void scatter(FigureCanvas canvas, FigurePanel panel, String title, String label,
            ToDoubleFunction<Integer> value) {
        panel.draw(canvas, title, "porosity [%]", label);
        List<List<Dot>> classes = new ArrayList<>();
        for (int k = 0; k < CLASS_LIMITS.length; k++) {
            classes.add(new ArrayList<>());
        }
        for (int i : kept) {
            classes.get(classOf(dataset.dispersion(i)))
                    .add(new Dot(panel.atX(dataset.porosity(i)), panel.atY(value.applyAsDouble(i))));
        }
        // Few points may be large and dense; many must let those below shine through.
        double diameter = kept.length > 3000 ? 1.5 : kept.length > 500 ? 2.2 : 3.5;
        int alpha = kept.length > 3000 ? 150 : 220;
        for (int k = 0; k < classes.size(); k++) {
            if (!classes.get(k).isEmpty()) {
                canvas.dots(classes.get(k), diameter, classColour(k, alpha));
            }
        }
    }

    private static int classOf(double dispersion) {
        int k = 0;
        while (dispersion >= CLASS_LIMITS[k] && k < CLASS_LIMITS.length - 1) {
            k++;
        }
        return k;
    }

    private static Color classColour(int k, int alpha) {
        return new Color(CLASS_COLOURS[k] >> 16 & 0xff, CLASS_COLOURS[k] >> 8 & 0xff, CLASS_COLOURS[k] & 0xff, alpha);
    }

    private void histogram(FigureCanvas canvas) {
        double width = 5;
        int bins = (int) Math.ceil(porosities.high() / width);
        int[][] counts = new int[bins][SampleStatus.values().length];
        int most = 0;
        for (int i = 0; i < dataset.size(); i++) {
            int bin = (int) Math.min(bins - 1, dataset.porosity(i) / width);
            counts[bin][dataset.status(i).ordinal()]++;
            most = Math.max(most, IntStream.of(counts[bin]).sum());
        }
        FigurePanel panel = panel(1, 3, Linear.around(0, most));
        panel.draw(canvas, "samples by porosity", "porosity [%]", "samples in 5 %");
        for (int bin = 0; bin < bins; bin++) {
            int below = 0;
            for (SampleStatus status : SampleStatus.values()) {
                int count = counts[bin][status.ordinal()];
                double left = panel.atX(bin * width) + 1;
                double bottom = panel.atY(below);
                double top = panel.atY(below + count);
                canvas.rectangle(left, top, panel.atX((bin + 1) * width) - 1 - left, bottom - top,
                        STATUS_COLOURS.get(status));
                below += count;
            }
        }
    }

    private void legend(FigureCanvas canvas) {
        double x = 3 * CELL_WIDTH + MARGIN_LEFT;
        double y = TOP + 2 * CELL_HEIGHT + MARGIN_TOP;
        canvas.text("dispersion d, eq. (2) [%]", x, y, 13, Anchor.START, FigurePanel.INK);
        for (int k = 0; k < CLASS_LIMITS.length; k++) {
            y += 19;
            canvas.rectangle(x, y - 10, 12, 12, classColour(k, 255));
            String from = k == 0 ? "0" : String.format(Locale.ROOT, "%.0f", CLASS_LIMITS[k - 1]);
            String range = k == CLASS_LIMITS.length - 1 ? "from " + from
                    : from + " to " + String.format(Locale.ROOT, "%.0f", CLASS_LIMITS[k]);
            canvas.text(range, x + 20, y, 12, Anchor.START, FigurePanel.INK);
        }
        DatasetStatistics statistics = DatasetStatistics.of(dataset);
        for (SampleStatus status : SampleStatus.values()) {
            y += 22;
            canvas.rectangle(x, y - 10, 12, 12, STATUS_COLOURS.get(status));
            canvas.text(String.format(Locale.ROOT, "%s: %,d", status.name().toLowerCase(Locale.ROOT),
                    statistics.count(status)), x + 20, y, 12, Anchor.START, FigurePanel.INK);
        }
    }
}
