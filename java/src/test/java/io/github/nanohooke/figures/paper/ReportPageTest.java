// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.nanohooke.figures.chart.Chart;
import io.github.nanohooke.figures.chart.ChartSheet;
import io.github.nanohooke.figures.chart.Series;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of all figures. */
class ReportPageTest {
    /** Tells, as text, how many pictures are missing and whether the page is wider than its window. */
    private static final String PROBE = "<script>window.onload = () => { const bad = [...document.images]"
            + ".filter(i => !i.complete || i.naturalWidth < 100 || i.width > innerWidth).length; const wide = "
            + "document.documentElement.scrollWidth > innerWidth; document.body.dataset.probe = document.images.length"
            + " + ' pictures, ' + bad + ' bad, wide ' + wide; };</script></body>";

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

    /** In a browser, where there is one: at the width of a desk and of a telephone. */
    @Test
    void showsAllPicturesWithinTheWindow() throws IOException, InterruptedException {
        Optional<Path> chromium = Stream.of(System.getenv("PATH").split(":")).flatMap(folder -> Stream.of("chromium",
                "chromium-browser", "google-chrome").map(name -> Path.of(folder, name))).filter(Files::isExecutable)
                .findFirst();
        assumeThat(chromium).as("a browser").isPresent();
        Path probe = folder.resolve("probe.html");
        Files.writeString(probe, page().replace("</body>", PROBE));
        for (String width : List.of("1280", "500")) {
            Path out = folder.resolve("dom");
            Process browser = new ProcessBuilder(chromium.get().toString(), "--headless", "--no-sandbox",
                    "--disable-gpu", "--user-data-dir=" + folder.resolve("profile"), "--window-size=" + width + ",900",
                    "--virtual-time-budget=5000", "--dump-dom", probe.toUri().toString()).redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            assertThat(browser.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(out, StandardCharsets.UTF_8)).as("width %s", width)
                    .contains("data-probe=\"1 pictures, 0 bad, wide false\"");
        }
    }
}
