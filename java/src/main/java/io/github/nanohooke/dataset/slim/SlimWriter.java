// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.slim;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** Writes the parts of a {@link SlimFile} one after the other, a block of samples in memory at a time. */
public final class SlimWriter {
    private final OutputStream out;
    private final SlimHeader header;
    private final DesignedImage designs;
    private final List<SlimSample> waiting = new ArrayList<>();
    private long samples;
    private long bytes;

    private SlimWriter(OutputStream out, SlimHeader header) throws IOException {
        this.out = out;
        this.header = header;
        this.designs = header.designs();
        byte[] json = header.write();
        write(ByteBuffer.allocate(SlimFile.MAGIC.length + 8).put(SlimFile.MAGIC).putInt(json.length)
                .putInt(sum(json)).array());
        write(json);
    }

    /**
     * Writes the beginning.
     *
     * @param attributes of the dataset: text, whole numbers, numbers, {@code int[]}
     * @param sources    the families of the samples to come
     */
    public static SlimWriter begin(OutputStream out, Map<String, Object> attributes, List<String> sources)
            throws IOException {
        return new SlimWriter(out, new SlimHeader(attributes, sources));
    }

    /** One more sample. */
    public void add(SlimSample sample) throws IOException {
        waiting.add(sample);
        if (waiting.size() == SlimBlock.SIZE) {
            flush();
        }
    }

    private void flush() throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        byte[] numbers = SlimBlock.numbers(waiting, header.sources());
        byte[] images = SlimBlock.images(waiting, header.imageSize(), designs);
        write(ByteBuffer.allocate(20).putInt(waiting.size()).putInt(numbers.length).putInt(sum(numbers))
                .putInt(images.length).putInt(sum(images)).array());
        write(numbers);
        write(images);
        samples += waiting.size();
        waiting.clear();
    }

    /** The end, which tells how many samples there are. */
    public void finish() throws IOException {
        flush();
        ByteBuffer end = ByteBuffer.allocate(16).putInt(0).putLong(samples);
        write(end.putInt(sum(ByteBuffer.allocate(8).putLong(samples).array())).array());
    }

    /** Bytes so far, but for the samples of the block in hand. */
    public long bytes() {
        return bytes;
    }

    private void write(byte[] data) throws IOException {
        out.write(data);
        bytes += data.length;
    }

    static int sum(byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(data);
        return (int) crc.getValue();
    }
}
