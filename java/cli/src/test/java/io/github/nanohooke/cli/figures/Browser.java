// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chromium or Chrome without a window, where the machine has one; {@code .ci/run} installs it. */
record Browser(Path program) {
    /** Tells, as text, how many pictures there are and are missing, and whether the page is wider than its window. */
    private static final String PROBE = "<script>window.onload = () => { const bad = [...document.images]"
            + ".filter(i => !i.complete || i.naturalWidth < 100 || i.width > innerWidth).length; const wide = "
            + "document.documentElement.scrollWidth > innerWidth; document.body.dataset.probe = document.images.length"
            + " + ' pictures, ' + bad + ' bad, wide ' + wide; };</script></body>";
    private static final Pattern SEEN = Pattern.compile("data-probe=\"([^\"]*)\"");

    static Optional<Browser> find() {
        return Stream.of(System.getenv("PATH").split(":")).flatMap(folder -> Stream.of("chromium", "chromium-browser",
                "google-chrome").map(name -> Path.of(folder, name))).filter(Files::isExecutable).map(Browser::new)
                .findFirst();
    }

    /** What it makes of a page in a window of a width [pixels]. */
    String seen(Path page, int width) {
        try {
            Path folder = Files.createTempDirectory(page.toAbsolutePath().getParent(), "browser");
            Path probe = Files.writeString(folder.resolve("probe.html"),
                    Files.readString(page).replace("</body>", PROBE));
            Path out = folder.resolve("dom");
            Process browser = new ProcessBuilder(program.toString(), "--headless", "--no-sandbox", "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--user-data-dir=" + folder.resolve("profile"), "--window-size=" + width + ",900",
                    "--virtual-time-budget=5000", "--dump-dom", probe.toUri().toString())
                    .redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            boolean ended = browser.waitFor(60, TimeUnit.SECONDS);
            browser.destroyForcibly();
            assertThat(ended).as("the browser ends within a minute").isTrue();
            Matcher seen = SEEN.matcher(Files.readString(out));
            return seen.find() ? seen.group(1) : "the page was not shown";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
