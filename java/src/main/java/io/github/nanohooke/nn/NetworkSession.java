// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import io.github.nanohooke.nn.SessionOptions.Mode;

/**
 * One network on one backend, which owns its tensors, parameters, optimiser state and scratch memory. Callers speak to
 * it in whole batches, so that a device never waits for the host inside a step. A session belongs to one thread at a
 * time.
 *
 * <p>The public methods check every argument once, in Java; a backend implements the {@code compute...} methods behind
 * them and may rely on what was checked.
 *
 * <p>Errors of all methods: {@link IllegalArgumentException} for arrays that are too short,
 * {@link IllegalStateException} for calls on a closed session, out of order, or in the wrong {@link Mode}.
 */
public abstract class NetworkSession implements AutoCloseable {
    private final NetworkDefinition definition;
    private final SessionOptions options;
    private final int parameterCount;
    private final int outputs;
    private boolean closed;
    /** Images of the last forwardForTraining, whose activations the backend still has; 0 when it has none. */
    private int keptBatch;
    private boolean hasGradient;

    protected NetworkSession(NetworkDefinition definition, SessionOptions options) {
        this.definition = definition;
        this.options = options;
        this.parameterCount = definition.parameters().count();
        this.outputs = definition.outputs();
    }

    public final NetworkDefinition definition() {
        return definition;
    }

    public final SessionOptions options() {
        return options;
    }

    /** Number of parameters. */
    public final int parameterCount() {
        return parameterCount;
    }

    /** Class, library, instruction set and threads of this session, for logs and provenance. */
    public abstract String describe();

    /**
     * What the rounding of its results depends on, for example {@code cpu avx2}: where two sessions of one network have
     * the same numerics, the same calls give the same bits.
     */
    public abstract String numerics();

    /** Copies all parameters in, in the order of {@link NetworkDefinition#parameters()}; all must be finite. */
    public final void setParameters(float[] parameters) {
        requireOpen();
        requireParameterArray("parameters", parameters);
        requireFinite("parameter", parameters);
        keptBatch = 0;
        computeSetParameters(parameters);
    }

    /** A copy of all parameters. */
    public final float[] parameters() {
        requireOpen();
        float[] parameters = new float[parameterCount];
        computeGetParameters(parameters);
        return parameters;
    }

    /**
     * Inference.
     *
     * @param images  at most {@link SessionOptions#maxBatch()}
     * @param results receives [image][output]
     */
    public final void forward(ImageBatch images, float[] results) {
        requireOpen();
        requireImages(images);
        requireLength("results", results, images.count() * outputs);
        keptBatch = 0;
        computeForward(images, results);
    }

    /**
     * One training step: forward, mean squared error loss = sum (output - target)^2 / (images * outputs), backward,
     * Adam with beta1 = 0.9, beta2 = 0.999 and epsilon = 1e-7 added to the root of the corrected second moment.
     *
     * @param targets [image][output]
     * @param rate    learning rate, not negative
     * @return the loss before the step; when it is not finite, parameters and Adam's state are as they were
     */
    public final double trainStep(ImageBatch images, float[] targets, float rate) {
        requireTraining("trainStep");
        requireImages(images);
        requireLength("targets", targets, images.count() * outputs);
        requireRate(rate);
        keptBatch = 0;
        double loss = computeTrainStep(images, targets, rate);
        hasGradient = Double.isFinite(loss);
        return loss;
    }

    /** As {@link #forward}, and keeps what {@link #backward} needs. */
    public final void forwardForTraining(ImageBatch images, float[] results) {
        requireTraining("forwardForTraining");
        requireImages(images);
        requireLength("results", results, images.count() * outputs);
        keptBatch = 0;
        computeForwardForTraining(images, results);
        keptBatch = images.count();
    }

    /**
     * Gradient of sum over images and outputs of dResults * result with respect to the parameters, for the batch of
     * the last {@link #forwardForTraining}. It stays in the session and replaces the gradient of the call before.
     *
     * @param dResults [image][output], for example the derivative of a loss by the results
     */
    public final void backward(float[] dResults) {
        requireKeptBatch("backward");
        requireLength("dResults", dResults, keptBatch * outputs);
        computeBackward(dResults);
        hasGradient = true;
    }

    /**
     * As {@link #backward}, but with respect to the images; the gradient of the parameters is left alone.
     *
     * @param dImages receives [image][channel][row][column]
     */
    public final void inputGradient(float[] dResults, float[] dImages) {
        requireKeptBatch("inputGradient");
        requireLength("dResults", dResults, keptBatch * outputs);
        requireLength("dImages", dImages, (long) keptBatch * definition.input().size());
        computeInputGradient(dResults, dImages);
    }

