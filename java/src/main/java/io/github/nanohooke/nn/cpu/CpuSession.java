// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cpu;

import static io.github.nanohooke.natives.global.nanohooke.NH_IMAGES_BITS;
import static io.github.nanohooke.natives.global.nanohooke.NH_IMAGES_FLOAT;
import static io.github.nanohooke.natives.global.nanohooke.NH_NOT_FINITE;
import static io.github.nanohooke.natives.global.nanohooke.NH_OK;
import static io.github.nanohooke.natives.global.nanohooke.nh_last_error;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_adam_step;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_backward;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_destroy;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_forward;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_forward_train;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_get_adam;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_get_gradient;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_get_parameters;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_input_gradient;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_isa;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_set_adam;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_set_head;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_set_parameters;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_set_relative_loss;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_train_step;

import io.github.nanohooke.kernels.KernelLibrary;
import io.github.nanohooke.natives.nh_network;
import io.github.nanohooke.nn.AdamState;
import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.Head;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.Objective;
import io.github.nanohooke.nn.SessionOptions;
import java.util.function.ToIntFunction;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A session of the backend {@code cpu}: the owner of one native network. Arrays cross the border through native memory
 * that is freed with the call, the needed part of each copied once.
 */
final class CpuSession extends NetworkSession {
    private final nh_network network;
    private final InstructionSet instructionSet;
    /** Images of the last forwardForTraining. */
    private int keptImages;

    /** @param network just created, owned by this session from now on */
    CpuSession(NetworkDefinition definition, SessionOptions options, nh_network network) {
        super(definition, options);
        this.network = network;
        try (IntPointer isa = new IntPointer(1)) {
            check("nh_network_isa", nh_network_isa(network, isa, (PointerPointer<?>) null));
            instructionSet = InstructionSet.coded(isa.get());
        }
    }

    @Override
    public String describe() {
        int threads = options().threads();
        return "cpu: " + getClass().getName() + ", " + KernelLibrary.describe() + ", " + instructionSet.label()
                + (options().instructionSet().equals(SessionOptions.AUTO) ? " (the best here)" : " (as asked)") + ", "
                + options().precision().label() + ", " + threads + (threads == 1 ? " thread" : " threads");
    }

    /** Sets head and objective of the options; inference gives raw outputs and needs none. */
    void setHeadAndObjective() {
        if (options().mode() == SessionOptions.Mode.TRAINING && options().head() instanceof Head.SquaredFactor factor) {
            try (NativeHead head = new NativeHead(factor)) {
                check("nh_network_set_head", nh_network_set_head(network, head.pointer()));
            }
        }
        if (options().mode() == SessionOptions.Mode.TRAINING && options().objective() instanceof Objective.Relative r) {
            check("nh_network_set_relative_loss", nh_network_set_relative_loss(network,
                    r.origin().stream().mapToDouble(Double::doubleValue).toArray(), r.floor(), r.knee()));
        }
    }

    @Override
    public String device() {
        return Backend.PROCESSOR;
    }

    @Override
    public String numerics() {
        return "cpu " + instructionSet.label();
    }

    @Override
    protected void computeSetParameters(float[] parameters) {
        send("nh_network_set_parameters", parameters, parameters.length, p -> nh_network_set_parameters(network, p));
    }

    @Override
    protected void computeGetParameters(float[] parameters) {
        receive("nh_network_get_parameters", parameters, parameters.length,
                p -> nh_network_get_parameters(network, p));
    }

    @Override
    protected void computeForward(ImageBatch images, float[] results) {
        try (Pointer pixels = pixels(images)) {
            receive("nh_network_forward", results, values(images),
                    r -> nh_network_forward(network, format(images), pixels, images.count(), r));
        }
    }

    @Override
    protected double computeTrainStep(ImageBatch images, float[] targets, float rate) {
        try (Pointer pixels = pixels(images);
                FloatPointer expected = copy(targets, values(images));
                DoublePointer loss = new DoublePointer(1)) {
            int status = nh_network_train_step(network, format(images), pixels, expected, images.count(), rate, loss);
            if (status != NH_NOT_FINITE) {
                check("nh_network_train_step", status);
            }
            return loss.get();
        }
    }

    @Override
    protected void computeForwardForTraining(ImageBatch images, float[] results) {
        try (Pointer pixels = pixels(images)) {
            receive("nh_network_forward_train", results, values(images),
                    r -> nh_network_forward_train(network, format(images), pixels, images.count(), r));
        }
        keptImages = images.count();
    }

    @Override
    protected void computeBackward(float[] dResults) {
        send("nh_network_backward", dResults, keptImages * definition().outputs(),
                d -> nh_network_backward(network, d));
    }

    @Override
    protected void computeInputGradient(float[] dResults, float[] dImages) {
        try (FloatPointer d = copy(dResults, keptImages * definition().outputs())) {
            receive("nh_network_input_gradient", dImages, keptImages * definition().input().size(),
                    g -> nh_network_input_gradient(network, d, g));
        }
    }

    @Override
    protected void computeGetGradient(float[] gradient) {
        receive("nh_network_get_gradient", gradient, gradient.length, g -> nh_network_get_gradient(network, g));
    }

    @Override
    protected void computeAdamStep(float rate) {
        check("nh_network_adam_step", nh_network_adam_step(network, rate));
    }

    @Override
    protected AdamState computeGetAdam() {
        float[] first = new float[parameterCount()];
        float[] second = new float[parameterCount()];
        try (FloatPointer m = new FloatPointer(first.length);
                FloatPointer v = new FloatPointer(second.length);
                LongPointer step = new LongPointer(1)) {
            check("nh_network_get_adam", nh_network_get_adam(network, m, v, step));
            m.get(first);
            v.get(second);
            return new AdamState(first, second, step.get());
        }
    }

    @Override
    protected void computeSetAdam(AdamState state) {
        try (FloatPointer first = copy(state.first(), state.first().length);
                FloatPointer second = copy(state.second(), state.second().length)) {
            check("nh_network_set_adam", nh_network_set_adam(network, first, second, state.step()));
        }
    }

    @Override
    protected void computeClose() {
        nh_network_destroy(network);
        network.setNull();
    }

    private int values(ImageBatch images) {
        return images.count() * definition().outputs();
    }

    private static int format(ImageBatch images) {
        return images instanceof ImageBatch.Bits ? NH_IMAGES_BITS : NH_IMAGES_FLOAT;
    }

    private Pointer pixels(ImageBatch images) {
        if (images instanceof ImageBatch.Bits bits) {
            int bytes = bits.count() * definition().input().packedBytes();
            return new BytePointer(bytes).put(bits.data(), 0, bytes);
        }
        return copy(((ImageBatch.Floats) images).data(), images.count() * definition().input().size());
    }

    private static FloatPointer copy(float[] values, int count) {
        return new FloatPointer(count).put(values, 0, count);
    }

    private static void send(String call, float[] values, int count, ToIntFunction<FloatPointer> function) {
        try (FloatPointer copy = copy(values, count)) {
            check(call, function.applyAsInt(copy));
        }
    }

    private static void receive(String call, float[] values, int count, ToIntFunction<FloatPointer> function) {
        try (FloatPointer answer = new FloatPointer(count)) {
            check(call, function.applyAsInt(answer));
            answer.get(values, 0, count);
        }
    }

    private static void check(String call, int status) {
        if (status != NH_OK) {
            throw new NetworkException("backend cpu, " + call + ": " + nh_last_error().getString());
        }
    }
}
