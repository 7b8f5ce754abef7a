// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.chart;

import java.awt.Color;

/**
 * Some points of a {@link Chart}. The arrays are the holder's.
 *
 * @param name   for the legend; empty for none
 * @param colour counted from 0, see {@link #color()}
 * @param style  how they are drawn
 * @param x      places
 * @param y      values
 * @param bars   half lengths of error bars; empty for none
 */
public record Series(String name, int colour, Style style, double[] x, double[] y, double[] bars) {
    /** How points are drawn. */
    public enum Style {
        LINE, DASHED,
        /** With error bars where there are some. */
        MARKERS,
        /** Many small dots. */
        CLOUD
    }

    /** Okabe and Ito's colours, which people with any kind of colour vision can tell apart. */
    private static final Color[] COLOURS = {new Color(0x22262b), new Color(0x0072b2), new Color(0xd55e00),
        new Color(0x009e73), new Color(0xcc79a7), new Color(0xe69f00), new Color(0x56b4e9), new Color(0x8c8c00),
        new Color(0x7a5195)};
    private static final Color FAINT = new Color(0x9a, 0xa4, 0xb0, 110);

    /** @throws IllegalArgumentException when the arrays' lengths differ */
    public Series {
        if (x.length != y.length || bars.length != 0 && bars.length != x.length) {
            throw new IllegalArgumentException("series " + name + " has " + x.length + " places, " + y.length
                    + " values and " + bars.length + " bars");
        }
    }

    /** Without error bars. */
    public Series(String name, int colour, Style style, double[] x, double[] y) {
        this(name, colour, style, x, y, new double[0]);
    }

    /** Half length of a point's error bar; 0 where it has none. */
    double bar(int point) {
        return bars.length == 0 ? 0 : bars[point];
    }

    Color color() {
        return style == Style.CLOUD && colour < 0 ? FAINT : COLOURS[Math.floorMod(colour, COLOURS.length)];
    }
}
