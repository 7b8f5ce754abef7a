// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.model;

import java.util.Optional;

/** A material that knows nothing beyond some deformation: points there have no answer, and it can say why. */
public interface BoundedField extends ConstitutiveField {

    /** Why points had no answer when they were last asked, and what to do; nothing where all had one. */
    Optional<String> complaint();

    /** What the materials of a part complain of, a sentence each behind a blank; nothing where all is well. */
    static String complaints(Problem problem) {
        StringBuilder text = new StringBuilder();
        problem.regions().stream().map(Region::material).filter(BoundedField.class::isInstance)
                .forEach(field -> ((BoundedField) field).complaint().ifPresent(why -> text.append(' ').append(why)));
        return text.toString();
    }
}
