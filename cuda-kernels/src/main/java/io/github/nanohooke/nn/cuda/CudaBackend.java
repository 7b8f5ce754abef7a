// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda;

import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_CONVOLUTION;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_CUDNN_PLAN_NUMBERS;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_DENSE;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_ENGINE_FFT;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_LAYER_NUMBERS;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_MAX_POOL;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_OK;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_RELU;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_create;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_create_cudnn;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_last_error;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_memory;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_memory_cudnn;

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
import io.github.nanohooke.nn.Shape;
import io.github.nanohooke.nn.cuda.cudnn.CudnnEngine;
import io.github.nanohooke.nn.cuda.cudnn.CudnnLibraries;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Networks on one GPU of NVIDIA; a session takes all its device memory when it is opened. */
public final class CudaBackend implements Backend {
    static final String NAME = "cuda";
    /** Own kernels, convolutions in the frequency domain. */
    static final String FFT = "fft";
    /** NVIDIA's cuDNN and cuBLAS. */
    static final String CUDNN = "cudnn";

    private static final int LARGEST_PIECE = 128;

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
        CudnnLibraries cudnn = CudnnLibraries.load();
        return "libnanohookecuda on " + String.join(", ", devices.names()) + ", "
                + (cudnn.available() ? cudnn.versions() : "without engine cudnn: " + cudnn.reason());
    }

    /** Its engines. */
    @Override
    public List<String> instructionSets() {
        return CudnnLibraries.load().available() ? List.of(FFT, CUDNN) : List.of(FFT);
    }

    @Override
    public Optional<String> measuredInstructionSet(String numerics) {
        return instructionSets().stream().filter(engine -> numerics.startsWith(NAME + " " + engine + " ")).findFirst();
    }

    /** CUDA's numbers of the GPUs. */
    @Override
    public List<String> devices() {
        return IntStream.range(0, devices.names().size()).mapToObj(Integer::toString).toList();
    }

    @Override
    public List<Precision> precisions() {
        return CudnnLibraries.load().available() ? List.of(Precision.values()) : List.of(Precision.FP32);
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

    /** Of the device; for the engine {@code cudnn} without the workspaces of plans that are not chosen yet. */
    @Override
    public long memoryBytes(NetworkDefinition definition, SessionOptions options) {
        int[] layers = layers(definition);
        Shape in = definition.input();
        long[] bytes = new long[1];
        int status;
        // Before it is known which engine is faster, that of own kernels stands for both.
        if (options.instructionSet().equals(CUDNN) || options.precision() != Precision.FP32) {
            long[] plans = CudnnEngine.noPlans(definition, options);
            status = nhc_memory_cudnn(layers, layers.length / NHC_LAYER_NUMBERS, in.channels(), in.height(), in.width(),
                    piece(options), training(options), options.precision().ordinal(), plans,
                    plans.length / NHC_CUDNN_PLAN_NUMBERS, bytes);
        } else {
            status = nhc_memory(layers, layers.length / NHC_LAYER_NUMBERS, in.channels(), in.height(), in.width(),
                    options.maxBatch(), training(options), NHC_ENGINE_FFT, options.precision().ordinal(), bytes);
        }
        if (status != NHC_OK) {
            throw refusal(definition, nhc_last_error().getString());
        }
        return bytes[0];
    }

    @Override
    public NetworkSession open(NetworkDefinition definition, SessionOptions options) {
        requireOffered(definition, options);
        String engine = options.instructionSet().equals(SessionOptions.AUTO)
                ? EngineChoice.of(definition, options, devices.names().get(device(options)), offered(options),
                        name -> open(definition, options.withInstructionSet(name)))
                : options.instructionSet();
        return engine.equals(FFT) && options.precision() != Precision.FP32
                ? refuse(definition, options) : opened(definition, options, engine);
    }

    private NetworkSession opened(NetworkDefinition definition, SessionOptions options, String engine) {
        CudaSession session = engine.equals(CUDNN) ? openCudnn(definition, options) : openFft(definition, options);
        try {
            session.setHeadAndObjective();
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
        LOG.info("network {}: {}", definition.name(), session.describe());
        return session;
    }

    private static NetworkSession refuse(NetworkDefinition definition, SessionOptions options) {
        throw refusal(definition, "its engine " + FFT + " computes in fp32, not in " + options.precision().label()
                + "; engine " + CUDNN + " does");
    }

    /** Engines that compute in the precision of the options here. */
    private List<String> offered(SessionOptions options) {
        return instructionSets().stream()
                .filter(engine -> engine.equals(CUDNN) || options.precision() == Precision.FP32).toList();
    }

    private static int device(SessionOptions options) {
        return options.device().equals(SessionOptions.AUTO) ? 0 : Integer.parseInt(options.device());
    }

    private CudaSession openFft(NetworkDefinition definition, SessionOptions options) {
        int device = device(options);
        int[] layers = layers(definition);
        Shape in = definition.input();
        nhc_network network = new nhc_network();
        int status = nhc_create(layers, layers.length / NHC_LAYER_NUMBERS, in.channels(), in.height(), in.width(),
                options.maxBatch(), training(options), device, NHC_ENGINE_FFT, options.precision().ordinal(), network);
        requireOpened(definition, status);
        return new CudaSession(definition, options, network, device, devices.names().get(device), null,
                options.maxBatch());
    }

    /**
     * Images that the engine {@code cudnn} computes together: in inference at most so many, because larger
     * pieces take longer an image (281 us in one of 1024 on an H100, 77 in one of 128) and more memory.
     */
    private static int piece(SessionOptions options) {
        return options.mode() == Mode.INFERENCE ? Math.min(options.maxBatch(), LARGEST_PIECE) : options.maxBatch();
    }

    private static SessionOptions inPieces(SessionOptions options) {
        return new SessionOptions(options.mode(), piece(options), options.threads(), options.instructionSet(),
                options.device(), options.precision(), options.head(), options.objective());
    }

    private CudaSession openCudnn(NetworkDefinition definition, SessionOptions options) {
        int device = device(options);
        int[] layers = layers(definition);
        Shape in = definition.input();
        CudnnEngine engine = new CudnnEngine(definition, inPieces(options), device,
                devices.names().get(device));
        try {
            nhc_network network = new nhc_network();
            long[] plans = engine.plans();
            int status = nhc_create_cudnn(layers, layers.length / NHC_LAYER_NUMBERS, in.channels(), in.height(),
                    in.width(), piece(options), training(options), device, options.precision().ordinal(),
                    engine.addresses(), engine.cudnnAddress(), engine.cublasAddress(), plans,
                    plans.length / NHC_CUDNN_PLAN_NUMBERS, network);
            requireOpened(definition, status);
            return new CudaSession(definition, options, network, device, devices.names().get(device), engine,
                    piece(options));
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    private static void requireOpened(NetworkDefinition definition, int status) {
        if (status != NHC_OK) {
            throw refusal(definition, nhc_last_error().getString());
        }
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
