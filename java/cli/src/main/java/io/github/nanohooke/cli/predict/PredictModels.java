// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.model.DefaultModel;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The networks of a call: one for relaxed structures, one for designed ones, or one for both. Those of the library,
 * which are for one each, are read when there is something for them to answer.
 */
final class PredictModels implements AutoCloseable {
    private final SurrogateOptions options;
    private final Consumer<ElasticSurrogate> requirement;
    private final boolean ofLibrary;
    private final List<ElasticSurrogate> opened = new ArrayList<>();

    private PredictModels(SurrogateOptions options, Consumer<ElasticSurrogate> requirement, boolean ofLibrary) {
        this.options = options;
        this.requirement = requirement;
        this.ofLibrary = ofLibrary;
    }

    /**
     * Opens those that are named.
     *
     * @param files       of one or two models; null for that which the environment names or those of the library
     * @param requirement throws where a network will not do for the call
     * @throws BadUsageException when two are for the same images, or take images of different sizes
     */
    static PredictModels open(List<Path> files, SurrogateOptions options, Consumer<ElasticSurrogate> requirement) {
        boolean ofLibrary = files == null && !DefaultModel.isNamed(System.getenv())
                && DefaultModel.shippedForDesigned() != null;
        PredictModels models = new PredictModels(options, requirement, ofLibrary);
        try {
            if (files != null) {
                files.forEach(file -> models.opened.add(ElasticSurrogate.load(file, options)));
            } else if (!ofLibrary) {
                models.opened.add(ElasticSurrogate.loadDefault(options));
            }
            models.requireFitting();
            models.opened.forEach(requirement);
            return models;
        } catch (RuntimeException | Error e) {
            models.close();
            throw e;
        }
    }

    private void requireFitting() {
        long kinds = opened.stream().map(ElasticSurrogate::shows).distinct().count();
        if (kinds < opened.size()) {
            throw new BadUsageException("each --model must be for other images, one for relaxed and one for designed "
                    + "structures; there are "
                    + opened.stream().map(s -> s.name() + " for " + s.shows().label()).toList());
        }
        if (opened.stream().map(ElasticSurrogate::resolution).distinct().count() > 1) {
            throw new BadUsageException("two models must take images of one size, there are "
                    + opened.stream().map(s -> s.name() + " with " + s.resolution() + " pixels").toList());
        }
    }

    /** Those that were needed so far. */
    List<ElasticSurrogate> opened() {
        return opened;
    }

    /** The one for images that show this; where there is none, the other one, which the result says. */
    ElasticSurrogate of(Shows shows) {
        return opened.stream().filter(surrogate -> surrogate.shows() == shows).findFirst()
                .orElseGet(() -> ofLibrary ? openOfLibrary(shows) : opened.get(0));
    }

    private ElasticSurrogate openOfLibrary(Shows shows) {
        ElasticSurrogate surrogate = ElasticSurrogate.loadDefault(options, shows);
        opened.add(surrogate);
        requireFitting();
        requirement.accept(surrogate);
        return surrogate;
    }

    @Override
    public void close() {
        opened.forEach(ElasticSurrogate::close);
    }
}
