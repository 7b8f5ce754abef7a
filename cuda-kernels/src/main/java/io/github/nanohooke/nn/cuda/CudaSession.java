// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda;

import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_OK;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_adam_step;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_backward;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_destroy;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_forward;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_get_adam;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_get_gradient;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_get_parameters;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_input_gradient;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_last_error;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_set_adam;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_set_head;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_set_parameters;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_set_relative_loss;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_set_training_set;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_train;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_train_step;

import io.github.nanohooke.cuda.nhc_network;
import io.github.nanohooke.nn.AdamState;
import io.github.nanohooke.nn.Head;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.Objective;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.TrainingSet;
import io.github.nanohooke.nn.cuda.cudnn.CudnnEngine;
import io.github.nanohooke.structure.SquareSymmetry;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** A session of the backend {@code cuda}: the owner of one network on one GPU. */
final class CudaSession extends NetworkSession {
    /** What the symmetries do to (x, y), by their ordinals. */
    private static final int[] SYMMETRIES = Arrays.stream(SquareSymmetry.values())
            .flatMapToInt(s -> IntStream.of(s.xx(), s.xy(), s.yx(), s.yy())).toArray();

    private final nhc_network network;
    private final int device;
    private final String deviceName;
    /** Null where the engine is that of own kernels. */
    private final CudnnEngine cudnn;
    /** Images that the network takes at once. */
    private final int piece;

    /**
     * @param network just created, owned by this session from now on
     * @param cudnn   what its convolutions are computed with, owned by this session; null for own kernels
     * @param piece   images that the network takes at once
     */
    CudaSession(NetworkDefinition definition, SessionOptions options, nhc_network network, int device,
            String deviceName, CudnnEngine cudnn, int piece) {
        super(definition, options);
        this.network = network;
        this.device = device;
        this.deviceName = deviceName;
        this.cudnn = cudnn;
        this.piece = piece;
    }

    private String engine() {
        return cudnn == null ? CudaBackend.FFT : CudaBackend.CUDNN;
    }

    @Override
    public String describe() {
        return CudaBackend.NAME + ": " + getClass().getName() + ", engine " + engine() + ", "
                + options().precision().label() + (cudnn == null ? "" : ", " + cudnn.describe()) + ", GPU " + device
                + ", " + deviceName;
    }

    @Override
    public String device() {
        return deviceName;
    }

    @Override
    public String numerics() {
        return CudaBackend.NAME + " " + engine() + " " + options().precision().label()
                + (cudnn == null ? "" : " (" + cudnn.describe() + ")") + " on " + deviceName;
    }

    @Override
    public List<String> measurements() {
        return cudnn == null ? List.of() : cudnn.table();
    }

    /** Sets head and objective of the options; inference gives raw outputs and needs none. */
    void setHeadAndObjective() {
        if (options().mode() == SessionOptions.Mode.TRAINING && options().head() instanceof Head.SquaredFactor f) {
            check("nhc_set_head", nhc_set_head(network, f.scale(),
                    f.offset().stream().mapToDouble(Double::doubleValue).toArray(),
                    f.positive().stream().mapToInt(positive -> positive ? 1 : 0).toArray(),
                    f.products().stream().flatMapToInt(p -> IntStream.of(p.output(), p.left(), p.right())).toArray(),
                    f.products().size()));
        }
        if (options().mode() == SessionOptions.Mode.TRAINING && options().objective() instanceof Objective.Relative r) {
            check("nhc_set_relative_loss", nhc_set_relative_loss(network,
                    r.origin().stream().mapToDouble(Double::doubleValue).toArray(), r.floor(), r.knee()));
        }
    }

    @Override
    protected void computeSetParameters(float[] parameters) {
        check("nhc_set_parameters", nhc_set_parameters(network, parameters));
    }

    @Override
    protected void computeGetParameters(float[] parameters) {
        check("nhc_get_parameters", nhc_get_parameters(network, parameters));
    }

    @Override
    protected void computeForward(ImageBatch images, float[] results) {
        if (images.count() <= piece) {
            forward(images, results, 0);
            return;
        }
        int outputs = definition().outputs();
        for (int from = 0; from < images.count(); from += piece) {
            int count = Math.min(piece, images.count() - from);
            float[] part = new float[count * outputs];
            forward(part(images, from, count), part, 0);
            System.arraycopy(part, 0, results, from * outputs, part.length);
        }
    }

