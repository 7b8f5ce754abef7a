// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.plan.PlanJson;
import io.github.nanohooke.dataset.plan.Share;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.ShellWords;
import io.github.nanohooke.tensor.TensorFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The folder of a dataset:
 *
 * <pre>
 * manifest.json               the plan, and the libraries of the first run
 * shards/shard-00000.h5       samples, immutable; .sha256 and .timings.csv beside it
 * journals/shard-00000.jsonl  finished samples of a shard that is not complete
 * logs/                       what workers wrote to standard error
 * dataset.h5, timings.csv     the merged dataset
 * </pre>
 */
public final class DatasetFolder {
    private static final String SCHEMA = "nanohooke-dataset-manifest/2";
    /** Knew no frame of tensors. */
    private static final String EARLIER_SCHEMA = "nanohooke-dataset-manifest/1";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ABSOLUTE_PATH = Pattern.compile("(^|\\s)/");

    private final Path path;
    private final DatasetPlan plan;
    private final Map<String, String> libraries;

    private DatasetFolder(Path path, DatasetPlan plan, Map<String, String> libraries) {
        this.path = path;
        this.plan = plan;
        this.libraries = libraries;
    }

    /** What of a calculator's facts does not depend on where things lie on a machine. */
    public static Map<String, String> portable(Map<String, String> facts) {
        Map<String, String> portable = new TreeMap<>(facts);
        portable.values().removeIf(value -> ABSOLUTE_PATH.matcher(value).find());
        return portable;
    }

    /** Whether a dataset was begun in this folder. */
    public static boolean exists(Path folder) {
        return Files.exists(manifest(folder));
    }

    /**
     * The dataset that was begun in a folder.
     *
     * @throws DatasetException when there is none, or its manifest cannot be read
     */
    public static DatasetFolder open(Path folder) {
        if (!exists(folder)) {
            throw new DatasetException("no dataset was begun in " + folder + ": there is no "
                    + manifest(folder).getFileName() + "; give the options of 'nanohooke dataset' to begin one");
        }
        JsonNode json = readManifest(folder);
        Map<String, String> libraries = new TreeMap<>();
        json.path("libraries").properties().forEach(e -> libraries.put(e.getKey(), e.getValue().asText()));
        DatasetPlan plan = PlanJson.read(json.path("plan"), json.path("potentialFile").textValue());
        return new DatasetFolder(folder, plan, libraries);
    }

    /**
     * The folder of this plan's dataset, begun now if it is new. Several processes may begin the same one at once.
     *
     * @param libraries what the calculator says of its libraries, for provenance
     * @throws DatasetException when a dataset of another plan was begun there
     * @throws IOException      when the folder cannot be written
     */
    public static DatasetFolder openOrBegin(Path folder, DatasetPlan plan, Map<String, String> libraries)
            throws IOException {
        makeFolders(folder);
        if (!exists(folder)) {
            ObjectNode json = JSON.createObjectNode();
            json.put("schema", SCHEMA);
            json.set("plan", PlanJson.write(plan));
            json.put("potentialFile", PlanJson.potentialFile(plan.options().potential()));
            json.set("libraries", JSON.valueToTree(portable(libraries)));
            // Where another process began it meanwhile, the plans are compared below.
            AtomicFile.writeNewText(manifest(folder), json.toPrettyString() + "\n");
        }
        requireSame(folder, plan);
        return open(folder);
    }

    /** What a run writes into. A copy of a dataset may lack them: version control and archives drop empty folders. */
    public void makeFolders() throws IOException {
        makeFolders(path);
    }

    private static void makeFolders(Path folder) throws IOException {
        for (String sub : List.of("shards", "journals", "logs")) {
            Files.createDirectories(folder.resolve(sub));
        }
    }

    private static void requireSame(Path folder, DatasetPlan plan) {
        JsonNode there = readManifest(folder).path("plan");
        if (PlanJson.frame(there) != plan.frame()) {
            throw new DatasetException(folder + " holds tensors in the frame " + PlanJson.frame(there).label() + " ("
                    + PlanJson.frame(there).meaning() + "), " + plan.frame().label() + " (" + plan.frame().meaning()
                    + ") was asked for: the two must not be mixed. Begin a new dataset in another --out");
        }
        List<String> differences = PlanJson.differences(there, PlanJson.write(plan));
        if (!differences.isEmpty()) {
            throw new DatasetException(folder + " holds a dataset with other arguments: "
                    + String.join("; ", differences) + ". Use the same arguments (or --resume alone) to go on with it,"
                    + " or another --out");
        }
    }

