// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda.cudnn;

import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINE_GLOBAL_INDEX;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINE_NUMERICAL_NOTE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_EXECUTION_PLAN_HANDLE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_NUMERICAL_NOTE_TYPE_COUNT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_STATUS_SUCCESS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_NUMERICAL_NOTE;

import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.nn.cuda.cudnn.EngineConfigs.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.cuda.cudnn.cudnnContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the fastest plan for a problem: all configurations that cuDNN offers and the precision allows, within a limit
 * of workspace and time, each executed and timed on the device. A choice is remembered for the process, by device and
 * problem, so that the same shape gets the same plan again.
 */
final class PlanFinder {
    private static final Logger LOG = LoggerFactory.getLogger(PlanFinder.class);

    /** Bytes; less where the device has little free. */
    private static final long LARGEST_WORKSPACE = 4L << 30;
    /** Of the free memory that a workspace may take. */
    private static final int WORKSPACE_SHARE = 4;
    private static final int REPEATS = 3;
    /** Looking for a plan may take as long as so many runs of the best one. */
    private static final int SEARCH_IN_RUNS = 200;
    /** A plan whose first run is so much slower than the best so far is not timed further. */
    private static final double HOPELESS = 1.5;

    private static final Map<Known, String> CHOICES = new ConcurrentHashMap<>();

    /** What a choice is remembered by. */
    private record Known(String device, String versions, ConvolutionProblem problem, boolean often) {
    }

    private final String device;
    private final String versions;
    private final cudnnContext handle;
    private final Workbench workbench;
    private final long shortest;
    private final long longest;

    /**
     * @param device    its name
     * @param versions  of the libraries
     * @param handle    that plans are made with
     * @param workbench where plans are timed
     * @param shortest  nanoseconds that looking for one plan may take in any case, once there is one
     * @param longest   the same at most, whatever the plan takes
     */
    PlanFinder(String device, String versions, cudnnContext handle, Workbench workbench, long shortest,
            long longest) {
        this.device = device;
        this.versions = versions;
        this.handle = handle;
        this.workbench = workbench;
        this.shortest = shortest;
        this.longest = longest;
    }

    /**
     * The fastest plan; the caller closes it.
     *
     * @param often whether it is executed in every step; else the first that can be executed will do
     * @throws NetworkException when cuDNN has none that the precision allows: what was tried
     */
    Plan find(ConvolutionProblem problem, boolean often) {
        Known key = new Known(device, versions, problem, often);
        Owned owned = new Owned();
        try {
            ConvolutionGraph graph = owned.add(new ConvolutionGraph(problem, handle));
            EngineConfigs configs = owned.add(new EngineConfigs(graph));
            String known = CHOICES.get(key);
            Plan plan = known == null ? null : again(problem, configs, known, owned);
            if (plan == null) {
                plan = fastest(problem, configs, owned, often);
                CHOICES.put(key, plan.candidate().source());
                log(problem, plan);
            }
            return plan;
        } catch (RuntimeException | Error e) {
            owned.close();
            throw e;
        }
    }

    /** The plan of a choice made before; null where it cannot be made any more. */
    private Plan again(ConvolutionProblem problem, EngineConfigs configs, String source, Owned owned) {
        Optional<Config> config = configs.named(source);
        if (config.isPresent()) {
            Trial trial = new Trial(problem, config.get());
            if (trial.plan != null) {
                owned.add(trial.plan);
                Candidate chosen = trial.candidate(Double.NaN, "chosen before");
                return new Plan(owned, trial.plan, chosen, List.of(chosen));
            }
        }
        return null;
    }

