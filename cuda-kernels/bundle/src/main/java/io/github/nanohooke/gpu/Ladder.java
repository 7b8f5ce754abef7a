// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.ParameterTable;
import io.github.nanohooke.nn.SessionOptions;
import java.util.Arrays;

/**
 * The training ladder, on the whole network {@code --network}: results and gradients against the backend {@code cpu};
 * the same bits twice; losses of steps against the processor's; 32 images learnt by heart.
 */
final class Ladder extends Step {
    /** Of the largest value; a whole network of single precision has some 1e-6. */
    private static final double RESULTS = 1e-4;
    /** A ReLU or a maximum within rounding of a kink may fall on its other side. */
    private static final double GRADIENTS = 2e-3;
    private static final int STEPS = 200;
    private static final int FIRST_STEPS = 20;
    private static final int STRETCH = 20;

    private final String network;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final Backend cpu = Backends.open("cpu");
    private Backend cuda;

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
        findings.headline("%s, engine %s: %s", network, engine, findings.failed() == 0 ? "all rungs climbed"
                : findings.failed() + " rungs failed");
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
        int batch = 5;
        Workload work = Workload.ofNoise(Workload.network(network), batch, System.nanoTime());
        float[] d = work.targets(0, batch);
        float[] expected = new float[d.length];
        float[] actual = new float[d.length];
        try (NetworkSession ours = open(cuda, work, batch); NetworkSession theirs = open(cpu, work, batch)) {
            findings.value("session", ours.describe());
            theirs.forwardForTraining(work.batch(0, batch), expected);
            ours.forwardForTraining(work.batch(0, batch), actual);
            rung(table, "results against cpu", error(expected, actual, 0, d.length), RESULTS);
            theirs.backward(d);
            ours.backward(d);
            float[] expectedGradient = theirs.gradient();
            float[] gradient = ours.gradient();
            for (ParameterTable.Block block : work.definition().parameters().blocks()) {
                rung(table, "gradient of " + block.name(), error(expectedGradient, gradient, block.offset(),
                        block.offset() + block.count()), GRADIENTS);
            }
        }
    }

    /** Largest error relative to the largest expected value. */
    static double error(float[] expected, float[] actual, int from, int to) {
        double largest = 0;
        double error = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            double difference = Math.abs((double) expected[i] - actual[i]);
            error = difference <= error ? error : difference;
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
     * The same images in the same order on both. Steps multiply what rounding makes different: the first ones are
     * compared one by one, all of them by the mean of the last fifty.
     */
    private void steps(Findings.Table table) {
        int batch = 8;
        Workload work = Workload.ofStructures(network, 64);
        long[] codes = work.codes(STEPS * batch, true);
        double[] expected = new double[STEPS];
        double[] actual = new double[STEPS];
        try (NetworkSession ours = open(cuda, work, batch); NetworkSession theirs = open(cpu, work, batch)) {
            ours.setTrainingSet(work);
            theirs.setTrainingSet(work);
            ours.train(codes, batch, rates(STEPS, 1e-4f), actual);
            theirs.train(codes, batch, rates(STEPS, 1e-4f), expected);
        }
        double worst = 0;
        for (int i = 0; i < FIRST_STEPS; i++) {
            double difference = Math.abs(actual[i] / expected[i] - 1);
            worst = difference <= worst ? worst : difference;
        }
        findings.value("losses cuda", actual);
        findings.value("losses cpu", expected);
        rung(table, "losses of 20 steps against cpu", worst, 1e-3);
        double expectedEnd = Arrays.stream(expected, STEPS - 50, STEPS).sum();
        double actualEnd = Arrays.stream(actual, STEPS - 50, STEPS).sum();
        rung(table, "mean loss of steps 151 to 200 against cpu", Math.abs(actualEnd / expectedEnd - 1), 0.05);
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
        } else {
            rung(table, name, last / first, 0.01);
        }
    }
}
