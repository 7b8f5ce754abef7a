// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda.cudnn;

import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_OK;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_last_error;

import io.github.nanohooke.nn.NetworkException;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.javacpp.BytePointer;

/** Turns every status that is not success into an exception that names call and status. */
final class Calls {
    private static final int LONGEST_MESSAGE = 1024;

    private Calls() {
    }

    static void cudnn(String call, int status) {
        if (status != cudnn.CUDNN_STATUS_SUCCESS) {
            throw new NetworkException("backend cuda, engine cudnn: " + call + ": " + cudnnStatus(status));
        }
    }

    static void cublas(String call, int status) {
        if (status != cublas.CUBLAS_STATUS_SUCCESS) {
            throw new NetworkException("backend cuda, engine cudnn: " + call + ": "
                    + cublas.cublasGetStatusName(status).getString());
        }
    }

    /** Of the library of kernels. */
    static void kernels(String call, int status) {
        if (status != NHC_OK) {
            throw new NetworkException("backend cuda, engine cudnn, " + call + ": " + nhc_last_error().getString());
        }
    }

    /** The status' name and what cuDNN adds to it. */
    static String cudnnStatus(int status) {
        String name = cudnn.cudnnGetErrorString(status).getString();
        try (BytePointer message = new BytePointer(LONGEST_MESSAGE)) {
            message.put(0, (byte) 0);
            cudnn.cudnnGetLastErrorString(message, LONGEST_MESSAGE);
            // Without a limit the string ends at its zero.
            String more = message.limit(0).getString().strip();
            return more.isEmpty() ? name : name + ", " + more;
        }
    }
}