    private Plan fastest(ConvolutionProblem problem, EngineConfigs configs, Owned owned, boolean often) {
        // Counted from the first success: before that cuDNN loads its engines.
        long begin = 0;
        List<Candidate> table = new ArrayList<>();
        Trial best = null;
        double bestTime = Double.POSITIVE_INFINITY;
        int bestPlace = -1;
        try {
            long limit = Math.min(LARGEST_WORKSPACE, workbench.freeMemory() / WORKSPACE_SHARE);
            for (Config config : configs.all()) {
                if (best != null && System.nanoTime() - begin > (often ? patience(bestTime) : 0)) {
                    table.add(new Candidate(config.source(), -1, List.of(), -1, Double.NaN, "no time left"));
                    continue;
                }
                Trial trial;
                try {
                    trial = new Trial(problem, config);
                } catch (NetworkException e) {
                    table.add(new Candidate(config.source(), -1, List.of(), -1, Double.NaN, e.getMessage()));
                    continue;
                }
                double taken = Double.NaN;
                String outcome = trial.refusal;
                if (outcome == null && trial.workspace > limit) {
                    outcome = "workspace above the limit of " + (limit >> 20) + " MiB";
                } else if (outcome == null) {
                    try {
                        taken = time(trial, bestTime);
                        outcome = "slower";
                    } catch (NetworkException e) {
                        outcome = "fails: " + e.getMessage();
                    }
                }
                table.add(trial.candidate(taken, outcome));
                if (taken < bestTime) {
                    if (best != null) {
                        best.close();
                    } else {
                        begin = System.nanoTime();
                    }
                    best = trial;
                    bestTime = taken;
                    bestPlace = table.size() - 1;
                } else {
                    trial.close();
                }
            }
        } catch (RuntimeException | Error e) {
            if (best != null) {
                best.close();
            }
            throw e;
        }
        if (best == null) {
            throw new NetworkException("engine cudnn: cuDNN has no plan for " + problem + " that "
                    + problem.precision().label() + " allows; tried were " + table);
        }
        owned.add(best.plan);
        table.set(bestPlace, table.get(bestPlace).as("chosen"));
        return new Plan(owned, best.plan, table.get(bestPlace), table);
    }

    /** Nanoseconds that are worth spending where the best plan so far takes these microseconds. */
    private long patience(double microseconds) {
        return Math.min(longest, Math.max(shortest, Math.round(microseconds * 1e3 * SEARCH_IN_RUNS)));
    }

    private double time(Trial trial, double best) {
        double once = workbench.time(handle, trial.problem, trial.plan, trial.workspace, 1);
        return once > HOPELESS * best ? once
                : workbench.time(handle, trial.problem, trial.plan, trial.workspace, REPEATS);
    }

    private void log(ConvolutionProblem problem, Plan plan) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("{}: {} of {} configurations, {} us", problem, plan.candidate().source(), plan.table().size(),
                    Math.round(plan.candidate().microseconds()));
            plan.table().forEach(candidate -> LOG.debug("  {}", candidate));
        }
    }

    /** A configuration, its engine's notes, and its plan where there may be one. */
    private final class Trial implements AutoCloseable {
        private final ConvolutionProblem problem;
        private final String source;
        private final long engine;
        private final List<Integer> notes;
        private final String refusal;
        private Descriptor plan;
        private long workspace = -1;

        Trial(ConvolutionProblem problem, Config config) {
            this.problem = problem;
            this.source = config.source();
            try (Descriptor descriptor = EngineConfigs.engineOf(config)) {
                engine = descriptor.number(CUDNN_ATTR_ENGINE_GLOBAL_INDEX);
                notes = descriptor.enums(CUDNN_ATTR_ENGINE_NUMERICAL_NOTE, CUDNN_TYPE_NUMERICAL_NOTE,
                        CUDNN_NUMERICAL_NOTE_TYPE_COUNT);
            }
            Optional<String> refused = Notes.refusal(notes, problem.precision());
            refusal = refused.orElseGet(() -> plan(config));
        }

        /** Makes the plan, or says why there is none. */
        private String plan(Config config) {
            Descriptor made = new Descriptor(CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR, "plan of " + source);
            try {
                made.set(CUDNN_ATTR_EXECUTION_PLAN_HANDLE, handle)
                        .set(CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG, config.config());
                int status = made.tryFinish();
                if (status == CUDNN_STATUS_SUCCESS) {
                    workspace = made.number(CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE);
                    plan = made;
                    return null;
                }
                made.close();
                return Calls.cudnnStatus(status);
            } catch (RuntimeException | Error e) {
                made.close();
                throw e;
            }
        }

        Candidate candidate(double microseconds, String outcome) {
            return new Candidate(source, engine, notes.stream().map(Notes::name).toList(), workspace, microseconds,
                    outcome);
        }

        @Override
        public void close() {
            if (plan != null) {
                plan.close();
            }
        }
    }
}
