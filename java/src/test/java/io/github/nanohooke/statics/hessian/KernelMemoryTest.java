// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.nanohooke.statics.StaticsOptions.Periods;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelMemoryTest {
    /** Resident memory of the kernel [kB], measured: cells along x, y, z, whether all atoms lie on mirror planes. */
    @ParameterizedTest
    @CsvSource({"20, 20, 1, true, 86072", "40, 40, 1, true, 339016", "64, 64, 1, true, 937468",
        "6, 6, 6, false, 108416", "9, 9, 9, false, 561780", "12, 12, 12, false, 1801304", "20, 20, 3, false, 484776",
        "32, 32, 3, false, 1332216", "16, 16, 6, false, 997380"})
    void theEstimateIsWhatWasMeasured(int nx, int ny, int nz, boolean planar, double kilobytes) {
        Atoms atoms = crystal(nx, ny, nz, planar);
        assertThat(KernelMemory.bytes(atoms, Periods.ONE)).isCloseTo(1024 * kilobytes, withinPercentage(20));
    }

    /** The same without a factor of the second derivatives [MB]. */
    @ParameterizedTest
    @CsvSource({"40, 40, 1, true, 46", "80, 80, 1, true, 165", "160, 160, 1, true, 797", "12, 12, 12, false, 229",
        "20, 20, 20, false, 1789", "40, 40, 3, false, 402"})
    void iterationsTakeWhatWasMeasured(int nx, int ny, int nz, boolean planar, double megabytes) {
        Atoms atoms = crystal(nx, ny, nz, planar);
        // Measured with 4 to 9 % of the atoms missing.
        assertThat(KernelMemory.iterativeBytes(atoms, Periods.ONE)).isCloseTo(1048576 * megabytes,
                withinPercentage(35));
        assertThat(KernelMemory.iterativeBytes(atoms, Periods.ONE)).isLessThan(KernelMemory.bytes(atoms, Periods.ONE)
                / 4);
    }

    /** Three extruded cells that follow one [MB]. */
    @ParameterizedTest
    @CsvSource({"40, 86", "160, 1391"})
    void threeCellsTakeWhatWasMeasured(int cells, double megabytes) {
        assertThat(KernelMemory.iterativeBytes(crystal(cells, cells, 1, true), Periods.THREE))
                .isCloseTo(1048576 * megabytes, withinPercentage(20));
    }

    @Test
    void aFactorIsTakenAsLongAsItIsModerate() {
        assertThat(KernelMemory.solver(crystal(20, 20, 1, true), Periods.AUTO)).isEqualTo(Solver.DIRECT);
        assertThat(KernelMemory.solver(crystal(20, 20, 3, true), Periods.AUTO)).isEqualTo(Solver.DIRECT);
        Atoms large = crystal(160, 160, 1, true);
        assertThat(KernelMemory.solver(large, Periods.AUTO)).isEqualTo(Solver.ITERATIVE);
        assertThat(KernelMemory.reason(large, Periods.AUTO)).contains("102400 atoms", "iterations",
                "GB", "three cells");
        assertThat(KernelMemory.shortage(large, Periods.AUTO, null, 2e9)).isEmpty();
        assertThat(KernelMemory.shortage(large, Periods.AUTO, null, 7e8)).isPresent();
    }

    @Test
    void threeCellsOfAnExtrudedOneAreASlab() {
        double three = KernelMemory.bytes(crystal(20, 20, 1, true), Periods.THREE);
        assertThat(three).isCloseTo(1024 * 499108, withinPercentage(20));
        assertThat(KernelMemory.bytes(crystal(20, 20, 3, true), Periods.AUTO)).as("a stack is one cell")
                .isEqualTo(KernelMemory.bytes(crystal(20, 20, 1, true), Periods.ONE));
    }

    @Test
    void threeCellsThatFollowOneGoByIterationsBeforeTheyAreLarge() {
        Atoms small = crystal(20, 20, 1, true);
        assertThat(KernelMemory.threeCellSolver(small, Periods.AUTO, Solver.DIRECT)).isEqualTo(Solver.DIRECT);
        Atoms middle = crystal(60, 60, 1, true);
        assertThat(KernelMemory.solver(middle, Periods.AUTO)).isEqualTo(Solver.DIRECT);
        for (Atoms atoms : new Atoms[] {middle, crystal(60, 60, 3, true)}) {
            assertThat(KernelMemory.threeCellSolver(atoms, Periods.AUTO, Solver.DIRECT)).isEqualTo(Solver.ITERATIVE);
            assertThat(KernelMemory.threeCellReason(atoms, Periods.AUTO)).contains("14400 atoms", "iterations",
                    "three");
            assertThat(KernelMemory.threeCellShortage(atoms, Periods.AUTO, 1e11)).isEmpty();
            assertThat(KernelMemory.threeCellShortage(atoms, Periods.AUTO, 1e8)).hasValueSatisfying(reason ->
                    assertThat(reason).contains("GB", "--periods one"));
        }
        assertThat(KernelMemory.threeCellSolver(middle, Periods.ONE, Solver.DIRECT)).isEqualTo(Solver.DIRECT);
        assertThat(KernelMemory.threeCellShortage(middle, Periods.ONE, 1e8)).isEmpty();
        assertThat(KernelMemory.threeCellSolver(small, Periods.AUTO, Solver.ITERATIVE)).isEqualTo(Solver.ITERATIVE);
    }

    @Test
    void aShortageNamesNeedHaveAndRemedy() {
        Atoms atoms = crystal(9, 9, 9, false);
        assertThat(KernelMemory.shortage(atoms, Periods.AUTO, Solver.DIRECT, 1e9)).isEmpty();
        assertThat(KernelMemory.shortage(atoms, Periods.AUTO, null, 1e11)).isEmpty();
        assertThat(KernelMemory.shortage(atoms, Periods.AUTO, null, 1e6)).hasValueSatisfying(reason ->
                assertThat(reason).contains("2916 atoms", "GB", "--method lammps", "fewer cells"));
    }

    private static Atoms crystal(int nx, int ny, int nz, boolean planar) {
        Atoms atoms = PorousStructure.perfect(Lattice.aluminium(), new Cells(nx, ny, nz)).atoms();
        double[] positions = atoms.positions();
        if (!planar) {
            positions[2] += 0.01;
        }
        return atoms.moved(atoms.cell(), positions);
    }
}
