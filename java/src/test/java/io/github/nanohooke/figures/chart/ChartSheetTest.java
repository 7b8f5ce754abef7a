// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.figures.chart.Series.Style;
import io.github.nanohooke.plot.FigureAxis.Linear;
import io.github.nanohooke.plot.FigurePanel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartSheetTest {
    private static final Chart CHART = new Chart("a \"case\"", "x", "y", List.of(
            new Series("line", 0, Style.LINE, new double[] {0, 1, 2}, new double[] {1, 2, 4}),
            new Series("points", 1, Style.MARKERS, new double[] {0, 2}, new double[] {1.5, 3}, new double[] {0.5, 9})),
            List.of("a note"));

    @Test
    void axesHoldErrorBars() {
        assertThat(CHART.rangeX()).containsExactly(0, 2);
        assertThat(CHART.rangeY()).containsExactly(-6, 12);
    }

    @Test
    void isTheSameInEveryForm(@TempDir Path folder) throws IOException {
        ChartSheet sheet = new ChartSheet("page & title", 2, List.of(CHART, CHART, CHART));
        sheet.writeCsv(folder.resolve("a.csv"));
        List<String> lines = Files.readAllLines(folder.resolve("a.csv"));
        assertThat(lines).hasSize(1 + 3 * 5).startsWith("chart,series,x,y,bar", "\"a \"\"case\"\"\",\"line\",0.0,1.0,")
                .contains("\"a \"\"case\"\"\",\"points\",2.0,3.0,9.0");
        sheet.write(folder.resolve("a.svg"));
        assertThat(Files.readString(folder.resolve("a.svg"))).contains("page &amp; title", "a note", "points");
        sheet.write(folder.resolve("a.png"));
        assertThat(ImageIO.read(folder.resolve("a.png").toFile()).getWidth()).isGreaterThan(2000);
    }

    /** A line through all corners leaves no room inside; few points that span the page leave none for its parts. */
    @Test
    void theLegendHidesNothing() {
        double[][][] lines = {{{0, 10, 10, 0, 0, 10}, {0, 100, 0, 100, 0, 0}}, {{0, 10}, {100, 100}},
            {{0, 5, 10}, {1, 0, 1}}};
        for (double[][] line : lines) {
            Chart chart = new Chart("", "x", "y", List.of(new Series("a line's name", 0, Style.LINE, line[0], line[1]),
                    new Series("bars", 1, Style.MARKERS, new double[] {5}, new double[] {50}, new double[] {49})),
                    List.of());
            FigurePanel narrow = new FigurePanel(0, 0, 400, 300, Linear.around(0, 10),
                    Linear.around(0, chart.rangeY()[1]));
            ChartLegend legend = ChartLegend.of(chart, narrow);
            assertThat(legend.covered(chart)).isZero();
            assertThat(legend.top()).isBetween(0.0, 260.0);
            assertThat(legend.panel().y().place(chart.rangeY()[1])).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void seriesMustFit() {
        assertThatThrownBy(() -> new Series("s", 0, Style.LINE, new double[1], new double[2]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
