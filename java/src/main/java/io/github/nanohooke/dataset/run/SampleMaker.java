// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Sample.Geometry;
import io.github.nanohooke.dataset.Sample.Measurement;
import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StabilityReport;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.CommonNeighbours;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.file.StructureFile;
import io.github.nanohooke.structure.source.HeldOut;
import io.github.nanohooke.structure.source.StructureSource;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes the samples of a plan, each a pure function of plan and index. Holds a calculator; for one thread.
 */
final class SampleMaker implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DatasetPlan plan;
    private ElasticCalculator calculator;

    /**
     * @throws MissingLibraryException when the plan's method is not to be had here
     * @throws DatasetException        when this version makes no samples of such a plan
     */
    SampleMaker(DatasetPlan plan) {
        plan.requireMakeable();
        this.plan = plan;
        this.calculator = ElasticCalculators.open(plan.method());
    }

    /**
     * A whole sample. A calculation that cannot be carried out for the sake of its atoms gives a failed one.
     *
     * @throws NanohookeException when the machine is at fault, see {@link NanohookeException#isEnvironmental()}; other
     *                            unchecked exceptions and errors are defects, and no data either
     */
    Sample make(long index) {
        long start = System.nanoTime();
        StructureSource.Drawn drawn = plan.draw(index);
        Atoms atoms = drawn.structure().atoms();
        Geometry geometry = geometry(plan, drawn, atoms);
        try {
            StaticsResult result = calculator().calculate(atoms, plan.options(index), StaticsProgress.SILENT);
            Optional<String> objection = objection(drawn.structure(), result);
            return new Sample(index, objection.isEmpty() ? SampleStatus.KEPT : SampleStatus.REJECTED,
                    objection.orElse(""), false, geometry, measurement(result), plan.frame(),
                    seconds(start));
        } catch (NanohookeException | IllegalArgumentException e) {
            // What is left of a calculator after an error is not to be trusted with the next sample.
            close();
            if (e instanceof NanohookeException failure && failure.isEnvironmental()) {
                throw failure;
            }
            return new Sample(index, SampleStatus.FAILED, oneLine(e), false, geometry,
                    Measurement.none(plan.imageBytes()), plan.frame(), seconds(start));
        }
    }

    /** The sample that stands in the dataset when its process was lost: all that is known without a calculation. */
    static Sample lost(DatasetPlan plan, long index, String reason, double seconds) {
        StructureSource.Drawn drawn = plan.draw(index);
        return new Sample(index, SampleStatus.FAILED, reason, true,
                geometry(plan, drawn, drawn.structure().atoms()), Measurement.none(plan.imageBytes()), plan.frame(),
                seconds);
    }

    private ElasticCalculator calculator() {
        if (calculator == null) {
            calculator = ElasticCalculators.open(plan.method());
        }
        return calculator;
    }

    private static Geometry geometry(DatasetPlan plan, StructureSource.Drawn drawn, Atoms atoms) {
        PorousStructure structure = drawn.structure();
        int surface = CommonNeighbours.surfaceAtoms(atoms, CommonNeighbours.fccCutoff(plan.lattice().constant()));
        return new Geometry(onOneLine(StructureFile.toJson(structure)), drawn.targetPorosity(), structure.porosity(),
                CommonNeighbours.dispersion(surface, structure.removedCount()), atoms.count(), surface,
                image(plan, atoms), atoms.cell().rows());
    }

    private static byte[] image(DatasetPlan plan, Atoms atoms) {
        return StructureImage.of(atoms, plan.imageSize(), plan.imageSize(), plan.diskRadius()).packed();
    }

    private Measurement measurement(StaticsResult result) {
        Optional<StabilityReport> report = result.stability();
        return new Measurement(result.outcome().name(), report.map(StabilityReport::path).orElse(""),
                result.tensor() == null ? Measurement.noTensor() : flat(result.tensor()),
                result.symmetryResidual(), result.residualStress(), result.maxForce(), result.energy(),
                result.evaluations(), report.map(StabilityReport::smallestPivot).orElse(Double.NaN),
                report.map(r -> code(r.certificate())).orElse(-1),
                report.map(StabilityReport::certificatePivot).orElse(Double.NaN),
                report.map(StabilityReport::islands).orElse(-1),
                report.map(StabilityReport::islandAtoms).orElse(-1),
                report.map(r -> code(r.otherMinimumKnown())).orElse(-1),
                report.map(StabilityReport::cells).orElse(1), image(plan, result.relaxed()),
                result.relaxed().cell().rows());
    }

    /**
     * Why a result is not one to train with: the paper's filter, but that tensors of solids that are cut apart have
     * their zeros; and that it is a case to test by.
     */
    private static Optional<String> objection(PorousStructure structure, StaticsResult result) {
        if (result.outcome() == Outcome.NOT_CONVERGED || result.tensor() == null) {
            return Optional.of("not converged: " + result.explanation());
        }
        if (result.outcome() != Outcome.DISCONNECTED && !result.tensor().isPositiveDefinite()) {
            return Optional.of(String.format(Locale.ROOT, "not positive definite: smallest eigenvalue %.6g GPa",
                    result.tensor().smallestEigenvalue()));
        }
        if (!result.outcome().isSound()) {
            return Optional.of("unstable: " + result.explanation());
        }
        return HeldOut.reason(structure).map(reason -> "held out: " + reason);
    }

    private static double[] flat(ElasticTensor tensor) {
        double[] flat = new double[36];
        for (int k = 0; k < 36; k++) {
            flat[k] = tensor.get(k / 6, k % 6);
        }
        return flat;
    }

    private static int code(Boolean known) {
        return known == null ? -1 : known ? 1 : 0;
    }

    private static String onOneLine(String json) {
        try {
            return JSON.readTree(json).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a structure's JSON is always valid", e);
        }
    }

    private static String oneLine(RuntimeException failure) {
        String message = failure.getMessage() == null ? failure.toString()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return message.replaceAll("\\s+", " ").strip();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
        if (calculator != null) {
            calculator.close();
            calculator = null;
        }
    }
}
