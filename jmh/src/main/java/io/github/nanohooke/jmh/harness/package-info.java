// SPDX-License-Identifier: GPL-2.0-only

/** What every benchmark runs in: flags of the forks, processor time and memory, the line that names the machine. */
package io.github.nanohooke.jmh.harness;
