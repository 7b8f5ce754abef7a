// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cpu;

import static io.github.nanohooke.natives.global.nanohooke.NH_HEAD_SQUARED_FACTOR;

import io.github.nanohooke.natives.nh_head;
import io.github.nanohooke.natives.nh_head_product;
import io.github.nanohooke.nn.Head;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/** A {@link Head.SquaredFactor} in native memory, for the length of one call. */
final class NativeHead implements AutoCloseable {
    private final DoublePointer offset;
    private final IntPointer positive;
    private final nh_head_product products;
    private final nh_head head;

    NativeHead(Head.SquaredFactor factor) {
        offset = new DoublePointer(factor.offset().stream().mapToDouble(Double::doubleValue).toArray());
        positive = new IntPointer(factor.positive().stream().mapToInt(p -> p ? 1 : 0).toArray());
        products = new nh_head_product(factor.products().size());
        for (int p = 0; p < factor.products().size(); p++) {
            Head.Product product = factor.products().get(p);
            products.getPointer(p).output(product.output()).left(product.left()).right(product.right());
        }
        head = new nh_head()
                .kind(NH_HEAD_SQUARED_FACTOR)
                .product_count(factor.products().size())
                .scale(factor.scale())
                .offset(offset)
                .positive(positive)
                .products(products);
    }

    nh_head pointer() {
        return head;
    }

    @Override
    public void close() {
        head.close();
        products.close();
        positive.close();
        offset.close();
    }
}
