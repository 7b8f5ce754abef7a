// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda.cudnn;

import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_OK;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_last_error;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_workbench_create;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_workbench_destroy;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_workbench_free_memory;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_workbench_time;

import io.github.nanohooke.cuda.nhc_workbench;
import io.github.nanohooke.nn.NetworkException;
import org.bytedeco.cuda.cudnn.cudnnContext;

/** Device memory and a stream on which plans are timed; it grows to what the largest one wants. */
final class Workbench implements AutoCloseable {
    private final nhc_workbench bench = new nhc_workbench();
    private final long[] addresses;

    /** Makes the device this thread's, too. */
    Workbench(int device, long[] addresses) {
        this.addresses = addresses;
        Calls.kernels("nhc_workbench_create", nhc_workbench_create(device, bench));
    }

    /** Bytes of device memory that are free besides what it has itself. */
    long freeMemory() {
        long[] bytes = new long[1];
        Calls.kernels("nhc_workbench_free_memory", nhc_workbench_free_memory(bench, bytes));
        return bytes[0];
    }

    /**
     * Microseconds of one execution, the mean of some after one that is not counted.
     *
     * @param handle the one that the plan was made with; it works on the bench's stream from now on
     * @throws NetworkException when the plan cannot be executed: cuDNN's reason
     */
    double time(cudnnContext handle, ConvolutionProblem problem, Descriptor plan, long workspace, int repeats) {
        float[] microseconds = new float[1];
        int status = nhc_workbench_time(bench, addresses, handle.address(), plan.address(), workspace,
                problem.bytes(problem.x()), problem.bytes(problem.w()), problem.bytes(problem.y()), repeats,
                microseconds);
        if (status != NHC_OK) {
            throw new NetworkException(nhc_last_error().getString());
        }
        return microseconds[0];
    }

    @Override
    public void close() {
        nhc_workbench_destroy(bench);
        bench.setNull();
    }
}
