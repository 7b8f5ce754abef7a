// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.FirstShell;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.SquareSymmetry;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The binary image of an extruded structure: solid white, pore black (paper, section 2). Immutable and periodic.
 *
 * <p>The picture is one cell, in units of its edges: column c and row r of a W x H picture stand for the point
 * ((c + 1/2) / W) a + (1 - (r + 1/2) / H) b, so that row 0 is at the top, at the largest y. A tilted cell is thus drawn
 * as a rectangle, with distances measured in real space, and the picture repeats exactly as the crystal does.
 */
public final class StructureImage {
    /** Pixels along an edge unless said otherwise, as in the paper. */
    public static final int DEFAULT_RESOLUTION = 256;

    /** Keyword in PNG files. */
    private static final String SHOWS = "nanohooke shows";

    private final int width;
    private final int height;
    /** Bytes per row. */
    private final int stride;
    private final byte[] bits;

    /** An all-black image, to be painted by this package before anybody sees it. */
    StructureImage(int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("an image has at least one pixel, got " + width + " x " + height);
        }
        if ((long) width * height > Png.MAX_PIXELS) {
            throw new IllegalArgumentException("an image of " + width + " x " + height + " pixels is larger than "
                    + Png.MAX_PIXELS + " pixels");
        }
        this.width = width;
        this.height = height;
        this.stride = (width + 7) / 8;
        this.bits = new byte[stride * height];
    }

    /**
     * Radius of the disks of bare atoms [Å]: that of the lattice they stand on ({@link Lattice#diskRadius()}); where
     * they stand on none that is known, 1/√3 of the distance of nearest neighbours, which covers a close-packed crystal
     * of any stacking seen along its layers' normal.
     *
     * @throws io.github.nanohooke.structure.StructureException when no two atoms are near each other
     */
    public static double diskRadius(Atoms atoms) {
        return Lattice.of(atoms).map(Lattice::diskRadius)
                .orElseGet(() -> FirstShell.of(atoms).distance() / Math.sqrt(3));
    }

    /** A square image with {@link #diskRadius(Atoms)}. */
    public static StructureImage of(Atoms atoms, int resolution) {
        return of(atoms, resolution, resolution, diskRadius(atoms));
    }

    /** A square image of atoms that stand, or stood before they relaxed, on this lattice. */
    public static StructureImage of(Atoms atoms, Lattice lattice, int resolution) {
        return of(atoms, resolution, resolution, lattice.diskRadius());
    }

    /**
     * A pixel is white when its centre lies within {@code radius} of an atom. Atoms are seen along the cell's c, which
     * is z for a cell without tilt; they need not lie inside the cell.
     *
     * @param atoms  the atoms
     * @param width  pixels along a
     * @param height pixels along b
     * @param radius of the disks [Å]; see {@link Lattice#diskRadius()}
     * @throws IllegalArgumentException when there are no pixels or too many, or the radius is not positive or larger
     *     than the cell
     */
    public static StructureImage of(Atoms atoms, int width, int height, double radius) {
        double largest = Math.min(atoms.cell().length(0), atoms.cell().length(1));
        if (!(radius > 0) || radius > largest) {
            throw new IllegalArgumentException("the radius of the disks must lie between 0 and the cell's shorter edge "
                    + largest + " Å, got " + radius);
        }
        StructureImage image = new StructureImage(width, height);
        DiskRasterizer.draw(atoms, radius, image);
        return image;
    }

    /** Bytes of a packed image of this size. */
    public static int packedBytes(int width, int height) {
        return (width + 7) / 8 * height;
    }

    /**
     * The inverse of {@link #packed()}.
     *
     * @param packed height rows of (width + 7) / 8 bytes
     * @throws IllegalArgumentException when the length is wrong or a bit beyond the end of a row is set
     */
    public static StructureImage fromPacked(int width, int height, byte[] packed) {
        StructureImage image = new StructureImage(width, height);
        if (packed.length != image.bits.length) {
            throw new IllegalArgumentException("a packed image of " + width + " x " + height + " pixels has "
                    + image.bits.length + " bytes, got " + packed.length);
        }
        int used = width - 8 * (image.stride - 1);
        for (int end = image.stride - 1; end < packed.length; end += image.stride) {
            if ((packed[end] & 0xff) >> used != 0) {
                throw new IllegalArgumentException("row " + end / image.stride
                        + " of a packed image has bits beyond its " + width + " pixels; is the width right?");
            }
        }
        System.arraycopy(packed, 0, image.bits, 0, packed.length);
        return image;
    }

    /**
     * Reads a PNG file at its own size. Grey and colours become black and white at luminance 128 of 0..255.
     *
     * @throws ImageException when the file is missing, empty, damaged, not a PNG or too large, when a pixel is
     *     transparent, or when more than a quarter of the pixels are grey (64..191)
     */
    public static StructureImage read(Path png) {
        return Threshold.apply(Png.read(png), png.toString());
    }

    /** Whether the pixel is solid. Rows and columns from 0, row 0 at the top. */
    public boolean solid(int row, int column) {
        if (row < 0 || row >= height || column < 0 || column >= width) {
            throw new IndexOutOfBoundsException("row " + row + ", column " + column + " of an image of " + width + " x "
                    + height + " pixels");
        }
        return get(row, column);
    }

    private boolean get(int row, int column) {
        return (bits[row * stride + (column >> 3)] & 1 << (column & 7)) != 0;
    }

    /** 64 pixels of a row, from the left, the least significant bit first; zeros beyond the edge. */
    long word(int row, int index) {
        int from = row * stride + 8 * index;
        long word = 0;
        for (int k = Math.min(8, stride - 8 * index) - 1; k >= 0; k--) {
            word = word << 8 | bits[from + k] & 0xff;
        }
        return word;
    }

    /** Paints a run of pixels white; beyond the right edge it goes on at the left one. */
    void setSolid(int row, int from, int count) {
        if (count >= width) {
            fill(row, 0, width);
        } else if (from + count > width) {
            fill(row, from, width);
            fill(row, 0, from + count - width);
        } else {
            fill(row, from, from + count);
        }
    }

    private void fill(int row, int from, int to) {
        int first = row * stride + (from >> 3);
        int last = row * stride + (to - 1 >> 3);
        int head = 0xff << (from & 7);
        int tail = 0xff >> 7 - (to - 1 & 7);
        if (first == last) {
            bits[first] |= (byte) (head & tail);
            return;
        }
        bits[first] |= (byte) head;
        Arrays.fill(bits, first + 1, last, (byte) 0xff);
        bits[last] |= (byte) tail;
    }

    /** Pixels along a. */
    public int width() {
        return width;
    }

    /** Pixels along b. */
    public int height() {
        return height;
    }

    /** Share of black pixels [%]. */
    public double porosity() {
        long solid = 0;
        for (byte b : bits) {
            solid += Integer.bitCount(b & 0xff);
        }
        long all = (long) width * height;
        return 100.0 * (all - solid) / all;
    }

    /** Whether no pixel is solid. */
    public boolean isEmpty() {
        for (byte b : bits) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The pixels as datasets and networks hold them, one bit each, 1 for solid: rows from the top, each from the left,
     * the least significant bit of a byte first, each row filled up with zeros to whole bytes. In numpy:
     * {@code numpy.unpackbits(packed, bitorder='little')}.
     *
     * @return height x ((width + 7) / 8) bytes, a copy
     */
    public byte[] packed() {
        return bits.clone();
    }

    /** The image moved down by {@code rows} and right by {@code columns}; what leaves enters on the other side. */
    public StructureImage shifted(int rows, int columns) {
        StructureImage result = new StructureImage(width, height);
        for (int row = 0; row < height; row++) {
            int target = Math.floorMod(row + (long) rows, height);
            for (int column = 0; column < width; column++) {
                if (get(row, column)) {
                    int to = Math.floorMod(column + (long) columns, width);
                    result.fill(target, to, to + 1);
                }
            }
        }
        return result;
    }

    /** The image of the transformed material: pixel centres go exactly to pixel centres. */
    public StructureImage transformed(SquareSymmetry symmetry) {
        StructureImage result = symmetry.swapsAxes()
                ? new StructureImage(height, width) : new StructureImage(width, height);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                if (get(row, column)) {
                    // Twice the distance from the middle, to the right and upwards: whole numbers.
                    int x = 2 * column + 1 - width;
                    int y = height - 1 - 2 * row;
                    int toX = symmetry.xx() * x + symmetry.xy() * y;
                    int toY = symmetry.yx() * x + symmetry.yy() * y;
                    int to = (toX + result.width - 1) / 2;
                    result.fill((result.height - 1 - toY) / 2, to, to + 1);
                }
            }
        }
        return result;
    }

    /**
     * A square image of another size: a pixel is solid when at least half of its area is, counted exactly.
     *
     * @param resolution pixels along an edge
     * @throws ImageException when this image is not square: its cell's shape would be lost
     */
    public StructureImage resampled(int resolution) {
        requireSquare();
        if (resolution == width) {
            return this;
        }
        StructureImage result = new StructureImage(resolution, resolution);
        // Old pixels are `resolution` units wide and new ones `width`, so that all overlaps are whole numbers.
        for (int row = 0; row < resolution; row++) {
            for (int column = 0; column < resolution; column++) {
                if (2 * solidArea(row, column, resolution) >= (long) width * width) {
                    result.fill(row, column, column + 1);
                }
            }
        }
        return result;
    }

    private long solidArea(int row, int column, int resolution) {
        long area = 0;
        for (int r = (int) ((long) row * width / resolution); (long) r * resolution < (row + 1L) * width; r++) {
            long high = overlap(r, row, resolution);
            for (int c = (int) ((long) column * width / resolution); (long) c * resolution < (column + 1L) * width;
                    c++) {
                if (get(r, c)) {
                    area += high * overlap(c, column, resolution);
                }
            }
        }
        return area;
    }

    private long overlap(int old, int now, int resolution) {
        return Math.min((old + 1L) * resolution, (now + 1L) * width) - Math.max((long) old * resolution,
                (long) now * width);
    }

    /**
     * This image, if it is square and has the size that is needed.
     *
     * @throws ImageException when it has another size
     */
    public StructureImage requireResolution(int resolution) {
        requireSquare();
        if (width != resolution) {
            throw new ImageException("the image has " + width + " x " + height + " pixels, needed are " + resolution
                    + " x " + resolution + "; draw it at that size or ask for resampling");
        }
        return this;
    }

    private void requireSquare() {
        if (width != height) {
            throw new ImageException("the image is not square: " + width + " x " + height
                    + " pixels; cut it to one square periodic cell");
        }
    }

    /**
     * Writes a PNG file with one bit per pixel.
     *
     * @throws FileWriteException when the file cannot be written
     */
    public void write(Path png) {
        Png.write(toBufferedImage(), png);
    }

    /**
     * As {@link #write(Path)}, with a word in the file on what the image shows, for example {@code relaxed}.
     *
     * @throws FileWriteException when the file cannot be written
     */
    public void write(Path png, String shows) {
        Png.write(toBufferedImage(), SHOWS, shows, png);
    }

    /** What a picture says that it shows; empty where it says nothing, as those of other programs. */
    public static Optional<String> shows(Path png) {
        return Png.text(png, SHOWS);
    }

    /** A copy as a picture with one bit per pixel. */
    public BufferedImage toBufferedImage() {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
        byte[] pixels = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < bits.length; i++) {
            // Pictures have the most significant bit first.
            pixels[i] = (byte) (Integer.reverse(bits[i]) >>> 24);
        }
        return picture;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StructureImage that && width == that.width && height == that.height
                && Arrays.equals(bits, that.bits);
    }

    @Override
    public int hashCode() {
        return 31 * width + Arrays.hashCode(bits);
    }

    @Override
    public String toString() {
        return width + " x " + height + " pixels, " + Math.round(porosity() * 10) / 10.0 + " % black";
    }
}
