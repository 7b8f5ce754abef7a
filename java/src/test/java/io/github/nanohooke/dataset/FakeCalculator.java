// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.nanohooke.EnvironmentFaultException;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.Relaxation;
import io.github.nanohooke.statics.StabilityReport;
import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.tensor.ElasticTensor;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A deterministic stand-in: the tensor follows from the porosity alone; porous structures are unstable, some samples do
 * not converge, some throw. Faults are ordered through files in the folder that the system property {@link #ORDERS}
 * names: {@code crash-SEED}, {@code hang-SEED}, {@code kill-SEED}, {@code refuse-SEED}, {@code fault-SEED},
 * {@code error-SEED} or {@code defect-SEED}, each with the number of times on its single line.
 */
public final class FakeCalculator implements ElasticCalculator {
    public static final String ORDERS = "nanohooke.fake.orders";
    public static final String MILLIS = "nanohooke.fake.millis";
    public static final double UNSTABLE_FROM = 60;
    public static final int CRASH_CODE = 139;
    /** As the kernel ends a process when memory is short. */
    public static final int KILL_CODE = 137;

    private static final double SITES_PER_VOLUME = 4 / (4.05 * 4.05 * 4.05);

    private boolean closed;

    @Override
    public String method() {
        return "fake";
    }

    public static boolean throwsFor(long seed) {
        return Math.floorMod(seed, 13) == 0;
    }

    public static boolean doesNotConvergeFor(long seed) {
        return Math.floorMod(seed, 13) == 1;
    }

    @Override
    public StaticsResult calculate(Atoms start, StaticsOptions options, StaticsProgress progress) {
        if (closed) {
            throw new StaticsException("the calculator is closed");
        }
        obey(options.seed());
        pause();
        if (throwsFor(options.seed())) {
            closed = true; // must be opened anew
            throw new StaticsException("the fake\ncannot do this one");
        }
        double p = 100 * (1 - start.count() / (start.cell().volume() * SITES_PER_VOLUME));
        double solid = 1 - p / 100;
        double shear = p < UNSTABLE_FROM ? 32 * solid * solid : -1;
        ElasticTensor tensor = ElasticTensor.cubic(114 * solid * solid, 62 * solid * solid, shear);
        Outcome outcome = doesNotConvergeFor(options.seed()) ? Outcome.NOT_CONVERGED
                : p < UNSTABLE_FROM ? Outcome.STABLE : Outcome.UNSTABLE;
        return new StaticsResult("fake", outcome, "as ordered", tensor, 1e-9, 2e-6, 3e-6, -3.36 * start.count(), 42,
                0.5, 0.4, start.cell(), shrunk(start),
                Optional.empty(), Optional.of(new StabilityReport("planar", 0.25, true, 0.125, 1, 0, 0, false, 1)),
                List.of(), List.of());
    }

    @Override
    public Relaxation relax(Atoms start, StaticsOptions options, StaticsProgress progress) {
        StaticsResult result = calculate(start, options, progress);
        return new Relaxation(result.relaxed(), result.converged(), result.energy(), result.maxForce(),
                result.residualStress(), result.evaluations(), result.seconds(), result.cpuSeconds());
    }

    private static Atoms shrunk(Atoms start) {
        double[] positions = start.positions();
        for (int i = 0; i < positions.length; i++) {
            positions[i] *= 0.998;
        }
        return start.moved(start.cell().scaled(0.998, 0.998, 0.998), positions);
    }

    private static void obey(long seed) {
        String folder = System.getProperty(ORDERS);
        if (folder == null) {
            return;
        }
        chatter();
        if (ordered(Path.of(folder, "crash-" + seed))) {
            Runtime.getRuntime().halt(CRASH_CODE);
        }
        if (ordered(Path.of(folder, "kill-" + seed))) {
            Runtime.getRuntime().halt(KILL_CODE);
        }
        if (ordered(Path.of(folder, "hang-" + seed))) {
            sleep(600_000);
        }
        if (ordered(Path.of(folder, "fault-" + seed))) {
            throw new EnvironmentFaultException("fake: not enough memory");
        }
        if (ordered(Path.of(folder, "refuse-" + seed))) {
            throw new StaticsException("fake: table 3 cannot be read");
        }
        if (ordered(Path.of(folder, "error-" + seed))) {
            throw new NoClassDefFoundError("made/up");
        }
        if (ordered(Path.of(folder, "defect-" + seed))) {
            throw new IllegalStateException("a defect");
        }
    }

    /** Native libraries print past System.out, also without line ends; replies must come through all the same. */
    private static void chatter() {
        try {
            // Not closed: that would close standard output itself.
            new FileOutputStream(FileDescriptor.out)
                    .write("Total wall time: 0:00:00\nchatter without a line end".getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean ordered(Path order) {
        try {
            if (!Files.exists(order)) {
                return false;
            }
            int times = Integer.parseInt(Files.readString(order).strip());
            if (times > 0) {
                Files.writeString(order, Integer.toString(times - 1));
            }
            return times > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void order(Path folder, String what, long seed, int times) {
        try {
            Files.writeString(folder.resolve(what + "-" + seed), Integer.toString(times));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        sleep(Long.getLong(MILLIS, 0));
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
