// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.network;

import io.github.nanohooke.jmh.harness.BenchmarkException;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.SessionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Engines by name: nanohooke's backends, and the frameworks where their module is on the class path. */
public final class NetworkEngines {

    /** The engine that is judged: nanohooke's backend for this machine's processor. */
    public static final String OURS = "cpu";

    /** The engine that decides what is right. */
    static final String ORACLE = "reference";

    private NetworkEngines() {
    }

    static NetworkEngine open(String name, NetworkWorkload workload, int threads, boolean training) {
        for (NetworkEngine.Provider provider : ServiceLoader.load(NetworkEngine.Provider.class)) {
            if (provider.name().equals(name)) {
                if (training && !provider.trains()) {
                    throw new BenchmarkException("engine " + name + " does not train; leave it out of engine=");
                }
                return provider.open(workload, threads, training);
            }
        }
        return new BackendEngine(name, workload, threads, training);
    }

    /** Names of nanohooke's other backends that run here, but for the oracle, which would take hours. */
    public static List<String> otherBackends() {
        return Backends.explain().stream().filter(Backends.Candidate::available).map(Backends.Candidate::name)
                .filter(name -> !name.equals(OURS) && !name.equals(ORACLE)).toList();
    }

    /** Names of the frameworks on the class path, in the order of their module. */
    public static List<String> frameworks() {
        List<String> names = new ArrayList<>();
        ServiceLoader.load(NetworkEngine.Provider.class).forEach(p -> names.add(p.name()));
        return names;
    }

    /** Whether the engine of that name has training steps; every backend of nanohooke has. */
    public static boolean trains(String name) {
        for (NetworkEngine.Provider provider : ServiceLoader.load(NetworkEngine.Provider.class)) {
            if (provider.name().equals(name)) {
                return provider.trains();
            }
        }
        return true;
    }

    /** A backend of nanohooke. */
    private static final class BackendEngine implements NetworkEngine {
        private final NetworkWorkload workload;
        private final NetworkSession session;
        private final float[] results;

        BackendEngine(String name, NetworkWorkload workload, int threads, boolean training) {
            this.workload = workload;
            SessionOptions options = training ? SessionOptions.training(workload.images())
                    : SessionOptions.inference(workload.images());
            session = Backends.open(name).open(workload.definition(), options.withThreads(threads));
            session.setParameters(workload.parameters());
            results = new float[workload.images() * workload.definition().outputs()];
        }

        @Override
        public String describe() {
            return session.describe();
        }

        @Override
        public float[] infer() {
            session.forward(workload.batch(), results);
            return results;
        }

        @Override
        public double trainStep() {
            return session.trainStep(workload.batch(), workload.targets(), NetworkWorkload.RATE);
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