    private static JsonNode readManifest(Path folder) {
        try {
            JsonNode json = JSON.readTree(Files.readString(manifest(folder)));
            if (!List.of(SCHEMA, EARLIER_SCHEMA).contains(json.path("schema").asText())) {
                throw new DatasetException(manifest(folder) + " has schema " + json.path("schema") + ", expected "
                        + SCHEMA + " or " + EARLIER_SCHEMA + ": was it written by another version?");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new DatasetException(manifest(folder) + " is damaged: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new DatasetException(manifest(folder) + " cannot be read: " + e, e);
        }
    }

    private static Path manifest(Path folder) {
        return folder.resolve("manifest.json");
    }

    public Path path() {
        return path;
    }

    public DatasetPlan plan() {
        return plan;
    }

    /** What the calculator of the first run said of its libraries. */
    public Map<String, String> libraries() {
        return libraries;
    }

    /** The merged dataset. */
    public Path merged() {
        return path.resolve("dataset.h5");
    }

    Path mergedTimings() {
        return path.resolve("timings.csv");
    }

    /** The file of a shard. */
    public Path shard(int shard) {
        return path.resolve("shards").resolve(name(shard) + ".h5");
    }

    Path timings(int shard) {
        return path.resolve("shards").resolve(name(shard) + ".timings.csv");
    }

    Path journal(int shard) {
        return path.resolve("journals").resolve(name(shard) + ".jsonl");
    }

    /** Samples that are made: those of whole shards, and those in the journals of the others. */
    public int made() throws IOException {
        int made = 0;
        for (int shard = 0; shard < plan.shards(); shard++) {
            made += state(shard) == ShardState.WHOLE ? plan.samplesIn(shard) : journalled(shard);
        }
        return made;
    }

    /** Samples in the journal of a shard that is not whole. */
    public int journalled(int shard) throws IOException {
        return Journal.count(journal(shard), plan.firstIndex(shard), plan.samplesIn(shard));
    }

    /** Where a process writes what is no result. */
    public Path log(String name) {
        return path.resolve("logs").resolve(name + ".log");
    }

    private static String name(int shard) {
        return String.format(Locale.ROOT, "shard-%05d", shard);
    }

    /** Whether a shard is there, whole or damaged. */
    public ShardState state(int shard) throws IOException {
        return SafeFiles.check(shard(shard));
    }

    /** The command that makes what is missing. */
    public String resume() {
        return "nanohooke dataset --resume --out " + ShellWords.quoted(path);
    }

    /**
     * Requires that a shard's file, which is whole, was made for this dataset: by its checksum, one that was copied
     * here from another is as good as ours.
     *
     * @throws DatasetException when it holds tensors in another frame, or was made from another plan
     */
    public void requirePlan(int shard) {
        Path file = shard(shard);
        String remedy = " Move it away; then " + resume();
        TensorFrame frame = TableFile.frame(file);
        if (frame != plan.frame()) {
            throw new DatasetException(file + " holds tensors in the frame " + frame.label() + ", the dataset is in "
                    + plan.frame().label() + ": the two must not be mixed." + remedy);
        }
        List<String> differences = PlanJson.otherSamples(String.valueOf(TableFile.attributes(file).get("plan")), plan);
        if (!differences.isEmpty()) {
            throw new DatasetException(file + " was made from another plan than this dataset's: "
                    + String.join("; ", differences) + "." + remedy);
        }
        long[] indices = (long[]) TableFile.read(file, List.of(Column.INDEX)).get(Column.INDEX);
        if (indices.length != plan.samplesIn(shard) || indices[0] != plan.firstIndex(shard)) {
            throw new DatasetException(file + " does not hold the samples " + plan.firstIndex(shard) + " to "
                    + (plan.firstIndex(shard) + plan.samplesIn(shard) - 1) + "." + remedy);
        }
    }

    /** What the root of every file of this dataset says; range-specific attributes come on top. */
    Map<String, Object> attributes() {
        Map<String, Object> attributes = new TreeMap<>();
        JsonNode json = PlanJson.write(plan);
        json.properties().forEach(field -> scalar(field.getValue())
                .ifPresent(value -> attributes.put(field.getKey().replace('-', '_'), value)));
        attributes.put("plan", json.toString());
        attributes.put("cells", new int[] {plan.cells().x(), plan.cells().y(), plan.cells().z()});
        attributes.put(TableFile.FRAME, plan.frame().label());
        attributes.put("disk_radius_angstrom", plan.diskRadius());
        attributes.put("units", "angstrom, eV, GPa, s; porosity and dispersion in %");
        attributes.put("split", "90 % training, 5 % validation, 5 % test; see columns part and shuffle_key");
        libraries.forEach((name, value) -> attributes.put("library " + name, value));
        return attributes;
    }

    private static Optional<Object> scalar(JsonNode value) {
        if (value.isTextual()) {
            return Optional.of(value.textValue());
        }
        if (value.isIntegralNumber()) {
            return Optional.of(value.longValue());
        }
        return value.isNumber() ? Optional.of(value.doubleValue()) : Optional.empty();
    }

    /** The shards of a share that are not there; damaged ones count as not there. */
    public List<Integer> missing(Share share) throws IOException {
        List<Integer> missing = new ArrayList<>();
        for (int shard = 0; shard < plan().shards(); shard++) {
            if (share.has(shard) && state(shard) != ShardState.WHOLE) {
                missing.add(shard);
            }
        }
        return missing;
    }
}
