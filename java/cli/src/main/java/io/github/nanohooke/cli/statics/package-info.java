// SPDX-License-Identifier: Apache-2.0
/**
 * Tensors by statics, as tables, JSON and pictures.
 */
package io.github.nanohooke.cli.statics;
