// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

import io.github.nanohooke.tensor.ElasticTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The laws that can be made of an elastic tensor, by name. */
public final class Laws {
    private static final Map<String, Function<ElasticTensor, MaterialLaw>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("saint-venant-kirchhoff", SaintVenantKirchhoffLaw::new);
        ALL.put("hencky", HenckyLaw::new);
        ALL.put("cauchy-log", CauchyLogLaw::new);
        ALL.put("linear", LinearLaw::new);
    }

    private Laws() {
    }

    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * A law of a material.
     *
     * @param name   one of {@link #names()}
     * @param tensor its elastic tensor along the part's axes [GPa]
     * @throws IllegalArgumentException when there is no such law, or the tensor is not positive definite
     */
    public static MaterialLaw of(String name, ElasticTensor tensor) {
        Function<ElasticTensor, MaterialLaw> maker = ALL.get(name);
        if (maker == null) {
            throw new IllegalArgumentException("there is no law \"" + name + "\"; there are "
                    + String.join(", ", names()));
        }
        return maker.apply(tensor);
    }
}
