// SPDX-License-Identifier: Apache-2.0
/**
 * Figures of results for papers and people. Calculations know none of them.
 */
package io.github.nanohooke.figures;
