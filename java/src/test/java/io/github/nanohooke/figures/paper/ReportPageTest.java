// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.figures.chart.Chart;
import io.github.nanohooke.figures.chart.ChartSheet;
import io.github.nanohooke.figures.chart.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of all figures. */
class ReportPageTest {
    @TempDir
    private Path folder;

    private String page() throws IOException {
        Chart chart = new Chart("a", "x", "y", List.of(new Series("s", 0, Series.Style.LINE, new double[] {0, 1},
                new double[] {0, 1})), List.of());
        new ChartSheet("sheet", 4, List.of(chart, chart, chart, chart)).write(folder.resolve("fig4.png"));
        Path file = folder.resolve("page.html");
        new ReportPage("Title <&>").paragraph("Text").figures(folder, List.of(new PaperFigures.Written("fig4",
                "A \"figure\"."))).provenance(Map.of("command", "x".repeat(500))).write(file);
        return Files.readString(file);
    }

    @Test
    void needsNoOtherFile() throws IOException {
        assertThat(page()).startsWith("<!DOCTYPE html>").endsWith("</html>\n")
                .contains("<title>Title &lt;&amp;&gt;</title>", "alt=\"A &quot;figure&quot;.\"",
                "data:image/png;base64,")
                .doesNotContain("http", "<link", "<script", "url(");
    }
}
