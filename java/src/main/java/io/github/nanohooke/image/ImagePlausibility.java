// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

import java.util.Optional;

/**
 * Tells images that can be those of atoms, white disks of one radius, from others: noise, text, photographs, inverted
 * pictures, shapes of another scale.
 *
 * <p>No piece of the solid is smaller than an atom, and three measures by openings with disks, that is, by what of the
 * solid a disk moving inside it cannot cover:
 * <ul>
 * <li>a disk of three quarters of the atoms' radius covers an image of atoms, to half a pixel; black pixels in solid,
 * lines and specks that are smaller than an atom, and cusps of white (between the disks of an inverted picture) are
 * left. So is, here and there, an edge's pixel in a cell that relaxation has sheared, for its disks are ellipses;</li>
 * <li>atoms leave cusps of black between them, which a disk of half their radius cannot enter; edges that were drawn
 * smooth have none;</li>
 * <li>a disk of one and a half times the radius does not fit into atoms' bumps, but into those of larger atoms. Pores
 * of a few atoms have hardly a bump, whatever the scale: they are hollow, or cusps for the most part.</li>
 * </ul>
 *
 * <p>The limits are for disks of {@link #CALIBRATED} pixels, aluminium's in 256 pixels over twenty cells. What they
 * pass and what they find is measured in test-data/model/README.md.
 */
public final class ImagePlausibility {
    /** Radius of the disks for which the limits hold [pixels]: a0 sqrt(2)/4 where 20 a0 have 256 pixels. */
    public static final double CALIBRATED = 256 / 20.0 * Math.sqrt(2) / 4;

    private static final double TOLERANCE = 0.01;
    /** Radii of the three disks [pixels], between those at which a disk gains a pixel. */
    private static final double SMALLER = 3.52;
    private static final double CUSP = 2.5;
    private static final double LARGER = 6.8;
    /** How far rounding moves an edge [pixels]. */
    private static final double ROUNDING = 0.5;
    /** Most pixels that the smaller disk leaves of an image of atoms, and most of the edge's pixels. */
    private static final int MOST_LEFT = 5;
    private static final double MOST_LEFT_OF_EDGE = 0.01;
    /** Least pixels of a piece: an atom's disk has 64. */
    private static final int LEAST_PIECE = 40;
    /** Least share of an image's edge pixels, for the cusps and for what the larger disk leaves. */
    private static final double LEAST_CUSPS = 0.045;
    private static final double LEAST_BUMPS = 0.28;
    /** Share of an image's edge pixels from which its cusps are those of pores without an edge to judge. */
    private static final double MOSTLY_CUSPS = 0.4;
    /** Pixels on either side of one on a straight edge, which is a drawing's. */
    private static final int STRAIGHT = 6;
    /** Edge pixels below which shares of them tell nothing: three atoms' circumference. */
    private static final int FEW = 60;

    private ImagePlausibility() {
    }

    /** What is wrong with an image. */
    public enum Finding {
        /** Black and white exchanged: the inverse is an image of atoms. */
        INVERTED,
        /** Parts that no disk of an atom covers: noise, lines, text, photographs, atoms that are too small. */
        NO_ATOMS,
        /** Edges without the bumps of atoms: a drawing of the pores. */
        SMOOTH,
        /** Bumps of atoms that are too large: a smaller cell. */
        TOO_LARGE
    }

    /** Whether there are limits for disks of a radius [pixels]. */
    public static boolean isCalibrated(double radius) {
        return Math.abs(radius / CALIBRATED - 1) <= TOLERANCE;
    }

    /**
     * The first thing that is wrong with an image; empty where it can be one of atoms.
     *
     * @param radius of the atoms' disks [pixels]
     * @throws IllegalArgumentException when there are no limits for it
     */
    public static Optional<Finding> of(StructureImage image, double radius) {
        if (!isCalibrated(radius)) {
            throw new IllegalArgumentException("images are judged by disks of " + CALIBRATED + " pixels, not of "
                    + radius);
        }
        Morphology solid = Morphology.of(image);
        Optional<Finding> finding = of(solid);
        boolean inverted = finding.equals(Optional.of(Finding.NO_ATOMS)) && of(solid.inverted()).isEmpty();
        return inverted ? Optional.of(Finding.INVERTED) : finding;
    }

    private static Optional<Finding> of(Morphology solid) {
        int edge = solid.countOutside(solid.eroded(1));
        if (left(solid) > Math.max(MOST_LEFT, MOST_LEFT_OF_EDGE * edge)
                || new RunPieces(solid).smallest() < LEAST_PIECE) {
            return Optional.of(Finding.NO_ATOMS);
        }
        if (edge < FEW) {
            return Optional.empty();
        }
        Morphology pores = solid.inverted();
        int cusps = pores.countOutside(pores.opened(CUSP));
        if (cusps < LEAST_CUSPS * edge) {
            return Optional.of(Finding.SMOOTH);
        }
        boolean bumps = solid.countOutside(solid.opened(LARGER)) >= LEAST_BUMPS * edge;
        return bumps || isHollow(pores) || cusps >= MOSTLY_CUSPS * edge && !solid.hasStraightTop(STRAIGHT)
                ? Optional.empty() : Optional.of(Finding.TOO_LARGE);
    }

    private static boolean isHollow(Morphology pores) {
        return !pores.eroded(SMALLER).isEmpty() && pores.eroded(LARGER).isEmpty();
    }

    private static int left(Morphology solid) {
        return solid.countOutside(solid.eroded(SMALLER).dilated(SMALLER + ROUNDING));
    }
}
