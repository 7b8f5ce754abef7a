// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import static io.github.nanohooke.dataset.slim.SlimSample.nine;
import static io.github.nanohooke.dataset.slim.SlimSample.single;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.slim.SlimSample;
import io.github.nanohooke.dataset.slim.SlimWriter;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.Relaxation;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.RestrictedFrame;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.TensorFrame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A dataset whose tensors are in LAMMPS' cell, sample by sample in the axes of the input. The two differ by the turn of
 * the relaxed cell (polar decomposition), which these datasets do not record: a sample of one cell is relaxed again,
 * and its stored tensor turned where that ends in the stored minimum. One of three cells, whose relaxation is nearly
 * all of its cost, and one that ends elsewhere is made again whole.
 */
public final class FrameTurn {
    /** Farther apart are two minima [eV]. */
    public static final double SAME_MINIMUM = 1e-6;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FRAME = "frame";

    private final DatasetFolder folder;
    private final Dataset dataset;
    private final ElasticCalculator calculator;

    private FrameTurn(DatasetFolder folder, Dataset dataset, ElasticCalculator calculator) {
        this.folder = folder;
        this.dataset = dataset;
        this.calculator = calculator;
    }

    /**
     * Of a whole dataset.
     *
     * @param calculator that of its method; stays the caller's
     * @throws DatasetException when it is not whole or in the axes of the input already
     */
    public static FrameTurn of(Path path, ElasticCalculator calculator) {
        DatasetFolder folder = DatasetFolder.open(path);
        Dataset dataset = Dataset.open(path);
        if (dataset.frame() != TensorFrame.LAMMPS_CELL) {
            throw new DatasetException("the tensors in " + path + " are in the frame " + dataset.frame().label()
                    + " already; there is nothing to turn");
        }
        return new FrameTurn(folder, dataset, calculator);
    }

    /** The places of all kept samples, those that are turned quickly first. */
    public List<Integer> places() {
        List<Integer> places = new ArrayList<>();
        for (boolean quick : new boolean[] {true, false}) {
            for (int i = 0; i < dataset.size(); i++) {
                if (dataset.status(i) == SampleStatus.KEPT && isOfOneCell(i) == quick) {
                    places.add(i);
                }
            }
        }
        return places;
    }

    private boolean isOfOneCell(int place) {
        return !dataset.path(place).equals("three-cell");
    }

    /** The number of a sample in its dataset. */
    public long index(int place) {
        return dataset.index(place);
    }

    /**
     * One sample.
     *
     * @throws NanohookeException when the machine is at fault
     */
    public TurnedSample turn(int place, StaticsProgress progress) {
        Atoms atoms = dataset.structure(place).atoms();
        StaticsOptions options = folder.plan().options(dataset.index(place));
        try {
            if (isOfOneCell(place)) {
                Relaxation relaxed = calculator.relax(atoms, options, progress);
                double energy = relaxed.energy() - dataset.energy(place);
                if (relaxed.converged() && Math.abs(energy) <= SAME_MINIMUM) {
                    Cell cell = relaxed.atoms().cell();
                    return new TurnedSample(dataset.index(place), "", isCut(dataset.outcome(place)), energy,
                            nine(cell.rows()), turned(place, cell), "", 0);
                }
            }
            return remade(place, calculator.calculate(atoms, options, progress));
        } catch (NanohookeException e) {
            if (e.isEnvironmental()) {
                throw e;
            }
            return new TurnedSample(dataset.index(place), Failures.message(e), false, Double.NaN, new double[0],
                    new double[0], "", Double.NaN);
        }
    }

    private TurnedSample remade(int place, StaticsResult now) {
        boolean kept = now.tensor() != null && now.outcome().isSound()
                && (now.outcome() == Outcome.DISCONNECTED || now.tensor().isPositiveDefinite());
        Cell cell = now.relaxed().cell();
        double[] constants = now.tensor() == null ? new double[0] : ElasticConstants.of(now.tensor());
        double[] turned = turned(place, cell);
        double apart = 0;
        for (int k = 0; k < constants.length; k++) {
            apart = Math.max(apart, Math.abs(constants[k] - turned[k]));
        }
        int pixels = dataset.imageSize();
        byte[] image = StructureImage.of(now.relaxed(), pixels, pixels, folder.plan().diskRadius()).packed();
        return new TurnedSample(dataset.index(place), kept ? "" : now.outcome() + ": " + now.explanation(),
                isCut(now.outcome().name()), now.energy() - dataset.energy(place), nine(cell.rows()), constants,
                Base64.getEncoder().encodeToString(image), apart);
    }

    /** The stored constants in the axes in which this is the cell of their minimum. */
    private double[] turned(int place, Cell minimum) {
        double[][] turn = RestrictedFrame.of(minimum).rotation();
        double[][] back = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                back[i][j] = turn[j][i];
            }
        }
        return ElasticConstants.of(dataset.tensor(place).rotated(back));
    }

    private static boolean isCut(String outcome) {
        return outcome.equals(Outcome.DISCONNECTED.name());
    }

    /**
     * Writes the kept ones as a slim file, in the order of their indices. It tells the plan that makes the same samples
     * in these axes now.
     */
    public void write(Path file, List<TurnedSample> samples) {
        Map<Long, Integer> places = new TreeMap<>();
        for (int i = 0; i < dataset.size(); i++) {
            places.put(dataset.index(i), i);
        }
        AtomicFile.write(file, out -> {
            SlimWriter writer = SlimWriter.begin(out, attributes(), List.of(folder.plan().mix().label()));
            for (TurnedSample sample : samples) {
                if (sample.isKept()) {
                    writer.add(slim(places.get(sample.index()), sample));
                }
            }
            writer.finish();
        });
    }

    private Map<String, Object> attributes() {
        Map<String, Object> attributes = new TreeMap<>(dataset.attributes());
        attributes.keySet().removeAll(List.of("shard", "first_index", "schema"));
        attributes.put(FRAME, TensorFrame.INPUT_AXES.label());
        try {
            ObjectNode plan = (ObjectNode) JSON.readTree(String.valueOf(attributes.get("plan")));
            attributes.put("plan", plan.put(FRAME, TensorFrame.INPUT_AXES.label()).toString());
        } catch (JsonProcessingException | ClassCastException e) {
            throw new DatasetException("the plan in the files of " + folder.path() + " is no JSON: " + e.getMessage(),
                    e);
        }
        return attributes;
    }

    private SlimSample slim(int place, TurnedSample sample) {
        byte[] designed = dataset.packedImage(place, Dataset.Image.DESIGNED);
        byte[] relaxed = sample.isRemade() ? Base64.getDecoder().decode(sample.image())
                : dataset.packedImage(place, Dataset.Image.RELAXED);
        return new SlimSample(dataset.index(place), dataset.source(place), dataset.sourceIndex(place),
                dataset.part(place).code(), dataset.porosity(place), sample.cut(), single(sample.constants()),
                nine(dataset.structure(place).atoms().cell().rows()), single(sample.cell()), designed, relaxed);
    }
}
