// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.slim;

import io.github.nanohooke.io.FileFormatException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A file of kept samples, as training and evaluation need them, in memory: numbers at once, images when they are asked
 * for. Whole numbers are big-endian, checksums CRC-32:
 *
 * <pre>
 * "NHSLIM1\n"                                  8 bytes
 * length, checksum of the header               4 + 4
 * header                                       JSON: schema, attributes, sources
 * for each block of 1 to 256 samples:
 *   samples, length and checksum of numbers,
 *   length and checksum of images              4 + 4 + 4 + 4 + 4
 *   numbers                                    deflated; byte k of all samples, then byte k + 1, ... of rows of index,
 *                                              place in sources, source index, part, porosity [%], cut, thirteen
 *                                              constants [GPa], cell before, cell after [Å]
 *   images                                     one stream of an adaptive range coder, see BitmapCoder
 * 0, samples of the whole file, its checksum   4 + 8 + 4
 * </pre>
 */
public final class SlimFile {
    /** The ending of the files' names. */
    public static final String ENDING = ".nhs";

    static final byte[] MAGIC = {'N', 'H', 'S', 'L', 'I', 'M', '1', '\n'};
    private static final int MOST_HEADER = 1 << 20;
    private static final int MOST_IN_BLOCK = 1 << 26;

    private final SlimHeader header;
    private final List<SlimSample> samples = new ArrayList<>();
    /** Of each block: how many samples, and their images as they stand in the file. */
    private final List<Integer> counts = new ArrayList<>();
    private final List<byte[]> images = new ArrayList<>();
    private final Path file;

    private SlimFile(Path file, SlimHeader header) {
        this.file = file;
        this.header = header;
    }

    /** Whether a file says of itself that it is one. */
    public static boolean isOne(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        } catch (IOException e) {
            throw new FileFormatException(file + " cannot be read: " + e, e);
        }
    }

    /**
     * Reads one.
     *
     * @throws FileFormatException when it is missing, damaged, cut off, followed by something else or of another
     *         version
     */
    public static SlimFile read(Path file) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return read(in, file);
        } catch (EOFException e) {
            throw new FileFormatException(file + " ends too early: it was cut off", e);
        } catch (IOException e) {
            throw new FileFormatException(file + " cannot be read: " + e, e);
        }
    }

    private static SlimFile read(DataInputStream in, Path path) throws IOException {
        String file = path.toString();
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw new FileFormatException(file + " is no slim dataset: it does not begin as one");
        }
        SlimHeader header = SlimHeader.read(checked(in, in.readInt(), MOST_HEADER, in.readInt(), file + ", header"),
                file);
        SlimFile slim = new SlimFile(path, header);
        for (int count = in.readInt(); count != 0; count = in.readInt()) {
            String where = file + ", block " + slim.images.size();
            if (count < 0 || count > SlimBlock.SIZE) {
                throw new FileFormatException(where + " says that it has " + count + " samples, 1 to " + SlimBlock.SIZE
                        + " are possible");
            }
            int numbers = in.readInt();
            int numbersSum = in.readInt();
            int packed = in.readInt();
            int packedSum = in.readInt();
            slim.samples.addAll(SlimBlock.readNumbers(checked(in, numbers, MOST_IN_BLOCK, numbersSum, where), count,
                    header, where));
            slim.images.add(checked(in, packed, MOST_IN_BLOCK, packedSum, where));
            slim.counts.add(count);
        }
        byte[] total = new byte[Long.BYTES];
        in.readFully(total);
        if (ByteBuffer.wrap(total).getLong() != slim.samples.size()
                || in.readInt() != SlimWriter.sum(total)) {
            throw new FileFormatException(file + " has " + slim.samples.size()
                    + " samples, which is not what its end says");
        }
        if (in.read() >= 0) {
            throw new FileFormatException(file + " goes on after its end");
        }
        return slim;
    }

    /** Bytes of a length that the file tells; no more memory is taken than there are bytes. */
    private static byte[] checked(DataInputStream in, int length, int most, int sum, String where)
            throws IOException {
        if (length < 0 || length > most) {
            throw new FileFormatException(where + " says that it has a part of " + length + " bytes, at most " + most
                    + " are possible");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        if (SlimWriter.sum(bytes) != sum) {
            throw new FileFormatException(where + " is damaged: its checksum is another");
        }
        return bytes;
    }

    /** What holds for all samples, as a dataset's. */
    public Map<String, Object> attributes() {
        return header.attributes();
    }

    /** Number of samples. */
    public int size() {
        return samples.size();
    }

    /** Number of a sample in its dataset. */
    public long index(int i) {
        return samples.get(i).index();
    }

    /** Family of a sample. */
    public String source(int i) {
        return samples.get(i).source();
    }

    /** Number of a sample in its family. */
    public long sourceIndex(int i) {
        return samples.get(i).sourceIndex();
    }

    /** 0 training, 1 validation, 2 test. */
    public byte part(int i) {
        return samples.get(i).part();
    }

    /** By eq. (1) [%]. */
    public double porosity(int i) {
        return samples.get(i).porosity();
    }

    /** Whether the solid is cut apart, so that the tensor has exact zeros. */
    public boolean cut(int i) {
        return samples.get(i).cut();
    }

    /** The thirteen constants [GPa]. */
    public double[] constants(int i) {
        float[] single = samples.get(i).constants();
        return IntStream.range(0, single.length).mapToDouble(k -> single[k]).toArray();
    }

    /** Cell as designed, rows a, b, c [Å]. */
    public double[][] cellBefore(int i) {
        return rows(samples.get(i).cellBefore());
    }

    /** Cell of the minimum, rows a, b, c [Å]. */
    public double[][] cellAfter(int i) {
        float[] single = samples.get(i).cellAfter();
        return rows(IntStream.range(0, single.length).mapToDouble(k -> single[k]).toArray());
    }

    private static double[][] rows(double[] nine) {
        return new double[][] {Arrays.copyOfRange(nine, 0, 3), Arrays.copyOfRange(nine, 3, 6),
            Arrays.copyOfRange(nine, 6, 9)};
    }

    /**
     * All images, by as many threads as there are cores.
     *
     * @return designed and relaxed, of each sample, bit-packed
     * @throws FileFormatException when a block's bytes are none of its images
     */
    public byte[][][] images() {
        DesignedImage designs = header.designs();
        List<byte[][][]> blocks = IntStream.range(0, images.size()).parallel().mapToObj(block ->
                SlimBlock.readImages(images.get(block), counts.get(block), header.imageSize(), designs,
                        file + ", block " + block))
                .toList();
        byte[][][] all = new byte[2][samples.size()][];
        int at = 0;
        for (byte[][][] block : blocks) {
            for (int which = 0; which < 2; which++) {
                System.arraycopy(block[which], 0, all[which], at, block[which].length);
            }
            at += block[0].length;
        }
        return all;
    }
}
