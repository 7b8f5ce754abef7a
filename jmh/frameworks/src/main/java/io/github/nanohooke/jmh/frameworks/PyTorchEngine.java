// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.frameworks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.github.nanohooke.jmh.network.NetworkEngine;
import io.github.nanohooke.jmh.network.NetworkWorkload;
import io.github.nanohooke.nn.Layer;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.ParameterTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The network in PyTorch, through DJL: module {@code network.torchscript}, PyTorch's autograd and its fused Adam. What
 * inference can prepare (weights in oneDNN's layout, spectra of the weights) is prepared before the first call, and
 * the images already lie in tensors, so that PyTorch is timed at its best.
 */
final class PyTorchEngine implements NetworkEngine {

    private static final String ENGINE = "PyTorch";

    /** How convolutions are computed: methods of the module. */
    enum Form {
        /** Padding, then valid convolutions by oneDNN. */
        DIRECT("direct", "", "direct_loss"),
        /** The same with the weights in the layout that oneDNN wants, and ReLU fused into the convolutions. */
        PREPACKED("packed", "packed_weights", ""),
        /** Products of Fourier transforms by torch.fft, in inference with spectra that were made once. */
        SPECTRAL("spectral_with", "spectra", "spectral_loss");

        private final String inference;
        private final String preparation;
        private final String loss;

        Form(String inference, String preparation, String loss) {
            this.inference = inference;
            this.preparation = preparation;
            this.loss = loss;
        }

        boolean trains() {
            return !loss.isEmpty();
        }
    }

    private final Form form;
    private final PtNDManager manager;
    private final PtSymbolBlock module;
    private final NDArray images;
    private final NDArray targets;
    private final NDArray rate;
    private final NDList parameters = new NDList();
    /** Parameters, and what inference made of them. */
    private final NDList prepared = new NDList();
    private final NDList first = new NDList();
    private final NDList second = new NDList();
    private final NDList step = new NDList();

    PyTorchEngine(Form form, NetworkWorkload workload, int threads, boolean training) {
        this.form = form;
        // DJL takes its natives from jars, asks no server for anything, and need not say that there is no CUDA.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("org.slf4j.simpleLogger.log.ai.djl", "error");
        Engine engine = Engine.getEngine(ENGINE);
        JniUtils.setNumThreads(threads);
        manager = (PtNDManager) engine.newBaseManager();
        module = load(manager, isPeriodic(workload));
        var input = workload.definition().input();
        images = named("images", array(workload.pixels(), workload.images(), 1, input.height(), input.width()));
        targets = named("targets", array(workload.targets(), workload.images(), workload.definition().outputs()));
        rate = named("rate", array(new float[] {NetworkWorkload.RATE}));
        for (ParameterTable.Block block : workload.definition().parameters().blocks()) {
            float[] values = Arrays.copyOfRange(workload.parameters(), block.offset(), block.offset() + block.count());
            long[] shape = block.shape().stream().mapToLong(Integer::longValue).toArray();
            parameters.add(named("p[]", array(values, shape)));
        }
        if (training) {
            prepareTraining();
        } else {
            prepareInference();
        }
    }

    private void prepareTraining() {
        for (NDArray parameter : parameters) {
            JniUtils.attachGradient((PtNDArray) parameter, true);
            first.add(named("first[]", manager.zeros(parameter.getShape(), DataType.FLOAT32)));
            second.add(named("second[]", manager.zeros(parameter.getShape(), DataType.FLOAT32)));
            step.add(named("step[]", array(new float[1])));
        }
    }

    private void prepareInference() {
        if (form != Form.PREPACKED) {
            prepared.addAll(parameters);
        }
        if (!form.preparation.isEmpty()) {
            NDList made = call(form.preparation, false, List.of(images), parameters);
            String list = form == Form.PREPACKED ? "p[]" : "spectra[]";
            made.forEach(array -> prepared.add(named(list, array)));
        }
    }

    @Override
    public String describe() {
        return "PyTorch " + Engine.getEngine(ENGINE).getVersion() + " (DJL " + Engine.getDjlVersion() + "), form "
                + form.name().toLowerCase(Locale.ROOT) + ", threads " + JniUtils.getNumThreads();
    }

    @Override
    public float[] infer() {
        try (NDList results = call(form.inference, false, List.of(images), prepared)) {
            return results.singletonOrThrow().toFloatArray();
        }
    }

    @Override
    public double trainStep() {
        JniUtils.setGradMode(true);
        try (NDList loss = call(form.loss, true, List.of(images, targets), parameters)) {
            PtNDArray value = (PtNDArray) loss.singletonOrThrow();
            try (NDArray one = value.onesLike()) {
                JniUtils.backward(value, (PtNDArray) one, false, false);
            }
            JniUtils.setGradMode(false);
            adam();
            return value.toFloatArray()[0];
        }
    }

    private void adam() {
        try (NDList gradients = new NDList()) {
            for (NDArray parameter : parameters) {
                gradients.add(named("gradient[]", JniUtils.getGradient((PtNDArray) parameter)));
            }
            call("adam", false, List.of(rate), parameters, gradients, first, second, step).close();
            parameters.forEach(parameter -> JniUtils.zeroGrad((PtNDArray) parameter));
        }
    }

    @Override
    public void close() {
        module.close();
        manager.close();
    }

    /** DJL reads the method from the name of the first array, and collects arrays named x[] into a list. */
    private NDList call(String method, boolean training, List<NDArray> single, NDList... lists) {
        try (NDArray name = named("module_method:" + method, array(new float[1]))) {
            NDList arguments = new NDList(name);
            arguments.addAll(single);
            for (NDList list : lists) {
                arguments.addAll(list);
            }
            return IValueUtils.forward(module, arguments, training);
        }
    }

    private PtNDArray array(float[] values, long... shape) {
        return manager.create(FloatBuffer.wrap(values), new Shape(shape.length == 0 ? new long[] {1} : shape),
                DataType.FLOAT32);
    }

    private static NDArray named(String name, NDArray array) {
        array.setName(name);
        return array;
    }

    private static boolean isPeriodic(NetworkWorkload workload) {
        return workload.definition().layers().stream()
                .anyMatch(layer -> layer instanceof Layer.Convolution c && c.padding() == Padding.PERIODIC);
    }

    private static PtSymbolBlock load(PtNDManager manager, boolean periodic) {
        try (ByteArrayInputStream archive = new ByteArrayInputStream(TorchScriptArchive.network(periodic))) {
            return JniUtils.loadModule(manager, archive, false, false);
        } catch (IOException e) {
            throw new IllegalStateException("PyTorch cannot load the network: " + e, e);
        }
    }
}
