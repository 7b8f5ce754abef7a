// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import io.github.nanohooke.image.Png;
import io.github.nanohooke.io.FileWriteException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What all pictures share: the sheet, its colours and its type. Panels are laid out in units of which a sheet is as
 * wide as its class says, whatever the pixels.
 *
 * <p>The colours are those of Okabe and Ito, which people with any kind of colour vision can tell apart.
 */
final class Canvas {
    static final Color INK = new Color(0x22, 0x26, 0x2b);
    static final Color MUTED = new Color(0x6b, 0x72, 0x7a);
    static final Color RULE = new Color(0xd5, 0xd9, 0xde);
    static final Color GREEN = new Color(0x00, 0x9e, 0x73);
    static final Color RED = new Color(0xd5, 0x5e, 0x00);
    static final Color BLUE = new Color(0x00, 0x72, 0xb2);

    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 28);
    static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 20);
    static final Font BODY = new Font(Font.SANS_SERIF, Font.PLAIN, 17);
    static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 15);

    /** Fewest and most pixels along the width of a picture. */
    static final int MIN_PIXELS = 200;
    static final int MAX_PIXELS = 8000;

    private Canvas() {
    }

    /** Where a text stands relative to its point. */
    enum Align {
        LEFT(0), CENTRE(0.5), RIGHT(1);

        private final double part;

        Align(double part) {
            this.part = part;
        }
    }

    /**
     * Draws a sheet and writes it.
     *
     * @param width  of the sheet in its own units
     * @param height of the sheet in its own units
     * @param pixels across the width; the height follows
     * @throws IllegalArgumentException when {@code pixels} is out of range
     * @throws FileWriteException       when the file cannot be written
     */
    static void write(Path png, double width, double height, int pixels, Consumer<Graphics2D> painter) {
        if (pixels < MIN_PIXELS || pixels > MAX_PIXELS) {
            throw new IllegalArgumentException("a picture is " + MIN_PIXELS + " to " + MAX_PIXELS
                    + " pixels wide, got " + pixels);
        }
        double scale = pixels / width;
        BufferedImage picture =
                new BufferedImage(pixels, (int) Math.round(height * scale), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, picture.getWidth(), picture.getHeight());
            g.scale(scale, scale);
            painter.accept(g);
        } finally {
            g.dispose();
        }
        Png.write(picture, png);
    }

    /** Text on the baseline y. */
    static void text(Graphics2D g, String text, double x, double y, Align align, Font font, Color color) {
        g.setFont(font);
        g.setColor(color);
        g.drawString(text, (float) (x - align.part * width(g, text, font)), (float) y);
    }

    /** Width of a text in the sheet's units. */
    static double width(Graphics2D g, String text, Font font) {
        return font.getStringBounds(text, g.getFontRenderContext()).getWidth();
    }

    /** Text on the baseline y, in smaller type when it would be wider than {@code room}. */
    static void fittedText(Graphics2D g, String text, double x, double y, double room, Font font, Color color) {
        double width = width(g, text, font);
        Font fitted = width <= room ? font : font.deriveFont((float) (font.getSize2D() * room / width));
        text(g, text, x, y, Align.LEFT, fitted, color);
    }

    static BasicStroke line(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }

    /** A colour between two. @param share of the second, 0 to 1 */
    static Color mixed(Color from, Color to, double share) {
        return new Color(mixed(from.getRed(), to.getRed(), share), mixed(from.getGreen(), to.getGreen(), share),
                mixed(from.getBlue(), to.getBlue(), share));
    }

    private static int mixed(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }

    /** The largest of 1, 2, 5 times a power of ten that is not larger than {@code value}. */
    static double niceBelow(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        double mantissa = value / power;
        return power * (mantissa >= 5 ? 5 : mantissa >= 2 ? 2 : 1);
    }
}
