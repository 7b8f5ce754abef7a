// SPDX-License-Identifier: Apache-2.0
/** Commands that prepare what is run on a machine with a GPU, and run it on this one. */
package io.github.nanohooke.cli.gpu;
