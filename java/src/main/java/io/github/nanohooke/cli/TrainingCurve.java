// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.surrogate.EpochRecord;
import io.github.nanohooke.surrogate.TrainingFigure;
import io.github.nanohooke.surrogate.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws a run's curve anew after every epoch. A picture that cannot be written is reported and ends nothing. */
final class TrainingCurve implements TrainingListener {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingCurve.class);

    private final Path file;
    private final String title;
    private final TrainingListener next;
    private final List<EpochRecord> history = new ArrayList<>();

    /** @param next hears of everything too */
    TrainingCurve(Path file, String title, TrainingListener next) {
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
        try {
            TrainingFigure.write(file, title, history);
        } catch (IOException e) {
            LOG.warn("the curve {} cannot be drawn: {}", file, e.toString());
        }
        next.epoch(record);
    }
}
