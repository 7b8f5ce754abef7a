// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One leaked instance holds about 3 MB of spline tables, so that a hundred would show. */
@ExtendWith(RequireLammps.class)
class ResidentMemoryTest {
    private static final int WARM_UP = 60;
    private static final int TENSORS = 100;
    /** What the JVM's own heap may grow by meanwhile. */
    private static final long ALLOWED_KILOBYTES = 20_000;

    @Test
    void aHundredTensorsLeaveTheResidentMemoryFlat() throws IOException {
        Atoms atoms = PorousStructure.perfect(Lattice.aluminium(), new Cells(1, 1, 1)).atoms();
        StaticsOptions loose = StaticsOptions.defaults().withForceTolerance(1e-3).withStressTolerance(1e-2);
        long before = 0;
        try (ElasticCalculator calculator = new LammpsElasticCalculatorProvider().open()) {
            for (int i = 0; i < WARM_UP + TENSORS; i++) {
                if (i == WARM_UP) {
                    before = residentKilobytes();
                }
                StaticsResult result = calculator.calculate(atoms, loose, StaticsProgress.SILENT);
                assertThat(result.outcome()).as(result.explanation()).isEqualTo(Outcome.STABLE);
            }
        }
        long grown = residentKilobytes() - before;
        System.out.println("resident memory: " + before + " kB, " + TENSORS + " tensors later " + grown + " kB more");
        assertThat(grown).isLessThan(ALLOWED_KILOBYTES);
    }

    private static long residentKilobytes() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst().orElseThrow();
    }
}
