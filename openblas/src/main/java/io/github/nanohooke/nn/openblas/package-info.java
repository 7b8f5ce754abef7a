// SPDX-License-Identifier: Apache-2.0
/**
 * The backend {@code openblas}: products by OpenBLAS, everything else in Java, for platforms that our native kernels
 * are not built for. A convolution is a matrix product for every row of the result ({@link Expansion}); no transforms.
 */
package io.github.nanohooke.nn.openblas;
