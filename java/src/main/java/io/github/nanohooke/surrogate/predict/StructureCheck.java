// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.RestrictedFrame;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.data.TrainingDomain;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a network does not know of a structure, and the image that it sees does not tell; {@link PredictionCheck} looks
 * at the image.
 *
 * <p>Codes of the warnings: {@code not-relaxed} and {@code not-designed}, where the network has learnt from the other
 * kind of images; {@code element}, {@code cell-size} and {@code lattice}, see {@link TrainingDomain#warnings}.
 */
public final class StructureCheck {
    /** Largest tilt, and largest difference of the edges, of a cell that counts as square, as a share of an edge. */
    private static final double SQUARE = 0.1;
    /** What models that do not tell were trained on. */
    private static final List<String> ALUMINIUM = List.of("Al");
    /** Warnings of structures that are none of those that a network knows. */
    private static final Set<String> FOREIGN = Set.of("element", "lattice", "cell-size");

    private final Shows learnt;
    private final Optional<TrainingDomain> domain;

    private StructureCheck(Shows learnt, Optional<TrainingDomain> domain) {
        this.learnt = learnt;
        this.domain = domain;
    }

    /** For the structures that a surrogate is asked of. */
    public static StructureCheck of(ElasticSurrogate surrogate) {
        return of(surrogate.provenance());
    }

    static StructureCheck of(Map<String, String> provenance) {
        return new StructureCheck(Shows.of(provenance), TrainingDomain.of(provenance));
    }

    /**
     * Why no network answers for a cell, for people; empty where it is square. An image shows any cell as a square, and
     * the network would answer for another material.
     *
     * @param cell before relaxation, which may take tens of percent off an edge
     */
    public static Optional<String> refusal(Cell cell) {
        Box box = RestrictedFrame.of(cell).box();
        double edge = Math.max(box.lx(), box.ly());
        boolean square = Math.abs(box.lx() - box.ly()) <= SQUARE * edge && Math.abs(box.xy()) <= SQUARE * edge;
        return square ? Optional.empty() : Optional.of(String.format(Locale.ROOT, "its cell is %.2f x %.2f Å with a "
                + "tilt of %.2f Å; networks know square cells alone", box.lx(), box.ly(), box.xy()));
    }

    /** Where images show something else than those that the network has learnt from. */
    public Optional<Warning> unlike(Shows shown) {
        if (shown == learnt) {
            return Optional.empty();
        }
        return Optional.of(learnt == Shows.DESIGNED
                ? new Warning("not-designed", "it shows a relaxed structure, and the model has learnt from structures "
                        + "as designed")
                : new Warning("not-relaxed", "it is drawn as designed, before relaxation, and the model has learnt "
                        + "from relaxed structures"));
    }

    /**
     * What the network does not know of atoms.
     *
     * @param design whether they stand as they were designed, in exactly the cell that they were given; else they may
     *               be relaxed
     */
    public List<Warning> warnings(Atoms atoms, boolean design) {
        return domain.map(known -> design ? known.warningsOfDesign(atoms) : known.warnings(atoms))
                .orElseGet(() -> TrainingDomain.unknownElements(ALUMINIUM, atoms).stream().toList());
    }

    /** Whether warnings tell of a structure that is none of those that the network knows. */
    public static boolean isForeign(List<Warning> warnings) {
        return warnings.stream().map(Warning::code).anyMatch(FOREIGN::contains);
    }
}