    private ImageBatch part(ImageBatch images, int from, int count) {
        if (images instanceof ImageBatch.Bits bits) {
            int bytes = definition().input().packedBytes();
            return ImageBatch.bits(count, Arrays.copyOfRange(bits.data(), from * bytes, (from + count) * bytes));
        }
        int size = definition().input().size();
        return ImageBatch.floats(count, Arrays.copyOfRange(((ImageBatch.Floats) images).data(), from * size,
                (from + count) * size));
    }

    @Override
    protected void computeForwardForTraining(ImageBatch images, float[] results) {
        forward(images, results, 1);
    }

    private void forward(ImageBatch images, float[] results, int keep) {
        try (Pointer pixels = pixels(images)) {
            check("nhc_forward", nhc_forward(network, bits(images), pixels, images.count(), keep, results));
        }
    }

    @Override
    protected double computeTrainStep(ImageBatch images, float[] targets, float rate) {
        double[] loss = new double[1];
        try (Pointer pixels = pixels(images)) {
            check("nhc_train_step", nhc_train_step(network, bits(images), pixels, targets, images.count(), rate, loss));
        }
        return loss[0];
    }

    @Override
    protected void computeSetTrainingSet(TrainingSet set) {
        int bytes = definition().input().packedBytes();
        int outputs = definition().outputs();
        byte[] images = new byte[Math.multiplyExact(set.size(), bytes)];
        float[] targets = new float[Math.multiplyExact(set.size(), SquareSymmetry.values().length * outputs)];
        int to = 0;
        for (int sample = 0; sample < set.size(); sample++) {
            System.arraycopy(set.image(sample), 0, images, sample * bytes, bytes);
            for (SquareSymmetry symmetry : SquareSymmetry.values()) {
                set.targets(sample, symmetry, targets, to);
                to += outputs;
            }
        }
        check("nhc_set_training_set", nhc_set_training_set(network, set.size(), images, targets));
    }

    @Override
    protected int computeTrain(long[] codes, int batch, float[] rates, double[] losses) {
        int[] written = new int[1];
        double[] computed = new double[rates.length];
        check("nhc_train", nhc_train(network, codes, codes.length, batch, rates, SYMMETRIES, computed, written));
        System.arraycopy(computed, 0, losses, 0, written[0]);
        return written[0];
    }

    @Override
    protected void computeBackward(float[] dResults) {
        check("nhc_backward", nhc_backward(network, dResults));
    }

    @Override
    protected void computeInputGradient(float[] dResults, float[] dImages) {
        check("nhc_input_gradient", nhc_input_gradient(network, dResults, dImages));
    }

    @Override
    protected void computeGetGradient(float[] gradient) {
        check("nhc_get_gradient", nhc_get_gradient(network, gradient));
    }

    @Override
    protected void computeAdamStep(float rate) {
        check("nhc_adam_step", nhc_adam_step(network, rate));
    }

    @Override
    protected AdamState computeGetAdam() {
        float[] first = new float[parameterCount()];
        float[] second = new float[parameterCount()];
        long[] steps = new long[1];
        check("nhc_get_adam", nhc_get_adam(network, first, second, steps));
        return new AdamState(first, second, steps[0]);
    }

    @Override
    protected void computeSetAdam(AdamState state) {
        check("nhc_set_adam", nhc_set_adam(network, state.first(), state.second(), state.step()));
    }

    @Override
    protected void computeClose() {
        nhc_destroy(network);
        network.setNull();
        if (cudnn != null) {
            cudnn.close();
        }
    }

    private static int bits(ImageBatch images) {
        return images instanceof ImageBatch.Bits ? 1 : 0;
    }

    private Pointer pixels(ImageBatch images) {
        if (images instanceof ImageBatch.Bits bits) {
            int bytes = bits.count() * definition().input().packedBytes();
            return new BytePointer(bytes).put(bits.data(), 0, bytes);
        }
        int count = images.count() * definition().input().size();
        return new FloatPointer(count).put(((ImageBatch.Floats) images).data(), 0, count);
    }

    private static void check(String call, int status) {
        if (status != NHC_OK) {
            throw new NetworkException("backend cuda, " + call + ": " + nhc_last_error().getString());
        }
    }
}
