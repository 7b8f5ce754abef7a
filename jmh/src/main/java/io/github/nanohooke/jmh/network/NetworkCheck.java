// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.network;

/**
 * Compares an engine with one that is trusted more: nanohooke's {@code cpu} with the oracle, a framework with
 * {@code cpu}. An engine that differs is not timed.
 */
final class NetworkCheck {
    /** Of the largest number: rounding gives about 1e-6. */
    private static final double TOLERANCE = 1e-3;

    /** Images of the comparison with the oracle, which needs seconds for each. */
    private static final int ORACLE_IMAGES = 1;
    private static final int FRAMEWORK_IMAGES = 4;

    private NetworkCheck() {
    }

    /** What the engine's results should be; shorter than the workload where the oracle is slow. */
    static float[] expectedResults(String engine, NetworkWorkload workload) {
        boolean ours = engine.equals(NetworkEngines.OURS);
        NetworkWorkload sample = ours ? workload.first(ORACLE_IMAGES) : workload;
        try (NetworkEngine trusted = NetworkEngines.open(trusted(engine), sample, 1, false)) {
            return trusted.infer().clone();
        }
    }

    /** Compares as many results as are expected. */
    static void results(String engine, float[] expected, float[] actual) {
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        require(engine, "the largest output", trusted(engine), difference / largest);
    }

    /** Two training steps on a few images: the second loss shows gradients and optimiser. */
    static void training(String engine, NetworkWorkload workload, int threads) {
        int images = engine.equals(NetworkEngines.OURS) ? ORACLE_IMAGES : FRAMEWORK_IMAGES;
        NetworkWorkload sample = workload.first(Math.min(images, workload.images()));
        double[] expected = losses(trusted(engine), sample, 1);
        double[] actual = losses(engine, sample, threads);
        for (int step = 0; step < expected.length; step++) {
            require(engine, "the loss of step " + (step + 1), trusted(engine),
                    Math.abs(actual[step] / expected[step] - 1));
        }
        if (Math.abs(expected[1] / expected[0] - 1) < 10 * TOLERANCE) {
            throw new IllegalStateException("the training step changes the loss too little to be judged by it");
        }
    }

    /** The loss of the first step, which inference of the engine that is trusted tells as well. */
    static double expectedLoss(NetworkWorkload workload) {
        try (NetworkEngine ours = NetworkEngines.open(NetworkEngines.OURS, workload, 1, false)) {
            float[] results = ours.infer();
            double sum = 0;
            for (int i = 0; i < results.length; i++) {
                double difference = results[i] - (double) workload.targets()[i];
                sum += difference * difference;
            }
            return sum / results.length;
        }
    }

    /** Compares a loss with {@link #expectedLoss}. */
    static void loss(String engine, double expected, double actual) {
        require(engine, "the loss of the whole batch", NetworkEngines.OURS + "'s inference",
                Math.abs(actual / expected - 1));
    }

    private static double[] losses(String name, NetworkWorkload workload, int threads) {
        try (NetworkEngine engine = NetworkEngines.open(name, workload, threads, true)) {
            return new double[] {engine.trainStep(), engine.trainStep()};
        }
    }

    private static String trusted(String engine) {
        return engine.equals(NetworkEngines.OURS) ? NetworkEngines.ORACLE : NetworkEngines.OURS;
    }

    private static void require(String engine, String what, String trusted, double difference) {
        if (!(difference <= TOLERANCE)) {
            throw new IllegalStateException("engine " + engine + " is wrong, its time means nothing: " + what
                    + " differs from that of " + trusted + " by " + difference + ", allowed is " + TOLERANCE);
        }
        System.out.printf("# engine %s: %s as of %s within %.1e%n", engine, what, trusted, difference);
    }
}
