// SPDX-License-Identifier: Apache-2.0
/**
 * Training and its evaluation.
 */
package io.github.nanohooke.cli.train;
