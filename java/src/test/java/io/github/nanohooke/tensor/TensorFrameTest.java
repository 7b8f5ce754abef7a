// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class TensorFrameTest {

    /** Files hold the labels, so they must never change. */
    @Test
    void labelsAreThoseOfFiles() {
        assertThat(TensorFrame.INPUT_AXES.label()).isEqualTo("input-axes");
        assertThat(TensorFrame.LAMMPS_CELL.label()).isEqualTo("lammps-cell");
        assertThat(TensorFrame.ofLabel(null)).isEqualTo(TensorFrame.LAMMPS_CELL);
        for (TensorFrame frame : TensorFrame.values()) {
            assertThat(TensorFrame.ofLabel(frame.label())).isEqualTo(frame);
        }
        assertThatThrownBy(() -> TensorFrame.ofLabel("crystal")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("crystal").hasMessageContaining("input-axes");
    }

    @Test
    void jsonHoldsTheLabel() throws Exception {
        ObjectMapper json = new ObjectMapper();
        assertThat(json.writeValueAsString(TensorFrame.INPUT_AXES)).isEqualTo("\"input-axes\"");
        assertThat(json.readValue("\"lammps-cell\"", TensorFrame.class)).isEqualTo(TensorFrame.LAMMPS_CELL);
    }
}
