// SPDX-License-Identifier: Apache-2.0
/**
 * Trained networks as files, and what their raw numbers mean.
 */
package io.github.nanohooke.surrogate.model;
