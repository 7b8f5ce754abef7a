// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.StabilityReport;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.RestrictedFrame;
import io.github.nanohooke.structure.Rotations;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import io.github.nanohooke.tensor.TensorFrame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Labels of datasets that are in LAMMPS' cell against the same samples made now, in the axes of the input. The two
 * differ by a turn that the relaxed cell tells: turned by it, a stored tensor must be the new one.
 */
public final class FrameComparison {
    /** The kernel that made a sample stopped elsewhere within the tolerances; farther apart are two minima [eV]. */
    private static final double SAME_MINIMUM = 1e-6;

    private final List<Drawn> drawn;
    private final ElasticCalculator calculator;

    /** A kept sample of a dataset. */
    private record Drawn(DatasetFolder folder, Dataset dataset, int place) {
    }

    private FrameComparison(List<Drawn> drawn, ElasticCalculator calculator) {
        this.drawn = drawn;
        this.calculator = calculator;
    }

    /**
     * Draws kept samples at even distances from all of them.
     *
     * @param folders    of datasets in LAMMPS' cell
     * @param count      how many; all where there are fewer
     * @param calculator makes them now; stays the caller's
     * @throws DatasetException when a dataset is not whole, in another frame, or there is no kept sample
     */
    public static FrameComparison of(List<Path> folders, int count, ElasticCalculator calculator) {
        List<Drawn> kept = new ArrayList<>();
        for (Path path : folders) {
            DatasetFolder folder = DatasetFolder.open(path);
            Dataset dataset = Dataset.open(path);
            if (dataset.frame() != TensorFrame.LAMMPS_CELL) {
                throw new DatasetException("the tensors in " + path + " are in the frame " + dataset.frame().label()
                        + ": there is nothing to compare; give datasets in " + TensorFrame.LAMMPS_CELL.label());
            }
            for (int i = 0; i < dataset.size(); i++) {
                if (dataset.status(i) == SampleStatus.KEPT) {
                    kept.add(new Drawn(folder, dataset, i));
                }
            }
        }
        if (kept.isEmpty()) {
            throw new DatasetException("no sample of " + folders + " is kept");
        }
        List<Drawn> drawn = new ArrayList<>();
        int wanted = Math.min(count, kept.size());
        for (long k = 0; k < wanted; k++) {
            drawn.add(kept.get((int) (k * kept.size() / wanted)));
        }
        return new FrameComparison(drawn, calculator);
    }

    /** How many samples are drawn. */
    public int count() {
        return drawn.size();
    }

    /** One sample's row; a calculation that cannot be carried out is told in it. */
    public FrameRow compare(long place, StaticsProgress progress) {
        Drawn sample = drawn.get((int) place);
        Dataset dataset = sample.dataset;
        long index = dataset.index(sample.place);
        StaticsResult now;
        try {
            now = calculator.calculate(dataset.structure(sample.place).atoms(), sample.folder.plan().options(index),
                    progress);
        } catch (NanohookeException e) {
            if (e.isEnvironmental()) {
                throw e;
            }
            return row(place, sample, 0, "FAILED", unknown(), Failures.message(e));
        }
        int cells = now.stability().map(StabilityReport::cells).orElse(1);
        if (now.tensor() == null) {
            return row(place, sample, cells, now.outcome().name(), unknown(), now.explanation());
        }
        double[][] turn = RestrictedFrame.of(now.relaxed().cell()).rotation();
        double energy = now.energy() - dataset.energy(sample.place);
        ElasticTensor then = dataset.tensor(sample.place);
        double[] constants = ElasticConstants.of(now.tensor());
        double[] plain = difference(constants, ElasticConstants.of(then));
        double[] turned = difference(constants, ElasticConstants.of(then.rotated(Rotations.inverse(turn))));
        return row(place, sample, cells, now.outcome().name(), new double[] {Rotations.angle(turn), energy, plain[0],
            plain[1], turned[0], turned[1]}, Math.abs(energy) <= SAME_MINIMUM ? "" : String.format(Locale.ROOT,
            "another minimum than the stored one: its energy differs by %.2g eV", energy));
    }

    private static FrameRow row(long place, Drawn sample, int cells, String end, double[] numbers, String reason) {
        Dataset dataset = sample.dataset;
        return new FrameRow(place, sample.folder.plan().mix().label(), sample.folder.plan().seed(),
                dataset.index(sample.place), dataset.porosity(sample.place), cells, end, numbers[0], numbers[1],
                numbers[2], numbers[3], numbers[4], numbers[5], reason);
    }

    private static double[] unknown() {
        return new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN};
    }

    /** RMSE and largest difference [GPa]. */
    private static double[] difference(double[] a, double[] b) {
        double squares = 0;
        double largest = 0;
        for (int k = 0; k < a.length; k++) {
            squares += (a[k] - b[k]) * (a[k] - b[k]);
            largest = Math.max(largest, Math.abs(a[k] - b[k]));
        }
        return new double[] {Math.sqrt(squares / a.length), largest};
    }
}
