// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.potential;

import java.util.Arrays;
import java.util.Optional;

/** The embedded-atom file formats that are read here, by the name of LAMMPS' pair style. */
public enum EamStyle {
    /** One element; effective charges Z(r) in place of the pair energy (funcfl, DYNAMO). */
    EAM("eam"),
    /** Any number of elements, one density function each (setfl). */
    ALLOY("eam/alloy"),
    /** As eam/alloy with a density function for every ordered pair of elements (Finnis and Sinclair). */
    FS("eam/fs");

    private final String pairStyle;

    EamStyle(String pairStyle) {
        this.pairStyle = pairStyle;
    }

    public String pairStyle() {
        return pairStyle;
    }

    /** The style of that name, also with LAMMPS' suffixes ({@code eam/alloy/opt}); empty for other styles. */
    static Optional<EamStyle> of(String pairStyle) {
        String plain = pairStyle.strip().replaceFirst("/(opt|omp|gpu|intel|kk)$", "");
        return Arrays.stream(values()).filter(style -> style.pairStyle.equals(plain)).findFirst();
    }
}
