// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.tensor.ElasticTensor;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.nio.file.Path;

/** One page for one structure: atoms, image, directional stiffness, and the constants below. */
public final class SummaryPlot {
    /** Pixels across unless said otherwise. */
    public static final int DEFAULT_PIXELS = 1720;

    private static final double WIDTH = 1720;
    private static final double HEIGHT = 1060;
    private static final double MARGIN = 36;
    private static final double PANEL = 533;
    private static final double GAP = 24.5;
    private static final double TOP = 135;
    private static final double BOTTOM = 800;

    private SummaryPlot() {
    }

    /**
     * What the page shows.
     *
     * @param title     one line in large type
     * @param subtitle  one line below, for example porosity, dispersion and method; may be empty
     * @param atoms     the atoms
     * @param fcc       per atom, whether its surroundings are fcc; null where that is no question
     * @param radius    of an atom's disk [Å]
     * @param image     the atoms' image
     * @param tensor    the elastic tensor, or {@code null} when none was measured, which the page then says
     * @param predicted a network's tensor to be drawn beside it, or {@code null} when there is none
     */
    public record Content(String title, String subtitle, Atoms atoms, boolean[] fcc, double radius,
            StructureImage image, ElasticTensor tensor, ElasticTensor predicted) {
        /** @throws IllegalArgumentException when {@code fcc} has not one value per atom */
        public Content {
            StructurePlot.requireOnePerAtom(atoms, fcc);
        }

        /** A page of a structure that no network was asked about. */
        public Content(String title, String subtitle, Atoms atoms, boolean[] fcc, double radius,
                StructureImage image, ElasticTensor tensor) {
            this(title, subtitle, atoms, fcc, radius, image, tensor, null);
        }
    }

    /** A page of the default size; see {@link #write(Content, Path, int)}. */
    public static void write(Content content, Path png) {
        write(content, png, DEFAULT_PIXELS);
    }

    /**
     * Writes the page.
     *
     * @param content what it shows
     * @param png     the file
     * @param pixels  across the page, 200 to 8000
     * @throws IllegalArgumentException when {@code pixels} is out of range
     * @throws FileWriteException       when the file cannot be written
     */
    public static void write(Content content, Path png, int pixels) {
        Canvas.write(png, WIDTH, HEIGHT, pixels, g -> draw(g, content));
    }

    private static void draw(Graphics2D g, Content content) {
        double room = WIDTH - 2 * MARGIN;
        Canvas.fittedText(g, content.title, MARGIN, 50, room, Canvas.TITLE, Canvas.INK);
        Canvas.fittedText(g, content.subtitle, MARGIN, 80, room, Canvas.BODY, Canvas.MUTED);

        StructurePlot.draw(g, panel(g, 0, "Atoms seen along z"), content.atoms, content.fcc, content.radius);
        ImagePlot.draw(g, panel(g, 1, "Image"), content.image);
        Rectangle2D polar = panel(g, 2, "Young's modulus by direction");
        if (content.tensor == null) {
            ConstantsTable.missing(g, polar);
            return;
        }
        StiffnessPlot.draw(g, polar, content.tensor, content.predicted);
        heading(g, MARGIN, BOTTOM, "Elastic tensor [GPa]");
        ConstantsTable.components(g, MARGIN, BOTTOM + 32, content.tensor);
        heading(g, column(2), BOTTOM, "Moduli");
        ConstantsTable.moduli(g, column(2), BOTTOM + 32, PANEL, content.tensor);
    }

    private static double column(int index) {
        return MARGIN + index * (PANEL + GAP);
    }

    private static Rectangle2D panel(Graphics2D g, int index, String heading) {
        heading(g, column(index), TOP - 15, heading);
        return new Rectangle2D.Double(column(index), TOP, PANEL, BOTTOM - TOP - 70);
    }

    private static void heading(Graphics2D g, double x, double y, String heading) {
        Canvas.text(g, heading, x, y, Canvas.Align.LEFT, Canvas.HEADING, Canvas.INK);
    }
}
