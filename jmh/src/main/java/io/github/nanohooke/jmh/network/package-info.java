// SPDX-License-Identifier: GPL-2.0-only

/** Inference and training steps, and the engines that compute them: this network's backends, frameworks. */
package io.github.nanohooke.jmh.network;
