// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda;

import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.Precision;
import io.github.nanohooke.nn.SessionOptions.Mode;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.Shape;
import io.github.nanohooke.random.Xoshiro256;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The faster of the engines, by a short run of each; once a process for a network, its largest batch and a device. */
final class EngineChoice {
    private static final Logger LOG = LoggerFactory.getLogger(EngineChoice.class);
    private static final int WARM_UP = 2;
    private static final int STEPS = 5;
    private static final long SEED = 1;

    private static final Map<Key, String> CHOSEN = new ConcurrentHashMap<>();

    /** What decides which engine is faster. */
    private record Key(Shape input, List<?> layers, Mode mode, int maxBatch, Precision precision, String device) {
    }

    private EngineChoice() {
    }

    /**
     * @param device  its name
     * @param engines to try
     * @param open    opens the network with an engine
     * @throws NetworkException when none of them can compute it: the reasons
     */
    static String of(NetworkDefinition definition, SessionOptions options, String device, List<String> engines,
            Function<String, NetworkSession> open) {
        if (engines.size() == 1) {
            return engines.get(0);
        }
        Key key = new Key(definition.input(), definition.layers(), options.mode(), options.maxBatch(),
                options.precision(), device);
        String chosen = CHOSEN.get(key);
        if (chosen == null) {
            chosen = measured(definition, options, engines, open);
            CHOSEN.put(key, chosen);
        }
        return chosen;
    }

    private static String measured(NetworkDefinition definition, SessionOptions options, List<String> engines,
            Function<String, NetworkSession> open) {
        Map<String, String> table = new LinkedHashMap<>();
        String best = null;
        double bestTime = Double.POSITIVE_INFINITY;
        for (String engine : engines) {
            try (NetworkSession session = open.apply(engine)) {
                double time = microseconds(session);
                table.put(engine, String.format(Locale.ROOT, "%.2f us an image", time));
                if (time < bestTime) {
                    best = engine;
                    bestTime = time;
                }
            } catch (NetworkException e) {
                table.put(engine, "does not run: " + e.getMessage());
            }
        }
        LOG.info("engine auto: {} for network {}, {}, batches of {}: {}", best, definition.name(), options.mode(),
                options.maxBatch(), table);
        if (best == null) {
            throw new NetworkException("backend cuda cannot open network " + definition.name() + ": " + table);
        }
        return best;
    }

    /** Wall time of an image in a step of training, or a call of inference, of the largest batch. */
    private static double microseconds(NetworkSession session) {
        int batch = session.options().maxBatch();
        ImageBatch images = images(session.definition().input(), batch);
        float[] numbers = new float[batch * session.definition().outputs()];
        for (int i = 0; i < WARM_UP; i++) {
            step(session, images, numbers);
        }
        long begin = System.nanoTime();
        for (int i = 0; i < STEPS; i++) {
            step(session, images, numbers);
        }
        return (System.nanoTime() - begin) * 1e-3 / STEPS / batch;
    }

    private static void step(NetworkSession session, ImageBatch images, float[] numbers) {
        if (session.options().mode() == Mode.TRAINING) {
            session.trainStep(images, numbers, 0.0f);
        } else {
            session.forward(images, numbers);
        }
    }

    /** Random bits, a third of them set in runs of eight, where the network takes such; else zeros. */
    private static ImageBatch images(Shape input, int batch) {
        if (input.channels() != 1) {
            return ImageBatch.floats(batch, new float[batch * input.size()]);
        }
        byte[] bits = new byte[batch * input.packedBytes()];
        Xoshiro256 random = new Xoshiro256(SEED);
        for (int i = 0; i < bits.length; i++) {
            bits[i] = (byte) (random.nextLong() % 3 == 0 ? mask(input.width()) : 0);
        }
        return ImageBatch.bits(batch, bits);
    }

    private static int mask(int width) {
        return width % 8 == 0 ? 0xff : (1 << width % 8) - 1;
    }
}
