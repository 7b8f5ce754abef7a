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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
    private static final String A = "A/";
    private static final String FALLBACK = "fallback/";
    private static final String ENGINE = "engine/";
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
    private final Descriptor graph;

    /** Nothing is asked for yet. */
    EngineConfigs(ConvolutionGraph graph) {
        this.graph = graph.descriptor();
    }

    /** All of them; a source that does not answer leaves those of the others. */
    List<Config> all() {
        List<Config> configs = new ArrayList<>();
        tried(configs, () -> heuristic(A, CUDNN_HEUR_MODE_A));
        tried(configs, () -> heuristic(FALLBACK, CUDNN_HEUR_MODE_FALLBACK));
        if (!HEURISTICS.equals(System.getProperty(SEARCH))) {
            tried(configs, this::engines);
        }
        return configs;
    }

    /** The one of that source, without asking for others. */
    Optional<Config> named(String source) {
        List<Config> configs = new ArrayList<>();
        if (source.startsWith(A)) {
            tried(configs, () -> heuristic(A, CUDNN_HEUR_MODE_A));
        } else if (source.startsWith(FALLBACK)) {
            tried(configs, () -> heuristic(FALLBACK, CUDNN_HEUR_MODE_FALLBACK));
        } else {
            tried(configs, () -> engine(Long.parseLong(source.substring(ENGINE.length()))).stream().toList());
        }
        return configs.stream().filter(config -> config.source().equals(source)).findFirst();
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

    private static void tried(List<Config> configs, Supplier<List<Config>> source) {
        try {
            configs.addAll(source.get());
        } catch (NetworkException e) {
            LOG.debug("engine cudnn: {}", e.getMessage());
        }
    }

    private List<Config> heuristic(String name, int mode) {
        Descriptor heuristic = owned.add(new Descriptor(CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR, "heuristic " + name))
                .set(CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH, graph)
                .setEnum(CUDNN_ATTR_ENGINEHEUR_MODE, CUDNN_TYPE_HEUR_MODE, mode);
        if (heuristic.tryFinish() != CUDNN_STATUS_SUCCESS) {
            return List.of();  // it knows nothing of this graph
        }
        int count = (int) Math.min(MOST_OF_A_HEURISTIC, heuristic.count(CUDNN_ATTR_ENGINEHEUR_RESULTS));
        List<Descriptor> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            results.add(owned.add(new Descriptor(CUDNN_BACKEND_ENGINECFG_DESCRIPTOR, "configuration " + name + i)));
        }
        int filled = count == 0 ? 0 : heuristic.fill(CUDNN_ATTR_ENGINEHEUR_RESULTS, results);
        return IntStream.range(0, filled).mapToObj(i -> new Config(name + i, results.get(i))).toList();
    }

    private List<Config> engines() {
        return LongStream.range(0, graph.number(CUDNN_ATTR_OPERATIONGRAPH_ENGINE_GLOBAL_COUNT)).mapToObj(this::engine)
                .flatMap(Optional::stream).toList();
    }

    /** An engine with its default knobs, where cuDNN has it for this graph. */
    private Optional<Config> engine(long index) {
        Descriptor engine = finished(CUDNN_BACKEND_ENGINE_DESCRIPTOR, ENGINE + index, d -> d
                .set(CUDNN_ATTR_ENGINE_OPERATION_GRAPH, graph).setNumbers(CUDNN_ATTR_ENGINE_GLOBAL_INDEX, index));
        if (engine == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(finished(CUDNN_BACKEND_ENGINECFG_DESCRIPTOR, "configuration " + ENGINE + index,
                d -> d.set(CUDNN_ATTR_ENGINECFG_ENGINE, engine))).map(config -> new Config(ENGINE + index, config));
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
