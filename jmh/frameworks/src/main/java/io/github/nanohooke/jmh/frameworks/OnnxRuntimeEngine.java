// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.frameworks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.nanohooke.jmh.network.NetworkEngine;
import io.github.nanohooke.jmh.network.NetworkWorkload;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.surrogate.onnx.OnnxExport;
import io.github.nanohooke.tensor.ElasticConstants;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;

/**
 * The network in ONNX Runtime, from nanohooke's own export, with every optimisation of the graph. The images already
 * lie in a tensor. It does not train.
 */
public final class OnnxRuntimeEngine implements NetworkEngine {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final OnnxTensor images;
    private final int threads;
    private final float[] results;

    /** Makes the engine {@code onnxruntime}. */
    public static final class Provider implements NetworkEngine.Provider {
        @Override
        public String name() {
            return "onnxruntime";
        }

        @Override
        public boolean trains() {
            return false;
        }

        @Override
        public NetworkEngine open(NetworkWorkload workload, int threads, boolean training) {
            return new OnnxRuntimeEngine(workload, threads);
        }
    }

    private OnnxRuntimeEngine(NetworkWorkload workload, int threads) {
        this.threads = threads;
        this.results = new float[workload.images() * workload.definition().outputs()];
        var input = workload.definition().input();
        long[] shape = {workload.images(), 1, input.height(), input.width()};
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            session = environment.createSession(export(workload), options);
            images = OnnxTensor.createTensor(environment, FloatBuffer.wrap(workload.pixels()), shape);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot open the network: " + e, e);
        }
    }

    /** A head that leaves the raw outputs as they are, so that they compare with the other engines'. */
    private static byte[] export(NetworkWorkload workload) {
        OutputHead raw = new OutputHead.Direct(Collections.nCopies(ElasticConstants.COUNT, 0.0), 1);
        ModelFile model = new ModelFile(workload.definition(), raw, workload.parameters(), Map.of(), Map.of());
        try {
            Path file = Files.createTempFile("nanohooke-benchmark", ".onnx");
            try {
                OnnxExport.write(model, file);
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the exported network cannot be written or read: " + e, e);
        }
    }

    @Override
    public String describe() {
        return "ONNX Runtime " + environment.getVersion() + ", threads " + threads;
    }

    @Override
    public float[] infer() {
        try (OrtSession.Result outputs = session.run(Map.of("image", images))) {
            OnnxTensor constants = (OnnxTensor) outputs.get(0);
            constants.getFloatBuffer().get(results);
            return results;
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e, e);
        }
    }

    @Override
    public double trainStep() {
        throw new IllegalStateException("ONNX Runtime does not train");
    }

    @Override
    public void close() {
        images.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot close its session: " + e, e);
        }
    }
}
