// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda.cudnn;

import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINECFG_ENGINE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINEHEUR_MODE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINEHEUR_RESULTS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINE_GLOBAL_INDEX;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINE_OPERATION_GRAPH;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATIONGRAPH_ENGINE_GLOBAL_COUNT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_ENGINECFG_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_ENGINE_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_HEUR_MODE_A;
import static org.bytedeco.cuda.global.cudnn.CUDNN_HEUR_MODE_FALLBACK;
import static org.bytedeco.cuda.global.cudnn.CUDNN_STATUS_SUCCESS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_HEUR_MODE;

import io.github.nanohooke.nn.NetworkException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All configurations that cuDNN has for a graph, in a fixed order: heuristics A, fallback, then every engine as it
 * comes. What a heuristic names was tuned for the shape, so it is looked at first.
 */
final class EngineConfigs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineConfigs.class);
    /** A property; with the value below, engines that no heuristic names are left alone. */
    private static final String SEARCH = "nanohooke.cudnn.search";
    private static final String HEURISTICS = "heuristics";
    private static final int MOST_OF_A_HEURISTIC = 32;

    /**
     * One configuration.
     *
     * @param source {@code A/}, {@code fallback/} or {@code engine/} and its place there
     * @param config finalised; owned by the list
     */
    record Config(String source, Descriptor config) {
    }

    private final Owned owned = new Owned();
    private final List<Config> configs = new ArrayList<>();

    EngineConfigs(ConvolutionGraph graph) {
        try {
            tried(() -> heuristic("A", CUDNN_HEUR_MODE_A, graph.descriptor()));
            tried(() -> heuristic("fallback", CUDNN_HEUR_MODE_FALLBACK, graph.descriptor()));
            if (!HEURISTICS.equals(System.getProperty(SEARCH))) {
                tried(() -> engines(graph.descriptor()));
            }
        } catch (RuntimeException | Error e) {
            owned.close();
            throw e;
        }
    }

    List<Config> all() {
        return configs;
    }

    /** The engine of a configuration, read from it; the caller closes it. */
    static Descriptor engineOf(Config config) {
        Descriptor engine = new Descriptor(CUDNN_BACKEND_ENGINE_DESCRIPTOR, "engine of " + config.source());
        try {
            config.config().fill(CUDNN_ATTR_ENGINECFG_ENGINE, List.of(engine));
            return engine;
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    /** A source that does not answer leaves those of the others. */
    private static void tried(Runnable source) {
        try {
            source.run();
        } catch (NetworkException e) {
            LOG.debug("engine cudnn: {}", e.getMessage());
        }
    }

    private void heuristic(String name, int mode, Descriptor graph) {
        Descriptor heuristic = owned.add(new Descriptor(CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR, "heuristic " + name))
                .set(CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH, graph)
                .setEnum(CUDNN_ATTR_ENGINEHEUR_MODE, CUDNN_TYPE_HEUR_MODE, mode);
        if (heuristic.tryFinish() != CUDNN_STATUS_SUCCESS) {
            return;  // it knows nothing of this graph; the engines themselves follow
        }
        int count = (int) Math.min(MOST_OF_A_HEURISTIC, heuristic.count(CUDNN_ATTR_ENGINEHEUR_RESULTS));
        List<Descriptor> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            results.add(owned.add(new Descriptor(CUDNN_BACKEND_ENGINECFG_DESCRIPTOR,
                    "configuration " + name + "/" + i)));
        }
        int filled = count == 0 ? 0 : heuristic.fill(CUDNN_ATTR_ENGINEHEUR_RESULTS, results);
        for (int i = 0; i < filled; i++) {
            configs.add(new Config(name + "/" + i, results.get(i)));
        }
    }

    private void engines(Descriptor graph) {
        long count = graph.number(CUDNN_ATTR_OPERATIONGRAPH_ENGINE_GLOBAL_COUNT);
        for (long index = 0; index < count; index++) {
            long number = index;
            Descriptor engine = finished(CUDNN_BACKEND_ENGINE_DESCRIPTOR, "engine " + index, d -> d
                    .set(CUDNN_ATTR_ENGINE_OPERATION_GRAPH, graph)
                    .setNumbers(CUDNN_ATTR_ENGINE_GLOBAL_INDEX, number));
            if (engine != null) {
                Descriptor config = finished(CUDNN_BACKEND_ENGINECFG_DESCRIPTOR, "configuration engine/" + index,
                        d -> d.set(CUDNN_ATTR_ENGINECFG_ENGINE, engine));
                if (config != null) {
                    configs.add(new Config("engine/" + index, config));
                }
            }
        }
    }

    /** A descriptor of what cuDNN may not have; null where it does not. */
    private Descriptor finished(int kind, String name, Consumer<Descriptor> attributes) {
        Descriptor descriptor = owned.add(new Descriptor(kind, name));
        attributes.accept(descriptor);
        return descriptor.tryFinish() == CUDNN_STATUS_SUCCESS ? descriptor : null;
    }

    @Override
    public void close() {
        owned.close();
    }
}
