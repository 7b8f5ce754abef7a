// SPDX-License-Identifier: Apache-2.0
/**
 * Tensors by a trained network; models and their export.
 */
package io.github.nanohooke.cli.predict;
