// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.frameworks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes the file that {@code torch.jit.load} reads from the code in it, so that the repository holds readable code
 * instead of a binary file and no Python is needed. The file is a ZIP archive of uncompressed entries: the code, the
 * module's attributes as a Python pickle, an empty table of constants and the version of the format (PyTorch,
 * torch/csrc/jit/docs/serialization.md).
 */
final class TorchScriptArchive {
    private static final String CODE = "network.torchscript";

    /** Pickle: protocol 2, then an empty tuple. */
    private static final String NO_CONSTANTS = "\u0080\u0002).";

    private TorchScriptArchive() {
    }

    /** The class Network of the resource {@code network.torchscript} with its attribute {@code periodic}. */
    static byte[] network(boolean periodic) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                InputStream code = TorchScriptArchive.class.getResourceAsStream(CODE)) {
            store(zip, "data.pkl", latin(module(periodic)));
            store(zip, "code/__torch__.py", code.readAllBytes());
            store(zip, "constants.pkl", latin(NO_CONSTANTS));
            store(zip, "version", latin("3\n"));
        } catch (IOException e) {
            throw new IllegalStateException("the resource " + CODE + " cannot be read: " + e, e);
        }
        return bytes.toByteArray();
    }

    /** Pickle: an object of class __torch__.Network, made without arguments, with the state {periodic: value}. */
    private static String module(boolean periodic) {
        String attribute = "periodic";
        return "\u0080\u0002" + "c__torch__\nNetwork\n" + ")\u0081" + "}" + "X" + (char) attribute.length() + "\0\0\0"
                + attribute + (periodic ? "\u0088" : "\u0089") + "s" + "b.";
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry("network/" + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] latin(String pickle) {
        return pickle.getBytes(StandardCharsets.ISO_8859_1);
    }
}
