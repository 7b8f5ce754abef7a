// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda.cudnn;

import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_COMP_TYPE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_CONV_MODE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_DILATIONS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_POST_PADDINGS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATIONGRAPH_HANDLE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATIONGRAPH_OPS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_ALPHA;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_BETA;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_CONV_DESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DW;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DY;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_X;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_DATA_TYPE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_DIMENSIONS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_STRIDES;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_UNIQUE_ID;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_FILTER_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_TENSOR_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_CROSS_CORRELATION;
import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_BFLOAT16;
import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_FLOAT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_CONVOLUTION_MODE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_DATA_TYPE;

import io.github.nanohooke.nn.Precision;
import io.github.nanohooke.nn.cuda.cudnn.ConvolutionProblem.Operation;
import org.bytedeco.cuda.cudnn.cudnnContext;

/** A problem as cuDNN's graph of one operation; the owner of all descriptors that plans are made from. */
final class ConvolutionGraph implements AutoCloseable {
    /** Bytes; all our memory is aligned to 256. */
    private static final int ALIGNMENT = 16;
    /** The ids that the library of kernels gives pointers for. */
    private static final int ID_X = 1;
    private static final int ID_W = 2;
    private static final int ID_Y = 3;

    private final Owned owned = new Owned();
    private final ConvolutionProblem problem;
    private final Descriptor graph;

    ConvolutionGraph(ConvolutionProblem problem, cudnnContext handle) {
        this.problem = problem;
        try {
            Descriptor operation = operation(tensor("tensor x", ID_X, problem.x()),
                    tensor("tensor w", ID_W, problem.w()), tensor("tensor y", ID_Y, problem.y()), convolution());
            graph = owned.add(new Descriptor(CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR, "operation graph"))
                    .set(CUDNN_ATTR_OPERATIONGRAPH_OPS, operation)
                    .set(CUDNN_ATTR_OPERATIONGRAPH_HANDLE, handle).finish();
        } catch (RuntimeException | Error e) {
            owned.close();
            throw e;
        }
    }

    Descriptor descriptor() {
        return graph;
    }

    private Descriptor tensor(String name, int id, long[] sizes) {
        return owned.add(new Descriptor(CUDNN_BACKEND_TENSOR_DESCRIPTOR, name))
                .setEnum(CUDNN_ATTR_TENSOR_DATA_TYPE, CUDNN_TYPE_DATA_TYPE,
                        problem.precision() == Precision.BF16 ? CUDNN_DATA_BFLOAT16 : CUDNN_DATA_FLOAT)
                .setNumbers(CUDNN_ATTR_TENSOR_DIMENSIONS, sizes)
                .setNumbers(CUDNN_ATTR_TENSOR_STRIDES, ConvolutionProblem.strides(sizes))
                .setNumbers(CUDNN_ATTR_TENSOR_UNIQUE_ID, id)
                .setNumbers(CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT, ALIGNMENT).finish();
    }

    private Descriptor convolution() {
        return owned.add(new Descriptor(CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR, "convolution"))
                .setEnum(CUDNN_ATTR_CONVOLUTION_COMP_TYPE, CUDNN_TYPE_DATA_TYPE, CUDNN_DATA_FLOAT)
                .setEnum(CUDNN_ATTR_CONVOLUTION_CONV_MODE, CUDNN_TYPE_CONVOLUTION_MODE, CUDNN_CROSS_CORRELATION)
                .setNumbers(CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS, 2)
                .setNumbers(CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS, 0, 0)
                .setNumbers(CUDNN_ATTR_CONVOLUTION_POST_PADDINGS, 0, 0)
                .setNumbers(CUDNN_ATTR_CONVOLUTION_DILATIONS, 1, 1)
                .setNumbers(CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES, 1, 1).finish();
    }

    private Descriptor operation(Descriptor x, Descriptor w, Descriptor y, Descriptor convolution) {
        if (problem.operation() == Operation.FORWARD) {
            return owned.add(new Descriptor(CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR, "operation"))
                    .set(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X, x)
                    .set(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W, w)
                    .set(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y, y)
                    .set(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC, convolution)
                    .setScale(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA, 1.0f)
                    .setScale(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA, 0.0f).finish();
        }
        return owned.add(new Descriptor(CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_FILTER_DESCRIPTOR, "operation"))
                .set(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_X, x)
                .set(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DW, w)
                .set(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DY, y)
                .set(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_CONV_DESC, convolution)
                .setScale(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_ALPHA, 1.0f)
                .setScale(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_BETA, 0.0f).finish();
    }

    @Override
    public void close() {
        owned.close();
    }
}
