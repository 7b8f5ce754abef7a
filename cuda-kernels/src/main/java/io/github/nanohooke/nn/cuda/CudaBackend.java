// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda;

import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_CONVOLUTION;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_DENSE;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_ENGINE_FFT;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_FP32;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_MAX_POOL;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_OK;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_OUT_OF_MEMORY;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_RELU;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_create;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_last_error;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_memory;

import io.github.nanohooke.cuda.nhc_network;
import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.Layer;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.Precision;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.SessionOptions.Mode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Networks on one GPU of NVIDIA; a session takes all its device memory when it is opened. */
public final class CudaBackend implements Backend {
    static final String NAME = "cuda";
    static final String ENGINE = "fft";

    private static final Logger LOG = LoggerFactory.getLogger(CudaBackend.class);

    private final Devices devices;

    /**
     * Loads the kernels and counts the GPUs.
     *
     * @throws io.github.nanohooke.nn.BackendUnavailableException when there is none, with CUDA's reason
     */
    public CudaBackend() {
        devices = Devices.find();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String library() {
        return "libnanohookecuda on " + String.join(", ", devices.names());
    }

    /** Its engines. */
    @Override
    public List<String> instructionSets() {
        return List.of(ENGINE);
    }

    /** CUDA's numbers of the GPUs. */
    @Override
    public List<String> devices() {
        return IntStream.range(0, devices.names().size()).mapToObj(Integer::toString).toList();
    }

    @Override
    public List<Precision> precisions() {
        return List.of(Precision.FP32);
    }

    @Override
    public Optional<String> unsupported(NetworkDefinition definition) {
        try {
            memoryBytes(definition, SessionOptions.inference(1));
            return Optional.empty();
        } catch (NetworkException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Of the device. */
    @Override
    public long memoryBytes(NetworkDefinition definition, SessionOptions options) {
        int[] layers = layers(definition);
        long[] bytes = new long[1];
        int status = nhc_memory(layers, definition.layers().size(), definition.input().channels(),
                definition.input().height(), definition.input().width(), options.maxBatch(), training(options),
                NHC_ENGINE_FFT, NHC_FP32, bytes);
        if (status != NHC_OK) {
            throw refusal(definition, nhc_last_error().getString());
        }
        return bytes[0];
    }

    @Override
    public NetworkSession open(NetworkDefinition definition, SessionOptions options) {
        requireOffered(definition, options);
        int device = options.device().equals(SessionOptions.AUTO) ? 0 : Integer.parseInt(options.device());
        nhc_network network = new nhc_network();
        int status = nhc_create(layers(definition), definition.layers().size(), definition.input().channels(),
                definition.input().height(), definition.input().width(), options.maxBatch(), training(options), device,
                NHC_ENGINE_FFT, NHC_FP32, network);
        if (status != NHC_OK) {
            throw refusal(definition, nhc_last_error().getString()
                    + (status == NHC_OUT_OF_MEMORY ? "; " + advice(definition, options) : ""));
        }
        CudaSession session = new CudaSession(definition, options, network, device, devices.names().get(device));
        try {
            session.setHead();
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
        LOG.info("network {}: {}", definition.name(), session.describe());
        return session;
    }

    private String advice(NetworkDefinition definition, SessionOptions options) {
        int half = Math.max(1, options.maxBatch() / 2);
        SessionOptions smaller = new SessionOptions(options.mode(), half, options.threads(), options.instructionSet(),
                options.device(), options.precision(), options.head());
        return "a batch of " + half + " would take " + (memoryBytes(definition, smaller) >> 20) + " MiB";
    }

    private static NetworkException refusal(NetworkDefinition definition, String reason) {
        return new NetworkException("backend cuda cannot open network " + definition.name() + ": " + reason);
    }

    private static int training(SessionOptions options) {
        return options.mode() == Mode.TRAINING ? 1 : 0;
    }

    private static int[] layers(NetworkDefinition definition) {
        return definition.layers().stream().flatMapToInt(CudaBackend::numbers).toArray();
    }

    private static IntStream numbers(Layer layer) {
        if (layer instanceof Layer.Convolution c) {
            return IntStream.of(NHC_CONVOLUTION, c.outputs(), c.kernel(), c.padding() == Padding.PERIODIC ? 1 : 0);
        }
        if (layer instanceof Layer.Dense d) {
            return IntStream.of(NHC_DENSE, d.outputs(), 0, 0);
        }
        return IntStream.of(layer instanceof Layer.Relu ? NHC_RELU : NHC_MAX_POOL, 0, 0, 0);
    }
}
