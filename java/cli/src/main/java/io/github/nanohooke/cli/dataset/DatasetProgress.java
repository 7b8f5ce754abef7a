// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.dataset;

import io.github.nanohooke.cli.process.Terminal;
import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.run.RunListener;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run's progress on standard error: a bar with rate and time left on a terminal, elsewhere a log line a minute. */
final class DatasetProgress implements RunListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatasetProgress.class);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);
    private static final double MIN_SECONDS = 0.1;

    private final boolean quiet;
    private final int[] counts = new int[SampleStatus.values().length];
    private ProgressBar bar;
    private int total;
    private int done;
    private int madeHere;
    private long start;
    private long lastLine;

    DatasetProgress(boolean quiet) {
        this.quiet = quiet;
    }

    @Override
    public void begin(int samples, int madeEarlier) {
        total = samples;
        done = madeEarlier;
        start = System.nanoTime();
        lastLine = start;
        if (quiet) {
            return;
        }
        if (Terminal.isThere()) {
            bar = new ProgressBarBuilder().setTaskName("dataset").setInitialMax(total).continuousUpdate()
                    .startsFrom(done, Duration.ZERO).setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(500)
                    .setUnit(" samples", 1).showSpeed().build();
        } else {
            LOG.info("{} samples to make, {} are there", total - done, done);
        }
    }

    @Override
    public void finished(Sample sample) {
        done++;
        madeHere++;
        counts[sample.status().ordinal()]++;
        long now = System.nanoTime();
        if (bar != null) {
            bar.setExtraMessage(outcomes());
            bar.stepTo(done);
        } else if (!quiet && now - lastLine > BETWEEN_LINES.toNanos()) {
            lastLine = now;
            LOG.info("{}", line((now - start) / 1e9));
        }
    }

    /** For example: 1200 of 20000 samples, 3.10 a second, 1 h 41 min left; 1093 kept, 105 rejected, 2 failed. */
    private String line(double seconds) {
        double rate = madeHere / Math.max(MIN_SECONDS, seconds);
        String speed = "";
        if (madeHere > 0) {
            Duration left = Duration.ofSeconds((long) ((total - done) / rate));
            speed = String.format(Locale.ROOT, ", %.2f a second, %d h %02d min left", rate, left.toHours(),
                    left.toMinutesPart());
        }
        return String.format(Locale.ROOT, "%d of %d samples%s; here %s", done, total, speed, outcomes());
    }

    private String outcomes() {
        return counts[SampleStatus.KEPT.ordinal()] + " kept, " + counts[SampleStatus.REJECTED.ordinal()]
                + " rejected, " + counts[SampleStatus.FAILED.ordinal()] + " failed";
    }

    @Override
    public void notice(String message) {
        LOG.warn("{}", message);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        } else if (!quiet && start != 0) {
            LOG.info("{}", line((System.nanoTime() - start) / 1e9));
        }
    }
}
