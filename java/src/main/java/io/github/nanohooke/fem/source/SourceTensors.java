// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.source;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.TensorAnswer;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.statics.UncertainTensor;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.file.AtomsFile;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.Prediction;
import io.github.nanohooke.surrogate.predict.PredictionCheck;
import io.github.nanohooke.surrogate.predict.StructureCheck;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tensors for all materials of a part: each source is opened once and asked once of equal structures, of many together.
 * For one thread.
 */
public final class SourceTensors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceTensors.class);
    /** That a network is given at once. */
    private static final int PICTURES = 256;

    private final Map<Choice, Opened> opened = new HashMap<>();
    /** Sources that have a file in common write all that is known into it. */
    private final Map<Path, KeptTensors> kept = new HashMap<>();
    private final Map<Shows, Network> networks = new EnumMap<>(Shows.class);

    /**
     * A source and how it is used.
     *
     * @param source where tensors come from
     * @param limit  of {@link KnownSource#HYBRID} [GPa]
     * @param cache  file that keeps the tensors of structures with a lattice, of any number of sources; null for none
     */
    public record Choice(KnownSource source, double limit, Path cache) {
    }

    private record Opened(TensorSource source, StructureTensors structures, Map<Atoms, TensorAnswer> bare) {
    }

    private record Network(ElasticSurrogate surrogate, PredictionCheck check,
            Map<StructureImage, TensorAnswer> known) {
    }

    /**
     * Of structures or atoms, in their order; one that has no tensor is told by its answer.
     *
     * @param progress told how much is done, 0 to 1; false stops
     * @throws CancellationException when {@code progress} asks to stop
     */
    public List<TensorAnswer> ofFiles(Choice choice, List<AtomsFile.Loaded> files, DoublePredicate progress) {
        Opened source = opened.computeIfAbsent(choice, this::open);
        List<Integer> drawn = IntStream.range(0, files.size()).filter(k -> files.get(k).structure().isPresent()).boxed()
                .toList();
        double share = (double) drawn.size() / files.size();
        List<PorousStructure> structures = drawn.stream().map(k -> files.get(k).structure().orElseThrow()).toList();
        List<TensorAnswer> said = structures.isEmpty() ? List.of()
                : source.structures().answers(structures, false, done -> progress.test(share * done));
        bare(source, files, done -> progress.test(share + (1 - share) * done));
        TensorAnswer[] all = new TensorAnswer[files.size()];
        for (int k = 0; k < said.size(); k++) {
            all[drawn.get(k)] = said.get(k);
        }
        for (int k = 0; k < all.length; k++) {
            all[k] = all[k] == null ? source.bare().get(files.get(k).atoms()) : all[k];
        }
        return List.of(all);
    }

    private Opened open(Choice choice) {
        TensorSource source = choice.source().open(choice.limit());
        try {
            KeptTensors known = choice.cache() == null ? new KeptTensors(null)
                    : kept.computeIfAbsent(choice.cache(), KeptTensors::new);
            return new Opened(source, new StructureTensors(source, known), new HashMap<>());
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** Atoms whose lattice no file tells. */
    private static void bare(Opened source, List<AtomsFile.Loaded> files, DoublePredicate progress) {
        List<Atoms> open = files.stream().filter(file -> file.structure().isEmpty()).map(AtomsFile.Loaded::atoms)
                .filter(atoms -> !source.bare().containsKey(atoms)).distinct().toList();
        int batch = source.source().batch();
        for (int from = 0; from < open.size(); from += batch) {
            if (!progress.test((double) from / open.size())) {
                throw new CancellationException("stopped after the tensors of " + from + " of " + open.size()
                        + " files of atoms");
            }
            List<Atoms> some = open.subList(from, Math.min(open.size(), from + batch));
            List<TensorAnswer> answers = source.source().answersOf(some);
            for (int k = 0; k < some.size(); k++) {
                source.bare().put(some.get(k), answers.get(k));
            }
        }
    }

    /**
     * Of pictures, by the network for what they show. What a picture's prediction is not worth is in the log: pictures
     * that show no atoms the network knows, or a porosity that it was not tested on.
     *
     * @param source {@link KnownSource#NETWORK} for relaxed structures, {@link KnownSource#DESIGNED_NETWORK} for
     *               designs
     * @throws FemException for other sources: statics needs atoms
     */
    public List<TensorAnswer> ofImages(KnownSource source, List<StructureImage> images, DoublePredicate progress) {
        if (source != KnownSource.NETWORK && source != KnownSource.DESIGNED_NETWORK) {
            throw new FemException("a picture has no atoms for \"" + source.label() + "\"; its sources are \""
                    + KnownSource.NETWORK.label() + "\" where it shows relaxed atoms and \""
                    + KnownSource.DESIGNED_NETWORK.label() + "\" where it shows designed ones");
        }
        Shows shows = source == KnownSource.NETWORK ? Shows.RELAXED : Shows.DESIGNED;
        Network network = networks.computeIfAbsent(shows, SourceTensors::load);
        images.forEach(network.surrogate()::requireUsable);
        List<StructureImage> open = images.stream().filter(image -> !network.known().containsKey(image)).distinct()
                .toList();
        for (int from = 0; from < open.size(); from += PICTURES) {
            if (!progress.test((double) from / open.size())) {
                throw new CancellationException("stopped after the tensors of " + from + " of " + open.size()
                        + " pictures");
            }
            predict(network, open.subList(from, Math.min(open.size(), from + PICTURES)));
        }
        return images.stream().map(network.known()::get).toList();
    }

    private static Network load(Shows shows) {
        ElasticSurrogate surrogate = ElasticSurrogate.loadDefault(SurrogateOptions.defaults()
                .withAverage(shows == Shows.RELAXED).withResample(true), shows);
        StructureCheck.of(surrogate).unlike(shows).ifPresent(warning -> LOG.warn("of pictures: {}", warning.message()));
        return new Network(surrogate, PredictionCheck.of(surrogate, shows), new LinkedHashMap<>());
    }

    private static void predict(Network network, List<StructureImage> images) {
        Set<String> doubts = new TreeSet<>();
        List<ElasticTensor> tensors = network.surrogate().tensors(images);
        for (int k = 0; k < images.size(); k++) {
            StructureImage image = images.get(k);
            Prediction said = network.check().of(image, tensors.get(k), image.porosity());
            said.warnings().forEach(warning -> doubts.add(warning.message()));
            network.known().put(image, said.outcome() == Prediction.Outcome.PREDICTED
                    ? TensorAnswer.of(UncertainTensor.unknown(said.tensor())) : TensorAnswer.none(said.explanation()));
        }
        doubts.forEach(doubt -> LOG.warn("of a picture: {}", doubt));
    }

    @Override
    public void close() {
        opened.values().forEach(one -> one.source().close());
        networks.values().forEach(one -> one.surrogate().close());
    }
}
