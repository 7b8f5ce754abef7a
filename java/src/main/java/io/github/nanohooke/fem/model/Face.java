// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.model;

import io.github.nanohooke.fem.law.FaceLaw;

/**
 * Free faces of a plane section that have an energy of their own.
 *
 * @param nodeSet boundary edges all of whose nodes are in this set
 * @param law     their excess over the elements behind them
 */
public record Face(String nodeSet, FaceLaw law) {
}
