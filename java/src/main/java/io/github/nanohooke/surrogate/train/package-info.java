// SPDX-License-Identifier: Apache-2.0
/**
 * Training with checkpoints: a run that was stopped goes on as if it had not been.
 */
package io.github.nanohooke.surrogate.train;
