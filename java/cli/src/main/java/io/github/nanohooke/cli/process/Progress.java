// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import io.github.nanohooke.statics.StaticsProgress;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Progress of long work on standard error: a bar on a terminal, a log line a minute elsewhere (batch logs), nothing
 * when asked to be quiet.
 */
public final class Progress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);
    /** The bar counts in thousandths of one item. */
    private static final long STEPS = 1000;

    private final ProgressBar bar;
    private final boolean quiet;
    private final int items;
    private final StopSignal stop;
    private long lastLine = System.nanoTime();
    private int done;

    /** Of work that is said to begin at once, so that a log of a batch job is not empty for the first minute. */
    public Progress(String task, int items, boolean quiet, StopSignal stop) {
        this(task, items, quiet, stop, true);
    }

    private Progress(String task, int items, boolean quiet, StopSignal stop, boolean said) {
        this.items = items;
        this.quiet = quiet;
        this.stop = stop;
        this.bar = quiet || !Terminal.isThere() ? null : new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(items * STEPS)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .continuousUpdate() // its clock and words, too, where the share that is done is not known to grow
                .hideEta()
                .build();
        if (said && bar == null && !quiet) {
            LOG.info("{}: {} to do", task, items);
        }
    }

    /** Of one of the files of a call, which says at its beginning what it does. */
    public static Progress ofFile(String task, int items, boolean quiet, StopSignal stop) {
        return new Progress(task, items, quiet, stop, false);
    }

    /** A listener for one item's calculation. */
    public StaticsProgress item(String name) {
        return (stage, fraction, detail) -> {
            show(name + ": " + stage, fraction, detail);
            return !stop.requested();
        };
    }

    public void itemDone() {
        done++;
        if (bar != null) {
            bar.stepTo(done * STEPS);
        }
    }

    private void show(String what, double fraction, String detail) {
        if (bar != null) {
            bar.setExtraMessage(what);
            bar.stepTo((long) ((done + Math.min(1, Math.max(0, fraction))) * STEPS));
        } else if (!quiet && System.nanoTime() - lastLine > BETWEEN_LINES.toNanos()) {
            lastLine = System.nanoTime();
            LOG.info("{} of {} done; {} {}", done, items, what, detail);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
