// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.table;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.io.AtomicFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A table on disk, named by the content of all that it follows from; the file ends with the SHA-256 of the rest. */
final class LawTableFile {
    private static final String FORMAT = "nanohooke-law-table/2";
    private static final int NAME_LENGTH = 32;
    private static final int DIGEST = 32;

    private LawTableFile() {
    }

    /** Of a material, with the version of the library that relaxes its atoms. */
    static String key(String identity, TableOptions options, String library) {
        return HexFormat.of().formatHex(sha256().digest((FORMAT + " " + identity + " " + options + " " + library)
                .getBytes(StandardCharsets.UTF_8)));
    }

    static Path in(Path folder, String key) {
        return folder.resolve("law-" + key.substring(0, NAME_LENGTH) + ".table");
    }

    /** @throws FemException when nothing can be written there */
    static void requireFolder(Path folder) {
        try {
            Files.createDirectories(folder);
            if (Files.isWritable(folder)) {
                return;
            }
        } catch (IOException e) {
            throw new FemException("the folder " + folder + " for tables cannot be made: " + e.getMessage(), e);
        }
        throw new FemException("the folder " + folder + " for tables cannot be written to");
    }

    static void write(Path file, LawTable table) {
        AtomicFile.write(file, out -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream data = new DataOutputStream(bytes);
            data.writeUTF(FORMAT);
            data.writeUTF(table.key());
            doubles(data, table.options().range(), table.options().tolerance(), table.options().finest());
            integers(data, table.tree());
            integers(data, table.corners());
            data.writeInt(table.ends().length);
            for (boolean end : table.ends()) {
                data.writeBoolean(end);
            }
            doubles(data, table.data());
            doubles(data, table.normal());
            TableSummary s = table.summary();
            integers(data, s.nodes(), s.unstable(), s.cells(), s.continued(), s.coarse(), s.checks(),
                    s.whole().drawn(), s.whole().checks());
            data.writeLong(s.evaluations());
            doubles(data, s.largestEnergy(), s.largestStress(), s.energyError(), s.stressError(), s.modulusError(),
                    s.seconds(), s.coarseError(), s.whole().energyError(), s.whole().stressError(),
                    s.whole().meanStressError(), s.whole().modulusError());
            byte[] content = bytes.toByteArray();
            out.write(content);
            out.write(sha256().digest(content));
        });
    }

    /** @throws FemException when the file is damaged, or of something else */
    static LawTable read(Path file, String key) {
        try {
            byte[] all = Files.readAllBytes(file);
            int length = Math.max(0, all.length - DIGEST);
            byte[] digest = sha256().digest(Arrays.copyOf(all, length));
            if (!Arrays.equals(digest, Arrays.copyOfRange(all, length, all.length))) {
                throw new IOException("it is damaged, or none of this kind");
            }
            DataInputStream data = new DataInputStream(new ByteArrayInputStream(all));
            if (!data.readUTF().equals(FORMAT) || !data.readUTF().equals(key)) {
                throw new IOException("it is of another material or version");
            }
            double[] options = doubles(data);
            int[] tree = integers(data);
            int[] corners = integers(data);
            boolean[] ends = new boolean[data.readInt()];
            for (int k = 0; k < ends.length; k++) {
                ends[k] = data.readBoolean();
            }
            double[] numbers = doubles(data);
            double[] normal = doubles(data);
            int[] counts = integers(data);
            long evaluations = data.readLong();
            double[] sizes = doubles(data);
            return new LawTable(new TableOptions(options[0], options[1], options[2]), key, tree, corners, ends,
                    numbers, normal, new TableSummary(counts[0], counts[1], counts[2], counts[3], counts[4],
                            sizes[6], evaluations, sizes[0], sizes[1], counts[5], sizes[2], sizes[3], sizes[4],
                            new TableCheck(counts[6], counts[7], sizes[7], sizes[8], sizes[9], sizes[10]), sizes[5]));
        } catch (IOException e) {
            throw new FemException("the table " + file + " cannot be read: " + e.getMessage()
                    + "; remove it, it is made anew", e);
        }
    }

    private static void doubles(DataOutputStream out, double... numbers) throws IOException {
        out.writeInt(numbers.length);
        for (double number : numbers) {
            out.writeDouble(number);
        }
    }

    private static double[] doubles(DataInputStream in) throws IOException {
        double[] numbers = new double[in.readInt()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = in.readDouble();
        }
        return numbers;
    }

    private static void integers(DataOutputStream out, int... numbers) throws IOException {
        out.writeInt(numbers.length);
        for (int number : numbers) {
            out.writeInt(number);
        }
    }

    private static int[] integers(DataInputStream in) throws IOException {
        int[] numbers = new int[in.readInt()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = in.readInt();
        }
        return numbers;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
