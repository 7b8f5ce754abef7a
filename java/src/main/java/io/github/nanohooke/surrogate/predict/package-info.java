// SPDX-License-Identifier: Apache-2.0
/**
 * Tensors and their gradients from a trained network, for many threads; what a prediction is worth.
 */
package io.github.nanohooke.surrogate.predict;
