// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A real file on a file system that fails as it is told. */
final class FaultyChannel extends FileChannel {
    private final FileChannel real;
    private boolean locks = true;
    private boolean foreignLock;
    private int room = Integer.MAX_VALUE;

    FaultyChannel(Path file) throws IOException {
        real = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    }

    FaultyChannel withoutLocks() {
        locks = false;
        return this;
    }

    FaultyChannel withForeignLock() {
        foreignLock = true;
        return this;
    }

    FaultyChannel withRoomFor(int bytes) {
        room = bytes;
        return this;
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        if (!locks) {
            throw new IOException("No locks available");
        }
        return foreignLock ? null : real.tryLock(position, size, shared);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        if (room == 0) {
            throw new IOException("No space left on device");
        }
        int count = Math.min(room, source.remaining());
        int written = real.write(source.slice().limit(count), position);
        source.position(source.position() + written);
        room -= written;
        return written;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return real.read(target, position);
    }

    @Override
    public long size() throws IOException {
        return real.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        real.truncate(size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        real.force(metaData);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return real.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return real.read(targets, offset, length);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int written = write(source, real.position());
        real.position(real.position() + written);
        return written;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        return real.write(sources, offset, length);
    }

    @Override
    public long position() throws IOException {
        return real.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        real.position(position);
        return this;
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return real.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        return real.transferFrom(source, position, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return real.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return real.lock(position, size, shared);
    }
}
