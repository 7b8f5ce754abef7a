// SPDX-License-Identifier: Apache-2.0
/**
 * What {@code gpu-bundle} carries to a machine with a GPU, one program a class, and what the programs share. Each
 * writes its {@link io.github.nanohooke.gpu.Findings} after everything that it finds, and ends by itself in the time
 * that it is given, so that what was found survives whatever happens next.
 */
package io.github.nanohooke.gpu;
