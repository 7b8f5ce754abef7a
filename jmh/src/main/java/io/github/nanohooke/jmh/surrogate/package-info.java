// SPDX-License-Identifier: GPL-2.0-only

/** The network as a user asks it, beside statics. */
package io.github.nanohooke.jmh.surrogate;