    /** A copy of the gradient of the last {@link #backward} or {@link #trainStep}, in the order of the parameters. */
    public final float[] gradient() {
        requireGradient("gradient");
        float[] gradient = new float[parameterCount];
        computeGetGradient(gradient);
        return gradient;
    }

    /** One step of Adam with the gradient of the last {@link #backward}; see {@link #trainStep}. */
    public final void adamStep(float rate) {
        requireGradient("adamStep");
        requireRate(rate);
        keptBatch = 0;
        computeAdamStep(rate);
    }

    /** A copy of the optimiser's state. */
    public final AdamState adamState() {
        requireTraining("adamState");
        return computeGetAdam();
    }

    /** Sets the optimiser's state; with the parameters of the same moment it continues a run to the bit. */
    public final void setAdamState(AdamState state) {
        requireTraining("setAdamState");
        requireParameterArray("Adam's moments", state.first());
        requireFinite("first moment", state.first());
        requireFinite("second moment", state.second());
        computeSetAdam(state);
    }

    /** Frees everything; closing twice does nothing. */
    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            computeClose();
        }
    }

    protected abstract void computeSetParameters(float[] parameters);

    protected abstract void computeGetParameters(float[] parameters);

    protected abstract void computeForward(ImageBatch images, float[] results);

    protected abstract double computeTrainStep(ImageBatch images, float[] targets, float rate);

    protected abstract void computeForwardForTraining(ImageBatch images, float[] results);

    protected abstract void computeBackward(float[] dResults);

    protected abstract void computeInputGradient(float[] dResults, float[] dImages);

    protected abstract void computeGetGradient(float[] gradient);

    protected abstract void computeAdamStep(float rate);

    protected abstract AdamState computeGetAdam();

    protected abstract void computeSetAdam(AdamState state);

    /** Called once. */
    protected abstract void computeClose();

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this session of network " + definition.name() + " is closed");
        }
    }

    private void requireTraining(String call) {
        requireOpen();
        if (options.mode() != Mode.TRAINING) {
            throw new IllegalStateException(call + " needs a session for training; this one was opened for inference, "
                    + "see SessionOptions.training");
        }
    }

    private void requireKeptBatch(String call) {
        requireTraining(call);
        if (keptBatch == 0) {
            throw new IllegalStateException(call + " needs the activations of forwardForTraining, called directly "
                    + "before and with the present parameters");
        }
    }

    private void requireGradient(String call) {
        requireTraining(call);
        if (!hasGradient) {
            throw new IllegalStateException(call + " needs a gradient: call backward or trainStep first");
        }
    }

    private void requireImages(ImageBatch images) {
        if (images.count() < 1 || images.count() > options.maxBatch()) {
            throw new IllegalArgumentException("a batch of this session has 1 to " + options.maxBatch()
                    + " images, got " + images.count());
        }
        Shape input = definition.input();
        if (images instanceof ImageBatch.Bits bits) {
            if (input.channels() != 1) {
                throw new IllegalArgumentException("bit-packed images have one channel, network " + definition.name()
                        + " takes " + input);
            }
            requireAtLeast("images", bits.data().length, (long) images.count() * input.packedBytes(), "bytes");
        } else if (images instanceof ImageBatch.Floats floats) {
            requireAtLeast("images", floats.data().length, (long) images.count() * input.size(), "values");
        }
    }

    private void requireParameterArray(String what, float[] values) {
        if (values.length != parameterCount) {
            throw new IllegalArgumentException(what + " of network " + definition.name() + " are " + parameterCount
                    + " values, got " + values.length);
        }
    }

    private void requireFinite(String what, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(what + " " + i + " (" + blockOf(i) + ") is " + values[i]);
            }
        }
    }

    private String blockOf(int index) {
        return definition.parameters().blocks().stream()
                .filter(b -> index < b.offset() + b.count())
                .findFirst().orElseThrow().name();
    }

    private static void requireLength(String what, float[] values, long needed) {
        requireAtLeast(what, values.length, needed, "values");
    }

    private static void requireAtLeast(String what, int length, long needed, String unit) {
        if (length < needed) {
            throw new IllegalArgumentException(what + " need " + needed + " " + unit + ", the array has " + length);
        }
    }

    private static void requireRate(float rate) {
        if (!(rate >= 0) || Float.isInfinite(rate)) {
            throw new IllegalArgumentException("the learning rate must be finite and not negative, got " + rate);
        }
    }
}
