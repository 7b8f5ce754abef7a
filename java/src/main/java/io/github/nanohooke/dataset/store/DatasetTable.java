// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.tensor.ConstantBasis;
import io.github.nanohooke.tensor.TensorFrame;
import java.util.Map;

/** Where a {@link Dataset}'s columns come from. */
interface DatasetTable {

    /** What holds for all samples. */
    Map<String, Object> attributes();

    /** @throws DatasetException when files differ in it, or this version does not know it */
    TensorFrame frame();

    /** @throws DatasetException when files differ in it, or this version does not know it */
    default ConstantBasis basis() {
        return ConstantBasis.EXTRUDED;
    }

    /**
     * A whole column, in the form of {@link Columns}.
     *
     * @throws DatasetException when it cannot be read or is not there
     */
    Object read(Column column);
}
