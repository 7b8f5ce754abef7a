// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import io.github.nanohooke.nn.SessionOptions.Mode;
import java.util.List;

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
    private final Arguments arguments;
    private TrainingSet trainingSet;
    private HostBatch hostBatch;
    private boolean closed;
    /** Images of the last forwardForTraining, whose activations the backend still has; 0 when it has none. */
    private int keptBatch;
    private boolean hasGradient;

    protected NetworkSession(NetworkDefinition definition, SessionOptions options) {
        this.definition = definition;
        this.options = options;
        this.parameterCount = definition.parameters().count();
        this.outputs = definition.outputs();
        this.arguments = new Arguments(definition, options);
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

    /** Class, library, device, precision, instruction set and threads of this session, for logs. */
    public abstract String describe();

    /** The device in use, for provenance: {@link Backend#PROCESSOR}, or what a GPU calls itself. */
    public abstract String device();

    /**
     * What the rounding of its results depends on, for example {@code cpu avx2}: where two sessions of one network have
     * the same numerics, the same calls give the same bits.
     */
    public abstract String numerics();

    /** What was measured to choose how it computes, a line each, for reports; empty where nothing was. */
    public List<String> measurements() {
        return List.of();
    }

    /** Copies all parameters in, in the order of {@link NetworkDefinition#parameters()}; all must be finite. */
    public final void setParameters(float[] parameters) {
        requireOpen();
        arguments.requireParameterArray("parameters", parameters);
        arguments.requireFinite("parameter", parameters);
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
        arguments.requireImages(images);
        Arguments.requireLength("results", results, images.count() * outputs);
        keptBatch = 0;
        computeForward(images, results);
    }

    /**
     * One training step: forward, the head of the options, mean squared error
     * loss = sum (value - target)^2 / (images * outputs), backward, Adam with beta1 = 0.9, beta2 = 0.999 and
     * epsilon = 1e-7 added to the root of the corrected second moment.
     *
     * @param targets [image][output]
     * @param rate    learning rate, not negative
     * @return the loss before the step; when it is not finite, parameters and Adam's state are as they were
     */
    public final double trainStep(ImageBatch images, float[] targets, float rate) {
        requireTraining("trainStep");
        arguments.requireImages(images);
        Arguments.requireLength("targets", targets, images.count() * outputs);
        Arguments.requireRate(rate);
        keptBatch = 0;
        double loss = computeTrainStep(images, targets, rate);
        hasGradient = Double.isFinite(loss);
        return loss;
    }

    /** Gives the session the samples that {@link #train} names; a set given before is forgotten. */
    public final void setTrainingSet(TrainingSet set) {
        requireTraining("setTrainingSet");
        arguments.requireTrainingSet(set);
        trainingSet = set;
        computeSetTrainingSet(set);
    }

    /**
     * A stretch of training steps in one call: step i is {@link #trainStep} on the images codes[i * batch] to
     * codes[(i + 1) * batch - 1], the last one on what is left. The stretch ends at the first loss that is not finite.
     *
     * @param codes  of images of the training set, {@link ImageCode#packed()}
     * @param batch  images a step, at most {@link SessionOptions#maxBatch()}
     * @param rates  learning rate of every step
     * @param losses receives the loss before every step
     * @return losses written: as many as steps, fewer where the last one is not finite
     */
    public final int train(long[] codes, int batch, float[] rates, double[] losses) {
        requireTraining("train");
        if (trainingSet == null) {
            throw new IllegalStateException("train needs a training set: call setTrainingSet first");
        }
        arguments.requireStretch(trainingSet, codes, batch, rates, losses);
        keptBatch = 0;
        int written = computeTrain(codes, batch, rates, losses);
        hasGradient = Double.isFinite(losses[written - 1]);
        return written;
    }

    /** As {@link #forward}, and keeps what {@link #backward} needs. */
    public final void forwardForTraining(ImageBatch images, float[] results) {
        requireTraining("forwardForTraining");
        arguments.requireImages(images);
        Arguments.requireLength("results", results, images.count() * outputs);
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
        Arguments.requireLength("dResults", dResults, keptBatch * outputs);
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
        Arguments.requireLength("dResults", dResults, keptBatch * outputs);
        Arguments.requireLength("dImages", dImages, (long) keptBatch * definition.input().size());
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
        Arguments.requireRate(rate);
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
        arguments.requireParameterArray("Adam's moments", state.first());
        arguments.requireFinite("first moment", state.first());
        arguments.requireFinite("second moment", state.second());
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

    /** On the host: batches are put together here. A backend with memory of its own replaces this and the next. */
    protected void computeSetTrainingSet(TrainingSet set) {
        hostBatch = new HostBatch(set, definition.input().width(), outputs, options.maxBatch());
    }

    protected int computeTrain(long[] codes, int batch, float[] rates, double[] losses) {
        for (int step = 0; step < rates.length; step++) {
            hostBatch.load(codes, step * batch, Math.min((step + 1) * batch, codes.length));
            losses[step] = computeTrainStep(hostBatch.images(), hostBatch.targets(), rates[step]);
            if (!Double.isFinite(losses[step])) {
                return step + 1;
            }
        }
        return rates.length;
    }

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
}
