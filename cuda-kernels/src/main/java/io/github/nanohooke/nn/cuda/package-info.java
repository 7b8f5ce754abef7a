// SPDX-License-Identifier: Apache-2.0
/**
 * The backend {@code cuda}: own kernels on one GPU of NVIDIA, in single precision, convolutions in the frequency
 * domain. Its engine is {@code fft}. The same calls give the same bits every run.
 */
package io.github.nanohooke.nn.cuda;
