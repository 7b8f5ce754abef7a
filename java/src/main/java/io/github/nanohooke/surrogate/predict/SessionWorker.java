// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.ImagePacking;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.structure.SquareSymmetry;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.tensor.ConstantBasis;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.Arrays;
import java.util.List;

/**
 * One session of a network with the arrays that carry images in and constants out, for one thread at a time.
 *
 * <p>The average over a group of symmetries G is C = 1/|G| sum over s of s^-1 F(s image), where F is the network and
 * s^-1 turns the tensor back. It turns exactly as the image does. The terms are rounded to 2^-32 GPa, far below the
 * network's own rounding, which makes their sum exact below 2^17 GPa: so it does not depend on the order in which the
 * symmetries come, and the result of a turned image is the turned result to the bit.
 */
final class SessionWorker implements AutoCloseable {
    private static final int N = ElasticConstants.COUNT;
    /** Units in a GPa of the terms of an average. */
    private static final double UNITS = 0x1p32;

    private final NetworkSession session;
    private final OutputHead head;
    private final ConstantBasis basis;
    private final int pixels;
    private final ImagePacking packing;
    private final byte[] images;
    private final float[] results;
    private final double[] raw = new double[N];
    private final double[] turned = new double[N];
    private List<SquareSymmetry> symmetries = List.of(SquareSymmetry.IDENTITY);

    /** @param session open, with the model's parameters; owned by this predictor from now on */
    SessionWorker(NetworkSession session, OutputHead head) {
        this.session = session;
        this.head = head;
        this.basis = head.basis();
        this.pixels = session.definition().input().width();
        this.packing = new ImagePacking(pixels);
        this.images = new byte[session.options().maxBatch() * packing.bytes()];
        this.results = new float[session.options().maxBatch() * N];
    }

    /**
     * This predictor, from now on for structures in these orientations.
     *
     * @param each over which an average is taken, at most as many as the session takes images; the identity alone for
     *             none
     */
    SessionWorker oriented(List<SquareSymmetry> each) {
        symmetries = each;
        return this;
    }

    /** Structures that go through the network together. */
    int capacity() {
        return session.options().maxBatch() / symmetries.size();
    }

    String describe() {
        return session.describe();
    }

    /** Puts a structure, in all its orientations, at a place of the batch. */
    void load(int place, StructureImage image) {
        byte[] packed = image.requireResolution(pixels).packed();
        for (int s = 0; s < symmetries.size(); s++) {
            packing.put(packed, symmetries.get(s), 0, 0, images, place * symmetries.size() + s);
        }
    }

    /** Computes the first structures of the batch. */
    void run(int count) {
        session.forward(ImageBatch.bits(count * symmetries.size(), images), results);
    }

    /**
     * The constants of the structure at a place of the batch [GPa].
     *
     * @param constants receives thirteen values
     */
    void constants(int place, double[] constants) {
        if (symmetries.size() == 1) {
            constantsOf(place, constants);
            return;
        }
        double[] sum = new double[N];
        for (int s = 0; s < symmetries.size(); s++) {
            constantsOf(place * symmetries.size() + s, turned);
            SquareSymmetry back = symmetries.get(s).inverse();
            for (int k = 0; k < N; k++) {
                sum[k] += basis.sign(back, k) * Math.rint(turned[basis.source(back, k)] * UNITS) / UNITS;
            }
        }
        for (int k = 0; k < N; k++) {
            constants[k] = sum[k] / symmetries.size();
        }
    }

    /**
     * The constants of the structure at a place of the batch [GPa], and how far the answers for its orientations,
     * turned back, lie apart: the root of their mean squared distance from their mean. The session must be one for all
     * orientations.
     *
     * @param average whether the constants are the mean, else the answer for the structure as it is
     * @param spreads receives thirteen values [GPa]
     */
    void estimate(int place, boolean average, double[] constants, double[] spreads) {
        int count = symmetries.size();
        double[][] answers = new double[count][N];
        double[] mean = new double[N];
        for (int s = 0; s < count; s++) {
            constantsOf(place * count + s, turned);
            SquareSymmetry back = symmetries.get(s).inverse();
            for (int k = 0; k < N; k++) {
                answers[s][k] = basis.sign(back, k) * turned[basis.source(back, k)];
                mean[k] += answers[s][k] / count;
            }
        }
        for (int k = 0; k < N; k++) {
            double squares = 0;
            for (double[] answer : answers) {
                squares += (answer[k] - mean[k]) * (answer[k] - mean[k]);
            }
            spreads[k] = Math.sqrt(squares / count);
        }
        if (average) {
            constants(place, constants);
        } else {
            System.arraycopy(answers[symmetries.indexOf(SquareSymmetry.IDENTITY)], 0, constants, 0, N);
        }
    }

    /**
     * Derivatives of constants by the pixels of an image, size x size numbers for each [GPa], after one pass forward.
     * The session must be one for training.
     */
    double[][] gradients(StructureImage image, int... constants) {
        load(0, image);
        session.forwardForTraining(ImageBatch.bits(symmetries.size(), images), results);
        return Arrays.stream(constants).mapToObj(this::gradient).toArray(double[][]::new);
    }

    private double[] gradient(int constant) {
        int count = symmetries.size();
        float[] dResults = new float[count * N];
        double[] dRaw = new double[N];
        for (int s = 0; s < count; s++) {
            SquareSymmetry back = symmetries.get(s).inverse();
            double[] dConstants = new double[N];
            dConstants[basis.source(back, constant)] = (double) basis.sign(back, constant) / count;
            copyRaw(s);
            head.backward(raw, dConstants, dRaw);
            for (int k = 0; k < N; k++) {
                dResults[s * N + k] = (float) dRaw[k];
            }
        }
        int size = session.definition().input().size();
        float[] dImages = new float[count * size];
        session.inputGradient(dResults, dImages);
        double[] gradient = new double[size];
        for (int s = 0; s < count; s++) {
            packing.addBack(dImages, s * size, symmetries.get(s), gradient);
        }
        return gradient;
    }

    private void constantsOf(int result, double[] constants) {
        copyRaw(result);
        head.constants(raw, constants);
    }

    private void copyRaw(int result) {
        for (int k = 0; k < N; k++) {
            raw[k] = results[result * N + k];
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
