// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.model;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.surrogate.SurrogateException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;

/**
 * The model to use where none is named: the file of the environment variable NANOHOOKE_MODEL, else the network of the
 * artefact nanohooke-model-al, if that is on the class path or among the modules.
 *
 * @param name  the file, or the resource
 * @param model what it holds
 */
public record DefaultModel(String name, ModelFile model) {
    static final String VARIABLE = "NANOHOOKE_MODEL";
    static final String ARTEFACT = "io.github.nanohooke:nanohooke-model-al";
    /** Where that artefact has its network. */
    public static final String RESOURCE = "io/github/nanohooke/model/al/nanohooke-al.safetensors";

    /** Where it has one that learnt from images of structures as designed; it may have none. */
    public static final String RESOURCE_FOR_DESIGNED = "io/github/nanohooke/model/al/nanohooke-al-designed.safetensors";

    /**
     * The network of the artefact, null where it is not there: what our own class loader sees, else what the thread's
     * context loader sees.
     */
    public static URL shipped() {
        return resource(RESOURCE);
    }

    /** As {@link #shipped()}, the one for structures as designed. */
    public static URL shippedForDesigned() {
        return resource(RESOURCE_FOR_DESIGNED);
    }

    private static URL resource(String resource) {
        URL own = DefaultModel.class.getClassLoader().getResource(resource);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return own != null || context == null ? own : context.getResource(resource);
    }

    /**
     * The model for structures as designed: the file that the environment names, else that which learnt from such
     * images, else the one for all.
     *
     * @param designed {@link #shippedForDesigned()}
     * @param shipped  {@link #shipped()}; failures are those of {@link #find}
     */
    public static DefaultModel findForDesigned(Map<String, String> environment, URL designed, URL shipped) {
        return isNamed(environment) || designed == null ? find(environment, shipped)
                : read(designed, RESOURCE_FOR_DESIGNED);
    }

    /** Whether the environment names a model, which then is for all structures. */
    public static boolean isNamed(Map<String, String> environment) {
        String file = environment.get(VARIABLE);
        return file != null && !file.isBlank();
    }

    /**
     * @param environment the process' environment
     * @param shipped     {@link #shipped()}
     * @throws MissingLibraryException when there is neither
     * @throws SurrogateException when it is no model
     * @throws io.github.nanohooke.nn.NetworkException when the file is missing, truncated or damaged
     */
    public static DefaultModel find(Map<String, String> environment, URL shipped) {
        if (isNamed(environment)) {
            String file = environment.get(VARIABLE);
            return new DefaultModel(file, ModelFile.read(Path.of(file)));
        }
        if (shipped == null) {
            throw new MissingLibraryException("there is no model to predict with: none was named, the variable "
                    + VARIABLE + " is not set, and the artefact " + ARTEFACT + " is not on the class path. Add it, or "
                    + "train a model with 'nanohooke train DATASET --out FILE' and name FILE");
        }
        return read(shipped, RESOURCE);
    }

    private static DefaultModel read(URL shipped, String resource) {
        try (InputStream stream = shipped.openStream()) {
            String name = resource.substring(resource.lastIndexOf('/') + 1);
            return new DefaultModel(name, ModelFile.read(name, stream.readAllBytes()));
        } catch (IOException e) {
            throw new SurrogateException("the model in the library, " + shipped + ", cannot be read: " + e, e);
        }
    }
}
