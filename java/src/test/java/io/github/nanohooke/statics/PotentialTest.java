// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        SetflFile file = Potential.mishin1999().setfl().orElseThrow();
        assertThat(file.elements()).containsExactly("Al");
        assertThat(file.cutoff()).isEqualTo(6.28721);
        assertThat(file.masses()).containsExactly(26.982);
        assertThat(file.path()).exists();
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
        byte[] whole = Files.readAllBytes(Potential.mishin1999().setfl().orElseThrow().path());
        Path cut = Files.write(folder.resolve("cut.alloy"), Arrays.copyOf(whole, (int) (share * whole.length)));
        assertThatThrownBy(() -> Potential.eamAlloy(cut))
                .isInstanceOf(PotentialException.class)
                .hasMessageContaining("cut.alloy")
                .hasMessageContaining("truncated");
    }

    @Test
    void refusesWhatIsNoSetflFile() throws IOException {
        Path text = Files.writeString(folder.resolve("text.alloy"), "one\ntwo\nthree\nfour five\nsix\nseven\n");
        assertThatThrownBy(() -> Potential.eamAlloy(text)).isInstanceOf(PotentialException.class)
                .hasMessageContaining("text.alloy").hasMessageContaining("setfl");
        Path empty = Files.createFile(folder.resolve("empty.alloy"));
        assertThatThrownBy(() -> Potential.eamAlloy(empty)).isInstanceOf(PotentialException.class)
                .hasMessageContaining("empty.alloy");
        assertThatThrownBy(() -> Potential.eamAlloy(folder.resolve("none"))).isInstanceOf(PotentialException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void namesTheLineOfABadNumber() throws IOException {
        List<String> lines = Files.readAllLines(Potential.mishin1999().setfl().orElseThrow().path());
        lines.set(1000, " 1.0 x2 3.0");
        Path bad = Files.write(folder.resolve("bad.alloy"), lines);
        assertThatThrownBy(() -> Potential.eamAlloy(bad)).isInstanceOf(PotentialException.class)
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
