// SPDX-License-Identifier: Apache-2.0
/**
 * Networks in the form of ONNX.
 */
package io.github.nanohooke.surrogate.onnx;
