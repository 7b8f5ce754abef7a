// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.random.SplitMix64;
import io.github.nanohooke.structure.RandomStructures.Kind;
import io.github.nanohooke.structure.RandomStructures.Sample;
import io.github.nanohooke.structure.RandomStructures.Sizes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomStructuresTest {

    /** The generator's published sequence for the state 1234567. */
    @Test
    void splitMixIsSplitMix() {
        SplitMix64 random = new SplitMix64(1234567);
        assertThat(new String[] {Long.toUnsignedString(random.nextLong()), Long.toUnsignedString(random.nextLong()),
            Long.toUnsignedString(random.nextLong())})
                .containsExactly("6457827717110365317", "3203168211198807973", "9817491932198370423");
    }

    @Test
    void fractionsAreUniformAndOpen() {
        SplitMix64 random = new SplitMix64(9);
        double[] sums = new double[2];
        for (int i = 0; i < 100_000; i++) {
            double u = random.nextDouble();
            assertThat(u > 0 && u < 1).isTrue();
            sums[0] += u / 1e5;
            sums[1] += u * u / 1e5;
        }
        assertThat(sums[0]).isCloseTo(0.5, within(0.004));
        assertThat(sums[1]).isCloseTo(1.0 / 3, within(0.004));
    }

    @Property(tries = 150)
    void aSampleIsPureAndItsPoresKeepTheMargin(@ForAll Kind kind, @ForAll long seed,
            @ForAll @LongRange(min = 0) long index) {
        Sample sample = RandomStructures.draw(kind, seed, index);
        assertThat(RandomStructures.draw(kind, seed, index)).isEqualTo(sample);
        assertThat(RandomStructures.sample(kind, seed, index)).isEqualTo(sample.structure());
        assertThat(sample.targetPorosity()).isBetween(0.0, 90.0);
        for (Pore pore : sample.structure().pores()) {
            double[] b = pore.bounds();
            assertThat(b[0]).isGreaterThanOrEqualTo(4 - 1e-9);
            assertThat(b[1]).isLessThanOrEqualTo(77 + 1e-9);
            assertThat(b[2]).isGreaterThanOrEqualTo(4 - 1e-9);
            assertThat(b[3]).isLessThanOrEqualTo(77 + 1e-9);
            assertThat(pore instanceof Circle || kind != Kind.CIRCLES).isTrue();
            assertThat(pore instanceof Rectangle || kind != Kind.RECTANGLES).isTrue();
            if (pore instanceof Circle c) {
                assertThat(c.radius()).isBetween(3.0, 15.0);
            } else if (pore instanceof Rectangle r) {
                assertThat(r.xmax() - r.xmin()).isBetween(5 - 1e-9, 30 + 1e-9);
                assertThat(r.ymax() - r.ymin()).isBetween(5 - 1e-9, 30 + 1e-9);
            }
        }
    }

    @Property(tries = 100)
    void onlyTheLastPoreReachesTheTarget(@ForAll Kind kind, @ForAll long seed) {
        Sample sample = RandomStructures.draw(kind, seed, 0);
        List<Pore> pores = sample.structure().pores();
        PorousStructure before = new PorousStructure(Lattice.aluminium(), Cells.paper(),
                pores.subList(0, pores.size() - 1));
        assertThat(before.porosity()).isLessThan(sample.targetPorosity());
        assertThat(sample.structure().porosity()).isGreaterThan(before.porosity());
        if (sample.targetPorosity() < 70) {
            assertThat(sample.targetReached()).isTrue();
        }
    }

    /** Frame of 4 Å: of the columns at 0, 2.025, ... 78.975 Å along x and y 37 lie in [4, 77]. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void targetsBeyondTheFrameEndInAFinishedSample(Kind kind) {
        double highest = 100.0 * 37 * 37 / 1600;
        int missed = 0;
        for (int index = 0; index < 60; index++) {
            Sample sample = RandomStructures.draw(kind, 3, index);
            assertThat(sample.structure().porosity()).isLessThanOrEqualTo(highest);
            if (!sample.targetReached()) {
                missed++;
                assertThat(sample.targetPorosity()).isGreaterThan(75);
                assertThat(sample.structure().porosity()).isGreaterThan(70);
            }
        }
        assertThat(missed).isPositive();
    }

    @Test
    void targetsAreSpreadEvenly() {
        List<Double> targets = new ArrayList<>();
        for (int index = 0; index < 300; index++) {
            targets.add(RandomStructures.draw(Kind.RECTANGLES, 11, index).targetPorosity());
        }
        Collections.sort(targets);
        double worst = 0;
        for (int i = 0; i < targets.size(); i++) {
            worst = Math.max(worst, Math.abs(targets.get(i) / 90 - (i + 0.5) / targets.size()));
        }
        assertThat(worst).as("Kolmogorov-Smirnov distance, 0.1 % level 1.95/sqrt(300)").isLessThan(0.113);
    }

    @Test
    void seedIndexAndKindEachMatter() {
        Sample sample = RandomStructures.draw(Kind.MIXED, 1, 2);
        assertThat(sample.targetPorosity()).isNotEqualTo(RandomStructures.draw(Kind.MIXED, 2, 1).targetPorosity())
                .isNotEqualTo(RandomStructures.draw(Kind.MIXED, 1, 3).targetPorosity())
                .isNotEqualTo(RandomStructures.draw(Kind.CIRCLES, 1, 2).targetPorosity());
        assertThat(sample.structure().pores()).hasAtLeastOneElementOfType(Circle.class)
                .hasAtLeastOneElementOfType(Rectangle.class);
    }

    @Test
    void anyCrystalAndBoxWillDo() {
        Sizes sizes = new Sizes(2, 40, 4, 60, 1);
        for (int index = 0; index < 30; index++) {
            PorousStructure s = RandomStructures.sample(Kind.MIXED, 5, index,
                    new Lattice("Fe", Lattice.Kind.BCC, 2.87), new Cells(10, 6, 2), sizes);
            for (Pore pore : s.pores()) {
                double[] b = pore.bounds();
                assertThat(Math.min(b[0], b[2])).isGreaterThanOrEqualTo(1 - 1e-9);
                assertThat(b[1]).isLessThanOrEqualTo(27.7 + 1e-9);
                assertThat(b[3]).isLessThanOrEqualTo(16.22 + 1e-9);
            }
            assertThat(s.atoms().count()).isLessThan(s.perfectCount());
        }
    }

    @Test
    void aBoxTooSmallForItsPoresIsRefused() {
        assertThatThrownBy(() -> RandomStructures.draw(Kind.CIRCLES, 1, 1, Lattice.aluminium(), new Cells(3, 20, 1),
                Sizes.defaults())).isInstanceOf(StructureException.class).hasMessageContaining("too small for pores");
        assertThatThrownBy(() -> new Sizes(5, 3, 5, 30, 4)).isInstanceOf(StructureException.class)
                .hasMessageContaining("radii");
        assertThatThrownBy(() -> new Sizes(3, 5, 0, 30, 4)).hasMessageContaining("sides");
        assertThatThrownBy(() -> new Sizes(3, 5, 5, 30, -1)).hasMessageContaining("margin");
    }

    /** Data sets are named by (kind, seed, index), so these must never change; a program of its own gave the same. */
    @Test
    void samplesStayWhatTheyAre() {
        assertThat(fingerprint(Kind.CIRCLES)).isEqualTo("44.90201162085698 % 2184 atoms 19 pores, first "
                + "Circle[cx=72.89128106356256, cy=45.015988773387576, radius=3.5867077069446074]");
        assertThat(fingerprint(Kind.RECTANGLES)).isEqualTo("16.030536608866335 % 1188 atoms 7 pores, first Rectangle"
                + "[xmin=35.08574878423839, xmax=60.46862129033438, ymin=11.249049027101215, ymax=19.38918577056533]");
        assertThat(fingerprint(Kind.MIXED)).isEqualTo("21.191504203026295 % 1299 atoms 5 pores, first "
                + "Circle[cx=17.81799061142438, cy=20.12109145876874, radius=11.28515127137836]");
    }

    private static String fingerprint(Kind kind) {
        Sample sample = RandomStructures.draw(kind, 2021, 7);
        List<Pore> pores = sample.structure().pores();
        return sample.targetPorosity() + " % " + sample.structure().removedCount() + " atoms " + pores.size()
                + " pores, first " + pores.get(0);
    }
}
