// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.plan.Share;
import java.time.Duration;
import java.util.List;

/**
 * How a dataset is made; nothing here changes what comes out of a calculation.
 *
 * @param share         which shards this run makes
 * @param workers       worker processes, one core each
 * @param sampleTimeout after which a worker counts as hanging, is killed and its sample tried once more
 * @param grace         how long samples in hand may go on after a stop was asked for; then they are dropped
 * @param workerFlags   JVM flags of the workers besides this JVM's own
 * @param retryFailed   whether failed samples of whole shards are made again
 */
public record RunSettings(Share share, int workers, Duration sampleTimeout, Duration grace, List<String> workerFlags,
        boolean retryFailed) {

    /** Plain LAMMPS takes up to 160 s at tight tolerances; a sample that takes this long hangs. */
    public static final Duration DEFAULT_SAMPLE_TIMEOUT = Duration.ofMinutes(15);
    /** Less than the 30 s that Slurm waits between SIGTERM and SIGKILL unless configured otherwise. */
    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(12);

    public RunSettings {
        workerFlags = List.copyOf(workerFlags);
        if (workers < 1) {
            throw new DatasetException("at least one worker is needed, got " + workers);
        }
        if (sampleTimeout.isNegative() || sampleTimeout.isZero()) {
            throw new DatasetException("the time-out of a sample must be positive, got " + sampleTimeout.toSeconds()
                    + " s");
        }
    }

    /** Everything, on that many cores. */
    public static RunSettings workers(int workers) {
        return new RunSettings(Share.whole(), workers, DEFAULT_SAMPLE_TIMEOUT, DEFAULT_GRACE, List.of(), false);
    }

    public RunSettings withShare(Share value) {
        return new RunSettings(value, workers, sampleTimeout, grace, workerFlags, retryFailed);
    }

    public RunSettings withSampleTimeout(Duration value) {
        return new RunSettings(share, workers, value, grace, workerFlags, retryFailed);
    }

    public RunSettings withGrace(Duration value) {
        return new RunSettings(share, workers, sampleTimeout, value, workerFlags, retryFailed);
    }

    public RunSettings withWorkerFlags(List<String> value) {
        return new RunSettings(share, workers, sampleTimeout, grace, value, retryFailed);
    }

    public RunSettings withRetryFailed(boolean value) {
        return new RunSettings(share, workers, sampleTimeout, grace, workerFlags, value);
    }
}
