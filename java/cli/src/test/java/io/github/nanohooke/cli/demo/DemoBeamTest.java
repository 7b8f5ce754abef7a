// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.statics.StaticsProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoBeamTest {
    @Test
    void theForcesOfATenthOfTheBeam(@TempDir Path folder) {
        StringWriter text = new StringWriter();
        PrintWriter print = new PrintWriter(text);
        DemoBeam.bend(print, OutputFolder.open(folder), StaticsProgress.SILENT);
        print.flush();
        // Newton's method with exact second derivatives: 1.20035 and 2.59655 N/m.
        assertThat(text.toString()).containsPattern("7696 atoms: 1\\.200[34] N/m at 2.00 nm, 2\\.596[56] at 4.00 nm");
        assertThat(folder.resolve("beam.png")).isNotEmptyFile();
    }
}
