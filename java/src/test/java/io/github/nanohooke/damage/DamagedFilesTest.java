// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.damage.Reading.Reader;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.fem.TestMeshes;
import io.github.nanohooke.fem.io.ProblemFile;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.MeshFile;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.file.DefinitionJson;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.nn.file.Safetensors;
import io.github.nanohooke.nn.reference.ReferenceBackend;
import io.github.nanohooke.statics.potential.EamTables;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.file.AtomsFile;
import io.github.nanohooke.structure.file.ExtendedXyz;
import io.github.nanohooke.structure.file.LammpsData;
import io.github.nanohooke.structure.file.StructureFile;
import io.github.nanohooke.structure.source.StructureSources;
import io.github.nanohooke.surrogate.data.TestData;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.TargetStatistics;
import io.github.nanohooke.surrogate.train.RunOptions;
import io.github.nanohooke.surrogate.train.Training;
import io.github.nanohooke.surrogate.train.TrainingListener;
import io.github.nanohooke.surrogate.train.TrainingOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Every format that is read, damaged: an answer or an error of the library, within memory and time. */
class DamagedFilesTest extends DamageTest {
    private static final Path DATA = Path.of("..", "test-data");
    private static final PorousStructure STRUCTURE = StructureSources.of("mixed").draw(4, 2, Lattice.aluminium(),
            new Cells(5, 5, 1)).structure();

    private static byte[] checkpoint;

    private Path file;

    private void check(String name, byte[] whole, List<Edit> edits, Reader reader) throws IOException {
        file = folder.resolve(name);
        check(file, whole, Edit.apply(edits, whole), reader);
    }

    private void check(String name, String whole, List<Edit> edits, Reader reader) throws IOException {
        check(name, whole.getBytes(StandardCharsets.UTF_8), edits, reader);
    }

    private static void requireFinite(double... values) {
        assertThat(DoubleStream.of(values).allMatch(Double::isFinite)).as("only finite numbers").isTrue();
    }

    private byte[] written(Writer writer) throws IOException {
        Path written = folder.resolve("written");
        writer.write(written);
        return Files.readAllBytes(written);
    }

    @FunctionalInterface
    private interface Writer {
        void write(Path file) throws IOException;
    }

    private void readAtoms() {
        Atoms atoms = AtomsFile.read(file).atoms();
        requireFinite(atoms.positions());
        assertThat(atoms.cell().volume()).isPositive().isFinite();
    }

    @Property(tries = 300, seed = "1", shrinking = ShrinkingMode.BOUNDED)
    void structures(@ForAll("edits") List<Edit> edits) throws IOException {
        check("s.json", StructureFile.toJson(STRUCTURE), edits, this::readAtoms);
    }

    @Property(tries = 150, seed = "2", shrinking = ShrinkingMode.BOUNDED)
    void lammpsData(@ForAll("edits") List<Edit> edits) throws IOException {
        check("a.data", written(f -> LammpsData.write(f, STRUCTURE.atoms())), edits, this::readAtoms);
    }

    @Property(tries = 150, seed = "3", shrinking = ShrinkingMode.BOUNDED)
    void extendedXyz(@ForAll("edits") List<Edit> edits) throws IOException {
        check("a.xyz", written(f -> ExtendedXyz.write(f, STRUCTURE.atoms())), edits, this::readAtoms);
    }

    @Property(tries = 150, seed = "4", shrinking = ShrinkingMode.BOUNDED)
    void atomsOfUnknownFormat(@ForAll("edits") List<Edit> edits) throws IOException {
        check("atoms", written(f -> LammpsData.write(f, STRUCTURE.atoms())), edits, this::readAtoms);
    }

    @Property(tries = 150, seed = "5", shrinking = ShrinkingMode.BOUNDED)
    void pictures(@ForAll("edits") List<Edit> edits) throws IOException {
        check("p.png", written(f -> StructureImage.of(STRUCTURE.atoms(), 64).write(f)), edits,
                () -> StructureImage.read(file).packed());
    }

    private void embeddedAtoms(String name, List<Edit> edits) throws IOException {
        check(name, Files.readAllBytes(DATA.resolve("potentials").resolve(name)), edits, () -> {
            EamTables tables = Potential.fromFile(file).eam().orElseThrow();
            for (String element : tables.elements()) {
                requireFinite(tables.of(element).product());
                requireFinite(tables.of(element).density());
                requireFinite(tables.of(element).embedding());
            }
        });
    }

    @Property(tries = 150, seed = "6", shrinking = ShrinkingMode.BOUNDED)
    void setfl(@ForAll("edits") List<Edit> edits) throws IOException {
        embeddedAtoms("two.eam.alloy", edits);
    }

    @Property(tries = 150, seed = "7", shrinking = ShrinkingMode.BOUNDED)
    void finnisSinclair(@ForAll("edits") List<Edit> edits) throws IOException {
        embeddedAtoms("two.eam.fs", edits);
    }

