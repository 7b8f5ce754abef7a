// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.figures.chart.ChartSheet;
import io.github.nanohooke.io.FileFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearningCurveTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("learning.csv"), text);
    }

    @Test
    void aPowerLawIsFoundAgain() {
        LearningCurve curve = new LearningCurve("rmse", new double[] {1000, 2000, 8000}, new double[] {0.8,
            0.8 / Math.sqrt(2), 0.8 / Math.sqrt(8)});
        assertThat(curve.exponent()).isCloseTo(0.5, within(1e-12));
        assertThat(curve.fitted(16000)).isCloseTo(0.2, within(1e-12));
        assertThat(curve.doubling()).isCloseTo(100 - 100 / Math.sqrt(2), within(1e-10));
    }

    /** A level curve has no sign, a rising one has its own. */
    @Test
    void whatMoreSamplesDoNotBringIsToldToo() throws IOException {
        assertThat(LearningCurve.chart(LearningCurve.read(file("samples,level_GPa,risen_GPa\n10,1.203,1\n54186,1.203,2"
                + "\n"))).charts().get(0).notes()).satisfiesExactly(
                        level -> assertThat(level).contains("samples^0.00, a doubling takes 0 %"),
                        risen -> assertThat(risen).contains("samples^0.08, a doubling takes -6 %"));
    }

    @Test
    void aFileHasOneCurveOrMany() throws IOException {
        assertThat(LearningCurve.read(file("samples,rmse_GPa\n10,2\n20,1\n"))).hasSize(1);
        List<LearningCurve> curves = LearningCurve.read(file("samples,all_GPa,slits_GPa\n10,2,\n20,1,4\n40,0.7,2\n"));
        assertThat(curves).extracting(LearningCurve::name).containsExactly("all", "slits");
        assertThat(curves.get(0).samples()).containsExactly(10, 20, 40);
        assertThat(curves.get(1).samples()).containsExactly(20, 40);
        assertThat(curves.get(1).rmse()).containsExactly(4, 2);
        ChartSheet sheet = LearningCurve.chart(curves);
        assertThat(sheet.charts().get(0).notes().get(1)).contains("slits", "samples^-1.00", "50 %", "1.000 GPa at 80");
        sheet.write(folder.resolve("learning.svg"));
        assertThat(Files.readString(folder.resolve("learning.svg"))).contains("slits", "50 %");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "samples\n1\n", "samples,rmse\n1,2\n", "samples,rmse_GPa\n1,2\n",
        "samples,rmse_GPa\n1,2\n1,3\n", "samples,rmse_GPa\n1,2\n2,x\n", "samples,rmse_GPa\n1,2\n2,0\n",
                "samples,rmse_GPa\n1,2\n2\n",
        "samples,rmse_GPa\n1,2\n0,1\n", "samples,rmse_GPa\n1,2\nInfinity,1\n"})
    void whatIsNoneIsRefused(String text) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> LearningCurve.read(file)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("learning");
    }
}
