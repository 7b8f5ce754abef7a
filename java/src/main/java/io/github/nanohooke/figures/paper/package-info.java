// SPDX-License-Identifier: Apache-2.0
/**
 * The paper's figures: its cases by statics and by the network, what the network is worth, and a page of all.
 */
package io.github.nanohooke.figures.paper;
