// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.data;

import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.TensorFrame;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Samples in one small file, to train on elsewhere: images and constants alone, some 350 bytes a sample of 256 x 256
 * pixels, written once and read whole. Constants are rounded to single precision, which moves none by 1e-5 GPa.
 *
 * <p>The file: the line {@code nanohooke-packed-samples 1}; the bytes of a header, as a 32-bit number, and the
 * header (frame, pixels, samples of each part, provenance: lines of a name, a tab and a value); then deflated, for each part its images ({@link RowChanges})
 * and its constants, [sample][constant] in 32 bits each; last the SHA-256 of what is deflated. Numbers are big-endian.
 */
public final class PackedSamples {
    private static final String FIRST_LINE = "nanohooke-packed-samples 1\n";
    private static final int LONGEST_HEADER = 1 << 20;
    private static final String FRAME = "frame";
    private static final String PIXELS = "pixels";
    private static final String SAMPLES = "samples ";
    private static final String BETWEEN = "\t";

    private final Map<String, String> header;
    private final Map<Part, TrainingData> parts;

    private PackedSamples(Map<String, String> header, Map<Part, TrainingData> parts) {
        this.header = header;
        this.parts = parts;
    }

    /**
     * Writes samples.
     *
     * @param pixels     along an edge of every image
     * @param provenance where they come from; for the models that are trained on them
     * @param parts      none of them empty, all in one frame
     * @throws io.github.nanohooke.io.FileWriteException when the file cannot be written
     */
    public static void write(Path file, int pixels, Map<String, String> provenance, Map<Part, TrainingData> parts) {
        Map<String, String> header = new TreeMap<>(provenance);
        header.put(PIXELS, Integer.toString(pixels));
        for (Map.Entry<Part, TrainingData> part : parts.entrySet()) {
            String before = header.put(FRAME, part.getValue().frame().label());
            if (before != null && !before.equals(part.getValue().frame().label()) || part.getValue().size() == 0) {
                throw new SurrogateException("parts to be packed must be in one frame and not empty");
            }
            header.put(SAMPLES + part.getKey(), Integer.toString(part.getValue().size()));
        }
        AtomicFile.write(file, out -> write(out, text(header), pixels, new EnumMap<>(parts)));
    }

    private static String text(Map<String, String> header) {
        StringBuilder text = new StringBuilder();
        header.forEach((name, value) -> text.append(name).append(BETWEEN).append(value.replaceAll("\\s+", " "))
                .append('\n'));
        return text.toString();
    }

    private static Map<String, String> header(Path file, String text) {
        Map<String, String> header = new TreeMap<>();
        for (String line : text.split("\n")) {
            String[] pair = line.split(BETWEEN, 2);
            if (pair.length < 2) {
                throw new SurrogateException(file + " is damaged: its header has the line '" + line + "'");
            }
            header.put(pair[0], pair[1]);
        }
        if (!header.keySet().containsAll(List.of(FRAME, PIXELS))) {
            throw new SurrogateException(file + " is damaged: its header lacks frame or pixels");
        }
        return header;
    }

    private static void write(OutputStream file, String header, int pixels, Map<Part, TrainingData> parts)
            throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        DataOutputStream plain = new DataOutputStream(file);
        plain.writeBytes(FIRST_LINE);
        plain.writeInt(text.length);
        plain.write(text);
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            DeflaterOutputStream deflated = new DeflaterOutputStream(plain, deflater, 1 << 16);
            MessageDigest digest = sha256();
            DataOutputStream out = new DataOutputStream(new DigestOutputStream(deflated, digest));
            for (TrainingData part : parts.values()) {
                for (int i = 0; i < part.size(); i++) {
                    RowChanges.write(part.image(i).requireResolution(pixels).packed(), pixels, out);
                }
                for (int i = 0; i < part.size(); i++) {
                    for (double constant : part.constants(i)) {
                        out.writeFloat((float) constant);
                    }
                }
            }
            out.flush();
            deflated.write(digest.digest());
            deflated.finish();
        } finally {
            deflater.end();
        }
    }

    /**
     * Reads all of it into memory.
     *
     * @throws SurrogateException when it is no such file, or damaged
     * @throws IOException        when it cannot be read
     */
    public static PackedSamples read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            byte[] first = in.readNBytes(FIRST_LINE.length());
            if (!FIRST_LINE.equals(new String(first, StandardCharsets.ISO_8859_1))) {
                throw new SurrogateException(file + " holds no packed samples of this version");
            }
            int length = in.readInt();
            if (length < 2 || length > LONGEST_HEADER) {
                throw new SurrogateException(file + " is damaged: its header has " + length + " bytes");
            }
            String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            return read(file, header(file, text), in);
        } catch (EOFException | ZipException | StreamCorruptedException e) {
            throw new SurrogateException(file + " is damaged or cut: " + e.getMessage(), e);
        }
    }

    private static PackedSamples read(Path file, Map<String, String> header, DataInputStream rest) throws IOException {
        MessageDigest digest = sha256();
        DigestInputStream digested = new DigestInputStream(new BufferedInputStream(new InflaterInputStream(rest)),
                digest);
        DataInputStream in = new DataInputStream(digested);
        TensorFrame frame = TensorFrame.ofLabel(header.get(FRAME));
        int pixels = Integer.parseInt(header.get(PIXELS));
        Map<Part, Samples> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            if (header.containsKey(SAMPLES + part)) {
                parts.put(part, samples(in, Integer.parseInt(header.get(SAMPLES + part)), pixels, frame));
            }
        }
        String sum = HexFormat.of().formatHex(digest.digest());
        digested.on(false);
        byte[] stored = new byte[32];
        in.readFully(stored);
        boolean ends = in.read() < 0; // which reads zlib's own end, too
        if (!ends || !HexFormat.of().formatHex(stored).equals(sum)) {
            throw new SurrogateException(file + " is damaged: its contents do not have the SHA-256 that it states");
        }
        Map<Part, TrainingData> named = new LinkedHashMap<>();
        parts.forEach((part, samples) -> named.put(part, samples.named(part + " of packed samples, sha256 " + sum)));
        return new PackedSamples(header, named);
    }

    private static Samples samples(DataInputStream in, int count, int pixels, TensorFrame frame) throws IOException {
        List<byte[]> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(RowChanges.read(pixels, in));
        }
        float[][] constants = new float[count][ElasticConstants.COUNT];
        for (float[] row : constants) {
            for (int k = 0; k < row.length; k++) {
                row[k] = in.readFloat();
            }
        }
        return new Samples(images, constants, pixels, frame, "");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * The samples of a part.
     *
     * @throws SurrogateException when there are none
     */
    public TrainingData part(Part part) {
        if (!parts.containsKey(part)) {
            throw new SurrogateException("there are no packed samples of the part " + part);
        }
        return parts.get(part);
    }

    /** Where they come from, with frame, pixels and numbers of samples. */
    public Map<String, String> provenance() {
        return Map.copyOf(header);
    }

    private record Samples(List<byte[]> images, float[][] values, int pixels, TensorFrame frame, String fingerprint)
            implements TrainingData {

        Samples named(String name) {
            return new Samples(images, values, pixels, frame, name);
        }

        @Override
        public int size() {
            return images.size();
        }

        @Override
        public StructureImage image(int i) {
            return StructureImage.fromPacked(pixels, pixels, images.get(i).clone());
        }

        @Override
        public double[] constants(int i) {
            double[] constants = new double[ElasticConstants.COUNT];
            for (int k = 0; k < constants.length; k++) {
                constants[k] = values[i][k];
            }
            return constants;
        }
    }
}
