// SPDX-License-Identifier: Apache-2.0
/**
 * What every command is a process with: exit codes, reports of failures, signals, standard output, progress.
 */
package io.github.nanohooke.cli.process;
