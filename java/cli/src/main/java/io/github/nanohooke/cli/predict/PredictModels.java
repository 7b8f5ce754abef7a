// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The networks of a call: one for relaxed structures, one for designed ones, or one for both. */
final class PredictModels implements AutoCloseable {
    private final List<ElasticSurrogate> all = new ArrayList<>();

    /**
     * Opens them.
     *
     * @param files of one or two models; null for that which the environment names or those which the library brings
     * @throws BadUsageException when two are for the same images, or take images of different sizes
     */
    static PredictModels open(List<Path> files, SurrogateOptions options) {
        PredictModels models = new PredictModels();
        try {
            if (files == null) {
                models.all.addAll(ElasticSurrogate.loadDefaults(options));
            } else {
                files.forEach(file -> models.all.add(ElasticSurrogate.load(file, options)));
            }
            models.requireFitting();
            return models;
        } catch (RuntimeException | Error e) {
            models.close();
            throw e;
        }
    }

    private void requireFitting() {
        long kinds = all.stream().map(ElasticSurrogate::shows).distinct().count();
        if (kinds < all.size()) {
            throw new BadUsageException("each --model must be for other images, one for relaxed and one for designed "
                    + "structures; there are "
                    + all.stream().map(s -> s.name() + " for " + s.shows().label()).toList());
        }
        if (all.stream().map(ElasticSurrogate::resolution).distinct().count() > 1) {
            throw new BadUsageException("two models must take images of one size, there are "
                    + all.stream().map(s -> s.name() + " with " + s.resolution() + " pixels").toList());
        }
    }

    List<ElasticSurrogate> all() {
        return all;
    }

    int resolution() {
        return all.get(0).resolution();
    }

    /** The one for images that show this; where there is none, the other one, which the result says. */
    ElasticSurrogate of(Shows shows) {
        return all.stream().filter(surrogate -> surrogate.shows() == shows).findFirst().orElse(all.get(0));
    }

    @Override
    public void close() {
        all.forEach(ElasticSurrogate::close);
    }
}
