// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.structure.Box;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(RequireLammps.class)
class LammpsTest {
    private static final String[] LENNARD_JONES = {"pair_style lj/cut 6.0", "pair_coeff 1 1 0.4 2.6"};

    /** 32 atoms of an fcc crystal in a cube of 8.1 Å. */
    private static Lammps crystal() {
        Lammps lammps = Lammps.open();
        lammps.commands("units metal", "atom_modify map array", "region all prism 0 8.1 0 8.1 0 8.1 0 0 0",
                "create_box 1 all", "lattice fcc 4.05", "create_atoms 1 box", "mass 1 27");
        return lammps;
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("a command that does not exist", new String[] {"frobnicate 1 2"}, "Unknown command"),
                Arguments.of("a file that does not exist", new String[] {"include nowhere.in"}, "nowhere.in"),
                Arguments.of("the wish to end the process", new String[] {"quit 3"}, "end the process with status 3"),
                Arguments.of("a style that does not exist", new String[] {"pair_style no/such"}, "no/such"),
                // Freeing the instance after this one would free the minimiser twice.
                Arguments.of("a minimiser that does not exist", new String[] {"min_style no_such"}, "minimize style"),
                Arguments.of("atoms that fly away in a run", new String[] {LENNARD_JONES[0], LENNARD_JONES[1],
                    "change_box all boundary f f f", "velocity all create 1e9 1", "fix 1 all nve", "timestep 0.1",
                    "run 100"}, "Lost atoms"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void aMistakeIsAnExceptionWithLammpsWordsAndAnotherInstanceWorks(String name, String[] commands, String words) {
        Lammps lammps = crystal();
        String last = commands[commands.length - 1];
        assertThatThrownBy(() -> lammps.commands(commands)).isInstanceOfSatisfying(LammpsException.class, e -> {
            assertThat(e.text()).contains(words);
            assertThat(e.call()).isEqualTo(last);
        });
        assertThat(lammps.isClosed()).isTrue();
        assertThatThrownBy(lammps::atomCount).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be used any more").hasMessageContaining(words);
        lammps.close();

        try (Lammps again = crystal()) {
            again.commands(LENNARD_JONES);
            again.command("run 0");
            assertThat(again.energy()).isNegative();
        }
    }

    @Test
    void argumentsThatLammpsRefusesAreNamed() {
        LammpsOptions wrong = LammpsOptions.quiet().withArguments(List.of("-bogus"));
        assertThatThrownBy(() -> Lammps.open(wrong)).isInstanceOf(LammpsException.class)
                .hasMessageContaining("-bogus").hasMessageContaining("command-line");
        crystal().close();
    }

    @Test
    void closedTwiceIsFineUsedAfterwardsIsNot() {
        Lammps lammps = crystal();
        lammps.close();
        lammps.close();
        assertThatThrownBy(() -> lammps.command("run 0")).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("it was closed").hasMessageContaining("open another one");
    }

    @Test
    void onlyTheOpeningThreadMayUseOrCloseAnInstance() {
        try (Lammps lammps = crystal()) {
            for (Runnable use : List.<Runnable>of(lammps::atomCount, () -> lammps.command("run 0"), lammps::close)) {
                Throwable thrown = CompletableFuture.supplyAsync(() -> catchThrowable(use::run)).join();
                assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessageContaining("belongs to thread '"
                        + Thread.currentThread().getName() + "'");
            }
            assertThat(lammps.atomCount()).isEqualTo(32);
        }
    }

    @Test
    void aSecondInstanceIsRefusedUntilTheFirstIsClosed() {
        try (Lammps first = crystal()) {
            assertThatThrownBy(Lammps::open).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("already has an open LAMMPS instance");
            assertThat(first.atomCount()).isEqualTo(32);
        }
        Lammps.open().close();
    }

    @Test
    void whatNeedsABoxSaysSoWithoutOne() {
        try (Lammps lammps = Lammps.open()) {
            assertThat(lammps.hasBox()).isFalse();
            for (Runnable use : List.<Runnable>of(lammps::box, lammps::energy, () -> lammps.stress("thermo_press"),
                    () -> lammps.watchEvaluations(() -> true), () -> lammps.createAtoms(new int[1], new double[3]),
                    () -> lammps.setBox(Box.orthogonal(1, 1, 1)))) {
                assertThatThrownBy(use::run).isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("no simulation box yet");
            }
            assertThatThrownBy(lammps::evaluations).hasMessageContaining("call watchEvaluations first");
            lammps.gather("x", new double[0]);
            assertThat(lammps.gatherImages()).isEmpty();
            assertThat(lammps.isClosed()).isFalse();
        }
    }

    @Test
    void arraysOfTheWrongLengthOrKindDoNotReachLammps() {
        try (Lammps lammps = crystal()) {
            assertThatThrownBy(() -> lammps.gather("x", new double[95])).hasMessageContaining("96 numbers are needed");
            assertThatThrownBy(() -> lammps.scatter("x", new double[97])).hasMessageContaining("96 numbers");
            assertThatThrownBy(() -> lammps.createAtoms(new int[2], new double[5])).hasMessageContaining("6 numbers");
            assertThatThrownBy(() -> lammps.gather("x", DoubleBuffer.allocate(96))).hasMessageContaining("direct");
            double[] positions = new double[96];
            positions[17] = Double.NaN;
            assertThatThrownBy(() -> lammps.scatter("x", positions)).hasMessageContaining("x[17] is NaN");
            assertThatThrownBy(() -> lammps.command("run 0\nrun 0")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> lammps.command(null)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> lammps.globalVector("none", 6)).hasMessageContaining("there is no compute 'none'");
            assertThat(lammps.isClosed()).isFalse();
        }
    }

    @Test
    void anUnknownPropertyIsNamed() {
        try (Lammps lammps = crystal()) {
            assertThatThrownBy(() -> lammps.gather("charm", new double[96])).isInstanceOf(LammpsException.class)
                    .hasMessageContaining("gather charm");
        }
    }

    @Test
    void positionsComeBackAsTheyWereSentInOrderOfIds() {
        double[] sent = new double[96];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = 0.01 + 8.05 * ((i * 37) % 96) / 96.0;
        }
        try (Lammps lammps = crystal()) {
            lammps.scatter("x", sent);
            double[] array = new double[96];
            lammps.gather("x", array);
            assertThat(array).containsExactly(sent);
            DoubleBuffer direct = ByteBuffer.allocateDirect(96 * 8).order(ByteOrder.nativeOrder()).asDoubleBuffer();
            lammps.gather("x", direct);
            double[] copy = new double[96];
            direct.get(copy);
            assertThat(copy).containsExactly(sent);
        }
    }

    @Test
    void forcesAreMinusTheSlopeOfTheEnergyAndStressIsTheSlopeByStrain() {
        double h = 1e-4;
        try (Lammps lammps = crystal()) {
            lammps.commands(LENNARD_JONES);
            double[] x = new double[96];
            lammps.gather("x", x);
            x[3] += 0.3;
            x[4] += 0.2;
            x[4] += h;
            double above = energy(lammps, x);
            x[4] -= 2 * h;
            double below = energy(lammps, x);
            x[4] += h;
            energy(lammps, x);
            double[] f = new double[96];
            lammps.gather("f", f);
            assertThat(f[4]).isCloseTo(-(above - below) / (2 * h), within(1e-5));

            double stress = lammps.stress("thermo_press")[5];
            Deformation shear = Deformation.single(5, h);
            Box box = lammps.box();
            lammps.setBox(shear.apply(box));
            double sheared = energy(lammps, shear.apply(x));
            Deformation back = Deformation.single(5, -h);
            lammps.setBox(back.apply(box));
            double unsheared = energy(lammps, back.apply(x));
            double gigapascal = 160.2176634 * (sheared - unsheared) / (2 * h) / box.volume();
            assertThat(stress).isCloseTo(gigapascal, within(1e-3));
            assertThat(Math.abs(stress)).isGreaterThan(0.01);
        }
    }

    private static double energy(Lammps lammps, double[] x) {
        lammps.scatter("x", x);
        lammps.command("run 0");
        return lammps.energy();
    }

    @Test
    void anOrthogonalCellCannotBeTilted() {
        try (Lammps lammps = Lammps.open()) {
            lammps.commands("units metal", "region all block 0 8 0 8 0 8", "create_box 1 all");
            lammps.setBox(Box.orthogonal(9, 8, 7));
            assertThat(lammps.box()).isEqualTo(Box.orthogonal(9, 8, 7));
            assertThatThrownBy(() -> lammps.setBox(new Box(9, 8, 7, 1, 0, 0))).hasMessageContaining("orthogonal")
                    .hasMessageContaining("triclinic");
        }
    }

    @Test
    void atomsOutsideTheCellAreNotSilentlyLost() {
        try (Lammps lammps = Lammps.open()) {
            lammps.commands("units metal", "atom_modify map array", "boundary f f f", "region all block 0 8 0 8 0 8",
                    "create_box 1 all");
            assertThatThrownBy(() -> lammps.createAtoms(new int[] {1, 1}, new double[] {1, 1, 1, 9, 1, 1}))
                    .isInstanceOf(LammpsException.class).hasMessageContaining("1 of 2 atoms");
        }
    }

    @Test
    void aWatchCountsEvaluationsAndStopsARun() {
        try (Lammps lammps = crystal()) {
            lammps.commands(LENNARD_JONES);
            AtomicReference<Boolean> goOn = new AtomicReference<>(true);
            lammps.watchEvaluations(goOn::get);
            lammps.commands("fix move all nve", "run 10");
            assertThat(lammps.evaluations()).isEqualTo(11);
            goOn.set(false);
            lammps.command("run 100000000");
            assertThat(lammps.stopped()).isTrue();
            assertThat(lammps.evaluations()).isLessThan(100_000_000);
        }
    }

    @Test
    void whatAWatchThrowsReachesTheCaller() {
        try (Lammps lammps = crystal()) {
            lammps.commands(LENNARD_JONES);
            lammps.watchEvaluations(() -> {
                throw new ArithmeticException("from the watch");
            });
            lammps.command("fix move all nve");
            assertThatThrownBy(() -> lammps.command("run 100000000")).isInstanceOf(ArithmeticException.class)
                    .hasMessage("from the watch");
            assertThat(lammps.isClosed()).isTrue();
        }
    }

    @Test
    void aLogIsWrittenWhereItIsAskedFor(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("log.lammps");
        try (Lammps lammps = Lammps.open(LammpsOptions.quiet().withLogFile(log))) {
            lammps.command("units metal");
        }
        assertThat(Files.readString(log)).contains("units metal");
    }

    @Test
    void noProcessOutlivesAClosedInstance() {
        Lammps.open().close();
        assertThat(ProcessHandle.current().children()
                .filter(child -> child.info().command().orElse("").contains("orted"))).isEmpty();
    }

    @Test
    void theJvmKeepsItsSignalHandlers() {
        Lammps.open().close();
        int caught = 0;
        // Hot enough to be compiled: from then on a null is found by the processor's trap, SIGSEGV.
        for (int i = 0; i < 200_000; i++) {
            try {
                caught += lengthOf(i % 1000 == 0 ? null : "four") - 4;
            } catch (NullPointerException e) {
                caught++;
            }
        }
        assertThat(caught).isEqualTo(200);
    }

    private static int lengthOf(String text) {
        return text.length();
    }

    @Test
    void memoryThatLammpsDidNotGetIsNoFaultOfTheAtoms() {
        assertThat(new LammpsException("run 0",
                "Failed to allocate 123456789 bytes for array atom:x (src/memory.cpp:63)")
                .isEnvironmental()).isTrue();
        assertThat(new LammpsException("run 0", "Lost atoms: original 4 current 3").isEnvironmental()).isFalse();
    }
}
