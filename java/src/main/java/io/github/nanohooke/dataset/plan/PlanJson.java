// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.io.JsonFields;
import io.github.nanohooke.statics.StaticsOptions.Minimiser;
import io.github.nanohooke.statics.StaticsOptions.Periods;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.statics.potential.PotentialFile;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.RandomStructures.Sizes;
import io.github.nanohooke.structure.StructureException;
import io.github.nanohooke.tensor.TensorFrame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A plan as JSON, for manifests and workers. Field names are those of the command line's options. */
public final class PlanJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FRAME = "frame";
    private static final String FAMILIES = "kind-parameters";

    private PlanJson() {
    }

    /** What two plans must have in common to make the same dataset; where a potential's file lies is no part of it. */
    public static ObjectNode write(DatasetPlan plan) {
        ObjectNode json = JSON.createObjectNode();
        json.put("kind", plan.mix().label());
        json.put("seed", plan.seed());
        json.put("count", plan.count());
        json.put("shard-size", plan.shardSize());
        json.put("element", plan.lattice().element());
        json.put("lattice-constant", plan.lattice().constant());
        json.putArray("cells").add(plan.cells().x()).add(plan.cells().y());
        json.put("nz", plan.cells().z());
        json.set("pore-sizes", JSON.valueToTree(Sizes.defaults()));
        if (!plan.mix().parameters().isEmpty()) {
            // Plans of the paper's kinds alone stay as they are in the first versions.
            json.set(FAMILIES, JSON.valueToTree(plan.mix().parameters()));
        }
        json.put("image-size", plan.imageSize());
        json.put("method", plan.method());
        StaticsOptions options = plan.options();
        json.put("potential", options.potential().name());
        json.put("potential-sha256", options.potential().file().map(PotentialFile::sha256).orElse(null));
        json.put("pair-style", options.potential().pairStyle());
        ArrayNode coefficients = json.putArray("pair-coeff");
        options.potential().pairCoeffs().forEach(coefficients::add);
        json.put("force-tolerance", options.forceTolerance());
        json.put("stress-tolerance", options.stressTolerance());
        json.put("strain", options.strain());
        json.put("max-evaluations", options.maxEvaluations());
        json.put("minimiser", options.minimiser().name());
        json.put("periods", options.periods().name());
        json.put("drop-islands", options.dropIslands());
        json.put("random-seed", options.seed());
        json.put("software", plan.software());
        if (plan.frame() != TensorFrame.ofLabel(null)) {
            // Plans of the first versions do not tell their frame, and stay as they are.
            json.put(FRAME, plan.frame().label());
        }
        return json;
    }

    /**
     * @param potentialFile where the potential lies, for potentials in files that do not come with the jar; else null
     * @throws DatasetException when a field is missing or makes no sense
     */
    public static DatasetPlan read(JsonNode json, String potentialFile) {
        try {
            JsonFields fields = JsonFields.parse(json.toString(), "the plan", DatasetException::new);
            StaticsOptions options = StaticsOptions.defaults()
                    .withPotential(potential(fields, potentialFile))
                    .withForceTolerance(fields.number("force-tolerance"))
                    .withStressTolerance(fields.number("stress-tolerance"))
                    .withStrain(fields.number("strain"))
                    .withMaxEvaluations(fields.whole("max-evaluations"))
                    .withMinimiser(fields.constant("minimiser", Minimiser.class))
                    .withPeriods(fields.constant("periods", Periods.class))
                    .withDropIslands(fields.truth("drop-islands"))
                    .withSeed(fields.longWhole("random-seed"));
            int[] cells = fields.wholes("cells", 2);
            int count = fields.whole("count");
            DatasetPlan plan = new DatasetPlan(StructureMix.parse(fields.text("kind"), count),
                    fields.longWhole("seed"), count, fields.whole("shard-size"),
                    new Lattice(fields.text("element"), Lattice.Kind.FCC, fields.number("lattice-constant")),
                    new Cells(cells[0], cells[1], fields.whole("nz")), fields.whole("image-size"),
                    fields.text("method"), options, fields.text("software"), frame(json));
            requireSameFamilies(json, plan);
            return plan;
        } catch (DatasetException e) {
            throw e;
        } catch (StructureException | IllegalArgumentException e) {
            throw new DatasetException("the plan of a dataset cannot be read: " + e.getMessage(), e);
        }
    }

    /** Where the potential's file lies, unless it comes with the jar or there is none. */
    public static String potentialFile(Potential potential) {
        return potential.file()
                .filter(file -> !file.sha256().equals(bundled().sha256()))
                .map(file -> file.path().orElseThrow().toAbsolutePath().toString())
                .orElse(null);
    }

    /** The fields in which two plans differ, for people; empty when they agree. */
    public static List<String> differences(JsonNode there, JsonNode asked) {
        List<String> differences = new ArrayList<>();
        asked.properties().forEach(field -> {
            // As text, because a number that was read may be of a narrower type than one that was put.
            String here = field.getValue().toString();
            String other = there.path(field.getKey()).toString();
            if (!here.equals(other)) {
                differences.add(field.getKey() + " is " + other + " there, " + here + " was asked for");
            }
        });
        return differences;
    }

    /**
     * What makes the samples of a plan others than those of another, for people; empty when nothing does: how many
     * there are of them all does not.
     *
     * @param there the other plan, as it was written
     */
    public static List<String> otherSamples(String there, DatasetPlan plan) {
        try {
            ObjectNode asked = write(plan);
            asked.remove("count");
            return differences(JSON.readTree(there), asked);
        } catch (JsonProcessingException e) {
            return List.of("what is said of it is no plan");
        }
    }

    /** @throws DatasetException when this version does not know it */
    public static TensorFrame frame(JsonNode json) {
        try {
            return TensorFrame.ofLabel(json.path(FRAME).textValue());
        } catch (IllegalArgumentException e) {
            throw new DatasetException(e.getMessage(), e);
        }
    }

    // A family whose numbers have changed draws other structures under the same name.
    private static void requireSameFamilies(JsonNode json, DatasetPlan plan) {
        JsonNode now = JSON.valueToTree(plan.mix().parameters());
        JsonNode then = json.has(FAMILIES) ? json.get(FAMILIES) : JSON.createObjectNode();
        if (!now.toString().equals(then.toString())) {
            throw new DatasetException("the families of structures were others when the dataset was begun: " + then
                    + " then, " + now + " now. Use the version that began it");
        }
    }

    private static Potential potential(JsonFields plan, String file) {
        if (!plan.has("potential-sha256") || plan.isNull("potential-sha256")) {
            return Potential.pairStyle(plan.text("pair-style"), plan.texts("pair-coeff"));
        }
        String sha256 = plan.text("potential-sha256");
        if (file == null) {
            if (!sha256.equals(bundled().sha256())) {
                throw new DatasetException("the manifest does not say where the potential " + plan.text("potential")
                        + " lies; give it with --potential");
            }
            return Potential.mishin1999();
        }
        Potential potential = Potential.fromFile(Path.of(file), plan.text("pair-style"));
        if (!potential.file().orElseThrow().sha256().equals(sha256)) {
            throw new DatasetException("the potential " + file + " has changed since the dataset was begun: its SHA-256"
                    + " was " + sha256 + "; put the old file back, or begin a new dataset");
        }
        return potential;
    }

    private static PotentialFile bundled() {
        return Potential.mishin1999().file().orElseThrow();
    }
}
