// SPDX-License-Identifier: Apache-2.0
/**
 * The backend {@code cpu}: single precision, convolutions in the frequency domain, in the native library. Results do
 * not depend on the number of threads; instruction sets differ in rounding.
 */
package io.github.nanohooke.nn.cpu;
