// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.ParameterTable;
import io.github.nanohooke.nn.SessionOptions;
import java.util.Arrays;
import java.util.List;

/**
 * The training ladder, on the whole network {@code --network}: results and gradients against the backend {@code cpu};
 * the same bits twice; losses of steps against the processor's; 32 images learnt by heart.
 */
final class Ladder extends BundleStep {
    /** Of the largest value; a whole network of single precision has some 1e-6. */
    private static final double RESULTS = 1e-4;
    /**
     * Of the median image. In some images a ReLU or a maximum lies within rounding of a kink and falls on its other
     * side, which moves a gradient by as much as one pixel is worth; what is wrong is wrong in all of them.
     */
    private static final double GRADIENTS = 1e-4;
    private static final double KINKS = 0.2;
    private static final int IMAGES = 9;
    /** Of the distance between two trainings of the processor whose first parameters differ by rounding alone. */
    private static final double OF_ROUNDING = 3;
    private static final int STEPS = 200;
    private static final int FIRST_STEPS = 20;
    private static final int STRETCH = 20;

    private final String network;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final Backend cpu = Backends.open("cpu");
    private Backend cuda;
    private boolean unfinished;

    private Ladder(String[] arguments) {
        super("training ladder", arguments);
        network = words.text("network", "periodic");
    }

    public static void main(String[] arguments) {
        new Ladder(arguments).run();
    }

    @Override
    void work(Backend backend) {
        cuda = backend;
        Findings.Table table = findings.table("Ladder, network " + network + ", engine " + engine, "rung", "found",
                "allowed", "passed");
        resultsAndGradients(table);
        sameBits(table);
        steps(table);
        overfit(table);
        findings.headline("%s, engine %s: %s", network, engine, findings.failed() > 0
                ? findings.failed() + " rungs failed"
                : unfinished ? "all rungs climbed but the last, which ran out of time" : "all rungs climbed");
    }

    private void rung(Findings.Table table, String name, double found, double allowed) {
        boolean passed = found <= allowed; // not a number is not
        table.row(name, Findings.digits(found), Findings.digits(allowed), passed);
        if (!passed) {
            findings.failure(name + ": " + Findings.digits(found) + ", allowed " + Findings.digits(allowed));
        }
    }

    private NetworkSession open(Backend backend, Workload work, int batch) {
        SessionOptions options = SessionOptions.training(batch);
        NetworkSession session = backend.open(work.definition(),
                backend == cpu ? options.withThreads(threads) : with(options));
        session.setParameters(work.parameters());
        return session;
    }

    private void resultsAndGradients(Findings.Table table) {
        Workload work = Workload.ofNoise(Workload.network(network), IMAGES, System.nanoTime());
        List<ParameterTable.Block> blocks = work.definition().parameters().blocks();
        double[] results = new double[IMAGES];
        double[][] gradients = new double[blocks.size()][IMAGES];
        try (NetworkSession ours = open(cuda, work, 1); NetworkSession theirs = open(cpu, work, 1)) {
            findings.value("session", ours.describe());
            for (int image = 0; image < IMAGES; image++) {
                float[] d = work.targets(image, 1);
                float[] expected = new float[d.length];
                float[] actual = new float[d.length];
                theirs.forwardForTraining(work.batch(image, 1), expected);
                ours.forwardForTraining(work.batch(image, 1), actual);
                results[image] = error(expected, actual, 0, d.length);
                theirs.backward(d);
                ours.backward(d);
                float[] expectedGradient = theirs.gradient();
                float[] gradient = ours.gradient();
                for (int i = 0; i < blocks.size(); i++) {
                    ParameterTable.Block block = blocks.get(i);
                    gradients[i][image] = error(expectedGradient, gradient, block.offset(),
                            block.offset() + block.count());
                }
            }
        }
        rung(table, "results against cpu, worst of " + IMAGES + " images", Arrays.stream(results).max().orElseThrow(),
                RESULTS);
        double worst = 0;
        for (int i = 0; i < blocks.size(); i++) {
            Arrays.sort(gradients[i]); // not a number comes last
            worst = Math.max(worst, gradients[i][IMAGES - 1]);
            rung(table, "gradient of " + blocks.get(i).name() + ", median image", gradients[i][IMAGES / 2], GRADIENTS);
        }
        rung(table, "gradient of any block, worst image (kinks)", worst, KINKS);
    }

