// SPDX-License-Identifier: Apache-2.0
/**
 * What networks learn from: images with the constants that statics found.
 */
package io.github.nanohooke.surrogate.data;
