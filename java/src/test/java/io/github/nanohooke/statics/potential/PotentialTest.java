// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.potential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.statics.StaticsOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PotentialTest {
    @TempDir
    Path folder;

    @Test
    void bundledPotentialIsMishin1999() {
        EamTables tables = Potential.mishin1999().eam().orElseThrow();
        assertThat(tables.style()).isEqualTo(EamStyle.ALLOY);
        assertThat(tables.elements()).containsExactly("Al");
        assertThat(tables.cutoff()).isEqualTo(6.28721);
        assertThat(tables.masses()).containsExactly(26.982);
        assertThat(tables.regular()).isTrue();
        assertThat(Potential.mishin1999().file().orElseThrow().path()).as("it stays in the jar").isEmpty();
    }

    @Test
    void namesTheElementThatIsMissing() {
        assertThatThrownBy(() -> Potential.mishin1999().requireElements(List.of("Al", "Cu")))
                .isInstanceOf(PotentialException.class)
                .hasMessageContaining("no Cu")
                .hasMessageContaining("it is for Al");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.3, 0.7, 0.9999})
    void refusesATruncatedFile(double share) throws IOException {
        byte[] whole = Potential.mishin1999().file().orElseThrow().bytes();
        Path cut = Files.write(folder.resolve("cut.alloy"), Arrays.copyOf(whole, (int) (share * whole.length)));
        assertThatThrownBy(() -> Potential.fromFile(cut))
                .isInstanceOf(PotentialException.class)
                .hasMessageContaining("cut.alloy")
                .hasMessageContaining("truncated");
    }

    @Test
    void refusesWhatIsNoSetflFile() throws IOException {
        Path text = Files.writeString(folder.resolve("text.alloy"), "one\ntwo\nthree\nfour five\nsix\nseven\n");
        assertThatThrownBy(() -> Potential.fromFile(text)).isInstanceOf(PotentialException.class)
                .hasMessageContaining("text.alloy").hasMessageContaining("setfl");
        Path empty = Files.createFile(folder.resolve("empty.alloy"));
        assertThatThrownBy(() -> Potential.fromFile(empty)).isInstanceOf(PotentialException.class)
                .hasMessageContaining("empty.alloy");
        assertThatThrownBy(() -> Potential.fromFile(folder.resolve("none"))).isInstanceOf(PotentialFileException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void namesTheLineOfABadNumber() throws IOException {
        List<String> lines = new ArrayList<>(new String(Potential.mishin1999().file().orElseThrow().bytes(),
                StandardCharsets.ISO_8859_1).lines().toList());
        lines.set(1000, " 1.0 x2 3.0");
        Path bad = Files.write(folder.resolve("bad.alloy"), lines);
        assertThatThrownBy(() -> Potential.fromFile(bad)).isInstanceOf(PotentialException.class)
                .hasMessageContaining("line 1001").hasMessageContaining("x2");
    }

    @Test
    void optionsRefuseNonsense() {
        StaticsOptions options = StaticsOptions.defaults();
        assertThatThrownBy(() -> options.withStrain(0.5)).hasMessageContaining("0.5");
        assertThatThrownBy(() -> options.withForceTolerance(0)).hasMessageContaining("force tolerance");
        assertThatThrownBy(() -> options.withStressTolerance(Double.NaN)).hasMessageContaining("stress tolerance");
        assertThatThrownBy(() -> options.withMaxEvaluations(0)).hasMessageContaining("evaluation");
        assertThatThrownBy(() -> Potential.pairStyle(" ", List.of("1 1 0.4 2.6")))
                .isInstanceOf(PotentialException.class);
    }
}
