// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.train;

import io.github.nanohooke.cli.process.Terminal;
import io.github.nanohooke.surrogate.train.EpochRecord;
import io.github.nanohooke.surrogate.train.TrainingListener;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A training run's progress on standard error: a bar on a terminal, elsewhere a log line a minute. */
final class TrainingProgress implements TrainingListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingProgress.class);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final boolean quiet;
    private final double scale;
    private ProgressBar bar;
    private long start;
    private long firstStep;
    private long lastLine;
    private int epoch;
    private double squares;
    private int batches;
    private EpochRecord last;
    private EpochRecord best;

    /** @param scale of the objective: the loss is the square of RMSE / scale [GPa] */
    TrainingProgress(boolean quiet, double scale) {
        this.quiet = quiet;
        this.scale = scale;
    }

    @Override
    public void begin(List<EpochRecord> history, long step, long steps) {
        start = System.nanoTime();
        lastLine = start;
        firstStep = step;
        history.forEach(this::remember);
        if (!quiet && Terminal.isThere()) {
            bar = new ProgressBarBuilder().setTaskName("train").setInitialMax(steps).continuousUpdate()
                    .startsFrom(step, Duration.ZERO).setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(500)
                    .setUnit(" batches", 1).build();
        }
    }

    @Override
    public void step(int number, long step, long steps, double rmse) {
        if (number != epoch) {
            epoch = number;
            squares = 0;
            batches = 0;
        }
        squares += rmse * rmse;
        batches++;
        long now = System.nanoTime();
        if (bar != null) {
            bar.setExtraMessage(errors());
            bar.stepTo(step);
        } else if (!quiet && now - lastLine > BETWEEN_LINES.toNanos()) {
            lastLine = now;
            LOG.info("step {} of {}, {}, {}", step, steps, errors(), left(now, step, steps));
        }
    }

    @Override
    public void epoch(EpochRecord record) {
        remember(record);
    }

    private void remember(EpochRecord record) {
        last = record;
        if (record.best()) {
            best = record;
        }
    }

    /** For example: epoch 7, loss 0.0213, RMSE 4.21 GPa; validation 4.55 (8.1 %), best 4.32 (7.9 %) after epoch 5. */
    private String errors() {
        double rmse = Math.sqrt(squares / batches);
        String validation = last == null ? "" : String.format(Locale.ROOT,
                "; validation %.3f (%.2f %%), best %.3f (%.2f %%) after epoch %d", last.validation().rmse(),
                100 * last.relative(), best.validation().rmse(), 100 * best.relative(), best.epoch());
        return String.format(Locale.ROOT, "epoch %d, loss %.4g, RMSE %.3f GPa", epoch, rmse / scale * rmse / scale,
                rmse) + validation;
    }

    private String left(long now, long step, long steps) {
        double secondsPerStep = (now - start) * 1e-9 / Math.max(1, step - firstStep);
        Duration left = Duration.ofSeconds((long) ((steps - step) * secondsPerStep));
        return String.format(Locale.ROOT, "%d h %02d min left", left.toHours(), left.toMinutesPart());
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        } else if (!quiet && batches > 0) {
            LOG.info("{}", errors());
        }
    }
}
