// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.Precision;
import io.github.nanohooke.nn.SessionOptions;
import java.util.Arrays;
import java.util.List;

/**
 * Times one engine in one {@code --precision} through the API of Java: training in stretches on a set that the device
 * has, images shifted and turned there; inference of bit-packed images of the host, results back on the host. Both
 * sides of every number are the host's clock, after the device is done. The most important first, {@code --most} of
 * them; what there is no time for is said.
 */
final class Timings extends BundleStep {
    private static final int REPETITIONS = 5;
    private static final double SECONDS = 0.15;
    /** Seconds that a row may take: with less left none is begun. */
    private static final double LEAST = 3;
    private static final float RATE = 1e-4f;

    private static final List<Row> ROWS = List.of(new Row("periodic", true, 128), new Row("periodic", false, 1024),
            new Row("periodic", false, 1), new Row("paper", true, 128), new Row("periodic", true, 32),
            new Row("periodic", false, 128), new Row("periodic", false, 32), new Row("paper", false, 1024),
            new Row("paper", false, 1), new Row("paper", true, 32), new Row("paper", false, 128),
            new Row("paper", false, 32));

    private final String prefix;
    private final Precision precision;
    private Findings.Table table;
    private double step128 = Double.NaN;
    private double infer1024 = Double.NaN;
    private double infer1 = Double.NaN;

    private Timings(String[] arguments) {
        super("timings", arguments);
        prefix = words.text("network-prefix", "none").replace("none", "");
        precision = Precision.labelled(words.text("precision", Precision.FP32.label()));
    }

    public static void main(String[] arguments) {
        new Timings(arguments).run();
    }

    @Override
    void work(Backend cuda) {
        table = findings.table("Engine " + engine + ", " + precision.label() + ", through Java, "
                + "images of the host in inference, set on the device in training", "network", "work", "batch",
                "us an image", "images/s", "us a call or step", "spread", "error");
        int most = (int) words.number("most", ROWS.size());
        Findings.Table missing = findings.table("Not timed", "network", "work", "batch", "why");
        for (int i = 0; i < ROWS.size(); i++) {
            Row row = ROWS.get(i);
            if (i >= most || findings.secondsLeft() < LEAST) {
                missing.row(row.network, row.what(), row.batch, i >= most ? "not asked for" : "no time was left");
            } else if (row.training) {
                train(cuda, row.network, row.batch);
            } else {
                infer(cuda, row.network, row.batch);
            }
        }
    }

    /** What is timed. */
    private record Row(String network, boolean training, int batch) {
        String what() {
            return training ? "training step" : "inference";
        }
    }

    private SessionOptions options(SessionOptions options) {
        return with(options).withPrecision(precision);
    }

    /** Of results, relative to the largest one. */
    private double allowed() {
        return switch (precision) {
            case FP32 -> 1e-4;
            case TF32 -> 1e-2;
            case BF16 -> 1e-1;
        };
    }

    /** Times of a call [s]: the median, and the range as a share of it. */
    private record Timed(double median, double spread) {
    }

    private Timed timed(Runnable call) {
        call.run();
        long begin = System.nanoTime();
        call.run();
        int calls = (int) Math.max(1, Math.min(10_000, SECONDS / ((System.nanoTime() - begin) * 1e-9)));
        double[] times = new double[REPETITIONS];
        int done = 0;
        while (done < REPETITIONS && (done == 0 || findings.secondsLeft() > 1)) {
            begin = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                call.run();
            }
            times[done++] = (System.nanoTime() - begin) * 1e-9 / calls;
        }
        double[] sorted = Arrays.copyOf(times, done);
        Arrays.sort(sorted);
        return new Timed(sorted[done / 2], (sorted[done - 1] - sorted[0]) / sorted[done / 2]);
    }

    private void train(Backend cuda, String network, int batch) {
        Workload work = Workload.ofStructures(prefix + network, WriteWorkload.IMAGES);
        try (NetworkSession session = cuda.open(work.definition(), options(SessionOptions.training(batch)))) {
            session.setParameters(work.parameters());
            session.setTrainingSet(work);
            findings.value(network + " training " + batch, session.describe());
            int steps = prefix.isEmpty() ? 20 : 2;
            long[] codes = work.codes(steps * batch, true);
            float[] rates = new float[steps];
            Arrays.fill(rates, RATE);
            double[] losses = new double[steps];
            Timed timed = timed(() -> session.train(codes, batch, rates, losses));
            row(network, "training step", batch, new Timed(timed.median() / steps, timed.spread()),
                    Double.isFinite(losses[steps - 1]) ? "" : "loss " + losses[steps - 1]);
            if (network.equals("periodic") && batch == 128) {
                step128 = timed.median() / steps / batch;
            }
        } catch (RuntimeException e) {
            findings.failure(network + " training " + batch + ": " + e);
        }
        tell();
    }

    private void infer(Backend cuda, String network, int batch) {
        Workload work = Workload.ofStructures(prefix + network, Math.min(batch, WriteWorkload.IMAGES));
        ImageBatch images = work.batch(0, batch);
        float[] results = new float[batch * work.definition().outputs()];
        try (NetworkSession session = cuda.open(work.definition(), options(SessionOptions.inference(batch)))) {
            session.setParameters(work.parameters());
            Timed timed = timed(() -> session.forward(images, results));
            double error = error(work, results, Math.min(batch, WriteWorkload.CHECKED));
            row(network, "inference", batch, timed, Findings.digits(error));
            if (!(error < allowed())) {
                findings.failure(network + " inference " + batch + " is off by " + Findings.digits(error));
            }
            if (network.equals("periodic") && batch == 1024) {
                infer1024 = batch / timed.median();
            } else if (network.equals("periodic") && batch == 1) {
                infer1 = timed.median();
            }
        } catch (RuntimeException e) {
            findings.failure(network + " inference " + batch + ": " + e);
        }
        tell();
    }

    /** Of the first results, relative to the largest one of the backend cpu. */
    private static double error(Workload work, float[] results, int count) {
        float[] expected = new float[count * work.definition().outputs()];
        try (NetworkSession session = Backends.open("cpu").open(work.definition(), SessionOptions.inference(count)
                .withThreads(Runtime.getRuntime().availableProcessors()))) {
            session.setParameters(work.parameters());
            session.forward(work.batch(0, count), expected);
        }
        return Ladder.error(expected, results, 0, expected.length);
    }

    private void row(String network, String what, int batch, Timed timed, String error) {
        table.row(network, what, batch, Findings.digits(1e6 * timed.median() / batch),
                Findings.digits(batch / timed.median()), Findings.digits(1e6 * timed.median()),
                Findings.digits(timed.spread()), error);
    }

    private void tell() {
        findings.headline("periodic: step of 128 %s us/image, inference %s images/s, one image %s ms",
                Findings.digits(1e6 * step128), Findings.digits(infer1024), Findings.digits(1e3 * infer1));
    }
}
