// SPDX-License-Identifier: Apache-2.0
/** The door to the native library, shared by the packages that compute with it. */
package io.github.nanohooke.kernels;
