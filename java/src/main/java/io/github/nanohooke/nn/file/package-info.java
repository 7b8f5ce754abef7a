// SPDX-License-Identifier: Apache-2.0
/**
 * How networks lie in files: tensors in {@link io.github.nanohooke.nn.file.Safetensors}, in single or
 * {@link io.github.nanohooke.nn.file.HalfPrecision half precision}, and layers as JSON
 * ({@link io.github.nanohooke.nn.file.DefinitionJson}).
 */
package io.github.nanohooke.nn.file;