    @Property(tries = 150, seed = "8", shrinking = ShrinkingMode.BOUNDED)
    void funcfl(@ForAll("edits") List<Edit> edits) throws IOException {
        embeddedAtoms("toy.eam", edits);
    }

    @Property(tries = 300, seed = "9", shrinking = ShrinkingMode.BOUNDED)
    void safetensors(@ForAll("edits") List<Edit> edits) throws IOException {
        check("m.safetensors", Files.readAllBytes(DATA.resolve("c-interface").resolve("direct.safetensors")), edits,
                () -> Safetensors.read(file));
    }

    @Property(tries = 300, seed = "10", shrinking = ShrinkingMode.BOUNDED)
    void models(@ForAll("edits") List<Edit> edits) throws IOException {
        check("m.safetensors", Files.readAllBytes(DATA.resolve("c-interface").resolve("cholesky.safetensors")), edits,
                () -> {
                    for (float parameter : ModelFile.read(file).parameters()) {
                        requireFinite(parameter);
                    }
                });
    }

    /** Of a run that is done: what is resumed is read, and at most the batch in hand computed. */
    @Property(tries = 300, seed = "18", shrinking = ShrinkingMode.BOUNDED)
    void checkpoints(@ForAll("edits") List<Edit> edits) throws IOException {
        TestData samples = TestData.random(8, 1);
        Training training = new Training(TestData.network(), TargetStatistics.of(samples).direct(),
                TrainingOptions.defaults().withEpochs(2).withBatch(4), samples, TestData.random(4, 2));
        if (checkpoint == null) {
            resumed(training, folder.resolve("whole"), false);
            checkpoint = Files.readAllBytes(folder.resolve("whole/checkpoint.safetensors"));
        }
        check("checkpoint.safetensors", checkpoint, edits, () -> resumed(training, folder, true));
    }

    private static void resumed(Training training, Path run, boolean resume) {
        training.run(new ReferenceBackend(), RunOptions.threads(1).withStretch(Duration.ZERO), run, resume,
                TrainingListener.SILENT, () -> resume);
    }

    @Property(tries = 500, seed = "11", shrinking = ShrinkingMode.BOUNDED)
    void definitions(@ForAll("edits") List<Edit> edits) throws IOException {
        check("d.json", DefinitionJson.write(Presets.periodic()), edits,
                () -> DefinitionJson.read(Files.readString(file, StandardCharsets.ISO_8859_1)).parameters().count());
    }

    private void readMesh() {
        Mesh mesh = MeshFile.read(file, 1);
        for (int axis = 0; axis < mesh.dimension(); axis++) {
            requireFinite(mesh.extent(axis));
        }
    }

    @Property(tries = 500, seed = "12", shrinking = ShrinkingMode.BOUNDED)
    void gmshTwo(@ForAll("edits") List<Edit> edits) throws IOException {
        check("m.msh", TestMeshes.GMSH2, edits, this::readMesh);
    }

    @Property(tries = 500, seed = "13", shrinking = ShrinkingMode.BOUNDED)
    void gmshFour(@ForAll("edits") List<Edit> edits) throws IOException {
        check("m.msh", TestMeshes.GMSH4, edits, this::readMesh);
    }

    @Property(tries = 500, seed = "14", shrinking = ShrinkingMode.BOUNDED)
    void calculix(@ForAll("edits") List<Edit> edits) throws IOException {
        check("m.inp", TestMeshes.INP, edits, this::readMesh);
    }

    @Property(tries = 500, seed = "15", shrinking = ShrinkingMode.BOUNDED)
    void problems(@ForAll("edits") List<Edit> edits) throws IOException {
        check("p.json", TestMeshes.PROBLEM, edits, () -> ProblemFile.read(file).problem().mesh().nodes());
    }

    /** The shards of a dataset, their checksums aside: whoever asks for a merged file gets no word of those. */
    @Property(tries = 120, seed = "16", shrinking = ShrinkingMode.BOUNDED)
    void hdf5(@ForAll("edits") List<Edit> edits) throws IOException {
        check("d.h5", Files.readAllBytes(DATA.resolve("earlier-dataset/shards/shard-00000.h5")), edits,
                () -> use(Dataset.open(file)));
    }

    private static void use(Dataset dataset) {
        dataset.frame();
        if (dataset.size() > 0) {
            dataset.status(0);
            dataset.reason(0);
            dataset.constants(0);
            dataset.porosity(0);
            dataset.packedImage(0, Dataset.Image.RELAXED);
        }
    }

    @Property(tries = 500, seed = "17", shrinking = ShrinkingMode.BOUNDED)
    void manifests(@ForAll("edits") List<Edit> edits) throws IOException {
        check("manifest.json", Files.readAllBytes(DATA.resolve("earlier-dataset/manifest.json")), edits,
                () -> DatasetFolder.open(folder).plan().shards());
    }

}
