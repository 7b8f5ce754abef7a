// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: its root. Every room below has the commands of one subject.
 */
package io.github.nanohooke.cli;
