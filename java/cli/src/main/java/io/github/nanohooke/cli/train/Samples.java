// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.train;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.data.Shows;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The samples that a command works on, or what is wrong with the data it was given. */
final class Samples {
    private Samples() {
    }

    /** A part's name for people. */
    static String name(Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    /**
     * A part of datasets that fits a network.
     *
     * @param paths where the datasets come from, for messages
     * @throws BadUsageException when there are no samples, or their images have not the network's size
     */
    static DatasetSamples require(List<Dataset> datasets, Part part, NetworkDefinition network, List<Path> paths,
            Shows shows) {
        DatasetSamples samples = DatasetSamples.of(datasets, part, shows);
        if (samples.size() == 0) {
            throw new BadUsageException("no kept sample of " + paths + " is in the " + name(part) + " part; parts are"
                    + " drawn at 90 (training), 5 (validation) and 5 % (test), so use a larger dataset");
        }
        int pixels = network.input().width();
        if (samples.imageSize() != pixels) {
            throw new BadUsageException("network " + network.name() + " takes images of " + pixels + " pixels along an"
                    + " edge, those of " + paths + " have " + samples.imageSize() + "; make datasets with --image-size "
                    + pixels + ", or use another network (train has --definition)");
        }
        return samples;
    }
}
