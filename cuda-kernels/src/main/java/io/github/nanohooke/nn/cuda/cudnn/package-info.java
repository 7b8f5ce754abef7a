// SPDX-License-Identifier: Apache-2.0
/**
 * The engine {@code cudnn} of the backend {@code cuda}: convolutions by NVIDIA's cuDNN through its graph API, dense
 * layers by cuBLAS, both from the user's own installation and loaded through the presets of JavaCPP. Here plans are
 * looked for, measured and owned; the step that executes them is in the library of kernels.
 */
package io.github.nanohooke.nn.cuda.cudnn;
