// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Locale;

/**
 * From any picture to black and white.
 *
 * <p>A pixel is solid when its luminance, 0.2126 R + 0.7152 G + 0.0722 B of the stored values scaled to 0..255, is at
 * least {@link #SOLID_FROM}. A picture in which more than {@link #MAX_GREY_SHARE} of the pixels lie between
 * {@link #GREY_FROM} and {@link #GREY_BELOW} is no picture of solid and pore, and neither is one with transparent
 * pixels: both are refused.
 */
final class Threshold {
    /** Luminance from which a pixel is solid. */
    static final int SOLID_FROM = 128;
    /** Luminance from which a pixel is no longer black. */
    static final int GREY_FROM = 64;
    /** Luminance from which a pixel is white. */
    static final int GREY_BELOW = 192;
    /** Largest luminance. */
    private static final double WHITE = 255;
    /** Share of grey pixels that is put down to smoothed edges. */
    static final double MAX_GREY_SHARE = 0.25;

    private Threshold() {
    }

    /**
     * @param picture the picture
     * @param name    what to call it in an error
     * @throws ImageException when it is transparent somewhere or mostly grey
     */
    static StructureImage apply(BufferedImage picture, String name) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        StructureImage image = new StructureImage(width, height);
        Luminance luminance = Luminance.of(picture);
        long grey = 0;
        double brightest = 0;
        double darkest = WHITE;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                if (!luminance.isOpaque(column, row)) {
                    throw new ImageException(name + " is transparent at row " + row + ", column " + column
                            + ", which is neither solid nor pore; save it without transparency");
                }
                double value = luminance.at(column, row);
                brightest = Math.max(brightest, value);
                darkest = Math.min(darkest, value);
                if (value >= GREY_FROM && value < GREY_BELOW) {
                    grey++;
                }
                if (value >= SOLID_FROM) {
                    image.setSolid(row, column, 1);
                }
            }
        }
        requireContrast(darkest, brightest, name);
        double share = (double) grey / ((long) width * height);
        if (share > MAX_GREY_SHARE) {
            throw new ImageException(String.format(Locale.ROOT, "%s is not a black and white picture: %.0f %% of its "
                    + "pixels are grey, with luminance in %d..%d (at most %.0f %% are allowed); solid must be white "
                    + "and pores black", name, 100 * share, GREY_FROM, GREY_BELOW - 1, 100 * MAX_GREY_SHARE));
        }
        return image;
    }

    // A mask of 0 and 1 in eight bits, or twelve bits of a camera in sixteen, would be black all over.
    private static void requireContrast(double darkest, double brightest, String name) {
        if (darkest < brightest && brightest < GREY_FROM) {
            throw new ImageException(String.format(Locale.ROOT, "%s is dark all over: its brightest pixel has "
                    + "luminance %.2f of 0..255. Are these values 0 and 1, or 12 bits in a file of 16? Scale them so "
                    + "that solid is white, the largest value of the file's depth", name, brightest));
        }
    }

    /** Luminance 0..255 and opacity of a picture's pixels. */
    private interface Luminance {
        double at(int x, int y);

        boolean isOpaque(int x, int y);

        static Luminance of(BufferedImage picture) {
            ColorModel model = picture.getColorModel();
            boolean grey = model.getNumColorComponents() == 1 && !(model instanceof IndexColorModel);
            return grey ? ofGrey(picture) : ofColour(picture);
        }

        /**
         * Java takes stored grey as linear light and brightens it on the way to RGB (128 becomes 188), so grey is read
         * from the raster.
         */
        private static Luminance ofGrey(BufferedImage picture) {
            Raster raster = picture.getRaster();
            double white = (1 << picture.getColorModel().getComponentSize(0)) - 1;
            double opaque = raster.getNumBands() > 1 ? (1 << picture.getColorModel().getComponentSize(1)) - 1 : 0;
            return new Luminance() {
                @Override
                public double at(int x, int y) {
                    return raster.getSample(x, y, 0) / white * 255;
                }

                @Override
                public boolean isOpaque(int x, int y) {
                    return opaque == 0 || raster.getSample(x, y, 1) == opaque;
                }
            };
        }

        private static Luminance ofColour(BufferedImage picture) {
            return new Luminance() {
                @Override
                public double at(int x, int y) {
                    int rgb = picture.getRGB(x, y);
                    // Whole weights, so that equal components give back exactly themselves.
                    return (2126 * (rgb >> 16 & 255) + 7152 * (rgb >> 8 & 255) + 722 * (rgb & 255)) / 10000.0;
                }

                @Override
                public boolean isOpaque(int x, int y) {
                    return picture.getRGB(x, y) >>> 24 == 255;
                }
            };
        }
    }
}
