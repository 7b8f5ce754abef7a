// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda.cudnn;

import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_CUDNN_PLAN_NUMBERS;

import io.github.nanohooke.nn.Layer;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.SessionOptions.Mode;
import io.github.nanohooke.nn.Shape;
import io.github.nanohooke.nn.cuda.cudnn.ConvolutionProblem.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.cuda.cublas.cublasContext;
import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudnn;

/**
 * The plans of one network for its largest batch, the handles that they work on, and all descriptors behind them: the
 * one owner of everything of cuDNN's and cuBLAS' that a session has. It must be closed after the network that uses it.
 */
public final class CudnnEngine implements AutoCloseable {
    /** Nanoseconds that looking for one plan may take, once there is one. */
    private static final long SHORTEST_SEARCH = 100_000_000L;
    private static final long LONGEST_SEARCH = 1_000_000_000L;
    private static final List<String> OPERATIONS = List.of("forward", "back to inputs", "back to weights");
    /** Place of the plan back to the inputs among those of a layer. */
    private static final int BACK = 1;

    private final CudnnLibraries libraries;
    private final Owned owned = new Owned();
    private final cudnnContext cudnnHandle;
    private final cublasContext cublasHandle;
    private final List<Plan[]> plans = new ArrayList<>();

    /**
     * Finds plans, by measurement where a shape is new to this process.
     *
     * @param device     CUDA's number of the GPU
     * @param deviceName what it calls itself
     * @throws NetworkException when the libraries cannot be used or have no plan: the cause
     */
    public CudnnEngine(NetworkDefinition definition, SessionOptions options, int device, String deviceName) {
        libraries = CudnnLibraries.load();
        try (Workbench workbench = new Workbench(device, libraries.addresses())) {
            cudnnHandle = cudnnHandle();
            cublasHandle = cublasHandle();
            PlanFinder finder = new PlanFinder(deviceName, libraries.versions(), cudnnHandle, workbench,
                    SHORTEST_SEARCH, LONGEST_SEARCH);
            for (List<ConvolutionProblem> layer : problems(definition, options)) {
                Plan[] found = new Plan[layer.size()];
                for (int i = 0; i < found.length; i++) {
                    // Nobody goes back through the first layer to the images in a step.
                    found[i] = owned.add(finder.find(layer.get(i), !(plans.isEmpty() && i == BACK)));
                }
                plans.add(found);
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private cudnnContext cudnnHandle() {
        cudnnContext handle = new cudnnContext();
        Calls.cudnn("cudnnCreate", cudnn.cudnnCreate(handle));
        owned.add(() -> Calls.cudnn("cudnnDestroy", cudnn.cudnnDestroy(handle)));
        return handle;
    }

    private cublasContext cublasHandle() {
        cublasContext handle = new cublasContext();
        Calls.cublas("cublasCreate", cublas.cublasCreate_v2(handle));
        owned.add(() -> Calls.cublas("cublasDestroy", cublas.cublasDestroy_v2(handle)));
        return handle;
    }

    /** Forward, back to the inputs and to the weights of every convolution; only the first without training. */
    private static List<List<ConvolutionProblem>> problems(NetworkDefinition definition, SessionOptions options) {
        List<List<ConvolutionProblem>> all = new ArrayList<>();
        Shape in = definition.input();
        List<Shape> shapes = definition.shapes();
        for (int i = 0; i < shapes.size(); i++) {
            if (definition.layers().get(i) instanceof Layer.Convolution c) {
                List<ConvolutionProblem> layer = new ArrayList<>();
                layer.add(problem(Operation.FORWARD, options, in.channels(), c.outputs(), c.kernel(), in));
                if (options.mode() == Mode.TRAINING) {
                    layer.add(problem(Operation.FORWARD, options, c.outputs(), in.channels(), c.kernel(), in));
                    layer.add(problem(Operation.FILTER, options, in.channels(), c.outputs(), c.kernel(), in));
                }
                all.add(layer);
            }
            in = shapes.get(i);
        }
        return all;
    }

    private static ConvolutionProblem problem(Operation operation, SessionOptions options, int in, int out, int kernel,
            Shape image) {
        return new ConvolutionProblem(operation, options.maxBatch(), in, out, kernel, image.height(), image.width(),
                options.precision());
    }

    /** Addresses and workspaces as the library of kernels takes them. */
    public long[] plans() {
        return numbers(plans.stream().map(layer -> {
            long[] numbers = new long[2 * layer.length];
            for (int i = 0; i < layer.length; i++) {
                numbers[2 * i] = layer[i].address();
                numbers[2 * i + 1] = layer[i].candidate().workspace();
            }
            return numbers;
        }).toList());
    }

    /** Plans that are not made yet, for an estimate of memory: workspaces are not in it. */
    public static long[] noPlans(NetworkDefinition definition, SessionOptions options) {
        return numbers(problems(definition, options).stream().map(layer -> new long[0]).toList());
    }

    private static long[] numbers(List<long[]> layers) {
        long[] all = new long[NHC_CUDNN_PLAN_NUMBERS * layers.size()];
        for (int i = 0; i < layers.size(); i++) {
            System.arraycopy(layers.get(i), 0, all, NHC_CUDNN_PLAN_NUMBERS * i, layers.get(i).length);
        }
        return all;
    }

    /** Addresses of the functions that a step calls. */
    public long[] addresses() {
        return libraries.addresses();
    }

    /** Address of the handle of cuDNN. */
    public long cudnnAddress() {
        return cudnnHandle.address();
    }

    /** Address of the handle of cuBLAS. */
    public long cublasAddress() {
        return cublasHandle.address();
    }

    /** What was tried for every plan, a line each: convolution, operation, then the candidate. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        for (int layer = 0; layer < plans.size(); layer++) {
            for (int i = 0; i < plans.get(layer).length; i++) {
                String plan = "convolution " + (layer + 1) + " " + OPERATIONS.get(i) + ": ";
                plans.get(layer)[i].table().forEach(candidate -> lines.add(plan + candidate.line()));
            }
        }
        return lines;
    }

    /** Versions, and every layer's plans: {@code cuDNN 9.19.0, cuBLAS 13.1.0, plans A/0 A/3 engine/5}. */
    public String describe() {
        return libraries.versions() + ", plans " + plans.stream().map(layer -> Arrays.stream(layer)
                .map(plan -> plan.candidate().source()).collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" | "));
    }

    /** Closes plans and descriptors, then the handles; once. */
    @Override
    public void close() {
        owned.close();
    }
}
