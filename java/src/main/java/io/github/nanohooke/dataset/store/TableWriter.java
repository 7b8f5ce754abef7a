// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.dataset.DatasetException;
import io.jhdf.JhdfInfo;
import io.jhdf.ObjectHeader.ObjectHeaderV2;
import io.jhdf.Superblock.SuperblockV2V3;
import io.jhdf.WritableGroupImpl;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableNode;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.message.AttributeInfoMessage;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.object.message.GroupInfoMessage;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.Message;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes the files that {@link TableFile} reads, from tables given in parts: one column of one part is in memory at a
 * time, beside the rows that are compressed together. jhdf itself writes arrays that are whole in memory; this puts its
 * messages together to the very bytes that it writes of the whole table.
 */
final class TableWriter {

    private TableWriter() {
    }

    /** Some rows of a table. */
    interface Part {

        /** A column of these rows; asked for several times. */
        Object array(Column column);
    }

    /**
     * @param file       must not exist
     * @param parts      one after the other; with a row at least
     * @param attributes text, numbers or arrays of these; empty text is left out
     * @throws DatasetException when a part cannot be read, or rows differ in their shape
     * @throws IOException      when the file cannot be written
     */
    static void write(Path file, List<? extends Part> parts, Map<String, Object> attributes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            write(channel, parts, attributes);
        } catch (HdfException e) {
            throw new IOException(TableFile.rootMessage(e), e);
        }
    }

    private static void write(FileChannel channel, List<? extends Part> parts, Map<String, Object> attributes)
            throws IOException {
        WritableNode root = new WritableGroupImpl(null, "/");
        root.putAttribute(TableFile.SCHEMA_ATTRIBUTE, TableFile.SCHEMA);
        attributes.forEach((name, value) -> {
            if (!"".equals(value)) {
                root.putAttribute(name, value);
            }
        });
        Map<String, Column> columns = new ConcurrentHashMap<>(); // the order of jhdf's own files
        for (Column column : Column.values()) {
            columns.put(column.label(), column);
        }
        Map<String, Long> addresses = new LinkedHashMap<>();
        columns.keySet().forEach(name -> addresses.put(name, 0L));
        long at = WritableHdfFile.ROOT_GROUP_ADDRESS + group(root, addresses).limit();
        long rows = parts.stream().mapToLong(part -> Array.getLength(part.array(Column.INDEX))).sum();
        for (Map.Entry<String, Column> column : columns.entrySet()) {
            addresses.put(column.getKey(), at);
            at = new ColumnWriter(channel, column.getValue(), parts, rows).write(at);
        }
        put(channel, group(root, addresses), WritableHdfFile.ROOT_GROUP_ADDRESS);
        String signature = String.join(" - ", "jHDF", JhdfInfo.VERSION, JhdfInfo.OS, JhdfInfo.ARCH,
                JhdfInfo.BYTE_ORDER);
        put(channel, ByteBuffer.wrap(signature.getBytes(StandardCharsets.UTF_8)), at);
        put(channel, new SuperblockV2V3().toBuffer(channel.size()), 0);
    }

    private static ByteBuffer group(WritableNode root, Map<String, Long> addresses) {
        List<Message> messages = new ArrayList<>(List.of(GroupInfoMessage.createBasic(),
                LinkInfoMessage.createBasic()));
        messages.addAll(attributes(root));
        addresses.forEach((name, address) -> messages.add(LinkMessage.create(name, address)));
        return new ObjectHeaderV2(WritableHdfFile.ROOT_GROUP_ADDRESS, messages).toBuffer();
    }

    static List<Message> attributes(WritableNode node) {
        List<Message> messages = new ArrayList<>(List.of(AttributeInfoMessage.create()));
        node.getAttributes().forEach((name, value) -> messages.add(AttributeMessage.create(name, value)));
        return messages;
    }

    static void put(FileChannel channel, ByteBuffer buffer, long at) throws IOException {
        for (long to = at; buffer.hasRemaining(); ) {
            to += channel.write(buffer, to);
        }
    }
}
