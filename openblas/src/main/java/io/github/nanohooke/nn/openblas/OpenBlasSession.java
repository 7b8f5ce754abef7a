// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.openblas;

import io.github.nanohooke.nn.AdamState;
import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.Loss;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.SessionOptions;

/** A session of the backend {@code openblas}: parameters and optimiser in Java's memory, images in native memory. */
final class OpenBlasSession extends NetworkSession {
    private final Memory memory;
    private final OpenBlasNetwork network;
    private final Loss loss;
    private final float[] parameters;
    private final float[] gradient;
    private final Adam adam;
    private int keptImages;

    /** @param memory owned by this session from now on */
    OpenBlasSession(NetworkDefinition definition, SessionOptions options, Memory memory) {
        super(definition, options);
        this.memory = memory;
        this.network = new OpenBlasNetwork(definition, options, memory);
        this.loss = new Loss(options.head(), options.objective(), definition.outputs());
        this.parameters = new float[parameterCount()];
        int trained = options.mode() == SessionOptions.Mode.TRAINING ? parameterCount() : 0;
        this.gradient = new float[trained];
        this.adam = new Adam(trained);
    }

    @Override
    public String describe() {
        int threads = options().threads();
        return "openblas: " + getClass().getName() + ", " + OpenBlas.version() + ", " + OpenBlas.kernels() + ", "
                + options().precision().label() + ", " + threads + (threads == 1 ? " thread" : " threads");
    }

    @Override
    public String device() {
        return Backend.PROCESSOR;
    }

    /** OpenBLAS may split a product by its threads, and splits differ in rounding. */
    @Override
    public String numerics() {
        int threads = options().threads();
        return OpenBlasBackend.NAME + " " + OpenBlas.kernels() + " " + threads + (threads == 1 ? " thread"
                : " threads");
    }

    @Override
    protected void computeSetParameters(float[] values) {
        System.arraycopy(values, 0, parameters, 0, parameters.length);
        network.setParameters(parameters);
    }

    @Override
    protected void computeGetParameters(float[] values) {
        System.arraycopy(parameters, 0, values, 0, parameters.length);
    }

    @Override
    protected void computeForward(ImageBatch images, float[] results) {
        forward(images, results, false);
    }

    private void forward(ImageBatch images, float[] results, boolean keep) {
        OpenBlas.useThreads(options().threads());
        network.forward(images, parameters, keep).get(results, 0, images.count() * definition().outputs());
    }

    @Override
    protected double computeTrainStep(ImageBatch images, float[] targets, float rate) {
        int count = images.count();
        int outputs = definition().outputs();
        float[] results = new float[count * outputs];
        forward(images, results, true);
        double[] raw = new double[outputs];
        double[] dRaw = new double[outputs];
        double sum = 0;
        for (int n = 0; n < count; n++) {
            for (int k = 0; k < outputs; k++) {
                raw[k] = results[n * outputs + k];
            }
            sum += loss.ofImage(raw, targets, n, count, dRaw);
            for (int k = 0; k < outputs; k++) {
                results[n * outputs + k] = (float) dRaw[k];
            }
        }
        if (Double.isFinite(sum)) {
            network.backward(results, count, gradient, null);
            computeAdamStep(rate);
        }
        return sum;
    }

    @Override
    protected void computeForwardForTraining(ImageBatch images, float[] results) {
        forward(images, results, true);
        keptImages = images.count();
    }

    @Override
    protected void computeBackward(float[] dResults) {
        OpenBlas.useThreads(options().threads());
        network.backward(dResults, keptImages, gradient, null);
    }

    @Override
    protected void computeInputGradient(float[] dResults, float[] dImages) {
        OpenBlas.useThreads(options().threads());
        network.backward(dResults, keptImages, null, dImages);
    }

    @Override
    protected void computeGetGradient(float[] values) {
        System.arraycopy(gradient, 0, values, 0, gradient.length);
    }

    @Override
    protected void computeAdamStep(float rate) {
        adam.step(parameters, gradient, rate);
        network.setParameters(parameters);
    }

    @Override
    protected AdamState computeGetAdam() {
        return adam.state();
    }

    @Override
    protected void computeSetAdam(AdamState state) {
        adam.set(state);
    }

    @Override
    protected void computeClose() {
        memory.close();
    }
}
