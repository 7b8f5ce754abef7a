// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.train;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.io.ByteOrderMark;
import io.github.nanohooke.nn.file.DefinitionJson;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.surrogate.model.TargetStatistics;
import io.github.nanohooke.surrogate.train.TrainingLoss;
import io.github.nanohooke.surrogate.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that decide what a training run gives; its other options decide only how it is run. */
final class TrainingSettings {
    private static final int EPOCHS = 100;
    private static final String PRESET = "periodic";
    private static final String HEAD = "direct";

    @Option(names = "--from", paramLabel = "MODEL",
            description = "Begin with the weights of a model that has learnt already, in place of random ones: its "
                    + "network and its head (--preset, --definition and --head may only say the same).")
    private Path from;

    @Option(names = "--preset", paramLabel = "NAME",
            description = "Network: 'periodic' (sees the cell as periodic, as it is) or 'paper' (zero padding) "
                    + "(default: " + PRESET + ").")
    private String preset;

    @Option(names = "--definition", paramLabel = "FILE",
            description = "A network of your own, as JSON, in place of a preset.")
    private Path definition;

    @Option(names = "--head", paramLabel = "NAME",
            description = "What the outputs are: 'direct' (the constants) or 'cholesky' (a factor of the tensor, so "
                    + "that it is always positive definite) (default: " + HEAD + ").")
    private String head;

    @Option(names = "--loss", paramLabel = "NAME", defaultValue = "SQUARED",
            description = "What is minimised: 'squared', the mean squared error of the constants, as in the paper; or "
                    + "'relative', the mean of a structure's relative error, so that small constants count as much as "
                    + "large ones and structures that cannot be learnt do not outweigh the others (default: squared).")
    private TrainingLoss loss;

    @Option(names = "--epochs", paramLabel = "N",
            description = "Passes over the training part; the learning rate falls over all of them (default: "
                    + EPOCHS + ").")
    private Integer epochs;

    @Option(names = "--images", paramLabel = "M",
            description = "In place of --epochs: as many whole ones as bring the images that are seen to M.")
    private Integer images;

    @Option(names = "--samples", paramLabel = "N",
            description = "Learn from N samples of the training part alone (from all where there are no more), drawn "
                    + "at random; fewer are a part of more, and come several times in an epoch of about 16,000 images "
                    + "(with --images: points of a learning curve, of equal cost).")
    private Integer samples;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "128",
            description = "Images in a step (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--lr", paramLabel = "RATE", defaultValue = "2e-4",
            description = "Highest learning rate of Adam (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(names = "--warmup", paramLabel = "EPOCHS", defaultValue = "1",
            description = "Epochs in which the rate rises to it, of those that there are; may be a fraction (default: "
                    + "${DEFAULT-VALUE}).")
    private double warmup;

    @Option(names = "--final-fraction", paramLabel = "F", defaultValue = "0.01",
            description = "What is left of the rate at the end; it falls along half a cosine; 1 keeps it constant "
                    + "(default: ${DEFAULT-VALUE}).")
    private double finalFraction;

    @Option(names = "--patience", paramLabel = "EPOCHS", defaultValue = "0",
            description = "Stop after that many epochs without a better validation error; 0 never does "
                    + "(default: ${DEFAULT-VALUE}).")
    private int patience;

    @Option(names = "--augment", negatable = true, defaultValue = "true", fallbackValue = "true",
            description = "Shift and turn every image at random each time it is seen, its constants with it; exact "
                    + "(default: ${DEFAULT-VALUE}).")
    private boolean augment;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1",
            description = "Of first weights, order and augmentation (default: ${DEFAULT-VALUE}).")
    private long seed;

    /**
     * The model that the training goes on from, where one is told.
     *
     * @throws BadUsageException when the options tell another head than the model's
     */
    Optional<ModelFile> begun() {
        Optional<ModelFile> begun = Optional.ofNullable(from).map(ModelFile::read);
        begun.map(model -> model.head().label()).filter(own -> head != null && !head.equals(own)).ifPresent(own -> {
            throw new BadUsageException("--from " + from + " goes on with the model's own head, which is " + own
                    + ", not " + head + "; leave --head out");
        });
        return begun;
    }

    /**
     * The network to train: that of the model which the training goes on from, else the one that the options tell.
     *
     * @throws BadUsageException when there is no such network, or the options tell another than the model's, or two
     */
    NetworkDefinition network(Optional<ModelFile> begun) {
        if (begun.isEmpty()) {
            return told();
        }
        NetworkDefinition network = begun.get().definition();
        if ((preset != null || definition != null) && !told().equals(network)) {
            throw new BadUsageException("--from " + from + " goes on with the model's own network " + network.name()
                    + ", which is not that of " + networkWords() + "; leave that out");
        }
        return network;
    }

    /**
     * The head: that of the model which the training goes on from, else a new one.
     *
     * @param samples whose statistics a new head takes its scales from
     */
    OutputHead head(Optional<ModelFile> begun, DatasetSamples samples) {
        return begun.map(ModelFile::head)
                .orElseGet(() -> TargetStatistics.of(samples).head(head == null ? HEAD : head));
    }

    private NetworkDefinition told() {
        if (preset != null && definition != null) {
            throw new BadUsageException("--preset and --definition both say which network; give one of them");
        }
        if (definition == null) {
            return Presets.named(preset == null ? PRESET : preset);
        }
        try {
            return DefinitionJson.read(ByteOrderMark.without(Files.readString(definition)));
        } catch (IOException e) {
            throw new BadUsageException("cannot read the network definition " + definition + ": " + e);
        } catch (NetworkException e) {
            throw new BadUsageException(definition + ": " + e.getMessage());
        }
    }

    /** The samples to learn from, of those of the training part. */
    DatasetSamples samples(DatasetSamples all) {
        return samples == null ? all : all.drawn(samples);
    }

    /**
     * @param imagesInEpoch that an epoch has
     * @throws BadUsageException when an option is out of range, or one contradicts another
     */
    TrainingOptions options(int imagesInEpoch) {
        requireAtLeastOne("--samples", samples);
        requireAtLeastOne("--images", images);
        if (images != null && epochs != null) {
            throw new BadUsageException("--epochs and --images both say how long to train; give one of them");
        }
        int passes = images != null ? (images - 1) / imagesInEpoch + 1 : epochs != null ? epochs : EPOCHS;
        return BadUsageException.checked(() ->
                new TrainingOptions(passes, batch, rate, warmup, finalFraction, patience, augment, seed, loss));
    }

    private static void requireAtLeastOne(String option, Integer value) {
        if (value != null && value < 1) {
            throw new BadUsageException(option + " must be at least 1, got " + value);
        }
    }

    /** The options as words of a command line, defaults included. */
    String commandLine(TrainingOptions options) {
        // Names alone: where files lie on this machine is nobody's business elsewhere.
        return (from == null ? networkWords() + " --head " + (head == null ? HEAD : head)
                : "--from " + from.getFileName()) + " --loss " + loss.label() + " --epochs " + options.epochs()
                + (samples == null ? "" : " --samples " + samples) + " --batch " + batch + " --lr " + rate
                + " --warmup " + warmup + " --final-fraction " + finalFraction + " --patience " + patience
                + (augment ? " --augment" : " --no-augment") + " --seed " + seed;
    }

    private String networkWords() {
        return definition == null ? "--preset " + (preset == null ? PRESET : preset)
                : "--definition " + definition.getFileName();
    }
}
