// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.io.RecordCsv;
import io.github.nanohooke.structure.RandomStructures.Kind;
import io.github.nanohooke.structure.StructureException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the comparisons share: order statistics, tables, the choice of structures. */
class ComparisonTablesTest {
    public record Inner(double x, String text) {
    }

    public record Outer(long index, Inner firstPart, boolean isSo) {
    }

    @Test
    void quantilesAreMeasuredValues() {
        Quantiles ten = new Quantiles(new double[] {7, 1, 10, 4, 2, 9, 3, 8, 6, 5});
        assertThat(ten.median()).isEqualTo(5);
        assertThat(ten.at(0.9)).isEqualTo(9);
        assertThat(ten.max()).isEqualTo(10);
        assertThat(ten.mean()).isCloseTo(5.5, within(1e-15));
        assertThat(ten.at(0)).isEqualTo(1);
        assertThat(new Quantiles(new double[] {Double.NaN, 3}).median()).isEqualTo(3);
        assertThat(new Quantiles(new double[] {Double.NaN}).median()).isNaN();
        assertThat(new Quantiles(new double[] {Double.NaN}).count()).isZero();
    }

    @Test
    void recordsWithinRecordsBecomeColumns() {
        String csv = RecordCsv.of(Outer.class, List.of(new Outer(3, new Inner(0.1, "says \"no\", twice"), true),
                new Outer(4, new Inner(Double.NaN, ""), false)));
        assertThat(csv.lines()).containsExactly("index,first_part_x,first_part_text,is_so",
                "3,0.1,\"says \"\"no\"\", twice\",true", "4,NaN,\"\",false");
    }

    @Test
    void theWindowPicksTheFirstStructuresWithin() {
        PorosityWindow window = new PorosityWindow(20, 40);
        List<Long> five = window.indices(TestPlan.of(Kind.MIXED), 5);
        assertThat(five).hasSize(5).isSorted().doesNotHaveDuplicates();
        assertThat(five).allSatisfy(index -> assertThat(window.contains(porosity(index))).isTrue());
        for (long index = 0; index < five.get(4); index++) {
            assertThat(window.contains(porosity(index))).isEqualTo(five.contains(index));
        }
        assertThat(window.indices(TestPlan.of(Kind.MIXED), 9).subList(0, 5)).isEqualTo(five);
    }

    private static double porosity(long index) {
        return TestPlan.of(Kind.MIXED).draw(index).structure().porosity();
    }

    @Test
    void windowsOutOfReachAreRefused() {
        assertThatThrownBy(() -> new PorosityWindow(99, 100).indices(TestPlan.of(Kind.CIRCLES), 1))
                .isInstanceOf(StructureException.class).hasMessageContaining("0 of 1000").hasMessageContaining("wider");
        assertThatThrownBy(() -> new PorosityWindow(40, 20)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("40.0 to 20.0");
    }
}
