// SPDX-License-Identifier: Apache-2.0
/**
 * The method {@code hessian}: exact second derivatives by the native kernel.
 */
package io.github.nanohooke.statics.hessian;
