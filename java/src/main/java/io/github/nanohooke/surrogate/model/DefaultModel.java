// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.model;

import io.github.nanohooke.surrogate.SurrogateException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;

/**
 * The model to use where none is named: the file of the environment variable NANOHOOKE_MODEL, else the one in the jar.
 *
 * @param name  the file, or the resource
 * @param model what it holds
 */
public record DefaultModel(String name, ModelFile model) {
    static final String VARIABLE = "NANOHOOKE_MODEL";
    public static final String RESOURCE = "nanohooke-al.safetensors";

    /** The network in the jar, null where it has none. */
    public static URL shipped() {
        return DefaultModel.class.getResource(RESOURCE);
    }

    /**
     * @param environment the process' environment
     * @param shipped     {@link #shipped()}
     * @throws SurrogateException when there is neither, or it is no model
     * @throws io.github.nanohooke.nn.NetworkException when the file is missing, truncated or damaged
     */
    public static DefaultModel find(Map<String, String> environment, URL shipped) {
        String file = environment.get(VARIABLE);
        if (file != null && !file.isBlank()) {
            return new DefaultModel(file, ModelFile.read(Path.of(file)));
        }
        if (shipped == null) {
            throw new SurrogateException("there is no model to predict with: none was named, the variable " + VARIABLE
                    + " is not set, and this build of the library has none of its own. Train one with 'nanohooke train "
                    + "DATASET --out FILE' and name FILE");
        }
        try (InputStream stream = shipped.openStream()) {
            return new DefaultModel(RESOURCE, ModelFile.read(RESOURCE, stream.readAllBytes()));
        } catch (IOException e) {
            throw new SurrogateException("the model in the library, " + shipped + ", cannot be read: " + e, e);
        }
    }
}
