// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.suite;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.SessionOptions;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Times the suite's cases on one backend: milliseconds an image and the rate that the same work would have if done
 * directly. Not a test; run it by hand, once everything is installed:
 *
 * <pre>{@code
 * mvn -q -pl java test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=io.github.nanohooke.nn.suite.BackendPerformance -Dexec.args="cpu 1"
 * }</pre>
 *
 * <p>Arguments: backend, threads, and optionally one case as its line of text.
 */
public final class BackendPerformance {
    private static final double SECONDS = 0.5;

    /** The presets' layers one by one, then the presets themselves. */
    private static final String[] LINES = {
        "1x256x256 conv20p6 relu pool dense1 batch=8 images=bits",
        "6x128x128 conv20p12 relu pool dense1 batch=8",
        "12x64x64 conv20p24 relu pool dense1 batch=8",
        "24x32x32 conv20p48 relu pool dense1 batch=8",
        "48x16x16 conv20p96 relu pool dense1 batch=8",
        preset("p", 1), preset("p", 32), preset("z", 1), preset("z", 32),
    };

    private BackendPerformance() {
    }

    public static void main(String[] args) {
        Backend backend = Backends.open(args.length > 0 ? args[0] : "reference");
        int threads = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        Stream<String> lines = args.length > 2 ? Stream.of(args[2]) : Stream.of(LINES);
        System.out.println("inference ms/image | GFLOP/s if direct | training ms/image | case");
        lines.map(OperationCase::parse).forEach(c -> time(backend, threads, c));
    }

    private static void time(Backend backend, int threads, OperationCase c) {
        float[] results = new float[c.batch() * c.definition().outputs()];
        float[] targets = c.results(2);
        try (NetworkSession session = backend.open(c.definition(),
                SessionOptions.training(c.batch()).withThreads(threads))) {
            session.setParameters(c.parameters());
            var images = c.images();
            double inference = perImage(c, () -> session.forward(images, results));
            double training = perImage(c, () -> session.trainStep(images, targets, 1e-6f));
            System.out.printf(Locale.ROOT, "%18.3f | %17.1f | %17.3f | %s%n", 1e3 * inference,
                    1e-9 * c.definition().flops() / inference, 1e3 * training, c);
        }
    }

    private static double perImage(OperationCase c, Runnable call) {
        call.run();
        long start = System.nanoTime();
        int calls = 0;
        double elapsed;
        do {
            call.run();
            calls++;
            elapsed = (System.nanoTime() - start) * 1e-9;
        } while (elapsed < SECONDS);
        return elapsed / calls / c.batch();
    }

    private static String preset(String padding, int batch) {
        StringBuilder text = new StringBuilder("1x256x256");
        for (int channels : new int[] {6, 12, 24, 48, 96}) {
            text.append(" conv20").append(padding).append(channels).append(" relu pool");
        }
        return text + " dense512 relu dense256 relu dense128 relu dense64 relu dense32 relu dense13 batch=" + batch
                + " images=bits";
    }
}
