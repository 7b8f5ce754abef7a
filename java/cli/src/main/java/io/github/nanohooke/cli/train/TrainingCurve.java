// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.train;

import io.github.nanohooke.figures.TrainingFigure;
import io.github.nanohooke.surrogate.train.EpochRecord;
import io.github.nanohooke.surrogate.train.TrainingListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws a run's curve anew after every epoch, where epochs take longer than drawing does, and at the run's end. A
 * picture that cannot be drawn is reported once and ends nothing: a run of days is worth more than its picture.
 */
final class TrainingCurve implements TrainingListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingCurve.class);

    private static final long BETWEEN_DRAWINGS = Duration.ofSeconds(1).toNanos();

    private final Path file;
    private final String title;
    private final TrainingListener next;
    private final List<EpochRecord> history = new ArrayList<>();
    private final Drawing drawing;
    private int drawn;
    private boolean broken;
    private long lastDrawing = System.nanoTime() - BETWEEN_DRAWINGS;

    /** What draws, or fails to. */
    interface Drawing {
        void write(Path file, String title, List<EpochRecord> history);
    }

    /** @param next hears of everything too */
    TrainingCurve(Path file, String title, TrainingListener next) {
        this(file, title, next, TrainingFigure::write);
    }

    TrainingCurve(Path file, String title, TrainingListener next, Drawing drawing) {
        this.drawing = drawing;
        this.file = file;
        this.title = title;
        this.next = next;
    }

    @Override
    public void begin(List<EpochRecord> earlier, long step, long steps) {
        history.addAll(earlier);
        next.begin(earlier, step, steps);
    }

    @Override
    public void step(int epoch, long step, long steps, double rmse) {
        next.step(epoch, step, steps, rmse);
    }

    @Override
    public void epoch(EpochRecord record) {
        history.add(record);
        if (!broken && System.nanoTime() - lastDrawing >= BETWEEN_DRAWINGS) {
            draw();
        }
        next.epoch(record);
    }

    private void draw() {
        drawn = history.size();
        try {
            drawing.write(file, title, history);
        } catch (RuntimeException | LinkageError | InternalError e) {
            // Java without fonts or their libraries throws such errors from its graphics.
            broken = true;
            LOG.warn("the curve {} cannot be drawn and is given up: {}", file, e.toString());
        }
        lastDrawing = System.nanoTime();
    }

    @Override
    public void close() {
        if (!broken && drawn < history.size()) {
            draw();
        }
    }
}
