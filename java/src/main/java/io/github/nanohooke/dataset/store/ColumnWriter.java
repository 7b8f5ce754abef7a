// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.dataset.DatasetException;
import io.jhdf.ObjectHeader.ObjectHeaderV2;
import io.jhdf.WritableGroupImpl;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.DatasetCreationOptions.RequestedFilter;
import io.jhdf.api.WritableNode;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.indexing.ChunkImpl;
import io.jhdf.dataset.chunked.indexing.FixedArrayIndexWriter;
import io.jhdf.filter.ByteShuffleFilter;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import io.jhdf.object.message.Message;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One column of a {@link TableWriter}'s file: a header, then its rows in compressed chunks, then the chunks' addresses
 * where there is more than one.
 */
final class ColumnWriter {
    /** Rows that are compressed together: 512 KB of images of 256 x 256 pixels. */
    static final int ROWS_PER_IMAGE_CHUNK = 64;
    static final int ROWS_PER_CHUNK = 1024;
    /** Level 9 makes files 2 % smaller and takes ten times as long for images. */
    private static final int COMPRESSION = 6;
    /** Addresses up to this power of two have one checksum together. */
    private static final int LEAST_PAGE_BITS = 10;

    private final FileChannel channel;
    private final Column column;
    private final List<? extends TableWriter.Part> parts;
    private final long rows;
    private final Object first;
    private final DataType type;
    /** Rows of a chunk, then the shape of a row. */
    private final int[] shape;
    private final int chunkBytes;
    private final int chunkCount;
    private final List<RequestedFilter> filters;
    private final List<FilterInfo> filterInfos;
    private final List<Chunk> chunks = new ArrayList<>();

    /** @param rows of all parts together */
    ColumnWriter(FileChannel channel, Column column, List<? extends TableWriter.Part> parts, long rows) {
        this.channel = channel;
        this.column = column;
        this.parts = parts;
        this.rows = rows;
        this.first = parts.get(0).array(column);
        this.type = type();
        this.shape = DataSpace.fromObject(first).getDimensions();
        shape[0] = (int) Math.min(rowsPerChunk(column), rows);
        this.chunkBytes = Arrays.stream(shape).reduce(type.getSize(), Math::multiplyExact);
        this.chunkCount = Math.toIntExact((rows + shape[0] - 1) / shape[0]);
        this.filters = filters();
        this.filterInfos = filters.stream().map(filter -> new FilterInfo(filter.getFilter().getId(),
                filter.getFilter().getName(), false, argument(filter))).toList();
    }

    static int rowsPerChunk(Column column) {
        return column.isImage() ? ROWS_PER_IMAGE_CHUNK : ROWS_PER_CHUNK;
    }

    /** Text is as long as the longest of all parts; numbers are the same everywhere. */
    private DataType type() {
        DataType longest = DataType.fromObject(first, column.isImage());
        for (int i = 1; first instanceof String[] && i < parts.size(); i++) {
            DataType other = DataType.fromObject(parts.get(i).array(column));
            longest = other.getSize() > longest.getSize() ? other : longest;
        }
        return longest;
    }

    private List<RequestedFilter> filters() {
        DatasetCreationOptions.Builder options = DatasetCreationOptions.builder();
        if (!column.isImage() && !(first instanceof String[])) {
            // Sorts the bytes of numbers by significance, which compress better among their like.
            options.shuffle();
        }
        return options.deflate(COMPRESSION).build().getFilters();
    }

    private int[] argument(RequestedFilter filter) {
        return filter.getFilter() instanceof ByteShuffleFilter ? new int[] {type.getSize()} : filter.getFilterData();
    }

    /**
     * Writes it.
     *
     * @return where it ends
     */
    long write(long address) throws IOException {
        long data = address + header(address, layout(address, 0)).limit();
        long end = writeChunks(data);
        ChunkedDataLayoutMessageV4 layout;
        if (chunkCount == 1) {
            layout = layout(data, chunks.get(0).getSize());
        } else {
            layout = layout(end, 0);
            ByteBuffer index = FixedArrayIndexWriter.createFixedArray(chunks, end, chunkBytes, true, pageBits());
            end += index.limit();
            TableWriter.put(channel, index, end - index.limit());
        }
        TableWriter.put(channel, header(address, layout), address);
        return end;
    }

