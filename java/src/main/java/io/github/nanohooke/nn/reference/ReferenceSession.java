// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.reference;

import io.github.nanohooke.nn.AdamState;
import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.Loss;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A session of the reference backend. It computes in double precision; parameters and moments are rounded to float
 * after every step, so that what the getters return is all of the state and a run can be resumed to the bit.
 */
final class ReferenceSession extends NetworkSession {
    private final ReferenceNetwork network;
    private final int outputs;
    private final Loss loss;
    private final double[] parameters;
    private final double[] gradient;
    private final double[] first;
    private final double[] second;
    private long step;
    private List<List<double[]>> kept = List.of();

    ReferenceSession(NetworkDefinition definition, SessionOptions options) {
        super(definition, options);
        network = new ReferenceNetwork(definition);
        outputs = definition.outputs();
        loss = new Loss(options.head(), options.objective(), outputs);
        parameters = new double[parameterCount()];
        int trained = options.mode() == SessionOptions.Mode.TRAINING ? parameterCount() : 0;
        gradient = new double[trained];
        first = new double[trained];
        second = new double[trained];
    }

    @Override
    public String describe() {
        return "reference: " + getClass().getName() + ", plain Java in double precision, 1 thread";
    }

    @Override
    public String device() {
        return Backend.PROCESSOR;
    }

    @Override
    public String numerics() {
        return "reference java";
    }

    @Override
    protected void computeSetParameters(float[] values) {
        copy(values, parameters);
    }

    @Override
    protected void computeGetParameters(float[] values) {
        copy(parameters, values);
    }

    @Override
    protected void computeForward(ImageBatch images, float[] results) {
        for (int i = 0; i < images.count(); i++) {
            store(network.forward(image(images, i), parameters), i, results);
        }
    }

    @Override
    protected double computeTrainStep(ImageBatch images, float[] targets, float rate) {
        int count = images.count();
        List<List<double[]>> all = forwardAll(images);
        double[] dResults = new double[count * outputs];
        double[] dImage = new double[outputs];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += loss.ofImage(result(all.get(i)), targets, i, count, dImage);
            System.arraycopy(dImage, 0, dResults, i * outputs, outputs);
        }
        if (Double.isFinite(sum)) {
            backwardAll(all, dResults);
            computeAdamStep(rate);
        }
        return sum;
    }

    @Override
    protected void computeForwardForTraining(ImageBatch images, float[] results) {
        kept = forwardAll(images);
        for (int i = 0; i < images.count(); i++) {
            store(kept.get(i), i, results);
        }
    }

    @Override
    protected void computeBackward(float[] dResults) {
        double[] d = new double[kept.size() * outputs];
        Arrays.setAll(d, i -> dResults[i]);
        backwardAll(kept, d);
    }

    @Override
    protected void computeInputGradient(float[] dResults, float[] dImages) {
        double[] unused = new double[parameterCount()];
        int size = definition().input().size();
        for (int i = 0; i < kept.size(); i++) {
            double[] d = new double[outputs];
            int from = i * outputs;
            Arrays.setAll(d, o -> dResults[from + o]);
            double[] dImage = network.backward(kept.get(i), d, parameters, unused);
            for (int p = 0; p < size; p++) {
                dImages[i * size + p] = (float) dImage[p];
            }
        }
    }

    @Override
    protected void computeGetGradient(float[] values) {
        copy(gradient, values);
    }

    @Override
    protected void computeAdamStep(float rate) {
        step++;
        ReferenceAdam.step(parameters, gradient, first, second, step, rate);
        for (double[] state : List.of(parameters, first, second)) {
            Arrays.setAll(state, i -> (float) state[i]);
        }
    }

    @Override
    protected AdamState computeGetAdam() {
        AdamState state = new AdamState(new float[first.length], new float[second.length], step);
        copy(first, state.first());
        copy(second, state.second());
        return state;
    }

    @Override
    protected void computeSetAdam(AdamState state) {
        copy(state.first(), first);
        copy(state.second(), second);
        step = state.step();
    }

    @Override
    protected void computeClose() {
        kept = List.of();
    }

    private List<List<double[]>> forwardAll(ImageBatch images) {
        List<List<double[]>> all = new ArrayList<>();
        for (int i = 0; i < images.count(); i++) {
            all.add(network.forward(image(images, i), parameters));
        }
        return all;
    }

    private void backwardAll(List<List<double[]>> all, double[] dResults) {
        Arrays.fill(gradient, 0);
        for (int i = 0; i < all.size(); i++) {
            double[] d = Arrays.copyOfRange(dResults, i * outputs, (i + 1) * outputs);
            network.backward(all.get(i), d, parameters, gradient);
        }
    }

    private double[] image(ImageBatch images, int index) {
        Shape input = definition().input();
        double[] image = new double[input.size()];
        if (images instanceof ImageBatch.Floats floats) {
            Arrays.setAll(image, i -> floats.data()[index * input.size() + i]);
        } else if (images instanceof ImageBatch.Bits bits) {
            int rowBytes = input.packedBytes() / input.height();
            for (int row = 0; row < input.height(); row++) {
                for (int column = 0; column < input.width(); column++) {
                    byte eight = bits.data()[index * input.packedBytes() + row * rowBytes + column / 8];
                    image[row * input.width() + column] = eight >> (column % 8) & 1;
                }
            }
        }
        return image;
    }

    private static double[] result(List<double[]> values) {
        return values.get(values.size() - 1);
    }

    private static void store(List<double[]> values, int image, float[] results) {
        double[] result = result(values);
        for (int o = 0; o < result.length; o++) {
            results[image * result.length + o] = (float) result[o];
        }
    }

    private static void copy(float[] from, double[] to) {
        for (int i = 0; i < from.length; i++) {
            to[i] = from[i];
        }
    }

    private static void copy(double[] from, float[] to) {
        for (int i = 0; i < from.length; i++) {
            to[i] = (float) from[i];
        }
    }
}
