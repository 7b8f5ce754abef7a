// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.SessionOptions;
import java.util.Arrays;

/**
 * Times one engine through the API of Java: training in stretches on a set that the device has, images shifted and
 * turned there; inference of bit-packed images of the host, results back on the host. Both sides of every number are
 * the host's clock, after the device is done. The most important first.
 */
final class Timings extends Step {
    private static final int REPETITIONS = 5;
    private static final double SECONDS = 0.25;
    private static final float RATE = 1e-4f;

    private final String prefix;
    private Findings.Table table;
    private double step128 = Double.NaN;
    private double infer1024 = Double.NaN;
    private double infer1 = Double.NaN;

    private Timings(String[] arguments) {
        super("timings", arguments);
        prefix = words.text("network-prefix", "none").replace("none", "");
    }

    public static void main(String[] arguments) {
        new Timings(arguments).run();
    }

    @Override
    void work(Backend cuda) {
        table = findings.table("Engine " + engine + " through Java, "
                + "images of the host in inference, set on the device in training", "network", "work", "batch",
                "us an image", "images/s", "us a call or step", "spread", "error");
        for (String network : new String[] {"periodic", "paper"}) {
            for (int batch : new int[] {128, 32}) {
                train(cuda, network, batch);
            }
            for (int batch : new int[] {1024, 1, 128, 32}) {
                infer(cuda, network, batch);
            }
        }
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
        try (NetworkSession session = cuda.open(work.definition(), with(SessionOptions.training(batch)))) {
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
        try (NetworkSession session = cuda.open(work.definition(), with(SessionOptions.inference(batch)))) {
            session.setParameters(work.parameters());
            Timed timed = timed(() -> session.forward(images, results));
            double error = error(work, results, Math.min(batch, WriteWorkload.CHECKED));
            row(network, "inference", batch, timed, Findings.digits(error));
            if (!(error < 1e-4)) {
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
