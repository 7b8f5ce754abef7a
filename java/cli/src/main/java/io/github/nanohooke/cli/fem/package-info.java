// SPDX-License-Identifier: Apache-2.0
/**
 * Finite elements.
 */
package io.github.nanohooke.cli.fem;
