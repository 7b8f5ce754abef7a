// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam.atoms;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.io.AtomicFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a path has come: what a run that was killed goes on from. Written whole or not at all after every step.
 *
 * @param key    of the beam, its reference and criteria: a path goes on only where they are the same
 * @param steps  relaxed ones
 * @param start  positions at no displacement, x and y of every atom, of several periods z, too [Å]
 * @param states the last ones, the latest last; of each step one at most
 */
record AtomBeamState(String key, List<AtomBeamStep> steps, double[] start, List<double[]> states) {
    private static final int MAGIC = 0x4e48424d;
    private static final int VERSION = 1;
    private static final int CHUNK = 1 << 16;

    void write(Path file) {
        AtomicFile.write(file, stream -> {
            DataOutputStream out = new DataOutputStream(stream);
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeUTF(key);
            out.writeInt(steps.size());
            for (AtomBeamStep s : steps) {
                for (double v : new double[] {s.u(), s.fy(), s.fx(), s.fyConsistent(), s.energy(), s.residual(),
                    s.seconds()}) {
                    out.writeDouble(v);
                }
                out.writeInt(s.evaluations());
            }
            write(out, start);
            out.writeInt(states.size());
            for (double[] state : states) {
                write(out, state);
            }
            out.writeInt(MAGIC);
            out.flush();
        });
    }

    /** @throws FemException when the file is none, or cannot be read */
    static AtomBeamState read(Path file) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), CHUNK))) {
            if (in.readInt() != MAGIC || in.readInt() != VERSION) {
                throw new FemException(file + " is no state of a beam of this version; remove it to start again");
            }
            String key = in.readUTF();
            List<AtomBeamStep> steps = new ArrayList<>();
            for (int k = in.readInt(); k > 0; k--) {
                double[] v = new double[7];
                for (int q = 0; q < v.length; q++) {
                    v[q] = in.readDouble();
                }
                steps.add(new AtomBeamStep(v[0], v[1], v[2], v[3], v[4], in.readInt(), v[5], v[6]));
            }
            double[] start = doubles(in);
            List<double[]> states = new ArrayList<>();
            for (int k = in.readInt(); k > 0; k--) {
                states.add(doubles(in));
            }
            if (in.readInt() != MAGIC) {
                throw new IOException("it does not end where it should");
            }
            return new AtomBeamState(key, steps, start, states);
        } catch (IOException | RuntimeException e) {
            if (e instanceof FemException told) {
                throw told;
            }
            throw new FemException("the state " + file + " cannot be read (" + e + "); remove it to start again", e);
        }
    }

    private static void write(DataOutputStream out, double[] values) throws IOException {
        out.writeInt(values.length);
        ByteBuffer bytes = ByteBuffer.allocate(8 * CHUNK);
        for (int k = 0; k < values.length; k += CHUNK) {
            bytes.clear();
            int count = Math.min(CHUNK, values.length - k);
            bytes.asDoubleBuffer().put(values, k, count);
            out.write(bytes.array(), 0, 8 * count);
        }
    }

    private static double[] doubles(DataInputStream in) throws IOException {
        double[] values = new double[in.readInt()];
        byte[] bytes = new byte[8 * CHUNK];
        for (int k = 0; k < values.length; k += CHUNK) {
            int count = Math.min(CHUNK, values.length - k);
            in.readFully(bytes, 0, 8 * count);
            ByteBuffer.wrap(bytes).asDoubleBuffer().get(values, k, count);
        }
        return values;
    }
}
