// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison.labels;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.plan.PlanJson;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.source.StructureSource;
import io.github.nanohooke.structure.source.StructureSources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Kept samples of a part of datasets, families in turn, so that any number of the first ones has as many of each as
 * there are. Their structures are drawn again by the plan that the dataset tells.
 */
public final class LabelSamples {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Cells along z shrink to 0.69 of their height where foams turn into another crystal, and hardly grow. */
    private static final double BETWEEN = 1.5;
    /** Labels in a table have four decimals [GPa]. */
    private static final double ROUNDED = 1e-4;

    private final List<LabelSample> samples;

    private LabelSamples(List<LabelSample> samples) {
        this.samples = samples;
    }

    /**
     * One of them.
     *
     * @param number  its number among all kept samples of the part, one dataset after the other, each in its shuffled
     *                order
     * @param dataset where its label is
     * @param place   its place there
     * @param plan    by which it was made
     */
    public record LabelSample(int number, Dataset dataset, int place, DatasetPlan plan) {

        /** The structure's family. */
        public String family() {
            return dataset.source(place);
        }

        /** Its number in the dataset. */
        public long index() {
            return dataset.index(place);
        }

        /** Cells along z of the minimum, 1 or 3: the relaxed cell tells, also where it shrank to another crystal's. */
        public int cells() {
            return dataset.cellAfter(place)[2][2] > BETWEEN * dataset.cellBefore(place)[2][2] ? 3 : 1;
        }

        /**
         * The structure, drawn again.
         *
         * @throws DatasetException when it is not the one that was stored: its picture is another
         */
        public StructureSource.Drawn draw() {
            StructureSource.Drawn drawn = plan.draw(index());
            Atoms atoms = drawn.structure().atoms();
            byte[] image = StructureImage.of(atoms, plan.imageSize(), plan.imageSize(), plan.diskRadius()).packed();
            if (!drawn.source().equals(family())
                    || !Arrays.equals(image, dataset.packedImage(place, Dataset.Image.DESIGNED))) {
                throw new DatasetException("sample " + index() + " of the dataset " + plan.mix().label() + " of seed "
                        + plan.seed() + " is not the structure that is drawn by this plan now; use the version that"
                        + " made the dataset, " + plan.software());
            }
            return drawn;
        }
    }

    /**
     * The first samples of a part.
     *
     * @param count how many at most
     * @throws DatasetException when a dataset does not tell its plan, cannot be made any more, or is of another method
     *                          than {@code hessian}
     */
    public static LabelSamples of(List<Dataset> datasets, Part part, int count) {
        List<LabelSample> all = new ArrayList<>();
        for (Dataset dataset : datasets) {
            DatasetPlan plan = plan(dataset.attributes(), dataset.toString());
            for (int place : dataset.members(part)) {
                all.add(new LabelSample(all.size(), dataset, place, plan));
            }
        }
        List<List<LabelSample>> families = StructureSources.ids().stream()
                .map(family -> all.stream().filter(sample -> sample.family().equals(family)).toList()).toList();
        List<LabelSample> inTurn = new ArrayList<>();
        for (int turn = 0; inTurn.size() < Math.min(count, all.size()); turn++) {
            for (List<LabelSample> family : families) {
                if (turn < family.size() && inTurn.size() < count) {
                    inTurn.add(family.get(turn));
                }
            }
        }
        return new LabelSamples(inTurn);
    }

    /**
     * The samples of rows that were made before, in their order.
     *
     * @throws DatasetException when one of them is not in this part of the datasets, or has another label there
     */
    public static LabelSamples of(List<Dataset> datasets, Part part, List<LabelRow> rows) {
        Map<String, List<LabelSample>> named = of(datasets, part, Integer.MAX_VALUE).samples.stream().collect(
                Collectors.groupingBy(sample -> name(sample.family(), sample.plan().seed(), sample.index())));
        List<LabelSample> found = new ArrayList<>();
        for (LabelRow row : rows) {
            String name = name(row.family(), row.seed(), row.index());
            List<LabelSample> there = named.get(name);
            if (there == null) {
                throw new DatasetException(name + " is not in the " + part + " part of these datasets; give those that"
                        + " the rows were made of");
            }
            // Two plans of one seed may have a sample of the same number.
            found.add(there.stream().filter(sample -> LabelSpread.Distance.of(row.label(),
                    sample.dataset().constants(sample.place())).largest() < ROUNDED).findFirst()
                    .orElseThrow(() -> new DatasetException("the label of " + name + " is another one in these"
                            + " datasets; give those that the rows were made of")));
        }
        return new LabelSamples(found);
    }

    private static String name(String family, long seed, long index) {
        return "sample " + index + " of the " + family + " of seed " + seed;
    }

    /** @param dataset what messages call it */
    static DatasetPlan plan(Map<String, Object> attributes, String dataset) {
        if (!(attributes.get("plan") instanceof String told)) {
            throw new DatasetException(dataset + " does not tell its plan, by which its structures could be drawn"
                    + " again");
        }
        DatasetPlan plan;
        try {
            plan = PlanJson.read(JSON.readTree(told), null);
        } catch (JsonProcessingException e) {
            throw new DatasetException("the plan in " + dataset + " is no JSON: " + e.getOriginalMessage(), e);
        }
        plan.requireMakeable();
        if (!plan.method().equals("hessian")) {
            throw new DatasetException("the labels in " + dataset + " were made by the method " + plan.method()
                    + "; those of the method hessian can be compared with other ways down");
        }
        if (plan.cells().z() != 1) {
            throw new DatasetException("the samples in " + dataset + " have " + plan.cells().z() + " cells along z, so"
                    + " that the minimum does not tell how many its label needs; use a dataset of --nz 1");
        }
        return plan;
    }

    /** All of them, in their order. */
    public List<LabelSample> all() {
        return samples;
    }

    /** How many there are. */
    public int size() {
        return samples.size();
    }

    /** One by its place in this order. */
    public LabelSample get(long place) {
        return samples.get((int) place);
    }
}