    /** Largest error relative to the largest expected value; not a number where one of the values is none. */
    static double error(float[] expected, float[] actual, int from, int to) {
        double largest = 0;
        double error = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            error = Math.max(error, Math.abs((double) expected[i] - actual[i]));
        }
        return error / largest;
    }

    private void sameBits(Findings.Table table) {
        Workload work = Workload.ofStructures(network, 40);
        float[] first = trained(work);
        float[] second = trained(work);
        int different = 0;
        for (int i = 0; i < first.length; i++) {
            different += Float.floatToRawIntBits(first[i]) == Float.floatToRawIntBits(second[i]) ? 0 : 1;
        }
        rung(table, "parameters that differ after two runs of 20 steps", different, 0);
    }

    /** Twenty steps of 32 images in two stretches, the last of them on what is left. */
    private float[] trained(Workload work) {
        try (NetworkSession session = open(cuda, work, 32)) {
            session.setTrainingSet(work);
            long[] codes = work.codes(20 * 32 - 9, true);
            session.train(Arrays.copyOf(codes, 8 * 32), 32, rates(8, 1e-4f), new double[8]);
            session.train(Arrays.copyOfRange(codes, 8 * 32, codes.length), 32, rates(12, 1e-4f), new double[12]);
            return session.parameters();
        }
    }

    private static float[] rates(int steps, float rate) {
        float[] rates = new float[steps];
        Arrays.fill(rates, rate);
        return rates;
    }

    /**
     * The same images in the same order on both. Steps multiply what rounding makes different: the first ones may
     * differ by so many times what two trainings of the processor differ by, of parameters within rounding of each
     * other; all of them are compared by the mean of the last fifty.
     */
    private void steps(Findings.Table table) {
        int batch = 8;
        Workload work = Workload.ofStructures(network, 64);
        long[] codes = work.codes(STEPS * batch, true);
        double[] actual = losses(cuda, with(SessionOptions.training(batch)), work, codes, STEPS);
        SessionOptions processor = SessionOptions.training(batch).withThreads(threads);
        double[] expected = losses(cpu, processor, work, codes, STEPS);
        double rounding = distance(expected, losses(cpu, processor, work.rounded(), codes, FIRST_STEPS));
        findings.value("losses of 20 steps on cpu, parameters moved by rounding", rounding);
        findings.value("losses cuda", actual);
        findings.value("losses cpu", expected);
        rung(table, "loss of the first step against cpu", Math.abs(actual[0] / expected[0] - 1), 1e-5);
        rung(table, "losses of 20 steps against cpu", distance(expected, actual), Math.max(1e-3, OF_ROUNDING
                * rounding));
        double expectedEnd = Arrays.stream(expected, STEPS - 50, STEPS).sum();
        double actualEnd = Arrays.stream(actual, STEPS - 50, STEPS).sum();
        rung(table, "mean loss of steps 151 to 200 against cpu", Math.abs(actualEnd / expectedEnd - 1), 0.05);
    }

    private static double[] losses(Backend backend, SessionOptions options, Workload work, long[] codes, int steps) {
        double[] losses = new double[steps];
        try (NetworkSession session = backend.open(work.definition(), options)) {
            session.setParameters(work.parameters());
            session.setTrainingSet(work);
            session.train(Arrays.copyOf(codes, steps * options.maxBatch()), options.maxBatch(), rates(steps, 1e-4f),
                    losses);
        }
        return losses;
    }

    /** The largest relative difference of the first losses; not a number where one of them is none. */
    static double distance(double[] expected, double[] actual) {
        double worst = 0;
        for (int i = 0; i < FIRST_STEPS; i++) {
            worst = Math.max(worst, Math.abs(actual[i] / expected[i] - 1));
        }
        return worst;
    }

    /** All images in every step, as they are, until the loss is a hundredth of what it was or the time is over. */
    private void overfit(Findings.Table table) {
        int batch = 32;
        Workload work = Workload.ofStructures(network, batch);
        int most = (int) words.number("overfit-steps", 1500);
        float rate = (float) words.number("overfit-rate", 3e-4);
        double first = 0;
        double last = Double.NaN;
        int taken = 0;
        try (NetworkSession session = open(cuda, work, batch)) {
            session.setTrainingSet(work);
            while (taken < most && !(last < 0.01 * first) && findings.secondsLeft() > 3) {
                double[] losses = new double[STRETCH];
                session.train(work.codes(STRETCH * batch, false), batch, rates(STRETCH, rate), losses);
                first = taken == 0 ? losses[0] : first;
                last = losses[STRETCH - 1];
                taken += STRETCH;
            }
        }
        findings.value("overfitting", "loss " + first + " before, " + last + " after " + taken + " steps");
        String name = "loss of 32 images learnt by heart, of the first, after " + taken + " steps";
        if (!(last < 0.01 * first) && taken < most) {
            table.row(name, Findings.digits(last / first), "0.01", "out of time");
            unfinished = true;
        } else {
            rung(table, name, last / first, 0.01);
        }
    }
}
