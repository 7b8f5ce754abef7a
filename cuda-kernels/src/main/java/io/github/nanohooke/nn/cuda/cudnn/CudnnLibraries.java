// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda.cudnn;

import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_CUBLAS_GEMM;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_CUBLAS_SET_STREAM;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_CUBLAS_SET_WORKSPACE;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_CUBLAS_STATUS_NAME;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_CUDNN_ADDRESSES;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_CUDNN_CREATE_DESCRIPTOR;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_CUDNN_DESTROY_DESCRIPTOR;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_CUDNN_ERROR_STRING;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_CUDNN_EXECUTE;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_CUDNN_FINALIZE;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_CUDNN_LAST_ERROR;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_CUDNN_SET_ATTRIBUTE;
import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_CUDNN_SET_STREAM;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_symbol;

import io.github.nanohooke.nn.NetworkException;
import java.util.Map;
import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudnn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * cuDNN and cuBLAS of this machine, loaded through JavaCPP's presets once a process, or the reason why not. Ask only
 * where the library of kernels has found a GPU: without NVIDIA's driver the presets cannot load.
 */
public final class CudnnLibraries {
    private static final Logger LOG = LoggerFactory.getLogger(CudnnLibraries.class);
    private static final String GRAPH = "libcudnn_graph.so.9";
    private static final String CUBLAS = "libcublas.so.13";

    /** Functions that a step calls, by their places in the library of kernels. */
    private static final Map<Integer, String> FUNCTIONS = Map.ofEntries(
            Map.entry(NHC_CUDNN_CREATE_DESCRIPTOR, "cudnnBackendCreateDescriptor"),
            Map.entry(NHC_CUDNN_SET_ATTRIBUTE, "cudnnBackendSetAttribute"),
            Map.entry(NHC_CUDNN_FINALIZE, "cudnnBackendFinalize"),
            Map.entry(NHC_CUDNN_DESTROY_DESCRIPTOR, "cudnnBackendDestroyDescriptor"),
            Map.entry(NHC_CUDNN_EXECUTE, "cudnnBackendExecute"),
            Map.entry(NHC_CUDNN_SET_STREAM, "cudnnSetStream"),
            Map.entry(NHC_CUDNN_ERROR_STRING, "cudnnGetErrorString"),
            Map.entry(NHC_CUDNN_LAST_ERROR, "cudnnGetLastErrorString"),
            Map.entry(NHC_CUBLAS_GEMM, "cublasGemmEx"),
            Map.entry(NHC_CUBLAS_SET_STREAM, "cublasSetStream_v2"),
            Map.entry(NHC_CUBLAS_SET_WORKSPACE, "cublasSetWorkspace_v2"),
            Map.entry(NHC_CUBLAS_STATUS_NAME, "cublasGetStatusName"));

    private static CudnnLibraries loaded;

    private final String versions;
    private final long[] addresses;
    private final String reason;

    private CudnnLibraries(String versions, long[] addresses, String reason) {
        this.versions = versions;
        this.addresses = addresses;
        this.reason = reason;
    }

    /** The libraries of this process; loads them the first time. */
    public static synchronized CudnnLibraries load() {
        if (loaded == null) {
            loaded = tried();
            LOG.debug("engine cudnn: {}", loaded.available() ? loaded.versions : loaded.reason);
        }
        return loaded;
    }

    public boolean available() {
        return reason == null;
    }

    /** Why they cannot be used: what is missing, and what to do. Only where they are not {@link #available()}. */
    public String reason() {
        return reason;
    }

    /** For example {@code cuDNN 9.19.0, cuBLAS 13.1.0}. */
    public String versions() {
        return versions;
    }

    /** In the order of the library of kernels. */
    long[] addresses() {
        if (!available()) {
            throw new NetworkException("engine cudnn: " + reason);
        }
        return addresses.clone();
    }

    private static CudnnLibraries tried() {
        try {
            // A failed class stays failed for the process, so this is the only place that touches one first.
            String versions = "cuDNN " + version(cudnn.cudnnGetVersion(), 10_000) + ", cuBLAS "
                    + version(cublas.cublasLtGetVersion(), 10_000);
            long[] addresses = new long[NHC_CUDNN_ADDRESSES];
            for (Map.Entry<Integer, String> function : FUNCTIONS.entrySet()) {
                addresses[function.getKey()] = address(function.getValue());
            }
            cudnnContext handle = new cudnnContext();
            Calls.cudnn("cudnnCreate", cudnn.cudnnCreate(handle));
            Calls.cudnn("cudnnDestroy", cudnn.cudnnDestroy(handle));
            return new CudnnLibraries(versions, addresses, null);
        } catch (LinkageError e) {
            return new CudnnLibraries(null, null, "cuDNN 9 and cuBLAS 13 cannot be loaded: " + root(e) + "; install "
                    + "them (those of a PyTorch installation will do) and name their folders in LD_LIBRARY_PATH and "
                    + "-Dorg.bytedeco.javacpp.platform.linkpath");
        } catch (NetworkException e) {
            return new CudnnLibraries(null, null, e.getMessage());
        }
    }

    private static long address(String function) {
        long[] address = new long[1];
        Calls.kernels("nhc_symbol", nhc_symbol(function.startsWith("cudnn") ? GRAPH : CUBLAS, function, address));
        return address[0];
    }

    /** Of numbers such as 91900 (9.19.0). */
    private static String version(long number, long major) {
        return number / major + "." + number % major / 100 + "." + number % 100;
    }

    private static String root(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage();
    }
}