    private ByteBuffer header(long address, Message layout) {
        DataSpace space = DataSpace.fromObject(first);
        long[] dimensions = space.getDimensionsAsLong();
        dimensions[0] = rows;
        List<Message> messages = new ArrayList<>(List.of(DataTypeMessage.create(type),
                DataSpaceMessage.create(DataSpace.modifyDimensions(space, dimensions)), FillValueMessage.NO_FILL,
                FilterPipelineMessage.create(filterInfos), layout));
        messages.addAll(TableWriter.attributes(description()));
        return new ObjectHeaderV2(address, messages).toBuffer();
    }

    private WritableNode description() {
        WritableNode node = new WritableGroupImpl(null, column.label());
        node.putAttribute("description", column.description());
        if (!column.units().isEmpty()) {
            node.putAttribute("units", column.units());
        }
        if (!column.entryNames().isEmpty()) {
            node.putAttribute(TableFile.NAMES, column.entryNames().toArray(String[]::new));
        }
        if (column.isImage()) {
            node.putAttribute("pixel_order", Column.PIXEL_ORDER);
        }
        return node;
    }

    /** @param packed bytes of the only chunk where there is no other */
    private ChunkedDataLayoutMessageV4 layout(long address, int packed) {
        int[] entries = IntStream.concat(Arrays.stream(shape), IntStream.of(type.getSize())).toArray();
        return chunkCount == 1 ? ChunkedDataLayoutMessageV4.createFilteredSingleChunk(address, entries, packed)
                : ChunkedDataLayoutMessageV4.createFixedArray(address, entries, pageBits());
    }

    private int pageBits() {
        return Math.max(LEAST_PAGE_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(chunkCount - 1));
    }

    private long writeChunks(long data) throws IOException {
        long at = data;
        Object waiting = null;
        int have = 0;
        long done = 0;
        for (TableWriter.Part part : parts) {
            Object array = part.array(column);
            requireShape(array);
            int length = Array.getLength(array);
            int from = 0;
            while (from < length) {
                if (have == 0) {
                    int most = (int) Math.min(shape[0], rows - done);
                    waiting = Array.newInstance(array.getClass().getComponentType(), most);
                }
                int some = Math.min(Array.getLength(waiting) - have, length - from);
                System.arraycopy(array, from, waiting, have, some);
                from += some;
                have += some;
                if (have == Array.getLength(waiting)) {
                    at = writeChunk(waiting, done, at);
                    done += have;
                    have = 0;
                }
            }
        }
        return at;
    }

    private void requireShape(Object array) {
        int[] other = DataSpace.fromObject(array).getDimensions();
        if (!Arrays.equals(other, 1, other.length, shape, 1, shape.length)) {
            throw new DatasetException("rows of " + column.label() + " have the shape "
                    + Arrays.toString(Arrays.copyOfRange(other, 1, other.length)) + " in one shard and "
                    + Arrays.toString(Arrays.copyOfRange(shape, 1, shape.length)) + " in others: the two must not be"
                    + " mixed");
        }
    }

    /** The last chunk is filled up with zeros. */
    private long writeChunk(Object some, long firstRow, long at) throws IOException {
        byte[] bytes = Arrays.copyOf(type.encodeData(some).array(), chunkBytes);
        for (RequestedFilter filter : filters) {
            bytes = filter.getFilter().encode(bytes, argument(filter));
        }
        TableWriter.put(channel, ByteBuffer.wrap(bytes), at);
        long[] offset = new long[shape.length];
        offset[0] = firstRow;
        chunks.add(new ChunkImpl(at, bytes.length, offset));
        return at + bytes.length;
    }
}
