// SPDX-License-Identifier: Apache-2.0
/**
 * The paper's figures from the command line.
 */
package io.github.nanohooke.cli.figures;
