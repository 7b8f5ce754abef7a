// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.source.KnownSource;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.ReferenceStructures;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.List;

/** The beam's material: the box of sixteen pores of one lattice cell of the paper's Fig. 4, however it is measured. */
public final class BeamMaterial {
    /** The continuum with pores of no size. */
    public static final String SIZE_INDEPENDENT = "size-independent";
    private static final String BOX = "fig4-16";
    /** Pitch of the pores over their side. */
    private static final int PITCH = 5;

    private BeamMaterial() {
    }

    /** Names of all sources of the beam's tensor. */
    public static List<String> sources() {
        List<String> names = new ArrayList<>(KnownSource.labels());
        names.add(SIZE_INDEPENDENT);
        return names;
    }

    /** @throws FemException when there is no such source */
    public static void requireKnown(String source) {
        if (!sources().contains(source)) {
            throw new FemException("there is no source \"" + source + "\" of the beam's tensor; there are "
                    + String.join(", ", sources()));
        }
    }

    /**
     * The tensor of the beam's material [GPa].
     *
     * @param source one of {@link #sources()}
     * @throws FemException when there is no such source
     */
    public static ElasticTensor tensor(String source) {
        return tensor(source, KnownSource.DEFAULT_LIMIT);
    }

    /**
     * As {@link #tensor(String)}.
     *
     * @param limit uncertainty of the network [GPa] above which the source {@code hybrid} asks statics
     */
    public static ElasticTensor tensor(String source, double limit) {
        requireKnown(source);
        if (source.equals(SIZE_INDEPENDENT)) {
            PorousStructure solid = new PorousStructure(Lattice.aluminium(), new Cells(4, 4, 1), List.of());
            return PoreLattice.effective(KnownSource.STATICS.tensor(solid.atoms()), PITCH);
        }
        PorousStructure box = ReferenceStructures.fig4(1).stream().filter(s -> s.name().equals(BOX)).findFirst()
                .orElseThrow().structure();
        return KnownSource.named(source).tensor(box.atoms(), limit);
    }
}
