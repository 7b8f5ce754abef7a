// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda.cudnn;

import static org.bytedeco.cuda.global.cudnn.CUDNN_STATUS_SUCCESS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_BACKEND_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_FLOAT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_HANDLE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_INT64;
import static org.bytedeco.cuda.global.cudnn.cudnnBackendCreateDescriptor;
import static org.bytedeco.cuda.global.cudnn.cudnnBackendDestroyDescriptor;
import static org.bytedeco.cuda.global.cudnn.cudnnBackendFinalize;
import static org.bytedeco.cuda.global.cudnn.cudnnBackendGetAttribute;
import static org.bytedeco.cuda.global.cudnn.cudnnBackendSetAttribute;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.cuda.cudnn.cudnnBackendDescriptor_t;
import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** One descriptor of cuDNN's graph API: attributes are set, then it is finalised, then they can be read. */
final class Descriptor implements AutoCloseable {
    private final String name;
    private final cudnnBackendDescriptor_t descriptor = new cudnnBackendDescriptor_t();

    /**
     * @param kind one of CUDNN_BACKEND_..._DESCRIPTOR
     * @param name for messages, for example {@code tensor x}
     */
    Descriptor(int kind, String name) {
        this.name = name;
        Calls.cudnn("cudnnBackendCreateDescriptor of " + name,
                cudnnBackendCreateDescriptor(kind, descriptor));
    }

    /** Where it lies, for the library of kernels. */
    long address() {
        return descriptor.address();
    }

    Descriptor setNumbers(int attribute, long... values) {
        try (LongPointer elements = new LongPointer(values)) {
            return set(attribute, CUDNN_TYPE_INT64, values.length, elements);
        }
    }

    /** An element of an enumeration, whose type is one of CUDNN_TYPE_... */
    Descriptor setEnum(int attribute, int type, int value) {
        try (IntPointer elements = new IntPointer(1).put(value)) {
            return set(attribute, type, 1, elements);
        }
    }

    Descriptor setScale(int attribute, float value) {
        try (FloatPointer elements = new FloatPointer(1).put(value)) {
            return set(attribute, CUDNN_TYPE_FLOAT, 1, elements);
        }
    }

    Descriptor set(int attribute, cudnnContext handle) {
        return setPointer(attribute, CUDNN_TYPE_HANDLE, handle);
    }

    Descriptor set(int attribute, Descriptor other) {
        return setPointer(attribute, CUDNN_TYPE_BACKEND_DESCRIPTOR, other.descriptor);
    }

    private Descriptor setPointer(int attribute, int type, Pointer value) {
        try (PointerPointer<Pointer> elements = new PointerPointer<>(1)) {
            elements.put(0, value);
            return set(attribute, type, 1, elements);
        }
    }

    private Descriptor set(int attribute, int type, long count, Pointer elements) {
        Calls.cudnn("cudnnBackendSetAttribute " + attribute + " of " + name,
                cudnnBackendSetAttribute(descriptor, attribute, type, count, elements));
        return this;
    }

    Descriptor finish() {
        Calls.cudnn("cudnnBackendFinalize of " + name, tryFinish());
        return this;
    }

    /** Finalises it where a refusal is an answer, too; the status. */
    int tryFinish() {
        return cudnnBackendFinalize(descriptor);
    }

    long number(int attribute) {
        try (LongPointer value = new LongPointer(1); LongPointer count = new LongPointer(1)) {
            get(attribute, CUDNN_TYPE_INT64, 1, count, value);
            return value.get();
        }
    }

    /** All elements of an enumeration's type, at most so many. */
    List<Integer> enums(int attribute, int type, int most) {
        try (IntPointer values = new IntPointer(most); LongPointer count = new LongPointer(1)) {
            get(attribute, type, most, count, values);
            List<Integer> list = new ArrayList<>();
            for (int i = 0; i < Math.min(most, count.get()); i++) {
                list.add(values.get(i));
            }
            return list;
        }
    }

    /** Number of descriptors that an attribute has. */
    long count(int attribute) {
        try (LongPointer count = new LongPointer(1).put(0)) {
            get(attribute, CUDNN_TYPE_BACKEND_DESCRIPTOR, 0, count, null);
            return count.get();
        }
    }

    /** Lets cuDNN fill descriptors that were just made; how many it did. */
    int fill(int attribute, List<Descriptor> fresh) {
        try (PointerPointer<Pointer> elements = new PointerPointer<>(fresh.size());
                LongPointer count = new LongPointer(1).put(0)) {
            for (int i = 0; i < fresh.size(); i++) {
                elements.put(i, fresh.get(i).descriptor);
            }
            get(attribute, CUDNN_TYPE_BACKEND_DESCRIPTOR, fresh.size(), count, elements);
            return (int) count.get();
        }
    }

    private void get(int attribute, int type, long wanted, LongPointer count, Pointer elements) {
        Calls.cudnn("cudnnBackendGetAttribute " + attribute + " of " + name,
                cudnnBackendGetAttribute(descriptor, attribute, type, wanted, count, elements));
    }

    /** Destroys it, once. */
    @Override
    public void close() {
        if (!descriptor.isNull()) {
            int status = cudnnBackendDestroyDescriptor(descriptor);
            descriptor.setNull();
            if (status != CUDNN_STATUS_SUCCESS) {
                Calls.cudnn("cudnnBackendDestroyDescriptor of " + name, status);
            }
        }
    }
}
