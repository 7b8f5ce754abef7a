// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import io.github.nanohooke.io.AtomicFile;
import java.awt.Color;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A figure as SVG 1.1. Equal dots are one path of empty strokes with round ends; dots on the same half pixel are drawn
 * once, which keeps scatter plots of 20,000 points below a few hundred kilobytes.
 */
final class SvgCanvas implements FigureCanvas {
    private final StringBuilder svg = new StringBuilder();

    SvgCanvas(int width, int height) {
        svg.append(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                + "viewBox=\"0 0 %d %d\" font-family=\"Helvetica, Arial, sans-serif\">%n", width, height, width,
                height));
    }

    void write(Path file) {
        AtomicFile.writeText(file, svg + "</svg>\n");
    }

    @Override
    public void rectangle(double x, double y, double width, double height, Color fill) {
        append("<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" %s/>", x, y, width, height,
                paint("fill", fill));
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Color color, double width) {
        append("<path d=\"M%.2f %.2fL%.2f %.2f\" %s stroke-width=\"%.2f\"/>", x1, y1, x2, y2, paint("stroke", color),
                width);
    }

    @Override
    public void polygon(List<Dot> corners, Color fill) {
        StringBuilder path = new StringBuilder();
        for (Dot corner : corners) {
            path.append(String.format(Locale.ROOT, "%s%.2f %.2f", path.isEmpty() ? "M" : "L", corner.x(), corner.y()));
        }
        append("<path d=\"%sZ\" %s/>", path, paint("fill", fill));
    }

    @Override
    public void dots(List<Dot> dots, double diameter, Color color) {
        Set<String> places = new LinkedHashSet<>();
        for (Dot dot : dots) {
            places.add("M" + half(dot.x()) + " " + half(dot.y()) + "h0");
        }
        append("<path d=\"%s\" %s stroke-width=\"%.2f\" stroke-linecap=\"round\" fill=\"none\"/>",
                String.join("", places), paint("stroke", color), diameter);
    }

    @Override
    public void text(String text, double x, double y, double size, Anchor anchor, Color color) {
        append("<text x=\"%.2f\" y=\"%.2f\" font-size=\"%.1f\" text-anchor=\"%s\" %s>%s</text>", x, y, size,
                anchor.name().toLowerCase(Locale.ROOT), paint("fill", color), escaped(text));
    }

    @Override
    public void textUpwards(String text, double x, double y, double size, Color color) {
        append("<text transform=\"translate(%.2f %.2f) rotate(-90)\" font-size=\"%.1f\" text-anchor=\"middle\" %s>%s"
                + "</text>", x, y, size, paint("fill", color), escaped(text));
    }

    private void append(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String half(double value) {
        long doubled = Math.round(2 * value);
        return doubled % 2 == 0 ? Long.toString(doubled / 2) : doubled / 2 + ".5";
    }

    private static String paint(String what, Color color) {
        String paint = String.format("%s=\"#%06x\"", what, color.getRGB() & 0xffffff);
        return color.getAlpha() == 255 ? paint
                : paint + String.format(Locale.ROOT, " %s-opacity=\"%.2f\"", what, color.getAlpha() / 255.0);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
